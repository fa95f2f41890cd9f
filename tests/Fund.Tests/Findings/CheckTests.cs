using Kepil.Fund.Accounts;
using Kepil.Fund.Findings;
using Kepil.Monitoring;
using Kepil.Tests.Accounts;
using Kepil.Tests.Law;
using Kepil.Tests.Monitoring;
using Xunit;
using static Kepil.Tests.Findings.MonthTests;
using BilledLine = Kepil.Tests.Accounts.BilledLine;

namespace Kepil.Tests.Findings;

/// <summary>A register that is checked before it is handed in.</summary>
public sealed class CheckTests
{
    [Fact]
    [Proves("MON-321:12")]
    [Proves("MON-321:15")]
    public async Task What_a_provider_is_told_before_he_hands_in_is_what_the_month_finds_and_no_rule()
    {
        using var fund = Laid(files: 0);
        using var pack = Pack();
        var register = fund.Staged("october.csv", Lines());

        var foreseen = (await new DryRun(fund.Folder, TheLaw.Book, fund.Clock).RunAsync(register.Staged, pack.Load().Pack, TestContext.Current.CancellationToken)).Findings;

        Assert.Equal(
            Expected().Findings.Select(f => $"L{f.ServiceId} {f.Code} {f.Kind} {f.Sum}").Order(StringComparer.Ordinal),
            foreseen.Select(f => $"{f.LineId} {f.Code} {(f.Kind == FindingKind.Potential ? "potential" : "general")} {f.Sum}").Order(StringComparer.Ordinal));
        Assert.Contains(foreseen, f => f.Kind == FindingKind.General);
        Assert.All(foreseen, f => Assert.True(f.Kind == FindingKind.Potential || f.Sum == 0));
        Assert.All(pack.Load().Pack.Rules, r => Assert.All(foreseen, f => Assert.DoesNotContain(r.Id, f.ToString(), StringComparison.Ordinal)));
        Assert.DoesNotContain(fund.Lines(), l => l[0] == 'L');
    }

    [Fact]
    public async Task Of_a_rule_that_fails_a_check_says_so_and_tells_what_the_others_find()
    {
        using var fund = Laid(files: 0);
        using var pack = Pack();
        using var with = Pack().Rule("6.2-fails", Fails, code: "6.2");
        var register = fund.Staged("october.csv", Lines());
        var check = new DryRun(fund.Folder, TheLaw.Book, fund.Clock);

        var whole = await check.RunAsync(register.Staged, pack.Load().Pack, TestContext.Current.CancellationToken);
        var partly = await check.RunAsync(register.Staged, with.Load().Pack, TestContext.Current.CancellationToken);

        Assert.Empty(whole.FailedRules);
        Assert.Equal(["6.2-fails"], partly.FailedRules);
        Assert.Equal(whole.Findings.Select(f => f.ToString()), partly.Findings.Select(f => f.ToString()));
    }

    [Fact]
    [Proves("MON-321:15")]
    public async Task Of_a_patient_whom_the_provider_has_nothing_to_do_with_a_check_tells_the_code_alone()
    {
        using var fund = new TrialFund();
        using var pack = Pack();
        var (attached, seen, stranger) = (Person(1), Person(2), Person(3));
        fund.Load("person", [.. new[] { attached, seen, stranger }.Select(p => (object?[])[p, new DateOnly(1980, 1, 1), "m", null, new DateOnly(2026, 10, 5), null, "61", null])]);
        fund.Load("attachment", [attached, 100L, new DateOnly(2020, 1, 1), new DateOnly(2030, 1, 1), false]);
        fund.Admit("earlier.csv", new BilledLine("E1", ProviderId: 100, StatedId: seen) { ServiceCode = "B01.001.000" });
        fund.Admit("of-another.csv", new BilledLine("E2", ProviderId: 101, StatedId: stranger) { ServiceCode = "B01.001.000" });
        var register = fund.Staged("october.csv", [new("L1", ProviderId: 100, StatedId: attached), new("L2", ProviderId: 100, StatedId: seen), new("L3", ProviderId: 100, StatedId: stranger)]);

        var foreseen = (await new DryRun(fund.Folder, TheLaw.Book, fund.Clock).RunAsync(register.Staged, pack.Load().Pack, TestContext.Current.CancellationToken)).Findings;

        Assert.Equal(["L1 15.10.2026 05.10.2026", "L2 15.10.2026 05.10.2026", "L3 " + TheLaw.Book.Classification.On(Month)["5.0"].Name.Ru], foreseen.Select(f => $"{f.LineId} {f.Reason.Ru}").Order(StringComparer.Ordinal));
        Assert.Equal([null, null, stranger], foreseen.OrderBy(f => f.LineId, StringComparer.Ordinal).Select(f => f.Stranger));
    }

