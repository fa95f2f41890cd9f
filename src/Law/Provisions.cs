using System.Globalization;

namespace Kepil.Law;

/// <summary>Who carries a provision out.</summary>
public enum DoneBy
{
    Code,
    People,
    Nobody,
}

/// <summary>A provision of an act in one edition, with what the house makes of it.</summary>
/// <param name="Because">Where people do it, or why nobody does.</param>
/// <param name="Open">What later work still has to do; nothing when nothing is missing.</param>
/// <param name="Read">The day on which text and code were last compared.</param>
/// <param name="Text">The official text, a paragraph a line.</param>
/// <param name="File">The file it stands in.</param>
public sealed record Provision(
    Citation Citation, string Title, DoneBy DoneBy, string? Because, string? Open, DateOnly Read, IReadOnlyList<string> Text, string File);

/// <summary>The provisions of one act in one edition.</summary>
public sealed record ProvisionEdition(string Act, DateOnly InForceFrom, IReadOnlyList<Provision> Provisions, string File);

/// <summary>The acts whose text is in the law folder, provision by provision.</summary>
public sealed class Provisions
{
    private Provisions(IReadOnlyList<ProvisionEdition> editions) => Editions = editions;

    /// <summary>By act, oldest first.</summary>
    public IReadOnlyList<ProvisionEdition> Editions { get; }

    /// <summary>The newest edition of each act.</summary>
    public IEnumerable<ProvisionEdition> Newest => Editions.GroupBy(e => e.Act).Select(g => g.Last());

    /// <summary>The edition of an act in force on a day.</summary>
    public ProvisionEdition On(string act, DateOnly day) =>
        Editions.LastOrDefault(e => e.Act == act && e.InForceFrom <= day)
        ?? throw new LawGapException(act, day, new(
            "бұл күнге арналған редакцияның мәтіні жоқ", "текста редакции на этот день нет", "the text of the edition of this day is not in the law folder"));

    /// <summary>The provision that a citation names: in the edition it names, else in the newest one.</summary>
    public Provision? Find(Citation citation) =>
        Editions.LastOrDefault(e => e.Act == citation.Act && (citation.Edition is null || e.InForceFrom == citation.Edition))
            ?.Provisions.FirstOrDefault(p => p.Citation.Paragraph == citation.Paragraph);

    public static Provisions Read(string lawFolder)
    {
        var editions = new List<ProvisionEdition>();
        foreach (var file in Directory.GetFiles(lawFolder, "*.md", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            if (DateOnly.TryParseExact(Path.GetFileNameWithoutExtension(file), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var from))
            {
                var act = Path.GetFileName(Path.GetDirectoryName(file)!);
                var name = $"law/{act}/{Path.GetFileName(file)}";
                editions.Add(new(act, from, ReadEdition(name, act, File.ReadAllLines(file)), name));
            }
        }

        return new(editions);
    }

    private static List<Provision> ReadEdition(string file, string act, string[] lines)
    {
        var provisions = new List<Provision>();
        for (var i = 0; i < lines.Length; i++)
        {
            if (!lines[i].StartsWith("## ", StringComparison.Ordinal))
            {
                continue;
            }

            var end = Array.FindIndex(lines, i + 1, l => l.StartsWith("## ", StringComparison.Ordinal));
            var provision = ReadOne(file, i + 1, lines[i][3..].Trim(), lines[(i + 1)..(end < 0 ? lines.Length : end)]);
            if (provision.Citation.Act != act)
            {
                throw new InvalidDataException($"{file}, line {i + 1}: {provision.Citation} is not a provision of {act}.");
            }

            if (provisions.Any(p => p.Citation == provision.Citation))
            {
                throw new InvalidDataException($"{file}, line {i + 1}: {provision.Citation} stands here twice.");
            }

            provisions.Add(provision);
        }

        return provisions;
    }

    private static Provision ReadOne(string file, int line, string heading, string[] body)
    {
        InvalidDataException Fault(string what) => new($"{file}, line {line}, {heading}: {what}.");
        string? Fact(string name) =>
            body.FirstOrDefault(l => l.StartsWith(name + ":", StringComparison.Ordinal))?[(name.Length + 1)..].Trim() is { Length: > 0 } text ? text : null;

        var done = (Fact("Done by") ?? throw Fault("'Done by:' is missing")).Split(':', 2);
        return new(
            Citation.TryParse(heading, out var citation) ? citation : throw Fault("the heading is not a citation"),
            Fact("Title") ?? throw Fault("'Title:' is missing"),
            Words<DoneBy>.TryRead(done[0].Trim(), out var by) ? by : throw Fault($"'Done by: {done[0]}' is not known; one of {string.Join(", ", Words<DoneBy>.All)}"),
            done.Length == 2 && done[1].Trim().Length > 0 ? done[1].Trim() : null,
            Fact("Open"),
            DateOnly.TryParseExact(Fact("Read"), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var read) ? read : throw Fault("'Read:' must be a day, yyyy-MM-dd"),
            [.. body.Where(l => l.StartsWith('>')).Select(l => l[1..].Trim())],
            file);
    }
}
