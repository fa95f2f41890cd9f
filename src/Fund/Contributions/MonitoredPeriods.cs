using System.Globalization;
using Kepil.DuckDb;
using Kepil.Fund.Accounts;
using Kepil.Fund.Desk;
using Kepil.Insurance;
using Kepil.Law;
using Kepil.Monitoring;

namespace Kepil.Fund.Contributions;

/// <summary>What became of putting the periods together.</summary>
/// <param name="ByPayments">People whose periods come from what was paid and told.</param>
/// <param name="Others">Of them people of whom the register said something else.</param>
/// <param name="Rows">Rows of the register of periods that counts now.</param>
public sealed record MadePeriods(DateOnly From, DateOnly To, long ByPayments, long Others, long Rows);

/// <summary>
/// The one place where insured periods for monitoring come together: of whom a payment or a category is known, they are made from these; of all others, and on all days outside the stretch, they are those of the register that came.
/// </summary>
/// <remarks>The edition of the register that came stays; the next stretch is put together from it anew. What lines already hold changes only by <see cref="FactRefresh"/>.</remarks>
public sealed class MonitoredPeriods(FundFolder folder, LawBook law, DeskStore desk)
{
    /// <summary>Name of the register.</summary>
    public const string Register = "insured_period";

    /// <summary>What the names of editions say that were made here.</summary>
    public const string Mark = "paid";

    /// <summary>Persons whose facts are in memory at once.</summary>
    private const int Part = 20_000;

    private readonly ContributionStore store = ContributionStore.Of(desk);

    /// <summary>Puts periods of a stretch together and makes them the edition that counts.</summary>
    /// <returns>Nothing when no payment and no category is known.</returns>
    /// <exception cref="LawGapException">The stretch begins before the insurance did.</exception>
    [Law("OSMS:5")]
    public MadePeriods? Make(DateOnly from, DateOnly to)
    {
        var (people, others) = (0L, 0L);
        var made = new ReferenceLoading(folder, desk.Clock).PutTogether(Register, Mark, (came, path) =>
        {
            using var database = DuckDatabase.Open(threads: 2, memoryMegabytes: 2000);
            using var connection = database.Connect();
            connection.Execute("CREATE TABLE told (number bigint, person_id bigint)");
            connection.Execute("CREATE TABLE paid (person_id bigint, from_day date, to_day date)");
            people = Tell(connection, from, to);
            if (people == 0)
            {
                return false;
            }

            connection.Execute($"CREATE VIEW came AS SELECT * FROM {(came is null ? "paid WHERE FALSE" : $"read_parquet('{RuleWorker.Quoted(came)}')")}");
            others = Others(connection, from, to);
            connection.Execute($"""
                COPY (
                  SELECT c.person_id, c.from_day, c.to_day FROM came AS c ANTI JOIN told AS t ON t.number = c.person_id
                  UNION ALL SELECT t.person_id, c.from_day, LEAST(c.to_day, {Day(from.AddDays(-1))}) FROM came AS c JOIN told AS t ON t.number = c.person_id WHERE c.from_day < {Day(from)}
                  UNION ALL SELECT t.person_id, GREATEST(c.from_day, {Day(to.AddDays(1))}), c.to_day FROM came AS c JOIN told AS t ON t.number = c.person_id WHERE c.to_day > {Day(to)}
                  UNION ALL SELECT * FROM paid) TO '{RuleWorker.Quoted(path)}' (FORMAT parquet, COMPRESSION zstd)
                """);
            return true;
        });
        return made is null ? null : new(from, to, people, others, made.Rows);
    }

    /// <summary>Fills in who is told of, by all his numbers, and his periods by what was paid.</summary>
    private long Tell(DuckConnection connection, DateOnly from, DateOnly to)
    {
        var now = desk.Clock.GetUtcNow();
        var periods = new InsuredPeriods(new InsuredStatus(law));
        var numbers = store.Numbers();
        var persons = KnownPersons.Of(folder, numbers);
        var count = 0L;
        using var told = connection.Append("told", DuckType.BigInt, DuckType.BigInt);
        using var paid = connection.Append("paid", DuckType.BigInt, DuckType.Date, DuckType.Date);
        foreach (var part in numbers.Select(n => (Number: n, Person: persons.Find(n))).Where(n => n.Person is not null).GroupBy(n => n.Person!, n => n.Number).Chunk(Part))
        {
            var asked = part.SelectMany(p => p).ToList();
            var payments = store.PaidFor(asked).ToLookup(p => p.PersonId);
            var times = store.TimesOf(asked).ToLookup(t => t.PersonId);
            foreach (var person in part)
            {
                // Who a person is to the country says nothing of money: without a payment or a category the register has the word.
                if (!person.Any(n => payments[n].Any() || times[n].Any(t => t.Kind == PersonTime.Category)))
                {
                    continue;
                }

                count++;
                foreach (var number in person.Append(person.Key.PersonId).Distinct())
                {
                    told.Add(number);
                    told.Add(person.Key.PersonId);
                    told.EndRow();
                }

                var life = StoredLife.Of(person.Key, [.. person.SelectMany(n => payments[n])], [.. person.SelectMany(n => times[n])]).AsKnownAt(now);
                foreach (var (first, last) in periods.Of(life, from, to))
                {
                    paid.Add(person.Key.PersonId);
                    paid.Add(first);
                    paid.Add(last);
                    paid.EndRow();
                }
            }
        }

        told.Complete();
        paid.Complete();
        return count;
    }

    /// <summary>How many people have other insured days within the stretch than the register says.</summary>
    private static long Others(DuckConnection connection, DateOnly from, DateOnly to)
    {
        string Days(string rows) => $"SELECT person_id, UNNEST(generate_series(GREATEST(from_day, {Day(from)}), LEAST(to_day, {Day(to)}), INTERVAL 1 DAY)) AS day FROM ({rows}) AS r WHERE from_day <= {Day(to)} AND to_day >= {Day(from)}";
        var register = Days("SELECT t.person_id, c.from_day, c.to_day FROM came AS c JOIN told AS t ON t.number = c.person_id");
        var paid = Days("SELECT * FROM paid");
        return connection.QueryAll($"SELECT COUNT(DISTINCT person_id) FROM ((({register}) EXCEPT ({paid})) UNION ALL (({paid}) EXCEPT ({register}))) AS d", r => r.Long(0))[0];
    }

    private static string Day(DateOnly day) => $"DATE '{day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}'";
}
