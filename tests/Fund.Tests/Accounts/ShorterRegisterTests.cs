using System.Globalization;
using Kepil.Fund.Accounts;
using Kepil.Law;
using Kepil.Tests.Law;
using Xunit;

namespace Kepil.Tests.Accounts;

/// <summary>A reference register replaces the one before it whole, so one that was cut off on its way is held back.</summary>
public sealed class ShorterRegisterTests
{
    [Fact]
    public async Task A_register_cut_to_a_half_is_refused_and_the_one_in_force_stays()
    {
        using var fund = new TrialFund();
        await Take(fund, 20);

        var taken = await Take(fund, 10);

        Assert.Equal("register_shorter", taken.Outcome.Refusal!.Reason);
        Assert.Equal(("provider", "10", "20"), (taken.Outcome.Refusal.Named["register"], taken.Outcome.Refusal.Named["rows"], taken.Outcome.Refusal.Named["before"]));
        Assert.Null(taken.Reference);
        Assert.Equal(20, InForce(fund));
    }

    [Fact]
    public async Task It_is_taken_when_somebody_says_that_this_is_all_of_it()
    {
        using var fund = new TrialFund();
        await Take(fund, 20);

        var taken = await Take(fund, 10, shorter: true);

        Assert.Null(taken.Outcome.Refusal);
        Assert.Equal(10, InForce(fund));
    }

    [Fact]
    public async Task A_tenth_fewer_is_an_ordinary_change()
    {
        using var fund = new TrialFund();
        await Take(fund, 20);

        await Take(fund, 18);

        Assert.Equal(18, InForce(fund));
    }

    private static async Task<Taken> Take(TrialFund fund, int providers, bool shorter = false)
    {
        var file = Path.Combine(fund.Folder.Path, $"providers-{providers}.csv");
        await File.WriteAllLinesAsync(file, ["provider_id,region,district,palliative,name_kk,name_ru", .. ValidNumbers().Take(providers).Select((n, i) => $"{n},61,Қазығұрт,false,Емхана {i},Поликлиника {i}")], TestContext.Current.CancellationToken);
        var intake = new RegisterIntake(fund.Folder, TheLaw.Book, fund.Clock);
        return Assert.Single(await intake.TakeAsync([file], intake.Options() with { Table = "provider", Shorter = shorter }, stop: TestContext.Current.CancellationToken));
    }

    private static IEnumerable<string> ValidNumbers() =>
        Enumerable.Range(0, 10_000).Select(i => (990440000000 + i).ToString(CultureInfo.InvariantCulture)).Where(n => OrganisationNumber.TryParse(n, out _, out _));

    private static long InForce(TrialFund fund)
    {
        using var context = fund.Folder.Accounts.Context();
        return Assert.Single(context.ReferenceFiles.Where(r => r.ReplacedBy == null)).Rows;
    }
}
