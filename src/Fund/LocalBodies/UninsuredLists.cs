using System.Globalization;
using System.Security.Cryptography;
using Kepil.DuckDb;
using Kepil.Fund.Accounts;
using Kepil.Fund.Desk;
using Kepil.Fund.Portrait;
using Kepil.Monitoring;

namespace Kepil.Fund.LocalBodies;

/// <summary>What became of making the list of a day.</summary>
/// <param name="Persons">People on the list; nothing when one of the day or of a later day stands already.</param>
/// <param name="Missing">Registers without which there is no list.</param>
public sealed record MadeList(DateOnly Day, long? Persons, long Entered, long Left, long Moved, IReadOnlyList<string> Missing);

/// <summary>
/// The people who are not insured, by number, as of a day: one file for a day, and one that says who entered since the list before, who left and why.
/// Both are made from the facts of which the portrait is made, and stand once they are made.
/// </summary>
public sealed class UninsuredLists(FundFolder folder, DeskStore desk)
{
    /// <summary>People who are looked at at once, so that memory does not grow with the country.</summary>
    private const long PeopleOfPart = 2_000_000;

    /// <summary>Months before a day within which a payment makes payments irregular, or tells that a person was insured by paying.</summary>
    private const int Recent = 12;

    /// <summary>Days of which there is a list, the oldest first.</summary>
    public IReadOnlyList<DateOnly> Days() => Directory.Exists(folder.At("uninsured"))
        ? [.. Directory.GetFiles(folder.At("uninsured"), "list-*.parquet").Select(f => DateOnly.ParseExact(Path.GetFileNameWithoutExtension(f)[5..], "yyyy-MM-dd", CultureInfo.InvariantCulture)).Order()]
        : [];

    /// <summary>The file of a day: person_id, okrug, age, sex, kind, reason.</summary>
    public string ListOf(DateOnly day) => folder.At("uninsured", $"list-{Word(day)}.parquet");

    /// <summary>What changed since the list before: person_id, okrug before and now, kind, change, why, day. There is none for the first list.</summary>
    public string ChangesOf(DateOnly day) => folder.At("uninsured", $"changes-{Word(day)}.parquet");

    /// <summary>Older numbers of persons, when the fund knows any.</summary>
    public string? Merges => FileOf("person_merge");

    /// <summary>Makes the list of a day. The file of the list appears last and whole, so whoever is stopped begins again.</summary>
    public MadeList Make(string who, DateOnly day)
    {
        var (persons, insured) = (FileOf("person"), FileOf("insured_period"));
        if (persons is null || insured is null)
        {
            return new(day, null, 0, 0, 0, [.. new[] { ("person", persons), ("insured_period", insured) }.Where(r => r.Item2 is null).Select(r => r.Item1)]);
        }

        using var held = folder.Hold();
        // A list between two others would make what the later one says of changes untrue.
        if (Days() is [.., var last] && last >= day)
        {
            return new(day, null, 0, 0, 0, []);
        }

        var stage = folder.Stage();
        try
        {
            var (list, changes) = (Path.Combine(stage, "list.parquet"), Path.Combine(stage, "changes.parquet"));
            var before = Days() is [.., var known] ? known : (DateOnly?)null;
            using (var database = DuckDatabase.Open(threads: 2, memoryMegabytes: 3000, settings: new Dictionary<string, string> { ["temp_directory"] = Path.Combine(stage, "spill") }))
            using (var connection = database.Connect())
            {
                Fill(connection, persons, insured, before, day);
                connection.Execute($"COPY (SELECT * FROM list ORDER BY okrug, person_id) TO '{RuleWorker.Quoted(list)}' (FORMAT parquet, COMPRESSION zstd)");
                connection.Execute($"COPY (SELECT *, DATE '{Word(day)}' AS day FROM change ORDER BY change, person_id) TO '{RuleWorker.Quoted(changes)}' (FORMAT parquet, COMPRESSION zstd)");
                var made = connection.QueryAll("SELECT (SELECT COUNT(*) FROM list), COUNT(*) FILTER (change = 'entered'), COUNT(*) FILTER (change = 'left'), COUNT(*) FILTER (change = 'moved') FROM change", r => new MadeList(day, r.Long(0), r.Long(1), r.Long(2), r.Long(3), []))[0];
                Directory.CreateDirectory(folder.At("uninsured"));
                if (before is not null)
                {
                    File.Move(changes, ChangesOf(day), true);
                }

                desk.Journal.Append(who, "UninsuredListed", "uninsured:" + Word(day), new { persons = made.Persons, entered = made.Entered, left = made.Left, moved = made.Moved, hash = HashOf(list) });
                File.Move(list, ListOf(day), true);
                return made;
            }
        }
        finally
        {
            Directory.Delete(stage, true);
        }
    }

