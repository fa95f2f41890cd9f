using Kepil.Fund.Bench;
using Xunit;

namespace Kepil.Tests.Unscheduled;

/// <summary>Random histories of unscheduled monitoring, its conclusion and a latent defect against models that were written from the order alone.</summary>
public sealed class UnscheduledHistoryTests
{
    private const int Acts = 60;

    [Fact]
    [Proves("MON-321:7.2")]
    [Proves("MON-321:53")]
    [Proves("MON-321:57")]
    public void Two_thousand_histories_go_as_the_order_says() => Parallel.For(0, 2_000, new ParallelOptions { MaxDegreeOfParallelism = 2 }, seed => Play(new LoneUnscheduled(), seed));

    [Theory]
    [InlineData(false, 30)]
    [InlineData(true, 10)]
    [Proves("MON-321:57")]
    public void Histories_go_the_same_in_the_real_store(bool postgres, int count)
    {
        using var stand = new StoredUnscheduled(postgres ? PrivatePostgres.NewDatabase() : "sqlite");
        for (var seed = 0; seed < count; seed++)
        {
            stand.Clear();
            Play(stand, 5_000_000 + seed);
        }

        stand.CheckJournal();
    }

    private static void Play(IUnscheduledStand stand, int seed)
    {
        var play = new UnscheduledPlay(stand, seed);
        try
        {
            play.Run(Acts);
        }
        catch (Exception e)
        {
            throw new InvalidOperationException($"Seed {seed}: {e.Message}\n{play.Told}", e);
        }
    }
}
