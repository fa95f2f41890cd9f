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
public sealed record KeptAccounts(DateOnly Day, long Told, long Persons, long Insured);

/// <summary>Accounts of months of all persons as of today, and the status of each by them; the files of a day that is over stay as they were, so they tell what was known then.</summary>
public sealed class MonthAccounts(FundFolder folder, LawBook law, DeskStore desk)
{
    /// <summary>Persons whose facts are in memory at once.</summary>
    private const int Part = 20_000;

    private readonly ContributionStore store = ContributionStore.Of(desk);

    /// <summary>Makes the files of a day, today, anew. Each appears whole or not at all, so whoever is stopped begins again.</summary>
    public KeptAccounts Keep(DateOnly day)
    {
        var now = desk.Clock.GetUtcNow();
        using var held = folder.Hold();
        var stage = folder.Stage();
        try
        {
            using var database = DuckDatabase.Open(threads: 2, memoryMegabytes: 3000);
            using var connection = database.Connect();
            connection.Execute($"CREATE TABLE account ({StatusOfMany.Columns})");
            var told = Told(connection, day, now);
            AddUntold(connection);
            connection.Execute($"COPY (SELECT * FROM account ORDER BY person_id) TO '{RuleWorker.Quoted(Path.Combine(stage, "accounts.parquet"))}' (FORMAT parquet)");
            connection.Execute($"COPY ({new StatusOfMany(law).Query("account", day)} ORDER BY person_id) TO '{RuleWorker.Quoted(Path.Combine(stage, "status.parquet"))}' (FORMAT parquet)");
            var (persons, of) = connection.QueryAll($"SELECT COUNT(*), COUNT(*) FILTER (WHERE ground <= {((int)StatusGround.LongGrace).ToString(CultureInfo.InvariantCulture)}) FROM read_parquet('{RuleWorker.Quoted(Path.Combine(stage, "status.parquet"))}')", r => (r.Long(0), r.Long(1)))[0];
            Directory.CreateDirectory(folder.At("insured"));
            foreach (var file in new[] { "accounts", "status" })
            {
                File.Move(Path.Combine(stage, file + ".parquet"), FileOf(file, day), true);
            }

            return new(day, told, persons, of);
        }
        finally
        {
            Directory.Delete(stage, true);
        }
    }

    /// <summary>The file of a day: accounts or status.</summary>
    public string FileOf(string what, DateOnly day) => folder.At("insured", string.Create(CultureInfo.InvariantCulture, $"{what}-{day:yyyy-MM-dd}.parquet"));

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
            var older = File("person_merge") is { } merges ? $"AND p.person_id NOT IN (SELECT old_id FROM {merges})" : "";
            connection.Execute($"""
                INSERT INTO account SELECT p.person_id, p.birth_date, p.death_date, 0, 0, NULL, NULL, 0, 0, 0, 0
                FROM {persons} AS p WHERE p.person_id NOT IN (SELECT person_id FROM account) {older}
                """);
        }
    }
}