    private void Fill(DuckConnection connection, string persons, string insured, DateOnly? before, DateOnly day)
    {
        var words = new LastWords(folder, desk);
        var (paid, standings, categories, merges) = (words.Payments(connection), words.Standings(connection), words.Categories(connection), Merges);
        connection.Execute("CREATE TABLE list (person_id bigint, okrug varchar, age integer, sex varchar, kind varchar, reason varchar)");
        connection.Execute("CREATE TABLE change (person_id bigint, okrug_before varchar, okrug varchar, kind varchar, change varchar, why varchar)");
        var parts = 1 + (connection.QueryAll($"SELECT COUNT(*) FROM {Rows(persons)}", r => r.Long(0))[0] / PeopleOfPart);
        for (var part = 0L; part < parts; part++)
        {
            connection.Execute($"CREATE OR REPLACE TEMP TABLE present AS {PortraitTaking.People(persons, insured, merges, paid, standings, day, part, parts)}");
            connection.Execute($"""
                INSERT INTO list SELECT person_id, okrug, age, sex, kind,
                  CASE WHEN kind = '{PortraitKinds.Unknown}' THEN '{UninsuredReasons.Standing}' WHEN month IS NULL THEN '{UninsuredReasons.Never}' WHEN month >= DATE '{Word(day.AddMonths(-Recent))}' THEN '{UninsuredReasons.Irregular}' ELSE '{UninsuredReasons.Stopped}' END
                FROM present WHERE kind <> '{PortraitKinds.Insured}'
                """);
            if (before is { } earlier)
            {
                connection.Execute($"CREATE OR REPLACE TEMP TABLE before AS SELECT * FROM ({Present(ListOf(earlier), merges)}) AS b WHERE person_id % {parts} = {part}");
                connection.Execute(Changes(persons, categories, merges, earlier, day));
            }
        }
    }

    /// <summary>Who entered, moved and left between two lists, each with the reason that the registers and the payments tell.</summary>
    private static string Changes(string persons, string categories, string? merges, DateOnly before, DateOnly day)
    {
        var held = merges is null ? "" : $"LEFT JOIN {Rows(merges)} AS m ON m.old_id = c.person_id";
        string Categories(string when) => $"(SELECT DISTINCT {(merges is null ? "c.person_id" : "COALESCE(m.person_id, c.person_id) AS person_id")} FROM {Rows(categories)} AS c {held} WHERE c.withdrawn = 0 AND {when})";
        return $"""
            INSERT INTO change
            SELECT n.person_id, b.okrug, n.okrug, n.kind, CASE WHEN b.person_id IS NULL THEN 'entered' ELSE 'moved' END,
              CASE WHEN b.person_id IS NOT NULL THEN 'moved' WHEN c.person_id IS NOT NULL THEN 'category_ended' WHEN n.month IS NOT NULL THEN 'months_missing' ELSE 'new' END
            FROM present AS n LEFT JOIN before AS b ON b.person_id = n.person_id
            LEFT JOIN {Categories($"c.to_day >= DATE '{Word(before)}' AND c.to_day < DATE '{Word(day)}'")} AS c ON c.person_id = n.person_id
            WHERE n.kind <> '{PortraitKinds.Insured}' AND (b.person_id IS NULL OR b.okrug <> n.okrug)
            UNION ALL
            SELECT b.person_id, b.okrug, n.okrug, b.kind, 'left',
              CASE WHEN n.person_id IS NULL THEN CASE WHEN p.person_id IS NULL THEN 'gone' WHEN p.death_date < DATE '{Word(day)}' THEN 'died' ELSE 'no_part' END
                WHEN c.person_id IS NOT NULL THEN 'category' WHEN n.month >= DATE '{Word(day.AddMonths(-Recent - 1))}' THEN 'paid' ELSE 'register' END
            FROM before AS b LEFT JOIN present AS n ON n.person_id = b.person_id LEFT JOIN {Rows(persons)} AS p ON p.person_id = b.person_id
            LEFT JOIN {Categories($"c.from_day <= DATE '{Word(day)}' AND (c.to_day IS NULL OR c.to_day >= DATE '{Word(day)}')")} AS c ON c.person_id = b.person_id
            WHERE n.person_id IS NULL OR n.kind = '{PortraitKinds.Insured}'
            """;
    }

    /// <summary>A list with the numbers that its people have now; two numbers that turned out to be one person's make one row.</summary>
    internal static string Present(string list, string? merges) => merges is null
        ? $"SELECT person_id, okrug, kind FROM {Rows(list)}"
        : $"SELECT COALESCE(m.person_id, l.person_id) AS person_id, arg_min(l.okrug, l.person_id) AS okrug, arg_min(l.kind, l.person_id) AS kind FROM {Rows(list)} AS l LEFT JOIN {Rows(merges)} AS m ON m.old_id = l.person_id GROUP BY 1";

    internal static string Rows(string path) => $"read_parquet('{RuleWorker.Quoted(path)}')";

    internal static string Word(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string HashOf(string file)
    {
        using var stream = File.OpenRead(file);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }

    private string? FileOf(string register)
    {
        using var context = folder.Accounts.Context();
        return context.ReferenceFiles.Where(r => r.Register == register && r.ReplacedBy == null).Select(r => r.Path).FirstOrDefault() is { } path ? folder.At(path) : null;
    }
}
