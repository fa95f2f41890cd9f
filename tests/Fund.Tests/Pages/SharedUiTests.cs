using System.Text.RegularExpressions;
using System.Xml.Linq;
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

    private static HashSet<string> Places(string text) => [.. Place().Matches(text).Select(m => m.Value)];

    private static Dictionary<string, string> Read(string language)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var file = Path.Combine(folder.FullName, "src", "Fund", "Resources", $"SharedUi{language}.resx");
            if (File.Exists(file))
            {
                return XDocument.Load(file).Root!.Elements("data").ToDictionary(d => (string)d.Attribute("name")!, d => (string)d.Element("value")!);
            }
        }

        throw new DirectoryNotFoundException($"SharedUi{language}.resx was not found above the tests.");
    }

    [GeneratedRegex(@"\{\d\}")]
    private static partial Regex Place();
}
