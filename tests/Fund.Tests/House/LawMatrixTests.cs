using System.Text.RegularExpressions;
using Kepil.Law;
using Xunit;

namespace Kepil.Tests.House;

public sealed class LawMatrixTests
{
    private static readonly Lazy<LawMatrix> Made = new(() => new(LawBook.Open(Path.Combine(Repository.Root, "law")), Repository.Root));

    private static LawMatrix Matrix => Made.Value;

    [Fact]
    public void Every_citation_leads_to_a_provision()
    {
        var cited = Matrix.Carriers.Select(m => (m.Cited, m.File))
            .Concat(Matrix.Proofs.Select(m => (m.Cited, m.File)))
            .Concat(InLawFolder())
            .Concat(InTexts())
            .Distinct();
        var lost = new List<string>();
        foreach (var (text, file) in cited)
        {
            if (!Citation.TryParse(text, out var citation))
            {
                lost.Add($"{file}: '{text}' is not a citation; write act:paragraph, for instance MON-321:27.");
            }
            else if (Matrix.Book.Acts.Find(citation.Act) is null)
            {
                lost.Add($"{file}: {text} names an act that law/acts.yaml does not have; add the act or mend the alias.");
            }
            else if (citation.Paragraph is not null && HasText(citation) && Matrix.Book.Provisions.Find(citation) is null)
            {
                lost.Add($"{file}: {text} is no heading of law/{citation.Act}; see law/README.md for how parts of a paragraph are numbered.");
            }
        }

        None(lost);
    }

    [Fact]
    public void What_code_does_has_a_carrier_and_a_proof()
    {
        var bare = new List<string>();
        foreach (var provision in Matrix.Done)
        {
            if (!Matrix.CarriersOf(provision).Any())
            {
                bare.Add($"{provision.File}: nothing carries {provision.Citation} ({provision.Title}); put [Law(\"{provision.Citation}\")] on the code, cite it in a rule, or write 'Open:' with what is missing.");
            }

            if (!Matrix.ProofsOf(provision).Any())
            {
                bare.Add($"{provision.File}: nothing proves {provision.Citation} ({provision.Title}); put [Proves(\"{provision.Citation}\")] on a test or 'law: {provision.Citation}' into a case.");
            }
        }

        None(bare);
    }

    [Fact]
    public void What_a_room_or_a_rule_carries_is_proved_beside_it()
    {
        var unproved = new List<string>();
        foreach (var provision in Matrix.Done)
        {
            var proofs = Matrix.ProofsOf(provision).Select(p => p.Room).ToHashSet();
            foreach (var carrier in Matrix.CarriersOf(provision).Where(c => !proofs.Contains(c.Room)))
            {
                // What all rules do alike is proved once, by the tests of their runner.
                if (carrier.Rule is null || provision.Citation.Paragraph!.StartsWith('A') || !proofs.Overlaps(["Rules", "Monitoring"]))
                {
                    unproved.Add($"{carrier.File}: {provision.Citation} is carried here and proved elsewhere or nowhere; "
                        + (carrier.Rule is null
                            ? $"put [Proves(\"{provision.Citation}\")] on a test in tests/Fund.Tests/{carrier.Room}."
                            : $"write 'law: {provision.Citation}' into a case of {carrier.Rule}.cases.md."));
                }
            }
        }

        None(unproved);
    }

    [Fact]
    public void What_people_do_or_nobody_does_says_where_or_why() =>
        None(Matrix.Provisions
            .Where(p => p.DoneBy != DoneBy.Code && (p.Because is null || p.Open is not null))
            .Select(p => $"{p.File}: {p.Citation} is done by {p.DoneBy.ToString().ToLowerInvariant()}; write where people do it or why nobody does, and 'Open:' only beside code."));

    [Fact]
    public void No_text_changed_after_it_was_last_read() => None(ChangedSinceRead());

    [Fact]
    public void Every_code_that_code_finds_has_a_rule()
    {
        var found = Matrix.Carriers.Where(c => c.Rule is not null).Select(c => c.Cited).ToHashSet();
        var edition = Matrix.Book.Classification.Editions[^1];

        None(Matrix.Done.Where(p => p.Citation.Paragraph!.StartsWith("A1.", StringComparison.Ordinal)).Select(p => p.Citation)
            .Where(c => !edition.Rows.Any(r => edition.CitationOf(r.Code) is var row && (row == c || r.Root is not null && edition.CitationOf(r.Root) == c) && found.Contains(row.ToString())))
            .Select(c => $"rules: no rule that is on or on trial cites {c} or a subcode of it; write one, or write 'Open:' or 'people' at {c} in law/MON-321 with the reason."));
    }

