using System.Globalization;
using Kepil.Fund.Proceedings;
using Xunit;

namespace Kepil.Tests.Proceedings;

/// <summary>Random histories of the procedure against a model that was written from the order alone.</summary>
/// <remarks>KEPIL_HISTORIES, KEPIL_HISTORY_SEED and KEPIL_STORED_HISTORIES ask for other numbers.</remarks>
public sealed class HistoryTests(ITestOutputHelper output)
{
    private const int Commands = 50;

    /// <summary>Seeds that once failed; they run first.</summary>
    private static readonly string Kept = Path.Combine(Repository.Root, "tests", "Fund.Tests", "Proceedings", "histories.txt");

    [Fact]
    [Proves("MON-321:27")]
    [Proves("MON-321:28")]
    [Proves("MON-321:33")]
    [Proves("MON-321:45")]
    public void Twenty_thousand_histories_go_as_the_order_says()
    {
        var count = Number("KEPIL_HISTORIES", 20_000);
        var first = (ulong)Number("KEPIL_HISTORY_SEED", 1);
        foreach (var seed in KeptSeeds())
        {
            Play(seed);
        }

        var watch = System.Diagnostics.Stopwatch.StartNew();
        Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = 2 }, i => Play(first + (ulong)i));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{count} histories of {Commands} commands in {watch.Elapsed.TotalSeconds:0.0} s, seeds from {first}"));
    }

    [Theory]
    [InlineData(false, 300)]
    [InlineData(true, 100)]
    [Proves("MON-321:26")]
    [Proves("MON-321:27")]
    public void Histories_go_the_same_in_the_real_store(bool postgres, int count)
    {
        count = Number("KEPIL_STORED_HISTORIES", count);
        using var stand = new StoreStand(postgres);
        foreach (var seed in KeptSeeds().Concat(Enumerable.Range(0, count).Select(i => 5_000_000 + (ulong)i)))
        {
            stand.Clear();
            var play = new HistoryPlay(stand);
            try
            {
                play.Run(HistoryPlay.Commands(seed, Commands));
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"Seed {seed}: {e.Message}\n{play.Told}", e);
            }
        }

        stand.CheckJournal();
        output.WriteLine($"{count} histories on {(postgres ? "PostgreSQL" : "SQLite")}");
    }

    /// <summary>The comparison bites: a model that did not hear of the moved days is found out soon.</summary>
    [Fact]
    public void A_model_with_another_calendar_is_found_out()
    {
        var days = new NaiveDays(Kepil.Tests.Law.TheLaw.Book.Folder);
        Assert.Contains(Enumerable.Range(1, 300), seed =>
        {
            using var stand = new LoneStand();
            return Record.Exception(() => new HistoryPlay(stand, days).Run(HistoryPlay.Commands((ulong)seed, Commands))) is not null;
        });
    }

    [Fact]
    public void The_same_seed_makes_the_same_events()
    {
        static string Once()
        {
            using var stand = new LoneStand();
            new HistoryPlay(stand).Run(HistoryPlay.Commands(77, Commands));
            return string.Join('\n', stand.History(1).Select(ProceedingJson.Write));
        }

        Assert.Equal(Once(), Once());
    }

    private static void Play(ulong seed)
    {
        var commands = HistoryPlay.Commands(seed, Commands);
        if (Fails(commands) is null)
        {
            return;
        }

        var shrunk = Shrunk(commands);
        var (why, told) = Fails(shrunk)!.Value;
        throw new InvalidOperationException($"Seed {seed}, shrunk to {shrunk.Length} commands; keep the seed in histories.txt. {why}\n{told}");
    }

    private static (string Why, string Told)? Fails(ulong[] commands)
    {
        using var stand = new LoneStand();
        var play = new HistoryPlay(stand);
        try
        {
            play.Run(commands);
            return null;
        }
        catch (Exception e)
        {
            return (e.Message + "\n" + e.StackTrace, play.Told);
        }
    }

    /// <summary>Leaves out what the failure does not need: halves first, single commands last.</summary>
    private static ulong[] Shrunk(ulong[] commands)
    {
        for (var size = commands.Length / 2; size > 0; size = size == 1 ? 0 : size / 2)
        {
            for (var from = 0; from + size <= commands.Length;)
            {
                ulong[] without = [.. commands[..from], .. commands[(from + size)..]];
                if (without.Length > 0 && Fails(without) is not null)
                {
                    commands = without;
                }
                else
                {
                    from += size;
                }
            }
        }

        return commands;
    }

    private static IEnumerable<ulong> KeptSeeds() => File.ReadLines(Kept).Where(l => l.Length > 0 && l[0] != '#').Select(l => ulong.Parse(l.Split(' ')[0], CultureInfo.InvariantCulture));

    private static int Number(string setting, int otherwise) => int.TryParse(Environment.GetEnvironmentVariable(setting), CultureInfo.InvariantCulture, out var number) ? number : otherwise;
}
