using System.Text.RegularExpressions;
using System.Xml.Linq;
using Kepil.Fund.Oversight;
using Kepil.Fund.Pages;
using Kepil.Tests.House;
using Xunit;

namespace Kepil.Tests.Pages;

/// <summary>The texts of the pages in their three languages.</summary>
public sealed partial class SharedUiTests
{
    private static readonly Dictionary<string, Dictionary<string, string>> Texts = new[] { "", ".ru", ".en" }.ToDictionary(l => l, Read);

    [Theory]
    [InlineData(".ru")]
    [InlineData(".en")]
    public void Every_text_is_there_in_every_language(string language)
    {
        Assert.Equal(Texts[""].Keys.Order(StringComparer.Ordinal), Texts[language].Keys.Order(StringComparer.Ordinal));
        Assert.All(Texts[language].Values, text => Assert.False(string.IsNullOrWhiteSpace(text)));
    }

    [Theory]
    [InlineData(".ru")]
    [InlineData(".en")]
    public void Every_text_has_the_same_places_in_every_language(string language)
    {
        foreach (var (key, kazakh) in Texts[""])
        {
            foreach (var form in Texts[language][key].Split('|'))
            {
                Assert.True(Places(kazakh).SetEquals(Places(form)), $"{key}: '{kazakh}' and '{form}' have different places");
            }
        }
    }

    [Fact]
    public void Counted_nouns_have_one_form_in_kazakh_three_in_russian_and_two_in_english()
    {
        foreach (var key in Texts[""].Keys.Where(k => k.StartsWith("Count.", StringComparison.Ordinal)))
        {
            Assert.Equal((1, 3, 2), (Texts[""][key].Split('|').Length, Texts[".ru"][key].Split('|').Length, Texts[".en"][key].Split('|').Length));
        }
    }

    [Fact]
    public void No_page_shows_the_bare_abbreviation_that_has_two_meanings()
    {
        Assert.DoesNotContain(Texts[""].Values, text => text.Contains("АЕК", StringComparison.Ordinal));
    }

    [Fact]
    public void Every_text_is_asked_for_by_a_page()
    {
        // A key stands in the code as a whole, or the code completes its beginning: W["Role." + role].
        var asked = Directory.EnumerateFiles(Path.Combine(Repository.Root, "src", "Fund"), "*", SearchOption.AllDirectories).Where(f => f.EndsWith(".cs", StringComparison.Ordinal) || f.EndsWith(".razor", StringComparison.Ordinal))
            .SelectMany(f => Literal().Matches(File.ReadAllText(f)).Select(m => m.Groups[1].Value)).ToHashSet(StringComparer.Ordinal);

        var unasked = Texts[""].Keys.Where(k => !asked.Contains(k) && !Enumerable.Range(0, k.Length).Any(i => k[i] == '.' && asked.Contains(k[..(i + 1)]))).ToList();
        Assert.True(unasked.Count == 0, string.Join('\n', unasked));
        Assert.Equal(Keys.Count, Keys.Distinct().Count());
    }

    [Fact]
    public void Whatever_the_journal_holds_has_a_word()
    {
        // Looks are named where an endpoint declares its right; acts of cases are events that are stored under their names.
        var written = Directory.EnumerateFiles(Path.Combine(Repository.Root, "src", "Fund"), "*.cs", SearchOption.AllDirectories)
            .SelectMany(f => Written().Matches(File.ReadAllText(f)).Select(m => m.Groups[1].Value)).Distinct().Order(StringComparer.Ordinal).ToList();

        Assert.True(written.Count > 100);
        Assert.All(new[] { "kk", "ru", "en" }.Select(PageLanguage.Of), language => Assert.DoesNotContain(written, act => JournalWords.Of(act, language) == act));
    }

    private static HashSet<string> Places(string text) => [.. Place().Matches(text).Select(m => m.Value)];

    /// <summary>The keys as they stand in the file of Kazakh, doubled ones included.</summary>
    private static IReadOnlyList<string> Keys => [.. XDocument.Load(FileOf("")).Root!.Elements("data").Select(d => (string)d.Attribute("name")!)];

    private static Dictionary<string, string> Read(string language) =>
        XDocument.Load(FileOf(language)).Root!.Elements("data").ToDictionary(d => (string)d.Attribute("name")!, d => (string)d.Element("value")!);

    private static string FileOf(string language) => Path.Combine(Repository.Root, "src", "Fund", "Resources", $"SharedUi{language}.resx");

    [GeneratedRegex("""(?:seen: "|JsonDerivedType\(typeof\(|ournal\.Append\((?:[^;"]|"system")*")([A-Z][A-Za-z]+|[a-z]+(?:_[a-z]+)+)[")]""")]
    private static partial Regex Written();

    [GeneratedRegex("""["]([A-Za-z0-9_.-]+)["{]""")]
    private static partial Regex Literal();

    [GeneratedRegex(@"\{\d\}")]
    private static partial Regex Place();
}
