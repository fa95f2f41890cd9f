using System.Data;
using System.Globalization;
using System.Security.Cryptography;
using Kepil.Fund.Desk;
using Kepil.Law;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Kepil.Fund.Proceedings;

/// <summary>Keeps proceedings as rows and events, each act in one transaction with its entry in the journal.</summary>
/// <param name="source">The database of the accounts.</param>
/// <param name="staff">Who may be named as a reviewer on a day, by what lies with each already.</param>
public sealed partial class ProceedingStore(DeskSource source, JournalStore journal, Func<DateOnly, IReadOnlyDictionary<long, int>, IReadOnlyList<Employee>> staff)
{
    private const int Attempts = 20;

    private const string Lengthened = "term_extended";

    private readonly DbContextOptions<ProceedingContext> _options = source.Options<ProceedingContext>();

    /// <summary>The store of a fund whose employees stand at the desk.</summary>
    public static ProceedingStore Of(DeskStore desk)
    {
        using var context = desk.Context();
        return new(DeskSource.Of(context), desk.Journal, new ReviewStaff(desk).On);
    }

    public JournalStore Journal => journal;

    public ProceedingContext Context() => new(_options);

    /// <summary>Lets somebody act; the queue that may follow is emptied at once.</summary>
    /// <param name="who">Who acts, as the journal calls him.</param>
    public Ruling Act(long id, ProceedingCommand command, Terms terms, string who) => Within(db => Act(db, id, command, terms, who));

    public Proceeding? Find(long id) => Read(db => db.Proceedings.AsNoTracking().FirstOrDefault(p => p.Id == id)?.ToProceeding());

    /// <summary>The events of a proceeding from the first on.</summary>
    public IReadOnlyList<ProceedingEvent> History(long id) => Read(db =>
        db.Events.AsNoTracking().Where(e => e.ProceedingId == id).OrderBy(e => e.Number).Select(e => e.Body).AsEnumerable().Select(ProceedingJson.Read).ToList());

    /// <summary>The turn of a case: the number of its last event that was more than a lengthening of its term; a decision refers to it.</summary>
    public int TurnOf(long id) => Read(db => TurnOf(db, id));

    /// <summary>The turns of several cases.</summary>
    public IReadOnlyDictionary<long, int> TurnsOf(IReadOnlyCollection<long> ids) => Read(db =>
        db.Events.AsNoTracking().Where(e => ids.Contains(e.ProceedingId) && e.Kind != Lengthened).GroupBy(e => e.ProceedingId).Select(g => new { g.Key, Turn = g.Max(e => e.Number) }).ToDictionary(g => g.Key, g => g.Turn));

    /// <summary>The finding that a proceeding is about, as it was shown.</summary>
    public ProceedingRow? Row(long id) => Read(db => db.Proceedings.AsNoTracking().FirstOrDefault(p => p.Id == id));

    /// <summary>Reviews that lie with an employee, the most pressing first.</summary>
    public IReadOnlyList<Proceeding> QueueOf(long reviewer, int most) => Read(db => db.Proceedings.AsNoTracking()
        .Where(p => p.Reviewer == reviewer).OrderBy(p => p.NextAt).ThenBy(p => p.Id).Take(most).AsEnumerable().Select(p => p.ToProceeding()).ToList());

    /// <summary>The same with the findings that they are about.</summary>
    public IReadOnlyList<ProceedingRow> RowsOf(long reviewer, int most) => Read(db => db.Proceedings.AsNoTracking()
        .Where(p => p.Reviewer == reviewer).OrderBy(p => p.NextAt).ThenBy(p => p.Id).Take(most).ToList());

    /// <summary>Cases that wait for a head's decision, the most pressing first.</summary>
    public IReadOnlyList<ProceedingRow> RowsForHeads(int most) => Read(db => db.Proceedings.AsNoTracking()
        .Where(p => p.NextAt != null && (p.Stage == "head_decision" || p.Stage == "kept_open")).OrderBy(p => p.NextAt).ThenBy(p => p.Id).Take(most).ToList());

    /// <summary>What waits for an act of a provider, the most pressing first.</summary>
    public IReadOnlyList<Proceeding> InboxOf(long provider, int most) => Read(db => db.Proceedings.AsNoTracking()
        .Where(p => p.ProviderId == provider && p.NextAt != null && p.Owner == "provider").OrderBy(p => p.NextAt).ThenBy(p => p.Id).Take(most).AsEnumerable().Select(p => p.ToProceeding()).ToList());

