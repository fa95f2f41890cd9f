using System.Globalization;
using Kepil.DuckDb;
using Kepil.Fund.Accounts;
using Kepil.Fund.Desk;
using Kepil.Insurance;
using Kepil.Law;
using Kepil.Monitoring;

namespace Kepil.Fund.Contributions;

/// <summary>What became of keeping the accounts of a day.</summary>
/// <param name="Told">Persons of whom a payment, a category or a standing is known.</param>
/// <param name="Persons">All persons who have an account: these, and the others of the register of persons.</param>
/// <param name="Insured">Of them insured.</param>
public sealed record AccountsOfDay(DateOnly Day, long Told, long Persons, long Insured);

/// <summary>Accounts of months of all persons as of today, and the status of each by them; the file of a day that is over stays as it was, so it tells what was known then.</summary>
public sealed class MonthAccounts(FundFolder folder, LawBook law, DeskStore desk)
{
    /// <summary>Persons whose facts are in memory at once.</summary>
    private const int Part = 20_000;

    private readonly ContributionStore store = ContributionStore.Of(desk);

    /// <summary>Makes the file of a day, today, anew. It appears whole or not at all, so whoever is stopped begins again.</summary>
    public AccountsOfDay Keep(DateOnly day)
    {
        var now = desk.Clock.GetUtcNow();
        using var held = folder.Hold();
        var stage = folder.Stage();
        try
        {
            using var database = DuckDatabase.Open(threads: 2, memoryMegabytes: 3000, settings: new Dictionary<string, string> { ["temp_directory"] = Path.Combine(stage, "spill") });
            using var connection = database.Connect();
            connection.Execute($"CREATE TABLE account ({StatusOfMany.Columns})");
            var told = Told(connection, day, now);
            AddUntold(connection);
            var made = Path.Combine(stage, "insured.parquet");
            connection.Execute($"""
                COPY (SELECT a.*, s.ground, s.until FROM account AS a JOIN ({new StatusOfMany(law).Query("account", day)}) AS s ON s.person_id = a.person_id ORDER BY a.person_id)
                TO '{RuleWorker.Quoted(made)}' (FORMAT parquet, COMPRESSION zstd)
                """);
            var (persons, of) = connection.QueryAll($"SELECT COUNT(*), COUNT(*) FILTER (WHERE ground <= {((int)StatusGround.LongGrace).ToString(CultureInfo.InvariantCulture)}) FROM read_parquet('{RuleWorker.Quoted(made)}')", r => (r.Long(0), r.Long(1)))[0];
            Directory.CreateDirectory(folder.At("insured"));
            File.Move(made, FileOf(day), true);
            return new(day, told, persons, of);
        }
        finally
        {
            Directory.Delete(stage, true);
        }
    }

    /// <summary>The file of a day: the account of each person (<see cref="StatusOfMany.Columns"/>), the ground of his status and its last day.</summary>
    public string FileOf(DateOnly day) => folder.At("insured", day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) + ".parquet");

    private long Told(DuckConnection connection, DateOnly day, DateTimeOffset now)
    {
        var numbers = store.Numbers();
        var persons = KnownPersons.Of(folder, numbers);
        // What came under an older number belongs to the present one.
        var of = numbers.Select(n => (Number: n, Person: persons.Find(n))).Where(n => n.Person is not null).GroupBy(n => n.Person!, n => n.Number).ToList();
        var status = new InsuredStatus(law);
        using var rows = connection.Append("account", StatusOfMany.Types);
        foreach (var part in of.Chunk(Part))
        {
            var asked = part.SelectMany(p => p).ToList();
            var paid = store.PaidFor(asked).ToLookup(p => p.PersonId);
            var times = store.TimesOf(asked).ToLookup(t => t.PersonId);
            foreach (var person in part)
            {
                var life = StoredLife.Of(person.Key, [.. person.SelectMany(n => paid[n])], [.. person.SelectMany(n => times[n])]);
                StatusOfMany.Add(rows, person.Key.PersonId, status.AccountOn(life.AsKnownAt(now), day));
            }
        }

        rows.Complete();
        return of.Count;
    }

    /// <summary>Whom nobody told anything about has an account that says so.</summary>
    private void AddUntold(DuckConnection connection)
    {
        string? File(string register)
        {
            using var context = folder.Accounts.Context();
            return context.ReferenceFiles.Where(r => r.Register == register && r.ReplacedBy == null).Select(r => r.Path).FirstOrDefault() is { } path ? $"read_parquet('{RuleWorker.Quoted(folder.At(path))}')" : null;
        }

        if (File("person") is { } persons)
        {
            var older = File("person_merge") is { } merges ? $"ANTI JOIN {merges} AS m ON m.old_id = p.person_id" : "";
            connection.Execute($"""
                INSERT INTO account SELECT p.person_id, p.birth_date, p.death_date, 0, 0, NULL, NULL, 0, 0, 0, 0
                FROM {persons} AS p ANTI JOIN account AS a ON a.person_id = p.person_id {older}
                """);
        }
    }
}
