using Kepil.DuckDb;

namespace Kepil.Fund.LocalBodies;

/// <summary>A person on the list.</summary>
/// <param name="Okrug">Six digits of the КАТО.</param>
/// <param name="Kind">A word of <see cref="Portrait.PortraitKinds"/>.</param>
/// <param name="Reason">A word of <see cref="UninsuredReasons"/>.</param>
public sealed record ListedPerson(long PersonId, string Okrug, int Age, string Sex, string Kind, string Reason);

/// <summary>A number of people on the list.</summary>
public sealed record ListCount(string Kind, string Reason, long People);

/// <summary>One who entered a place's list, left it or moved.</summary>
/// <param name="From">Okrug before; nothing for one who was not on the list.</param>
/// <param name="To">Okrug now.</param>
/// <param name="Change">Seen from the place: who moves out of it has left.</param>
public sealed record ListChange(long PersonId, string? From, string? To, string Kind, string Change, string Why);

/// <summary>Answers about lists that stand, each of one place.</summary>
public sealed class UninsuredReading(UninsuredLists lists)
{
    /// <summary>People of a place by kind and reason.</summary>
    public IReadOnlyList<ListCount> Counts(DateOnly day, string place) => Ask(connection => connection.QueryAll(
        $"SELECT kind, reason, COUNT(*) FROM {UninsuredLists.Rows(lists.ListOf(day))} WHERE starts_with(okrug, $1) GROUP BY 1, 2 ORDER BY 1, 2", r => new ListCount(r.Text(0), r.Text(1), r.Long(2)), place));

    /// <summary>People of a place, by okrug and number.</summary>
    /// <param name="kind">Only of a kind.</param>
    /// <param name="reason">Only for a reason.</param>
    public IReadOnlyList<ListedPerson> People(DateOnly day, string place, string? kind, string? reason, long skip, int most) => Ask(connection => connection.QueryAll(
        $"""
        SELECT person_id, okrug, age, sex, kind, reason FROM {UninsuredLists.Rows(lists.ListOf(day))}
        WHERE starts_with(okrug, $1) AND kind = COALESCE($2, kind) AND reason = COALESCE($3, reason) ORDER BY okrug, person_id LIMIT $4 OFFSET $5
        """,
        r => new ListedPerson(r.Long(0), r.Text(1), r.Int(2), r.Text(3), r.Text(4), r.Text(5)), place, kind, reason, (long)most, skip));

    /// <summary>Which of these people are on a list of a place.</summary>
    public IReadOnlySet<long> OnList(DateOnly day, string place, IReadOnlyCollection<long> persons) => persons.Count == 0 ? new HashSet<long>() : Ask(connection => connection.QueryAll(
        $"SELECT person_id FROM {UninsuredLists.Rows(lists.ListOf(day))} WHERE starts_with(okrug, $1) AND person_id IN ({string.Join(", ", persons)})", r => r.Long(0), place)).ToHashSet();

    /// <summary>Changes of a place's list by what happened and why.</summary>
    public IReadOnlyList<(string Change, string Why, long People)> ChangeCounts(DateOnly day, string place) => !File.Exists(lists.ChangesOf(day)) ? [] : Ask(connection => connection.QueryAll(
        $"SELECT change, why, COUNT(*) FROM ({Seen(day)}) AS s GROUP BY 1, 2 ORDER BY 1, 3 DESC, 2", r => (r.Text(0), r.Text(1), r.Long(2)), place));

    /// <summary>Changes of a place's list, by kind of change and number.</summary>
    public IReadOnlyList<ListChange> Changes(DateOnly day, string place, string? change, long skip, int most) => !File.Exists(lists.ChangesOf(day)) ? [] : Ask(connection => connection.QueryAll(
        $"SELECT person_id, okrug_before, okrug, kind, change, why FROM ({Seen(day)}) AS s WHERE change = COALESCE($2, change) ORDER BY change, person_id LIMIT $3 OFFSET $4",
        r => new ListChange(r.Long(0), r.TextOrNull(1), r.TextOrNull(2), r.Text(3), r.Text(4), r.Text(5)), place, change, (long)most, skip));

    /// <summary>What happened as the place sees it: who comes from another place has entered, who goes to another one has left, and where is not its affair.</summary>
    private string Seen(DateOnly day) => $"""
        SELECT person_id, CASE WHEN starts_with(okrug_before, $1) THEN okrug_before END AS okrug_before, CASE WHEN starts_with(okrug, $1) AND change <> 'left' THEN okrug END AS okrug, kind,
          CASE WHEN change <> 'moved' THEN change WHEN NOT starts_with(okrug_before, $1) THEN 'entered' WHEN NOT starts_with(okrug, $1) THEN 'left' ELSE 'moved' END AS change, why
        FROM {UninsuredLists.Rows(lists.ChangesOf(day))} WHERE (change = 'left' AND starts_with(okrug_before, $1)) OR (change <> 'left' AND (starts_with(okrug, $1) OR starts_with(okrug_before, $1)))
        """;

    private static T Ask<T>(Func<DuckConnection, T> ask)
    {
        using var database = DuckDatabase.Open(threads: 1, memoryMegabytes: 512);
        using var connection = database.Connect();
        return ask(connection);
    }
}
