using Kepil.DuckDb;

namespace Kepil.Fund.LocalBodies;

/// <summary>Of people of one kind who were on the list together: how many of those called got insured, beside those not called.</summary>
/// <param name="Kind">A word of <see cref="Portrait.PortraitKinds"/>.</param>
/// <param name="Called">Called or registered, without those who died or left the registers meanwhile.</param>
/// <param name="Insured">Of them insured after the months.</param>
/// <param name="Others">On the same lists and not called until the end of the months.</param>
public sealed record EffectOfKind(string Kind, long Called, long Insured, long Others, long OthersInsured)
{
    /// <summary>So many of the called would be insured at the rate of the others, in hundredths; nothing where there are no others to compare with.</summary>
    public long? ExpectedHundredths => Others == 0 ? null : ((Called * OthersInsured * 100) + (Others / 2)) / Others;
}

/// <summary>What became of the people who were called, some months after: a comparison, not a proof, for those who are called are chosen.</summary>
/// <param name="Months">Months after the list from which somebody was called.</param>
/// <param name="Lists">Days of the lists that are old enough to be told of.</param>
public sealed record DutyEffect(int Months, IReadOnlyList<DateOnly> Lists, IReadOnlyList<EffectOfKind> Kinds)
{
    /// <summary>Months that may be asked for.</summary>
    public static readonly IReadOnlyList<int> Choices = [1, 3, 6, 12];

    public static DutyEffect Of(UninsuredLists lists, LocalDutyStore store, string place, int months)
    {
        var days = lists.Days();
        // A person counts from the list on which he stood when he was first called.
        var touched = store.Touched().Select(t => (t.Person, t.Day, List: days.LastOrDefault(d => d <= t.Day))).ToList();
        var sums = new Dictionary<string, EffectOfKind>();
        var told = new List<DateOnly>();
        using var database = DuckDatabase.Open(threads: 1, memoryMegabytes: 1000);
        using var connection = database.Connect();
        foreach (var from in touched.Select(t => t.List).Where(d => d != default).Distinct().Order())
        {
            if (days.Where(d => d >= from.AddMonths(months)).Take(1).ToList() is not [var until])
            {
                continue;
            }

            told.Add(from);
            connection.Execute("CREATE OR REPLACE TEMP TABLE touched (person_id bigint, now boolean)");
            using (var rows = connection.Append("touched", DuckType.BigInt, DuckType.Boolean))
            {
                foreach (var (person, day, list) in touched.Where(t => t.Day < until))
                {
                    rows.Add(person);
                    rows.Add(list == from);
                    rows.EndRow();
                }

                rows.Complete();
            }

            foreach (var one in connection.QueryAll(Query(lists, days, place, from, until), r => new EffectOfKind(r.Text(0), r.Long(1), r.Long(2), r.Long(3), r.Long(4))))
            {
                sums[one.Kind] = sums.TryGetValue(one.Kind, out var sum) ? new(one.Kind, sum.Called + one.Called, sum.Insured + one.Insured, sum.Others + one.Others, sum.OthersInsured + one.OthersInsured) : one;
            }
        }

        return new(months, told, [.. sums.Values.Where(k => k.Called > 0).OrderBy(k => Portrait.PortraitKinds.All.Index().First(a => a.Item == k.Kind).Index)]);
    }

    /// <summary>Whoever was called from an earlier list is in neither column; a person who came back on the list is not insured.</summary>
    private static string Query(UninsuredLists lists, IReadOnlyList<DateOnly> days, string place, DateOnly from, DateOnly until)
    {
        string Now(string rows) => lists.Merges is { } merges ? $"SELECT COALESCE(m.person_id, x.person_id) AS person_id, x.* EXCLUDE (person_id) FROM {rows} AS x LEFT JOIN {UninsuredLists.Rows(merges)} AS m ON m.old_id = x.person_id" : $"SELECT * FROM {rows}";
        var changes = string.Join(" UNION ALL ", days.Where(d => d > from && d <= until).Select(d => $"SELECT person_id, why, day FROM {UninsuredLists.Rows(lists.ChangesOf(d))} WHERE change = 'left'"));
        var insured = string.Join(", ", UninsuredReasons.Insured.Select(w => $"'{w}'"));
        return $"""
            SELECT kind, COUNT(*) FILTER (called AND counts), COUNT(*) FILTER (called AND insured), COUNT(*) FILTER (NOT called AND counts), COUNT(*) FILTER (NOT called AND insured)
            FROM (
              SELECT b.kind, t.person_id IS NOT NULL AS called, e.person_id IS NOT NULL OR w.why IN ({insured}) AS counts, e.person_id IS NULL AND w.why IN ({insured}) AS insured
              FROM (SELECT * FROM ({UninsuredLists.Present(lists.ListOf(from), lists.Merges)}) AS l WHERE starts_with(okrug, '{place}')) AS b
              LEFT JOIN (SELECT person_id, bool_or(now) AS now FROM ({Now("touched")}) AS x GROUP BY 1) AS t ON t.person_id = b.person_id
              LEFT JOIN ({UninsuredLists.Present(lists.ListOf(until), lists.Merges)}) AS e ON e.person_id = b.person_id
              LEFT JOIN (SELECT person_id, arg_max(why, day) AS why FROM ({Now($"({changes})")}) AS x GROUP BY 1) AS w ON w.person_id = b.person_id
              WHERE COALESCE(t.now, TRUE)
            ) AS people GROUP BY 1 ORDER BY 1
            """;
    }
}