    [Fact]
    public void The_committed_matrix_is_the_generated_one()
    {
        var file = Path.Combine(Repository.Root, LawMatrix.CommittedFile);
        var made = Matrix.Render();
        if (Environment.GetEnvironmentVariable("KEPIL_WRITE_MATRIX") == "1")
        {
            None(ChangedSinceRead());
            File.WriteAllText(file, made);
        }

        var committed = File.Exists(file) ? File.ReadAllText(file) : "";
        var differing = made.Split('\n').Except(committed.Split('\n')).Select(l => "+ " + l)
            .Concat(committed.Split('\n').Except(made.Split('\n')).Select(l => "- " + l)).Take(6);

        Assert.True(made == committed, $"{LawMatrix.CommittedFile} is not what the sources say now; run ./kepil matrix and commit the file.\n{string.Join('\n', differing)}");
    }

    /// <summary>Texts that differ from the ones in the committed matrix although their day of reading is the same.</summary>
    private static IEnumerable<string> ChangedSinceRead()
    {
        var file = Path.Combine(Repository.Root, LawMatrix.CommittedFile);
        var committed = File.Exists(file)
            ? Regex.Matches(File.ReadAllText(file), @"^\| (?<provision>\S+) \|.*\| (?<read>\d{4}-\d{2}-\d{2}) (?<print>[0-9a-f]{8}) \|$", RegexOptions.Multiline)
                .ToDictionary(m => m.Groups["provision"].Value, m => (Read: m.Groups["read"].Value, Print: m.Groups["print"].Value))
            : [];
        foreach (var provision in Matrix.Provisions)
        {
            if (committed.TryGetValue(provision.Citation.ToString(), out var then)
                && then.Print != LawMatrix.Fingerprint(provision)
                && string.CompareOrdinal(provision.Read.ToString("yyyy-MM-dd", null), then.Read) <= 0)
            {
                yield return $"{provision.File}: the text of {provision.Citation} changed after {then.Read}, when text and code were last compared; read both again and set 'Read:' to that day.";
            }
        }
    }

    private static bool HasText(Citation citation) =>
        citation.Edition is not null || Matrix.Book.Provisions.Editions.Any(e => e.Act == citation.Act);

    private static IEnumerable<(string Cited, string File)> InLawFolder()
    {
        var book = Matrix.Book;
        return book.Parameters.All.SelectMany(p => p.Values.Where(v => v.Law is not null).Select(v => (v.Law!.ToString(), p.File)))
            .Concat(book.Policies.All.SelectMany(p => p.Paragraphs.Select(c => (c.ToString(), "law/policies.yaml"))))
            .Concat(book.Classification.Editions.Select(e => (e.Citation.ToString(), "law/classification")))
            .Concat(from file in Directory.GetFiles(book.Folder, "*.yaml", SearchOption.AllDirectories)
                    from Match line in Regex.Matches(File.ReadAllText(file), @"(?<=\blaw: )(\[[^\]]*\]|""[^""]*"")")
                    from Match quoted in Regex.Matches(line.Value, @"(?<="")[^"",]+(?="")")
                    select (quoted.Value, Path.GetRelativePath(Repository.Root, file)));
    }

    /// <summary>Citations inside code, rules, data and documents, comments included, by the acts whose text is here.</summary>
    private static IEnumerable<(string Cited, string File)> InTexts()
    {
        var acts = string.Join('|', Matrix.Book.Provisions.Newest.Select(e => Regex.Escape(e.Act)));
        var places = new Regex($@"\b({acts}):A?\d+(-\d+)?(\.\d+(-\d+)?)*", RegexOptions.ExplicitCapture);
        string[] kinds = [".cs", ".sql", ".md", ".yaml", ".csv", ".cshtml", ".razor", ".json"];
        return from folder in new[] { "src", "rules", "law", "docs", "mappings", "scenarios" }
               let path = Path.Combine(Repository.Root, folder)
               where Directory.Exists(path)
               from file in Directory.GetFiles(path, "*", SearchOption.AllDirectories)
               let name = Path.GetRelativePath(Repository.Root, file)
               where kinds.Contains(Path.GetExtension(file)) && name != LawMatrix.CommittedFile
               from Match place in places.Matches(File.ReadAllText(file))
               select (place.Value, name);
    }

    private static void None(IEnumerable<string> complaints)
    {
        var all = complaints.Order(StringComparer.Ordinal).ToList();
        Assert.True(all.Count == 0, string.Join('\n', all));
    }
}
