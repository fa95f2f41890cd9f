using Kepil.DuckDb;
using Kepil.Fund.Contributions;
using Kepil.Insurance;
using Kepil.Tests.Law;
using Xunit;
using static Kepil.Tests.Contributions.TrialContributions;

namespace Kepil.Tests.Contributions;

/// <summary>The accounts that are kept of all persons say what is said at the counter.</summary>
public sealed class MonthAccountsTests : IDisposable
{
    private static readonly DateOnly Today = new(2026, 11, 5);

    private readonly TrialContributions _trial = new(false);

    [Fact]
    public void All_persons_are_judged_as_one_by_one_and_a_second_night_changes_nothing()
    {
        string[] people = [.. Enumerable.Range(0, 40).Select(i => Number(new(1970 + i / 2, 2, 3), i * 7 + 1)).Distinct()];
        _trial.Take("ЖСН;Құқықтық жағдайы;Басталған күні;Дереккөз\n" + string.Concat(people.Where((_, i) => i % 5 != 0).Select(p => $"{p};азамат;01.01.1995;ІІМ\n")), "standings.csv");
        // Some paid for every month, some for all but one, some for the year ahead.
        _trial.Pay([.. people.SelectMany((p, i) => i % 4 == 3
            ? [$"Y-{i};;{p};бір жыл бұрын алдын ала;;51000;02.11.2026;"]
            : Enumerable.Range(0, 14).Where(m => i % 4 != 1 || m != 6).Select(m => new DateOnly(2025, 9, 1).AddMonths(m)).Select(m => $"M-{i}-{m:yyyyMM};;{p};дербес төлем;{m:yyyy-MM};4250;{m:yyyy-MM}-20;".Replace($"{m:yyyy-MM}-20", $"20.{m:MM.yyyy}", StringComparison.Ordinal)))]);
        var accounts = new MonthAccounts(_trial.Fund.Folder, TheLaw.Book, _trial.Desk);

        var kept = accounts.Keep(Today);

        var found = Read(accounts);
        var expected = people.Select(p => (Person: Long(p), Status: new InsuredStatus(TheLaw.Book).On(StoredLife.Of(_trial.Fund.Folder, _trial.Store, Long(p))!, Today, _trial.Desk.Clock.GetUtcNow()))).OrderBy(p => p.Person).ToList();
        Assert.Equal(expected.Select(e => (e.Person, e.Status.Ground, e.Status.Until)), found);
        Assert.Equal((people.Length, expected.Count(e => e.Status.Insured)), ((int)kept.Persons, (int)kept.Insured));
        Assert.True(expected.Select(e => e.Status.Ground).Distinct().Count() >= 3, string.Join(", ", expected.Select(e => e.Status.Ground).Distinct()));
        Assert.Equal(kept, accounts.Keep(Today));
        Assert.Equal(found, Read(accounts));
    }

    public void Dispose() => _trial.Dispose();

    private static IReadOnlyList<(long, StatusGround, DateOnly?)> Read(MonthAccounts accounts)
    {
        using var database = DuckDatabase.Open(threads: 1, memoryMegabytes: 256);
        using var connection = database.Connect();
        return [.. connection.QueryAll($"SELECT person_id, ground, until FROM read_parquet('{accounts.FileOf(Today)}') ORDER BY person_id", r => (r.Long(0), (StatusGround)r.Long(1), r.DayOrNull(2)))];
    }
}