    /// <summary>A provider's proceedings in the order of their numbers.</summary>
    /// <param name="shown">Only those that were shown on this day; all of the month without it.</param>
    public IReadOnlyList<Proceeding> OfProvider(long provider, DateOnly month, long after, int most, DateOnly? shown = null) => Read(db =>
    {
        var name = MonthOf(month);
        var found = db.Proceedings.AsNoTracking().Where(p => p.Month == name && p.ProviderId == provider && p.Id > after);
        if (shown is { } day)
        {
            var (from, until) = (LocalDay.At(day, TimeOnly.MinValue).ToUnixTimeMilliseconds(), LocalDay.At(day.AddDays(1), TimeOnly.MinValue).ToUnixTimeMilliseconds());
            found = found.Where(p => p.ShownAt >= from && p.ShownAt < until);
        }

        return found.OrderBy(p => p.Id).Take(most).AsEnumerable().Select(p => p.ToProceeding()).ToList();
    });

    /// <summary>Users with whom the review of a finding lies.</summary>
    public IReadOnlyCollection<long> ReviewersOf(long line, long finding) => Read(db => db.Proceedings.AsNoTracking()
        .Where(p => p.LineId == line && p.FindingId == finding && p.Reviewer != null).Select(p => p.Reviewer!.Value).ToList());

    /// <summary>How many proceedings of a month stand at each stage, and what they would withhold.</summary>
    public IReadOnlyList<(Stage Stage, long Count, long AtRisk)> Stages(DateOnly month) => Read(db =>
    {
        var name = MonthOf(month);
        return db.Proceedings.AsNoTracking().Where(p => p.Month == name).GroupBy(p => p.Stage).Select(g => new { g.Key, Count = g.LongCount(), Sum = g.Sum(p => p.AtRisk) })
            .AsEnumerable().Select(g => (Stage: Enum.GetValues<Stage>().First(s => ProceedingRow.Word(s) == g.Key), g.Count, g.Sum)).OrderBy(g => g.Stage).ToList();
    });

    /// <summary>A word that was noted about all proceedings.</summary>
    public string? Mark(string name) => Read(db => db.Marks.AsNoTracking().FirstOrDefault(m => m.Name == name)?.Value);

    public void SetMark(string name, string value) => Within(db =>
    {
        Put(db, name, value);
        return 0;
    });

    /// <summary>A random word that all processes of the installation share and nobody is told; drawn when it is first asked for.</summary>
    public string Secret(string name) => Mark(name) ?? Within(db =>
    {
        journal.Hold(db);
        if (db.Marks.Find(name) is { } drawn)
        {
            return drawn.Value;
        }

        var word = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        Put(db, name, word);
        return word;
    });

    /// <summary>Notes that a person takes it upon himself that something large goes on.</summary>
    public void Consent(string name, string person, string act, object detail) => Within(db =>
    {
        Put(db, name, person);
        journal.Append(db, person, act, name, detail);
        return 0;
    });

    private static int TurnOf(ProceedingContext db, long id) =>
        db.Events.AsNoTracking().Where(e => e.ProceedingId == id && e.Kind != Lengthened).Max(e => (int?)e.Number) ?? 0;

    private Ruling Act(ProceedingContext db, long id, ProceedingCommand command, Terms terms, string who)
    {
        var row = db.Proceedings.Find(id);
        if (row is not null && command is DecideCase decision && IsInConflict(db, decision, row.ProviderId))
        {
            return Refusal.Conflict;
        }

        var ruling = Procedure.Decide(row?.ToProceeding(), command, terms);
        if (row is null || ruling.Events.Count == 0)
        {
            return ruling;
        }

        var (before, reviewer) = (row.Events, row.Reviewer);
        var (state, events) = Follow(row.ToProceeding(), ruling.Events, command.At, terms, () => staff(LocalDay.Of(command.At), Loads(db)));
        row.With(state);
        db.Events.AddRange(events.Select((e, i) => ProceedingEventRow.Of(id, before + i + 1, e)));
        db.SaveChanges();
        NoteOutages(db, row, events);
        journal.Append(db, who, ruling.Events[^1].GetType().Name, FormattableString.Invariant($"proceeding:{id}"), new { stage = row.Stage, events = events.Count });
        NoteLoads(db, [(reviewer, row.Reviewer)]);
        return ruling;
    }

