using System.Globalization;
using Kepil.DuckDb;
using Kepil.Fund.Accounts;
using Kepil.Fund.Desk;
using Kepil.Monitoring;

namespace Kepil.Fund.Portrait;

/// <summary>What became of counting a portrait.</summary>
/// <param name="Portrait">The portrait; nothing when one of the day stands already, or a register is missing.</param>
/// <param name="Missing">Registers without which nobody can be counted.</param>
public sealed record TakenPortrait(HeldPortrait? Portrait, IReadOnlyList<string> Missing);

/// <summary>Counts who is not insured on a day, over all persons at once: registers of persons and of insured periods, and what was last paid for each.</summary>
public sealed class PortraitTaking(FundFolder folder, DeskStore desk)
{
    /// <summary>People who are counted at once.</summary>
    private const long PeopleOfPart = 2_000_000;

    private readonly PortraitStore store = PortraitStore.Of(desk);

    public TakenPortrait Take(string who, DateOnly day)
    {
        var (persons, insured) = (FileOf("person"), FileOf("insured_period"));
        if (persons is null || insured is null)
        {
            return new(null, [.. new[] { ("person", persons), ("insured_period", insured) }.Where(r => r.Item2 is null).Select(r => r.Item1)]);
        }

        if (store.All().Any(p => p.Day == day))
        {
            return new(null, []);
        }

        using var database = DuckDatabase.Open(threads: 2, memoryMegabytes: 3000);
        using var connection = database.Connect();
        var paid = new LastWords(folder, desk).Payments(connection);
        var standings = new LastWords(folder, desk).Standings(connection);
        return new(store.Add(who, day, Counts(connection, persons, insured, FileOf("person_merge"), paid, standings, day)), []);
    }

    /// <summary>Counts all people a part at a time, so that memory does not grow with the country.</summary>
    internal static IReadOnlyList<PortraitCount> Counts(DuckConnection connection, string persons, string insured, string? merges, string paid, string? standings, DateOnly day)
    {
        var parts = 1 + (connection.QueryAll($"SELECT COUNT(*) FROM read_parquet('{RuleWorker.Quoted(persons)}')", r => r.Long(0))[0] / PeopleOfPart);
        var all = new Dictionary<(string, string, int, string), long>();
        for (var part = 0L; part < parts; part++)
        {
            foreach (var (key, people) in connection.QueryAll(Query(persons, insured, merges, paid, standings, day, part, parts), r => ((r.Text(0), r.Text(1), r.Int(2), r.Text(3)), r.Long(4))))
            {
                all[key] = all.GetValueOrDefault(key) + people;
            }
        }

        return [.. all.Select(c => new PortraitCount(c.Key.Item1, c.Key.Item2, c.Key.Item3, c.Key.Item4, c.Value))];
    }

    /// <summary>People by okrug, kind, age and sex. Files are read where they lie.</summary>
    /// <inheritdoc cref="People"/>
    public static string Query(string persons, string insured, string? merges, string paid, string? standings, DateOnly day, long part = 0, long parts = 1)
    {
        var bands = string.Join(' ', PortraitKinds.Ages.Reverse().Select(a => string.Create(CultureInfo.InvariantCulture, $"WHEN age >= {a} THEN {a}")));
        return $"""
            SELECT okrug, kind, CASE {bands} ELSE 0 END AS band, sex, COUNT(*) FROM ({People(persons, insured, merges, paid, standings, day, part, parts)}) AS people
            GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4
            """;
    }

    /// <summary>Everybody who can be insured: person_id, okrug, age, sex, kind, and the last month that he or his work paid for.</summary>
    /// <param name="merges">Older numbers; whoever stands under one is counted under the present one.</param>
    /// <param name="paid">Columns person_id, month, id, kind: what was paid last.</param>
    /// <param name="part">Of so many parts of all people the one that is counted.</param>
    /// <param name="standings">Columns person_id, word, from_day, to_day, withdrawn; nothing while no source tells standings.</param>
    public static string People(string persons, string insured, string? merges, string paid, string? standings, DateOnly day, long part = 0, long parts = 1)
    {
        var mine = string.Create(CultureInfo.InvariantCulture, $"person_id % {parts} = {part}");
        var on = $"DATE '{day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}'";
        string File(string path) => $"read_parquet('{RuleWorker.Quoted(path)}')";
        string Present(string source) => merges is null ? $"(SELECT * FROM {source} AS x WHERE {mine})" : $"(SELECT * FROM (SELECT COALESCE(m.person_id, x.person_id) AS person_id, x.* EXCLUDE (person_id) FROM {source} AS x LEFT JOIN {File(merges)} AS m ON m.old_id = x.person_id) AS y WHERE {mine})";
        var kinds = string.Join(' ', PortraitKinds.ByPayment.Select(k => $"WHEN '{k.Key}' THEN '{k.Value}'"));
        var age = $"date_diff('year', p.birth_date, {on}) - CASE WHEN strftime(p.birth_date, '%m%d') > '{day:MMdd}' THEN 1 ELSE 0 END";
        var unknown = standings is null ? "" : $"WHEN s.person_id IS NULL THEN '{PortraitKinds.Unknown}'";
        // The best of several standings counts, as it does for one person.
        var known = standings is null ? "" : $"""
            LEFT JOIN (SELECT person_id, bool_or(word NOT IN ('refugee', 'asylum_seeker')) AS part FROM {Present(File(standings))}
              WHERE withdrawn = 0 AND from_day <= {on} AND (to_day IS NULL OR to_day >= {on}) GROUP BY 1) AS s ON s.person_id = p.person_id
            """;
        return $"""
            SELECT p.person_id, CASE WHEN length(p.district) = 9 THEN left(p.district, 6) ELSE COALESCE(p.region, '00') || '0000' END AS okrug, {age} AS age, p.sex,
              CASE WHEN i.person_id IS NOT NULL THEN '{PortraitKinds.Insured}' {unknown} ELSE COALESCE(CASE k.kind {kinds} END, '{PortraitKinds.Nothing}') END AS kind, k.month
            FROM {File(persons)} AS p
            LEFT JOIN (SELECT DISTINCT person_id FROM {Present($"(SELECT person_id FROM {File(insured)} WHERE from_day <= {on} AND to_day >= {on})")} AS w) AS i ON i.person_id = p.person_id
            LEFT JOIN (SELECT person_id, arg_max(kind, (month, id)) AS kind, MAX(month) AS month FROM {Present(File(paid))} GROUP BY 1) AS k ON k.person_id = p.person_id
            {known}
            WHERE p.{mine} AND p.birth_date <= {on} AND (p.death_date IS NULL OR p.death_date >= {on})
              {(merges is null ? "" : $"AND p.person_id NOT IN (SELECT old_id FROM {File(merges)})")} {(standings is null ? "" : "AND COALESCE(s.part, TRUE)")}
            """;
    }

    private string? FileOf(string register)
    {
        using var context = folder.Accounts.Context();
        return context.ReferenceFiles.Where(r => r.Register == register && r.ReplacedBy == null).Select(r => r.Path).FirstOrDefault() is { } path ? folder.At(path) : null;
    }
}
