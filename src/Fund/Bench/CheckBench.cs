using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Kepil.Fund.Accounts;
using Kepil.Fund.Findings;
using Kepil.Fund.Rules;
using Kepil.Law;

namespace Kepil.Fund.Bench;

/// <summary>Measures how long a provider waits for the check of a register against a stored fund: <c>kepil bench check FILE</c></summary>
internal static class CheckBench
{
    public static Command Command()
    {
        var file = new Argument<string>("file") { Description = "An account-register." };
        var fund = new Option<string>("--fund") { Description = "Folder of the fund that holds the history.", DefaultValueFactory = _ => "demo/fund" };
        var times = new Option<int>("--times") { Description = "How often it is checked.", DefaultValueFactory = _ => 10 };
        var command = new Command("check", "Measures the check of a register before it is handed in.") { file, fund, times };
        command.SetAction(async (p, _) =>
        {
            await MeasureAsync(Path.GetFullPath(p.GetValue(file)!), FundFolder.Open(p.GetValue(fund)), p.GetValue(times));
            return 0;
        });
        return command;
    }

    private static async Task MeasureAsync(string file, FundFolder folder, int times)
    {
        var law = LawBook.Open();
        var pack = RuleCommands.Load(law, DateOnly.FromDateTime(TimeProvider.System.GetLocalNow().DateTime)).Pack;
        var (read, all) = (new List<double>(), new List<double>());
        using var standby = new RuleStandby(folder, again: true);
        using var readers = new ReaderStandby(folder);
        for (var i = 0; i < times; i++)
        {
            // Whoever checks has looked at what the check before told; meanwhile the next processes have started.
            await Task.WhenAll(standby.ReadyAsync(), readers.ReadyAsync());
            var watch = Stopwatch.StartNew();
            var (outcome, stage) = await readers.ReadAsync(file, new RegisterIntake(folder, law, TimeProvider.System).Options());
            read.Add(watch.Elapsed.TotalSeconds);
            var facts = outcome.Facts ?? throw new InvalidDataException($"{file}: {outcome.Refusal?.Reason}");
            var (foreseen, failed) = await new DryRun(folder, law, TimeProvider.System, standby).RunAsync(facts.Staged, pack);
            all.Add(watch.Elapsed.TotalSeconds);
            Directory.Delete(stage, true);
            readers.Renew();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {facts.Rows:#,0} rows, {foreseen.Count:#,0} findings, {failed.Count} rules failed: read {read[^1]:0.00} s, checked {all[^1]:0.00} s"));
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  median: read {Median(read):0.00} s, checked {Median(all):0.00} s"));
    }

    private static double Median(IReadOnlyList<double> values) => values.Order().ElementAt(values.Count / 2);
}
