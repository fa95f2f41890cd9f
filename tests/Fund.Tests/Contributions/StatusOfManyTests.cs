using Kepil.DuckDb;
using Kepil.Fund.Contributions;
using Kepil.Insurance;
using Kepil.Tests.Insurance;
using Kepil.Tests.Law;
using Xunit;

namespace Kepil.Tests.Contributions;

/// <summary>The query over accounts of months answers for each person what the pure function answers.</summary>
public sealed class StatusOfManyTests
{
    public static TheoryData<string, string, string> Questions => new()
    {
        { "2020-03-15", "grace_from", "month" },
        { "2023-07-31", "grace_from", "month" },
        { "2025-12-31", "grace_from", "month" },
        { "2026-01-01", "grace_from", "month" },
        { "2026-11-28", "grace_from", "month" },
        { "2027-12-31", "grace_from", "month" },
        { "2026-11-28", "grace_from", "due_day" },
        { "2026-11-28", "category_grace", "never" },
        { "2026-11-28", "category_grace", "full_year" },
    };

    [Theory]
    [MemberData(nameof(Questions))]
    public void The_query_and_the_pure_function_say_the_same_of_random_lives(string on, string policy, string value)
    {
        var day = TheLaw.Day(on);
        var law = TheLaw.Book.Policies[policy].Default == value ? TheLaw.Book : TheLaw.WithChoice(policy, value, "2017-01-01");
        var status = new InsuredStatus(law);
        var lives = Enumerable.Range(0, 1500).Select(seed => new RandomLife(seed).Facts.AsKnownAt(RandomLife.At(day.AddDays(30)))).Concat(Steady(day)).ToList();
        using var database = DuckDatabase.Open(threads: 1, memoryMegabytes: 256);
        using var connection = database.Connect();
        connection.Execute($"CREATE TABLE account ({StatusOfMany.Columns})");
        using (var rows = connection.Append("account", StatusOfMany.Types))
        {
            foreach (var (person, life) in lives.Index())
            {
                StatusOfMany.Add(rows, person, status.AccountOn(life, day));
            }

            rows.Complete();
        }

        var found = connection.QueryAll($"SELECT * FROM ({new StatusOfMany(law).Query("account", day)}) AS s ORDER BY person_id", r => (Ground: (StatusGround)r.Long(1), Until: r.DayOrNull(2)));

        Assert.Equal(lives.Count, found.Count);
        var grounds = new HashSet<StatusGround>();
        foreach (var (person, life) in lives.Index())
        {
            var expected = status.On(life, day);
            grounds.Add(expected.Ground);
            Assert.True((expected.Ground, expected.Until) == found[person], $"Life {person} on {on}: {expected.Ground} until {expected.Until}, but the query says {found[person]}.");
        }

        Assert.True(grounds.Count >= (day.Year < 2026 ? 7 : 9), $"only {string.Join(", ", grounds)}");
    }

    /// <summary>Lives that paid for many years and stopped: 59 to 61 months in a row, up to nine months ago.</summary>
    private static IEnumerable<Life> Steady(DateOnly day) =>
        from run in new[] { 59, 60, 61, 75 }
        from stopped in Enumerable.Range(0, 10)
        let last = Month.Of(day).Plus(-stopped)
        select StatusPropertyTests.Person([], [], [.. Enumerable.Range(0, run).Select(i => last.Plus(-i)).Select(m => new PaidMonth(IncomeKind.Wages, m, new(100_000), m.First))]);
}