    [Theory]
    [InlineData("reason_only", true)]
    [InlineData("nothing", false)]
    [Proves("MON-321:15")]
    public async Task A_check_tells_the_reason_or_the_name_of_the_code_alone(string value, bool reason)
    {
        using var fund = Laid(files: 0);
        using var pack = Pack();
        var register = fund.Staged("october.csv", Lines());
        var law = TheLaw.WithChoice("algo_visibility", value, "2025-08-01");
        fund.Load("attachment", [.. Lines().Select(l => (l.StatedId, l.ProviderId)).Distinct().Select(l => (object?[])[l.StatedId, l.ProviderId, new DateOnly(2020, 1, 1), new DateOnly(2030, 1, 1), false])]);

        var foreseen = (await new DryRun(fund.Folder, law, fund.Clock).RunAsync(register.Staged, pack.Load().Pack, TestContext.Current.CancellationToken)).Findings;

        var own = foreseen.Where(f => f.Stranger is null).ToList();
        Assert.NotEmpty(own);
        Assert.All(own, f => Assert.Equal(!reason, f.Reason == law.Classification.On(Month)[f.Code].Name));
    }

    [Fact]
    public async Task A_register_is_checked_with_the_stored_lines_of_its_patients_as_if_it_had_come_in()
    {
        using var fund = Laid();
        using var pack = Pack();
        // Beyond five hundred lines a month has a working copy; what comes after it lies beside.
        fund.Admit("others.csv", [.. Lines().Select(l => l with { LineId = "O" + l.LineId, ProviderId = 100 + (l.ProviderId + 1) % 3, ServiceCode = "B01.001.000" })]);
        await Monitor(fund, pack);
        fund.Admit("late.csv", [.. Lines().Take(20).Select((l, i) => l with { LineId = "T" + l.LineId, ServiceCode = $"C01.00{i % 4}.000" })]);
        var register = fund.Staged("november.csv", [.. Lines().Take(60).Select((l, i) => l with { LineId = "N" + l.LineId, ServiceCode = i % 3 == 0 ? $"C01.00{i % 4}.000" : l.ServiceCode, Amount = l.Amount + 2_800_000 })]);

        var foreseen = (await new DryRun(fund.Folder, TheLaw.Book, fund.Clock).RunAsync(register.Staged, pack.Load().Pack, TestContext.Current.CancellationToken)).Findings;

        Assert.NotEmpty(Directory.GetFiles(fund.Folder.At("copies"), "2026-10-*.duckdb"));
        fund.Admit(register);
        await Monitor(fund, pack);
        using var records = new FundRecords(fund.Folder);
        var found = records.Query("SELECT k.line_id || ' ' || f.code || ' ' || f.kind || ' ' || CAST(f.sum AS text) FROM finding AS f JOIN known_service AS k ON k.service_id = f.service_id WHERE k.line_id LIKE 'N%'", r => r.Text(0));
        Assert.Contains(found, f => f.Contains(" 5.1 ", StringComparison.Ordinal));
        Assert.Equal(
            found.Order(StringComparer.Ordinal),
            foreseen.Select(f => $"{f.LineId} {f.Code} {(f.Kind == FindingKind.Potential ? "potential" : "general")} {f.Sum}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_check_that_was_made_ready_for_tells_the_same_as_one_that_was_not()
    {
        using var fund = Laid();
        using var pack = Pack();
        fund.Admit("others.csv", [.. Lines().Select(l => l with { LineId = "O" + l.LineId, ProviderId = 100 + (l.ProviderId + 1) % 3, ServiceCode = "B01.001.000" })]);
        await Monitor(fund, pack);
        var loaded = pack.Load().Pack;
        var register = fund.Staged("november.csv", [.. Lines().Take(60).Select((l, i) => l with { LineId = "N" + l.LineId, ServiceCode = i % 3 == 0 ? $"C01.00{i % 4}.000" : l.ServiceCode, Amount = l.Amount + 2_800_000 })]);
        using var standby = new RuleStandby(fund.Folder, again: true);

        // The first is made ready for without knowing what it needs, the next ones with what the one before needed.
        var before = await Alone();
        for (var time = 0; time < 3; time++)
        {
            await standby.ReadyAsync();
            Assert.Equal(before, await Told(standby));
        }

        // What came in meanwhile counts, though the worker had opened what was there before.
        await standby.ReadyAsync();
        fund.Admit("late.csv", [.. Lines().Take(20).Select((l, i) => l with { LineId = "T" + l.LineId, ServiceCode = $"C01.00{i % 4}.000" })]);
        var after = await Told(standby);
        Assert.Equal(await Alone(), after);
        Assert.NotEqual(before, after);

        async Task<List<string>> Alone() => await Told(null);
        async Task<List<string>> Told(RuleStandby? ready) =>
            [.. (await new DryRun(fund.Folder, TheLaw.Book, fund.Clock, ready).RunAsync(register.Staged, loaded, TestContext.Current.CancellationToken)).Findings.Select(f => f.ToString()).Order(StringComparer.Ordinal)];
    }
}
