using System.Globalization;
using Kepil.Fund.Desk;
using Kepil.Law;
using Microsoft.EntityFrameworkCore;

namespace Kepil.Fund.Proceedings;

/// <summary>An outage as somebody entered it; it counts once another person has confirmed it.</summary>
public sealed class OutageEntry
{
    public long Id { get; set; }

    public long FromAt { get; set; }

    public long ToAt { get; set; }

    public required string LetterNumber { get; set; }

    public required string LetterOn { get; set; }

    /// <summary>Which systems could not be used.</summary>
    public required string Systems { get; set; }

    public required string Reason { get; set; }

    public long EnteredBy { get; set; }

    public long EnteredAt { get; set; }

    public Outage ToOutage() => new(
        DateTimeOffset.FromUnixTimeMilliseconds(FromAt), DateTimeOffset.FromUnixTimeMilliseconds(ToAt), LetterNumber, DateOnly.ParseExact(LetterOn, "yyyy-MM-dd", CultureInfo.InvariantCulture));
}

/// <summary>The word of a second person on an entered outage: it counts, or its entry was a mistake.</summary>
public sealed class OutageDecision
{
    public long OutageId { get; set; }

    public int Confirmed { get; set; }

    public long DecidedBy { get; set; }

    public long DecidedAt { get; set; }

    public required string Reasons { get; set; }
}

/// <summary>A term that became longer by an outage.</summary>
public sealed class OutageCase
{
    public long OutageId { get; set; }

    /// <summary>proceeding, monitoring or conclusion.</summary>
    public required string Kind { get; set; }

    public long CaseId { get; set; }

    public required string Term { get; set; }

    public required string Start { get; set; }

    public required string Was { get; set; }

    public required string Now { get; set; }

    public long At { get; set; }
}

/// <summary>Outages that letters of the Fund confirm: one person enters an outage, another confirms it, and only then does it lengthen terms.</summary>
/// <param name="source">The database of the accounts.</param>
public sealed class OutageStore(DeskSource source, JournalStore journal)
{
    /// <summary>An outage that began earlier is a slip of the pen: no term runs so long.</summary>
    private static readonly TimeSpan LongAgo = TimeSpan.FromDays(366);

    private readonly DbContextOptions<ProceedingContext> _options = source.Options<ProceedingContext>();

    /// <summary>The store of a fund.</summary>
    public static OutageStore Of(DeskStore desk)
    {
        using var context = desk.Context();
        return new(DeskSource.Of(context), desk.Journal);
    }

    /// <summary>Enters an outage with its letter; the same once more is the same entry.</summary>
    /// <param name="by">The account of the one who enters it.</param>
    [Law("MON-321:9.2")]
    public (OutageEntry? Entry, Refusal? Refusal) Enter(Outage outage, string systems, string reason, long by, DateTimeOffset at)
    {
        if (outage.To <= outage.From || outage.To > at)
        {
            return (null, OutageRefusals.NotOver);
        }

        if (outage.From < at - LongAgo)
        {
            return (null, OutageRefusals.LongAgo);
        }

        if (string.IsNullOrWhiteSpace(outage.LetterNumber) || outage.LetterOn < LocalDay.Of(outage.From) || outage.LetterOn > LocalDay.Of(at))
        {
            return (null, OutageRefusals.NoLetter);
        }

        if (string.IsNullOrWhiteSpace(systems) || string.IsNullOrWhiteSpace(reason))
        {
            return (null, OutageRefusals.NothingSaid);
        }

        return Within<(OutageEntry?, Refusal?)>(db =>
        {
            var (from, to, number, day) = (outage.From.ToUnixTimeMilliseconds(), outage.To.ToUnixTimeMilliseconds(), outage.LetterNumber.Trim(), Text(outage.LetterOn));
            if (db.Outages.AsNoTracking().FirstOrDefault(o => o.LetterNumber == number && o.LetterOn == day && o.FromAt == from && o.ToAt == to) is { } known)
            {
                return (known, null);
            }

            var entry = new OutageEntry
            {
                Id = (db.Outages.Max(o => (long?)o.Id) ?? 0) + 1, FromAt = from, ToAt = to, LetterNumber = number, LetterOn = day,
                Systems = systems.Trim(), Reason = reason.Trim(), EnteredBy = by, EnteredAt = at.ToUnixTimeMilliseconds(),
            };
            db.Outages.Add(entry);
            db.SaveChanges();
            journal.Append(db, Named(by), "OutageEntered", Subject(entry.Id), new { outage.From, outage.To, number, day });
            return (entry, null);
        });
    }

    /// <summary>Confirms an outage, or says that its entry was a mistake; never the one who entered it, and only once.</summary>
    [Law("MON-321:9.2")]
    public (OutageDecision? Decision, Refusal? Refusal) Decide(long id, bool confirmed, string reasons, long by, DateTimeOffset at) => Within<(OutageDecision?, Refusal?)>(db =>
    {
        if (db.Outages.AsNoTracking().FirstOrDefault(o => o.Id == id) is not { } entry)
        {
            return (null, OutageRefusals.Unknown);
        }

        if (db.OutageDecisions.AsNoTracking().FirstOrDefault(d => d.OutageId == id) is { } known)
        {
            return known.DecidedBy == by && known.Confirmed == 1 == confirmed ? (known, null) : (null, Refusal.Closed);
        }

        if (entry.EnteredBy == by)
        {
            return (null, Refusal.SecondPersonMissing);
        }

        if (!confirmed && string.IsNullOrWhiteSpace(reasons))
        {
            return (null, Refusal.WithoutReasons);
        }

        var decision = new OutageDecision { OutageId = id, Confirmed = confirmed ? 1 : 0, DecidedBy = by, DecidedAt = at.ToUnixTimeMilliseconds(), Reasons = reasons.Trim() };
        db.OutageDecisions.Add(decision);
        db.SaveChanges();
        journal.Append(db, Named(by), confirmed ? "OutageConfirmed" : "OutageRefused", Subject(id));
        return (decision, null);
    });

