using System.Text.RegularExpressions;
using Xunit;

namespace Kepil.Tests.House;

/// <summary>docs/words.md against the names in the code: no second word for a thing that has one.</summary>
public sealed class WordsTests
{
    private static readonly string Document = File.ReadAllText(Path.Combine(Repository.Root, "docs", "words.md"));

    private static readonly List<string[]> Rows =
        [.. Regex.Matches(Document, @"^\|(.+)\|$", RegexOptions.Multiline).Select(m => m.Groups[1].Value.Split('|', StringSplitOptions.TrimEntries)).Where(r => r[0] != "Code word" && !r[0].StartsWith('-'))];

    private static readonly HashSet<string> Known = Rows.SelectMany(r => Regex.Matches(r[0], @"\w+").Select(m => m.Value)).Concat(Craft()).ToHashSet();

    [Fact]
    public void Every_word_stands_in_three_languages_and_says_where_it_is_defined() =>
        Sources.None(Rows.Where(r => r.Length != 5 || r.Any(c => c.Length == 0)).Select(r => $"docs/words.md: the row of '{r[0]}' has an empty cell."));

    [Fact]
    public void No_word_stands_for_two_things() =>
        Sources.None(Rows.GroupBy(r => r[0]).Where(g => g.Count() > 1).Select(g => $"docs/words.md: {g.Key} has {g.Count()} rows."));

    [Fact]
    public void Names_of_types_are_made_of_words_of_the_house() =>
        Sources.None(
            from file in Sources.Under("src/Law", "src/Insurance", "src/Monitoring", "src/Fund/Desk", "src/Fund/Accounts", "src/Fund/Registers", "src/Fund/Findings", "src/Fund/Proceedings", "src/Fund/Rules", "src/Fund/Documents", "src/Fund/Unscheduled", "src/Fund/Ledger", "src/Fund/Settlements", "src/Fund/Bank", "src/Fund/Contributions")
            from type in file.Types
            where type.IsPublic && Unknown(type.Name) is not null
            select $"{file.Name}: '{Unknown(type.Name)}' in {type.Name} is no word of docs/words.md; use the word that is there for it, or add it in three languages.");

    [Theory]
    [InlineData("RegisterInvoice", "Invoice")]
    [InlineData("PoliciesOnDay", null)]
    [InlineData("ContractLine", null)]
    public void A_foreign_word_in_a_name_is_seen(string name, string? unknown) => Assert.Equal(unknown, Unknown(name));

    /// <summary>The first part of a name that is no word of the house.</summary>
    private static string? Unknown(string name)
    {
        var parts = Regex.Matches(name, "[A-Z][a-z0-9]*").Select(m => m.Value).ToList();
        for (var i = 0; i < parts.Count;)
        {
            var taken = Enumerable.Range(1, parts.Count - i).Reverse().FirstOrDefault(n => Is(string.Concat(parts.Skip(i).Take(n))));
            if (taken == 0)
            {
                return parts[i];
            }

            i += taken;
        }

        return null;
    }

    private static bool Is(string word) =>
        Known.Contains(word)
        || (word.EndsWith("ies", StringComparison.Ordinal) && Known.Contains(word[..^3] + "y"))
        || (word.EndsWith('s') && Known.Contains(word[..^1]));

    private static IEnumerable<string> Craft()
    {
        var from = Document.IndexOf("need no translation:", StringComparison.Ordinal);
        return Regex.Matches(Document[Document.IndexOf('\n', from)..], @"\w+").Select(m => m.Value);
    }
}
