using Kepil.Fund.Desk;

namespace Kepil.Fund.Pages;

/// <summary>A page that a search leads to.</summary>
/// <param name="Path">Its address, which the one who asks may open.</param>
/// <param name="Name">What stands there, in a language.</param>
public sealed record FoundPage(string Path, Func<PageLanguage, string> Name);

/// <summary>What the search knows by its own number besides persons, providers and lines: each room adds where its things lie, for those who may open them.</summary>
public sealed class SearchPages
{
    private readonly List<Func<string, Visitor, IEnumerable<FoundPage>>> _rooms = [];

    /// <summary>Adds what a room knows by a number; it names only pages that the visitor may open.</summary>
    public void Add(Func<string, Visitor, IEnumerable<FoundPage>> room) => _rooms.Add(room);

    /// <summary>Pages under what was asked for, each once.</summary>
    public IReadOnlyList<FoundPage> Of(string asked, Visitor visitor) => asked.Length == 0 ? [] : [.. _rooms.SelectMany(r => r(asked, visitor)).DistinctBy(d => d.Path)];

    /// <summary>A room whose things are cases of the procedure.</summary>
    /// <param name="path">The page of a case for the visitor; nothing where he may not open it.</param>
    public void AddCases(Func<long, Visitor, string?> path) => Add((asked, visitor) =>
        SearchWords.CaseNumber(asked) is { } id && path(id, visitor) is { } found ? [new(found, w => w.With("Desk.CaseNumber", id.ToString(System.Globalization.CultureInfo.InvariantCulture)))] : []);
}
