using Kepil.Demo;
using Kepil.Fund.Accounts;
using Kepil.Fund.Findings;
using Kepil.Fund.Registers;
using Kepil.Fund.Rules;
using Kepil.Monitoring;
using Kepil.Tests.Law;
using Xunit;

namespace Kepil.Tests.Demo;

/// <summary>The check of a register before it is handed in, by all rules of the pack.</summary>
public sealed class DemoCheckTests : IDisposable
{
    private const int Lines = 10_000;

    private readonly string _path = Directory.CreateTempSubdirectory("kepil-demo-check-").FullName;

    public void Dispose() => Directory.Delete(_path, true);

    [Fact]
    public async Task The_check_of_the_largest_registers_runs_every_rule_and_tells_what_the_month_finds()
    {
        var stop = TestContext.Current.CancellationToken;
        var month = new DemoSize(Lines).Month;
        var made = Path.Combine(_path, "country");
        new DemoCountry(new DemoSize(Lines)).Write(made);
        var folder = FundFolder.Open(Path.Combine(_path, "fund"));
        var intake = new RegisterIntake(folder, TheLaw.Book, TimeProvider.System);
        await intake.TakeAsync([.. Files("reference")], intake.Options(), stop: stop);
        await intake.TakeAsync([.. Files("registers")], intake.Options(), stop: stop);
        var pack = RuleCommands.Load(TheLaw.Book, month).Pack;
        await new MonthMonitoring(folder, TheLaw.Book, TimeProvider.System).RunAsync(month, pack, cancel: stop);
        using var standby = new RuleStandby(folder, again: true);
        using var records = new FundRecords(folder);
        var found = records.Query("SELECT k.line_id, f.code, f.kind, f.sum FROM finding AS f JOIN known_service AS k ON k.service_id = f.service_id", r => (r.Text(0), $"{r.Text(0)} {r.Text(1)} {r.Text(2)} {r.Long(3)}"))
            .ToLookup(f => f.Item1, f => f.Item2);

        var checkedLines = 0;
        foreach (var register in Files("registers").Where(f => f.Contains($"{month:yyyy-MM}", StringComparison.Ordinal)).OrderByDescending(f => new FileInfo(f).Length).Take(3))
        {
            await standby.ReadyAsync();
            var stage = Directory.CreateDirectory(Path.Combine(_path, "stage", Path.GetFileName(register))).FullName;
            var facts = Assert.Single(await RegisterIntake.ReadAsync([register], stage, intake.Options(), stop: stop)).Facts!;

            var (findings, failed) = await new DryRun(folder, TheLaw.Book, TimeProvider.System, standby).RunAsync(facts.Staged, pack, stop);

            Assert.Empty(failed);
            var lines = records.Query($"SELECT line_id FROM read_parquet({RuleWorker.FileList(facts.Staged)})", r => r.Text(0));
            checkedLines += lines.Count;
            Assert.Equal(
                lines.SelectMany(l => found[l]).Order(StringComparer.Ordinal),
                findings.Select(f => $"{f.LineId} {f.Code} {(f.Kind == FindingKind.Potential ? "potential" : "general")} {f.Sum}").Order(StringComparer.Ordinal));
        }

        Assert.True(checkedLines > 1000);

        IEnumerable<string> Files(string part) => Directory.GetFiles(Path.Combine(made, part), "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal);
    }
}
