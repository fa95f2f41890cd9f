using Kepil.DuckDb;
using Kepil.Fund.Accounts;
using Kepil.Law;
using Kepil.Monitoring;

namespace Kepil.Fund.Contributions;

/// <summary>A person as the registers know him.</summary>
/// <param name="PersonId">The number that he has now.</param>
/// <param name="Died">Day of death.</param>
public sealed record KnownPerson(long PersonId, DateOnly BirthDate, DateOnly? Died);

/// <summary>What the registers of persons and of merged numbers say of some numbers. Where the fund holds no register of persons, every number that is right is known.</summary>
public sealed class KnownPersons
{
    private readonly Dictionary<long, KnownPerson> _known = [];

    private KnownPersons(bool register) => Register = register;

    /// <summary>The fund holds a register of persons.</summary>
    public bool Register { get; }

    public static KnownPersons Of(FundFolder folder, IEnumerable<long> numbers)
    {
        var (persons, merges) = (FileOf(folder, "person"), FileOf(folder, "person_merge"));
        var found = new KnownPersons(persons is not null);
        var asked = numbers.Distinct().ToList();
        if (asked.Count == 0 || (persons is null && merges is null))
        {
            return found;
        }

        using var database = DuckDatabase.Open(threads: 2, memoryMegabytes: 1000);
        using var connection = database.Connect();
        connection.Execute("CREATE TEMP TABLE asked (id bigint)");
        using (var rows = connection.Append("asked", DuckType.BigInt))
        {
            foreach (var number in asked)
            {
                rows.Add(number);
                rows.EndRow();
            }

            rows.Complete();
        }

        var now = merges is null ? "SELECT id, id AS now FROM asked" : $"SELECT a.id, COALESCE(m.person_id, a.id) AS now FROM asked AS a LEFT JOIN read_parquet('{RuleWorker.Quoted(merges)}') AS m ON m.old_id = a.id";
        var sql = persons is null
            ? $"SELECT id, now, NULL::date, NULL::date FROM ({now}) AS n WHERE id <> now"
            : $"SELECT n.id, n.now, p.birth_date, p.death_date FROM ({now}) AS n JOIN read_parquet('{RuleWorker.Quoted(persons)}') AS p ON p.person_id = n.now";
        foreach (var (id, person) in connection.QueryAll(sql, r => (r.Long(0), new KnownPerson(r.Long(1), r.DayOrNull(2) ?? BornBy(r.Long(1)), r.DayOrNull(3)))))
        {
            found._known[id] = person;
        }

        return found;
    }

    /// <summary>All numbers of the person who has or had this one, the present one first.</summary>
    public static IReadOnlyList<long> NumbersOf(FundFolder folder, long number)
    {
        if (FileOf(folder, "person_merge") is not { } merges)
        {
            return [number];
        }

        using var database = DuckDatabase.Open(threads: 1, memoryMegabytes: 256);
        using var connection = database.Connect();
        var file = $"read_parquet('{RuleWorker.Quoted(merges)}')";
        var now = connection.QueryAll($"SELECT person_id FROM {file} WHERE old_id = {number}", r => r.Long(0)) is [var one, ..] ? one : number;
        return [now, .. connection.QueryAll($"SELECT old_id FROM {file} WHERE person_id = {now} ORDER BY 1", r => r.Long(0))];
    }

    /// <summary>The person of a number; nothing when the register does not know it.</summary>
    public KnownPerson? Find(long number) =>
        _known.TryGetValue(number, out var person) ? person : Register ? null : new(number, BornBy(number), null);

    private static DateOnly BornBy(long number) => IdentityNumber.TryRestore(number, out var id, out _) ? id.BirthDate : DateOnly.MinValue;

    private static string? FileOf(FundFolder folder, string register)
    {
        using var context = folder.Accounts.Context();
        return context.ReferenceFiles.Where(r => r.Register == register && r.ReplacedBy == null).Select(r => r.Path).FirstOrDefault() is { } path ? folder.At(path) : null;
    }
}
