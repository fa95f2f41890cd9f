using System.Text.RegularExpressions;
using Kepil.Insurance;
using Kepil.Law;
using Kepil.Tests.Law;
using Xunit;

namespace Kepil.Tests.Insurance;

/// <summary>law/packages.yaml against the slides that it transcribes, and against itself.</summary>
public sealed partial class PackagesContentTests
{
    private static readonly Packages Packages = TheLaw.Book.Packages;

    [Fact]
    public void Every_item_of_the_source_is_carried_or_says_why_nobody_carries_it()
    {
        var cited = Cited().ToHashSet();

        Assert.All(Packages.Source, item => Assert.True(cited.Contains(item.Place) != item.Because is not null, $"{item.Place}: carried and excused, or neither"));
        Assert.Empty(cited.Where(c => c.Act == "SLIDES-FUND-PACKAGES").Except(Packages.Source.Select(i => i.Place)));
        Assert.True(Packages.Source.Count(i => i.Because is null) >= 100, "The source has a hundred items that mean something.");
    }

    /// <summary>The slides as they were exported stand beside this test; the transcription has the same words, no less and no more.</summary>
    [Fact]
    public void The_transcription_has_every_word_of_the_slides_as_often_as_they_have_it()
    {
        var slides = Heads().Replace(File.ReadAllText(Path.Combine(Repository.Root, "tests", "Fund.Tests", "Insurance", "PackagesSource.txt")), "");

        Assert.Equal(WordsOf(slides), WordsOf(string.Join(' ', Packages.Source.Select(i => i.Text))));
    }

    [Fact]
    public void Every_place_stands_in_the_transcription_once() => Assert.Equal(Packages.Source.Count, Packages.Source.DistinctBy(i => i.Place).Count());

    [Fact]
    public void Every_kind_of_care_has_a_line_and_every_list_group_and_circumstance_is_used()
    {
        var conditions = Packages.Lines.Select(l => l.Only).ToList();

        Assert.All(Packages.Care, kind => Assert.NotEmpty(Packages.LinesOf(kind.Name)));
        Assert.Empty(Packages.Groups.Select(g => g.Name).Except(conditions.SelectMany(c => c.Groups)));
        Assert.Empty(Packages.Occasions.Select(o => o.Name).Except(conditions.SelectMany(c => c.Occasions)));
        // Contacts of an infection count for foreigners too, by a reading.
        Assert.Empty(Packages.Diseases.Select(d => d.Name).Except(conditions.SelectMany(c => c.Diseases)).Except(Packages.Receivers.SelectMany(r => r.Diseases)).Except(Packages.Groups.SelectMany(g => g.Diseases)));
    }

    [Fact]
    public void Names_of_other_files_are_known_there()
    {
        var standings = Enum.GetNames<Standing>().Select(System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName).ToHashSet();

        Assert.All(Packages.Groups.SelectMany(g => g.Categories), c => Assert.NotNull(TheLaw.Book.Categories[c]));
        Assert.Empty(Packages.Receivers.SelectMany(r => r.Standings).Concat(Packages.Lines.SelectMany(l => l.Only.Standings)).Except(standings));
        Assert.All(Packages.Lines.Select(l => l.Only.Policy).OfType<(string Name, string Value)>(), p =>
            Assert.Contains(p.Value, TheLaw.Book.Policies[p.Name].Alternatives.Prepend(TheLaw.Book.Policies[p.Name].Default)));
    }

    [Fact]
    public void Every_text_stands_in_three_languages() =>
        Assert.All(
            Packages.Lines.Select(l => l.Text).Concat(Packages.Care.Select(c => c.Title)).Concat(Packages.Diseases.Select(d => d.Title)).Concat(Packages.Levels.Select(l => l.Title)).Concat(Packages.Occasions.Select(o => o.Title)),
            text => Assert.All(Wording.Languages, language => Assert.False(string.IsNullOrWhiteSpace(text.In(language)))));

    [Theory]
    [InlineData("E11.9", "2025-12-31", true)]
    [InlineData("E11.9", "2026-01-01", false)]
    [InlineData("G80.1", "2026-01-01", false)]
    [InlineData("G40.2", "2025-12-31", false)]
    [InlineData("G40.2", "2026-01-01", true)]
    [InlineData("A15.0", "2026-01-01", true)]
    [InlineData("B18.1", "2026-01-01", true)]
    [InlineData("B18.9", "2026-01-01", false)]
    [InlineData("C97", "2026-01-01", true)]
    public void A_list_of_diseases_is_that_of_its_day(string diagnosis, string day, bool on)
    {
        var list = Packages.Diseases.Single(d => d.Name == "socially_significant");

        Assert.Equal(on, list.On(TheLaw.Day(day))!.Holds(diagnosis));
    }

    [Theory]
    [InlineData("u071", "U07.1")]
    [InlineData(" I10 ", "I10")]
    [InlineData("b18.1", "B18.1")]
    [InlineData("І10", null)]
    [InlineData("grippe", null)]
    public void A_diagnosis_is_spelled_with_its_dot(string text, string? spelled) => Assert.Equal(spelled, DiseaseList.Spelled(text));

    [Theory]
    [InlineData("A02.005.000", "consultation")]
    [InlineData("A01.001.000", "phc_visit")]
    [InlineData("B03.335.002", "diagnostics")]
    [InlineData("D02.001.001", "procedure")]
    [InlineData("X", null)]
    public void A_code_of_the_tariff_is_a_kind_of_care(string code, string? kind) => Assert.Equal(kind, Packages.KindOfService(code)?.Name);

    [Theory]
    [InlineData("diseases: [tuberculosis]\n    text", "diseases: [tuberculosys]\n    text", "tuberculosys")]
    [InlineData("care: [isolation]", "care: [izolation]", "izolation")]
    [InlineData("codes: [Z20, Z22, Z29.0]", "codes: [Z20, Z2, Z29.0]", "Z2")]
    [InlineData("    yields: true", "    yield: true", "yield")]
    public void What_is_misspelt_is_named_with_its_line(string right, string wrong, string named)
    {
        var folder = TheLaw.Copy();
        var file = Path.Combine(folder, "packages.yaml");
        var text = File.ReadAllText(file);
        Assert.Contains(right, text, StringComparison.Ordinal);
        File.WriteAllText(file, text.Replace(right, wrong, StringComparison.Ordinal));

        var fault = Assert.Throws<InvalidDataException>(() => LawBook.Open(folder).Packages);

        Assert.Contains($"'{named}", fault.Message, StringComparison.Ordinal);
        Assert.Matches(@"packages\.yaml, line \d+", fault.Message);
        Directory.Delete(folder, true);
    }

    private static IEnumerable<Citation> Cited() =>
        Packages.Lines.SelectMany(l => l.Law)
            .Concat(Packages.Levels.SelectMany(l => l.Law))
            .Concat(Packages.Receivers.SelectMany(r => r.Law))
            .Concat(Packages.Occasions.SelectMany(o => o.Law))
            .Concat(Packages.Diseases.SelectMany(d => d.Law))
            .Concat(Packages.Groups.SelectMany(g => g.Law));

    private static List<string> WordsOf(string text) => [.. Word().Matches(text).Select(m => m.Value).Order(StringComparer.Ordinal)];

    [GeneratedRegex(@"\w+")]
    private static partial Regex Word();

    [GeneratedRegex(@"ФОНД\s+СОЦИАЛЬНОГО\s+МЕДИЦИНСКОГО\s+СТРАХОВАНИЯ")]
    private static partial Regex Heads();
}
