using System.Text.RegularExpressions;
using Kepil.Insurance;
using Kepil.Law;
using Kepil.Tests.Law;
using Kepil.Tests.Scenarios;
using Xunit;

namespace Kepil.Tests.Insurance;

/// <summary>Which package pays, by the scenarios under scenarios/Packages. A row asks on its day for a person: <c>citizen 40, insured, pregnant | asks for consultation | I10</c>.</summary>
public sealed class PackagesScenarioTests
{
    public static TheoryData<string> Files => [.. ScenarioFile.Of("Packages")];

    [Theory]
    [MemberData(nameof(Files))]
    public void The_package_is_that_of_the_table(string name)
    {
        var file = ScenarioFile.Read(name);
        var law = file.Law("2020-07-18");
        var entitlements = new Entitlements(law);
        file.Play(row => new Phrases()
            .Add("asks for {care}", words => Ask(entitlements, row, words[0], Urgency.Planned))
            .Add("asks in an emergency for {care}", words => Ask(entitlements, row, words[0], Urgency.Emergency))
            .Do(row.Does));
    }

    [Fact]
    public void Every_line_every_remedy_and_every_reading_has_a_scenario()
    {
        var all = string.Join('\n', ScenarioFile.Of("Packages").Select(f => File.ReadAllText(Path.Combine(Repository.Root, f))));
        var readings = TheLaw.Book.Policies.All.Where(p => p.Name.StartsWith("package_", StringComparison.Ordinal)).ToList();

        Assert.All(TheLaw.Book.Packages.Lines, line => Assert.Matches($@"\bby {line.Name}\b", all));
        Assert.All(Enum.GetNames<Remedy>(), remedy => Assert.Contains(remedy, all, StringComparison.Ordinal));
        Assert.Equal(8, readings.Count);
        Assert.All(readings, p => Assert.All(p.Alternatives, a => Assert.Contains($"Policy: {p.Name} {a}", all, StringComparison.Ordinal)));
    }

    private static void Ask(Entitlements entitlements, ScenarioRow row, string care, Urgency urgency)
    {
        var with = Regex.Match(row.With, @"^(?<diagnosis>\S+)( on the (?<level>second|third) level)?( when (?<occasion>\w+))?$");
        Assert.True(with.Success, $"'{row.With}': write 'I10', 'I10 on the third level' or 'I10 when no_means'.");
        CareLevel? level = with.Groups["level"].Success ? Enum.Parse<CareLevel>(with.Groups["level"].Value, true) : null;
        var need = new CareNeed(TheLaw.Day(row.Day), care, with.Groups["diagnosis"].Value, urgency, level, with.Groups["occasion"].Success ? with.Groups["occasion"].Value : null);
        var patient = PatientOf(row.Who);
        var found = entitlements.Of(patient, need);

        var said = found.Line is { } line ? $"{found.Pays!.Value.ToString().ToLowerInvariant()} by {line.Name}" : "neither";
        said += found.Line is not null && found.Referral.Needed ? "; referral from " + string.Join(" or ", found.Referral.From.Select(f => f.ToString().ToLowerInvariant())) : "";
        said += found.Line is null ? "; helps " + string.Join(", ", entitlements.WhatHelps(patient, need).Select(w => w.Occasion is { } o ? $"{w.Remedy} {o.Name}" : w.Remedy.ToString())) : "";
        Assert.Equal(row.Then, said);
    }

    private static Patient PatientOf(string who)
    {
        var words = who.Split(", ");
        var m = Regex.Match(words[0], @"^(?<standing>\w+) (?<age>\d+)$");
        Assert.True(m.Success, $"'{who}': write 'citizen 40, insured, pensioner'.");
        Standing? standing = m.Groups["standing"].Value == "unknown" ? null : Enum.Parse<Standing>(m.Groups["standing"].Value.Replace("_", "", StringComparison.Ordinal), true);
        return new(standing, int.Parse(m.Groups["age"].Value, null), words.Contains("insured"), [.. words.Skip(1).Where(w => w != "insured")]);
    }
}
