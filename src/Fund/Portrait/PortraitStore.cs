using System.Data;
using System.Globalization;
using Kepil.Fund.Desk;

namespace Kepil.Fund.Portrait;

/// <summary>A portrait that the Fund holds.</summary>
/// <param name="Day">The day it is of.</param>
/// <param name="Persons">People who can be insured, insured or not.</param>
public sealed record HeldPortrait(DateOnly Day, DateTimeOffset MadeAt, long Persons, long Uninsured);

/// <summary>A number of people of a portrait who are alike.</summary>
/// <param name="Okrug">Six digits of the KATO; its first four are the district, its first two the region.</param>
/// <param name="Kind">A word of <see cref="PortraitKinds"/>, or insured.</param>
/// <param name="Age">First year of the band.</param>
public sealed record PortraitCount(string Okrug, string Kind, int Age, string Sex, long People);

/// <summary>Portraits of the uninsured in the database of the accounts: each is written once and stands.</summary>
public sealed class PortraitStore(DeskSource source, JournalStore journal, TimeProvider clock)
{
    public static PortraitStore Of(DeskStore desk)
    {
        using var context = desk.Context();
        return new(DeskSource.Of(context), desk.Journal, desk.Clock);
    }

    /// <summary>The portraits, the oldest first.</summary>
    public IReadOnlyList<HeldPortrait> All()
    {
        using var connection = source.Open();
        return DeskRows.Query(connection, null, "SELECT day, made_at, persons, uninsured FROM portrait ORDER BY day", r => new HeldPortrait(Day(r.GetString(0)), DateTimeOffset.FromUnixTimeMilliseconds(r.GetInt64(1)), r.GetInt64(2), r.GetInt64(3)));
    }

    /// <summary>Keeps a portrait with its event in the journal.</summary>
    /// <returns>Nothing when there is one of the day: it stands, so that what was published of it is never compared with a second one.</returns>
    public HeldPortrait? Add(string who, DateOnly day, IReadOnlyList<PortraitCount> counts)
    {
        using var connection = source.Open();
        using var transaction = connection.BeginTransaction(source.IsPostgres ? IsolationLevel.ReadCommitted : IsolationLevel.Serializable);
        if (DeskRows.Query(connection, transaction, "SELECT 1 FROM portrait WHERE day = @p0", _ => 0, Word(day)).Count > 0)
        {
            return null;
        }

        var held = new HeldPortrait(day, clock.GetUtcNow(), counts.Sum(c => c.People), counts.Where(c => c.Kind != PortraitKinds.Insured).Sum(c => c.People));
        DeskRows.Write(connection, transaction, "portrait", ["day", "made_at", "persons", "uninsured"], [[Word(day), held.MadeAt.ToUnixTimeMilliseconds(), held.Persons, held.Uninsured]]);
        DeskRows.Write(connection, transaction, "portrait_count", ["day", "region", "district", "okrug", "kind", "age", "sex", "persons"], counts.Select(c => (object?[])[Word(day), c.Okrug[..2], c.Okrug[..4], c.Okrug, c.Kind, c.Age, c.Sex, c.People]));
        journal.Append(transaction, who, "PortraitTaken", "portrait:" + Word(day), new { persons = held.Persons, uninsured = held.Uninsured });
        transaction.Commit();
        return held;
    }

    /// <summary>Uninsured people of a day.</summary>
    /// <param name="line">region, district, okrug or age.</param>
    /// <param name="column">kind or sex.</param>
    /// <param name="place">Only of a place: two digits of a region or four of a district.</param>
    public IReadOnlyList<PortraitSum> Uninsured(DateOnly day, string line, string column, string place = "")
    {
        using var connection = source.Open();
        return DeskRows.Query(connection, null,
            $"SELECT CAST({Known(line)} AS text), {Known(column)}, CAST(SUM(persons) AS bigint) FROM portrait_count WHERE day = @p0 AND kind <> 'insured'{Only(place)} GROUP BY 1, 2 ORDER BY 1, 2",
            r => new PortraitSum(r.GetString(0), r.GetString(1), r.GetInt64(2)), [Word(day), .. Places(place)]);
    }

    /// <summary>All people of a day, insured or not, by place.</summary>
    public IReadOnlyDictionary<string, long> People(DateOnly day, string line, string place = "")
    {
        using var connection = source.Open();
        return DeskRows.Query(connection, null, $"SELECT CAST({Known(line)} AS text), CAST(SUM(persons) AS bigint) FROM portrait_count WHERE day = @p0{Only(place)} GROUP BY 1", r => (r.GetString(0), r.GetInt64(1)), [Word(day), .. Places(place)])
            .ToDictionary(p => p.Item1, p => p.Item2);
    }

    /// <summary>Uninsured people by day and region or, of one place, by day alone.</summary>
    public IReadOnlyList<(DateOnly Day, string Region, long Uninsured, long People)> OverTime(string place = "")
    {
        using var connection = source.Open();
        return DeskRows.Query(connection, null,
            $"SELECT day, region, CAST(SUM(CASE WHEN kind <> 'insured' THEN persons ELSE 0 END) AS bigint), CAST(SUM(persons) AS bigint) FROM portrait_count WHERE day >= ''{Only(place, 0)} GROUP BY day, region ORDER BY day, region",
            r => (Day(r.GetString(0)), r.GetString(1), r.GetInt64(2), r.GetInt64(3)), [.. Places(place)]);
    }

    private static string Only(string place, int at = 1) => place.Length == 0 ? "" : (place.Length == 2 ? " AND region = @p" : " AND district = @p") + at.ToString(CultureInfo.InvariantCulture);

    private static object?[] Places(string place) => place.Length == 0 ? [] : [place];

    private static string Known(string column) => column is "region" or "district" or "okrug" or "age" or "kind" or "sex" ? column : throw new ArgumentException($"A portrait has no column {column}.", nameof(column));

    private static string Word(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