    /// <summary>Whether the one who decides has a conflict of interest with the provider.</summary>
    /// <remarks>A head is no employee among whom reviews are distributed, so what he declared is asked of the desk.</remarks>
    private bool IsInConflict(ProceedingContext db, DecideCase decision, long provider) =>
        staff(LocalDay.Of(decision.At), new Dictionary<long, int>()).Any(e => e.Id == decision.By.Id && e.Conflicts.Contains(provider))
        || decision.By.Party == Party.Fund && db.Database.SqlQuery<long>($"SELECT user_id AS \"Value\" FROM desk_conflict WHERE user_id = {decision.By.Id} AND provider_id = {provider}").Any();

    /// <summary>What events make of a proceeding; a queue at the end is emptied at once where somebody can be named.</summary>
    private static (Proceeding State, IReadOnlyList<ProceedingEvent> Events) Follow(
        Proceeding? before, IReadOnlyList<ProceedingEvent> happened, DateTimeOffset at, Terms terms, Func<IReadOnlyList<Employee>> people)
    {
        var state = happened.Aggregate(before, (Proceeding? p, ProceedingEvent e) => Proceeding.Apply(p, e))!;
        if (!state.Stage.IsQueue() || happened[^1] is NobodyWasFree)
        {
            return (state, happened);
        }

        var assigned = Procedure.Decide(state, new AssignReviewer(Actor.System, at, people(), Seed()), terms);
        return (assigned.Events.Aggregate(state, (p, e) => Proceeding.Apply(p, e)), [.. happened, .. assigned.Events]);
    }

    /// <summary>Reviews that lie with each employee.</summary>
    private static Dictionary<long, int> Loads(ProceedingContext db) => db.Loads.AsNoTracking().ToDictionary(l => l.Reviewer, l => (int)l.Open);

    /// <summary>Counts reviews that came to an employee and left him.</summary>
    /// <remarks>Whoever counts holds the end of the journal, so that no two wait for each other's counts.</remarks>
    private static void NoteLoads(ProceedingContext db, IReadOnlyCollection<(long? Before, long? After)> changes)
    {
        var less = changes.Where(c => c.Before != c.After && c.Before is not null).Select(c => (Reviewer: c.Before!.Value, By: -1));
        var more = changes.Where(c => c.Before != c.After && c.After is not null).Select(c => (Reviewer: c.After!.Value, By: 1));
        foreach (var change in less.Concat(more).GroupBy(c => c.Reviewer).OrderBy(g => g.Key))
        {
            var (reviewer, by) = (change.Key, change.Sum(c => c.By));
            db.Database.ExecuteSql($"INSERT INTO review_load (reviewer, open) VALUES ({reviewer}, {by}) ON CONFLICT (reviewer) DO UPDATE SET open = review_load.open + excluded.open");
        }
    }

    private static void Put(ProceedingContext db, string name, string value)
    {
        if (db.Marks.Find(name) is { } mark)
        {
            mark.Value = value;
        }
        else
        {
            db.Marks.Add(new() { Name = name, Value = value });
        }

        db.SaveChanges();
    }

    internal static string MonthOf(DateOnly month) => month.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private T Read<T>(Func<ProceedingContext, T> ask)
    {
        using var db = Context();
        return ask(db);
    }

    /// <summary>Runs an act in a transaction; who lost a race decides anew on what the winner left.</summary>
    private T Within<T>(Func<ProceedingContext, T> act)
    {
        for (var attempt = 1; ; attempt++)
        {
            using var db = Context();
            // An act that fails is done anew as a whole.
            db.Database.AutoSavepointsEnabled = false;
            // SQLite lets one writer in from the first word; on PostgreSQL the number of events tells who came first.
            using var transaction = db.Database.BeginTransaction(source.IsPostgres ? IsolationLevel.ReadCommitted : IsolationLevel.Serializable);
            try
            {
                var result = act(db);
                transaction.Commit();
                return result;
            }
            catch (Exception lost) when (attempt < Attempts && IsRace(lost))
            {
                transaction.Rollback();
            }
        }
    }

    /// <summary>Whether somebody else was faster: what was to be done is done anew on what he left.</summary>
    internal static bool IsRace(Exception lost) => lost is DbUpdateException
        || lost is PostgresException { SqlState: "40001" or "40P01" or "23505" }
        || lost is SqliteException { SqliteErrorCode: 5 }
        || lost is InvalidOperationException { InnerException: { } inner } && IsRace(inner);
}
