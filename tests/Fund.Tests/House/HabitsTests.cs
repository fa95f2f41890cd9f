using System.Text.RegularExpressions;
using Xunit;

namespace Kepil.Tests.House;

/// <summary>Habits of the house, each with the reason in its message.</summary>
public sealed class HabitsTests
{
    /// <summary>Lines of a file that can be read in one go.</summary>
    private const int Most = 400;

    private static readonly string[] EmptyEndings = ["Manager", "Helper", "Util", "Utils", "Service", "Dto", "Impl", "Base", "Info", "Data"];

    private static readonly Lazy<IReadOnlyList<SourceFile>> Product = new(() => [.. Sources.Under("src")]);

    [Fact]
    public void The_clock_is_always_given() =>
        Sources.None(
            from file in Product.Value
            from Match clock in Regex.Matches(file.Code, @"\bDateTime(Offset)?\s*\.\s*(Now|UtcNow|Today)\b")
            select $"{file.Name}: {clock.Value}; take a day or a TimeProvider, so that a past month can be judged as it was.");

    [Fact]
    public void Nothing_about_law_money_and_records_is_floating_point() =>
        Sources.None(
            from file in Sources.Under("src/Law", "src/Insurance", "src/Monitoring", "src/Fund/Accounts", "src/Fund/Findings", "src/Fund/Proceedings", "src/Fund/Ledger", "src/Fund/Settlements", "src/Fund/Bank", "src/Fund/Contributions")
            where !file.Name.EndsWith(".sql", StringComparison.Ordinal)
            from Match number in Regex.Matches(file.Code, @"(?<![\w.])(double|float|Double|Single|Half)(?=[\s?>(\[,)])")
            select $"{file.Name}: {number.Value}; money is whole tiyn in long, shares are exact fractions.");

    [Fact]
    public void No_type_has_a_name_that_says_nothing() =>
        Sources.None(
            from file in Product.Value
            from type in file.Types.Select(t => t.Name).Append(Path.GetFileNameWithoutExtension(file.Name))
            from ending in EmptyEndings
            where type.EndsWith(ending, StringComparison.Ordinal)
            select $"{file.Name}: {type} ends with {ending}; name the thing of the trade that it is.");

    [Fact]
    public void Every_public_type_says_in_a_sentence_what_it_is() =>
        Sources.None(
            from file in Product.Value
            from type in file.Types
            where type.IsPublic && !Regex.IsMatch(type.Doc, @"<summary>\s*\S.*[.:!>]\s*</summary>")
            select $"{file.Name}: {type.Name} has no doc comment of one sentence.");

    [Fact]
    public void A_file_can_be_read_in_one_go() =>
        Sources.None(
            from file in Sources.Under("src", "tests", "rules", "db")
            let lines = file.Text.Count(c => c == '\n')
            where lines > Most
            select $"{file.Name}: {lines} lines; cut it where it has two ideas ({Most} at most).");

    [Fact]
    public void An_interface_has_two_that_carry_it()
    {
        var types = new[] { typeof(Kepil.Law.LawBook), typeof(Kepil.Insurance.Dues), typeof(Kepil.DuckDb.DuckDatabase), typeof(Kepil.Monitoring.IRecords), typeof(Kepil.Demo.DemoCountry), typeof(Kepil.Fund.Program) }
            .SelectMany(t => t.Assembly.GetTypes()).ToList();

        Sources.None(
            from contract in types
            where contract.IsInterface
            let carriers = types.Count(t => t.IsClass && contract.IsAssignableFrom(t))
            where carriers < 2
            select $"{contract.FullName}: an interface with {carriers} carrier; use the class itself.");
    }

    [Fact]
    public void Nothing_is_left_for_later()
    {
        // Put together here, so that this file is not its own first complaint.
        var marks = new[] { "TO" + "DO", "FIX" + "ME", "Not" + "ImplementedException", "#reg" + "ion", "Skip =" + " \"", "Thread." + "Sleep", "Task." + "Delay" };

        Sources.None(
            from file in Sources.Under("src", "tests", "rules", "db")
            from mark in marks
            where file.Text.Contains(mark, StringComparison.Ordinal)
            select $"{file.Name}: {mark}; finish it, or leave it out and say so where the reader looks.");
    }
}
