using System.Globalization;
using Kepil.Fund.Contributions;
using Kepil.Fund.Pages;
using Kepil.Law;

namespace Kepil.Fund.Coverage;

/// <summary>What a reader looks for in the contents of the packages.</summary>
/// <param name="Text">Words of a line, a diagnosis, or a code of the tariff.</param>
/// <param name="Care">Code word of a kind of care.</param>
/// <param name="Who">Name of a group of receivers or of persons.</param>
/// <param name="On">The day whose contents are shown.</param>
public sealed record PackagesView(Packages Packages, string Text, string? Care, Package? Package, string? Who, DateOnly On)
{
    public static PackagesView Of(IQueryCollection query, Packages packages, DateOnly today)
    {
        string? Word(string key) => query[key].ToString() is { Length: > 0 } word ? word.Trim() : null;
        var on = DateOnly.TryParseExact(Word("on"), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : today;
        return new(
            packages,
            Word("q") ?? "",
            Word("care") is { } care && packages.FindKind(care) is not null ? care : null,
            Enum.TryParse<Package>(Word("package"), ignoreCase: true, out var package) && Enum.IsDefined(package) ? package : null,
            Word("who"),
            on < packages.FirstDay ? packages.FirstDay : on);
    }

    /// <summary>The groups that can be chosen: who receives a package, and groups of persons that lines name.</summary>
    public IEnumerable<(string Name, Wording Title)> Groups => Packages.Receivers.Select(r => (r.Name, r.Title)).Concat(Packages.Groups.Select(g => (g.Name, g.Title)));

    /// <summary>The lines in force on the day that fit what was asked for.</summary>
    public IReadOnlyList<PackageLine> Lines(PageLanguage language) =>
        [.. Packages.Lines.Where(l => l.InForce(On) && (Care is null || l.Care.Contains(Care)) && (Package is null || l.Package == Package) && Fits(l) && Speaks(l, language))];

    private bool Fits(PackageLine line) =>
        Who is null
        || line.Only.Groups.Contains(Who)
        || Packages.Receivers.Any(r => r.Name == Who && r.Package == line.Package && (r.NarrowCare.Count == 0 || line.Care.Any(r.NarrowCare.Contains)));

    /// <summary>A code of the tariff and a diagnosis find what they mean; other words are looked for in the texts.</summary>
    private bool Speaks(PackageLine line, PageLanguage language)
    {
        if (Text.Length == 0)
        {
            return true;
        }

        if (DiseaseList.Spelled(Text) is { } diagnosis)
        {
            return line.Only.Diseases.Select(Packages.DiseaseList).Any(l => l.On(On)?.Holds(diagnosis) ?? false);
        }

        if (Text.Contains('.', StringComparison.Ordinal) && Packages.KindOfService(Text.ToUpperInvariant()) is { } kind)
        {
            return line.Care.Contains(kind.Name);
        }

        var texts = new[] { language.Text(line.Text), line.Text.Kk, line.Text.Ru }
            .Concat(line.Care.Select(c => language.Text(Packages.KindOf(c).Title)))
            .Concat(line.Only.Diseases.Select(d => language.Text(Packages.DiseaseList(d).Title)));
        return texts.Any(t => language.Culture.CompareInfo.IndexOf(t, Text, CompareOptions.IgnoreCase) >= 0);
    }

    /// <summary>What must hold that a line pays, in words.</summary>
    public IEnumerable<string> Conditions(PackageLine line, PageLanguage language)
    {
        var only = line.Only;
        if (only.Urgency is { } urgency)
        {
            yield return language.Text(EntitleWords.Of(urgency));
        }

        foreach (var list in only.Diseases.Select(Packages.DiseaseList))
        {
            yield return language.Text(list.Title);
        }

        foreach (var group in only.Groups.Select(Packages.Group))
        {
            yield return language.Text(group.Title);
        }

        if (only.Below is { } below)
        {
            yield return language.With("Coverage.Below", below);
        }

        foreach (var occasion in only.Occasions.Select(o => Packages.FindOccasion(o)!))
        {
            yield return language.Text(occasion.Title);
        }

        if (only.Uninsured)
        {
            yield return language["Coverage.Uninsured"];
        }

        if (only.Follows.Count > 0)
        {
            yield return language.With("Coverage.Follows", string.Join(", ", only.Follows.Select(f => language.Text(Packages.KindOf(f).Title))));
        }
    }
}