    /// <summary>Outages that count.</summary>
    public IReadOnlyList<Outage> Confirmed() => [.. Counting().Select(o => o.ToOutage())];

    /// <summary>All that was entered, the newest first, each with the second person's word.</summary>
    public IReadOnlyList<(OutageEntry Entry, OutageDecision? Decision)> All() => Read(db =>
    {
        var decisions = db.OutageDecisions.AsNoTracking().ToDictionary(d => d.OutageId);
        return db.Outages.AsNoTracking().OrderByDescending(o => o.Id).AsEnumerable().Select(o => (o, decisions.GetValueOrDefault(o.Id))).ToList();
    });

    /// <summary>Terms that became longer by an outage.</summary>
    public IReadOnlyList<OutageCase> Cases(long id, int skip, int most) => Read(db => db.OutageCases.AsNoTracking()
        .Where(c => c.OutageId == id).OrderBy(c => c.Kind).ThenBy(c => c.CaseId).ThenBy(c => c.Term).ThenBy(c => c.Start).Skip(skip).Take(most).ToList());

    public int CountCases(long id) => Read(db => db.OutageCases.Count(c => c.OutageId == id));

    /// <summary>Notes in an open transaction that a term became longer, with each confirmed outage that it leaves out.</summary>
    public static void Note(DbContext db, string kind, long id, string term, Term counted, DateOnly was, DateTimeOffset at)
    {
        var days = counted.Skipped.Select(d => d.Day).ToHashSet();
        foreach (var outage in Counting(db).Where(o => o.ToOutage().Days().Any(days.Contains)))
        {
            var (number, start, before, now, moment) = (outage.Id, Text(counted.Start), Text(was), Text(counted.Last), at.ToUnixTimeMilliseconds());
            db.Database.ExecuteSql($"INSERT INTO outage_case (outage_id, kind, case_id, term, start, was, now, at) VALUES ({number}, {kind}, {id}, {term}, {start}, {before}, {now}, {moment}) ON CONFLICT DO NOTHING");
        }
    }

    private List<OutageEntry> Counting() => Read(Counting);

    private static List<OutageEntry> Counting(DbContext db) =>
        db.Database.SqlQuery<OutageEntry>($"""
            SELECT o.id AS "Id", o.from_at AS "FromAt", o.to_at AS "ToAt", o.letter_number AS "LetterNumber", o.letter_on AS "LetterOn", o.systems AS "Systems", o.reason AS "Reason", o.entered_by AS "EnteredBy", o.entered_at AS "EnteredAt"
            FROM outage AS o JOIN outage_decision AS d ON d.outage_id = o.id AND d.confirmed = 1 ORDER BY o.id
            """).ToList();

    private T Read<T>(Func<ProceedingContext, T> ask)
    {
        using var db = new ProceedingContext(_options);
        return ask(db);
    }

    private T Within<T>(Func<ProceedingContext, T> act)
    {
        using var db = new ProceedingContext(_options);
        using var transaction = db.Database.BeginTransaction();
        // Held from the beginning: two who enter or decide at once come one after the other.
        journal.Hold(db);
        var result = act(db);
        transaction.Commit();
        return result;
    }

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Named(long by) => FormattableString.Invariant($"user:{by}");

    private static string Subject(long id) => FormattableString.Invariant($"outage:{id}");
}

/// <summary>Why an outage is not taken.</summary>
internal static class OutageRefusals
{
    public static readonly Refusal NotOver = new("outage_not_over", new(
        "қолжетімсіздіктің басталуы мен аяқталуы дұрыс емес: аяқталуы басталуынан кейін және қазіргі уақыттан кеш болмауы керек",
        "начало и конец недоступности неверны: конец должен быть позже начала и не позже настоящего времени",
        "beginning and end of the outage are not right: the end comes after the beginning and not after now"));

    public static readonly Refusal LongAgo = new("outage_long_ago", new(
        "қолжетімсіздік бір жылдан астам уақыт бұрын басталған: жылын тексеріңіз",
        "недоступность началась больше года назад: проверьте год",
        "the outage began more than a year ago: check the year"));

    public static readonly Refusal NoLetter = new("no_letter", new(
        "Қордың хатының нөмірі мен күнін көрсетіңіз: күні қолжетімсіздік басталғаннан ерте және бүгіннен кеш болмауы керек",
        "укажите номер и дату письма Фонда: не раньше начала недоступности и не позже сегодняшнего дня",
        "give the number and the day of the Fund's letter: not before the outage began and not after today"));

    public static readonly Refusal NothingSaid = new("nothing_said", new(
        "қай жүйе және не себепті қолжетімсіз болғанын жазыңыз",
        "напишите, какая система и по какой причине была недоступна",
        "write which system was not available, and why"));

    public static readonly Refusal Unknown = new("no_such_outage", new(
        "мұндай қолжетімсіздік енгізілмеген",
        "такая недоступность не введена",
        "no such outage was entered"));
}
