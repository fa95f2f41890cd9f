using Kepil.Law;

namespace Kepil.Fund.Rules;

/// <summary>Something in which a new edition of the classification differs from the one in force.</summary>
/// <param name="What">added, removed, name, severity, violation, root or cell.</param>
/// <param name="Form">The form of care, for a cell.</param>
public sealed record EditionDifference(string Code, string What, CareForm? Form, string Before, string After)
{
    /// <summary>All differences, in the order of the codes.</summary>
    public static IReadOnlyList<EditionDifference> Between(ClassificationEdition old, ClassificationEdition fresh) =>
    [
        .. old.Rows.Where(r => fresh.Find(r.Code) is null).Select(r => new EditionDifference(r.Code, "removed", null, r.Name.Kk, "")),
        .. fresh.Rows.SelectMany(row => old.Find(row.Code) is { } was ? Of(was, row) : [new EditionDifference(row.Code, "added", null, "", row.Name.Kk)]),
    ];

    /// <summary>Reads an edition that somebody brings: its page and the table that the page names.</summary>
    /// <exception cref="InvalidDataException">It cannot be read; the message says where.</exception>
    public static ClassificationEdition Read(string page, string table)
    {
        var stage = Directory.CreateTempSubdirectory("kepil-edition-");
        try
        {
            // Whatever the page calls its table: here it lies beside it, and nothing else is opened.
            const string name = "table.csv";
            var lines = page.ReplaceLineEndings("\n").Split('\n').Select(l => l.StartsWith("table:", StringComparison.Ordinal) ? "table: " + name : l);
            File.WriteAllText(Path.Combine(stage.FullName, "edition.yaml"), string.Join('\n', lines));
            File.WriteAllText(Path.Combine(stage.FullName, name), table);
            return Classification.Read(stage.FullName).Editions is [var edition] ? edition : throw new InvalidDataException("edition.yaml: it holds no edition.");
        }
        finally
        {
            stage.Delete(true);
        }
    }

    private static IEnumerable<EditionDifference> Of(ClassificationRow was, ClassificationRow now)
    {
        (string What, string Before, string After)[] parts =
        [
            ("name", was.Name.Kk, now.Name.Kk), ("name", was.Name.Ru, now.Name.Ru), ("root", was.Root ?? "", now.Root ?? ""),
            ("severity", was.Severity.ToString(), now.Severity.ToString()), ("violation", was.IsViolation ? "+" : "–", now.IsViolation ? "+" : "–"),
        ];
        return parts.Where(p => p.Before != p.After).Select(p => new EditionDifference(now.Code, p.What, null, p.Before, p.After))
            .Concat(CareForms.All.Where(f => was[f] != now[f]).Select(f => new EditionDifference(now.Code, "cell", f, was[f].ToString(), now[f].ToString())));
    }
}
