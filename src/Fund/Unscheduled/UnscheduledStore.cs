using System.Data;
using System.Globalization;
using System.Text.Json;
using Kepil.Fund.Desk;
using Kepil.Fund.Proceedings;
using Kepil.Law;
using Microsoft.EntityFrameworkCore;

namespace Kepil.Fund.Unscheduled;

/// <summary>Keeps the cases of this room as events, each act in one transaction with its entry in the journal.</summary>
/// <param name="context">Opens a context on the database of the accounts.</param>
public sealed partial class UnscheduledStore(Func<UnscheduledContext> context, JournalStore journal)
{
    private const int Attempts = 20;
    private const string CountedOutages = "outages_counted_in_unscheduled";

    private static readonly CaseKind<UnscheduledMonitoring, MonitoringEvent> Monitoring = new(
        "monitoring", UnscheduledMonitoring.Apply, s => new(s.ProviderId, s.Region, s.Stage.ToString(), s.Next, s.IsOverdue), e => e.At);

    private static readonly CaseKind<Conclusion, ConclusionEvent> Paper = new(
        "conclusion", Unscheduled.Conclusion.Apply, s => new(s.Head.ProviderId, s.Head.Branch, s.Stage.ToString(), s.Next, s.IsOverdue), e => e.At);

    private static readonly CaseKind<LatentDefect, LatentEvent> Latent = new(
        "latent", LatentDefect.Apply, s => new(s.Facts.ProviderId, s.Facts.Region, s.Stage.ToString(), s.Next, s.IsLate && s.NotifiedOn is null), e => e.At);

    private static readonly CaseKind<BranchReport, ReportEvent> Report = new(
        "report", BranchReport.Apply, s => new(0, s.Region, s.Stage.ToString(), s.Next, s.IsOverdue), e => e.At);

    /// <summary>The store of a fund.</summary>
    public static UnscheduledStore Of(DeskStore desk)
    {
        using var context = desk.Context();
        return new(On(context), desk.Journal);
    }

    /// <summary>The database that a context of another room is open on.</summary>
    public static Func<UnscheduledContext> On(DbContext other)
    {
        var options = DeskSource.Of(other).Options<UnscheduledContext>();
        return () => new(options);
    }

    /// <summary>Opens or leads monitoring; a withdrawal takes the unsigned conclusion with it.</summary>
    public Decided<MonitoringEvent> Act(long id, string number, MonitoringCommand command, Terms terms) => Within(db => Act(db, id, number, command, terms));

    /// <summary>Leads a conclusion; the last signature ends its monitoring.</summary>
    public Decided<ConclusionEvent> Act(long id, string number, ConclusionCommand command, Terms terms) => Within(db => Act(db, id, number, command, terms));

    /// <summary>Leads a latent defect.</summary>
    public Decided<LatentEvent> Lead(long id, string number, Actor by, Func<LatentDefect?, Decided<LatentEvent>> decide) => Within(db => Lead(db, Latent, id, number, by, decide));

    /// <summary>Leads a report of a branch.</summary>
    public Decided<ReportEvent> Lead(long id, string number, Actor by, Func<BranchReport?, Decided<ReportEvent>> decide) => Within(db => Lead(db, Report, id, number, by, decide));

    public UnscheduledMonitoring? MonitoringOf(long id) => Read(db => State(db, Monitoring, id));

    public Conclusion? ConclusionOf(long id) => Read(db => State(db, Paper, id));

    public LatentDefect? LatentOf(long id) => Read(db => State(db, Latent, id));

    public BranchReport? ReportOf(long id) => Read(db => State(db, Report, id));

    /// <summary>The events of a conclusion from the first on.</summary>
    public IReadOnlyList<ConclusionEvent> ConclusionEvents(long id) => Read(db => Events(db, Paper, id));

    /// <summary>The number that the next case gets.</summary>
    public long NextId() => Read(db => (db.Cases.Max(c => (long?)c.Id) ?? 0) + 1);

    /// <summary>Cases whose running term is over at a moment, the oldest first.</summary>
    /// <param name="receivedUpTo">Everything that was sent before this moment is dealt with; later terms of providers and of the post wait.</param>
    public IReadOnlyList<(long Id, string Kind)> Due(DateTimeOffset at, DateTimeOffset receivedUpTo, int most) => Read(db =>
    {
        var (moment, received) = (at.ToUnixTimeMilliseconds(), receivedUpTo.ToUnixTimeMilliseconds());
        return db.Cases.AsNoTracking().Where(c => c.DueAt != null && c.DueAt <= moment && ((c.Owner != "Provider" && c.Owner != "System") || c.DueAt <= received))
            .OrderBy(c => c.DueAt).ThenBy(c => c.Id).Take(most).Select(c => new { c.Id, c.Kind }).ToList().ConvertAll(c => (c.Id, c.Kind));
    });

    /// <summary>Counts running terms of monitoring and conclusions anew after an outage was confirmed or the production calendar changed; a pass that was broken off is made again and changes nothing twice. Says how many became longer.</summary>
    [Law("MON-321:9.1")]
    public int CountOutages(DateTimeOffset at, Terms terms)
    {
        var (before, known) = (Read(db => db.Marks.AsNoTracking().FirstOrDefault(m => m.Name == CountedOutages)?.Value), MovedTerms.CountedBy(terms));
        if (before == known)
        {
            return 0;
        }

        var longer = !MovedTerms.IsOtherwise(before, known) ? 0 : Read(db => db.Cases.AsNoTracking().Where(c => c.Owner != null && (c.Kind == "monitoring" || c.Kind == "conclusion")).OrderBy(c => c.Id).Select(c => new { c.Id, c.Kind }).ToList())
            .Count(c => Within(db => c.Kind == "monitoring"
                ? Lead(db, Monitoring, c.Id, "", Actor.System, s => Monitorings.Decide(s, new CountMonitoringAgain(at, Actor.System), terms)).Events.Count
                : Lead(db, Paper, c.Id, "", Actor.System, s => Conclusions.Decide(s, new CountConclusionAgain(at, Actor.System), terms)).Events.Count) > 0);
        Within(db =>
        {
            if (db.Marks.Find(CountedOutages) is { } mark)
            {
                mark.Value = known;
            }
            else
            {
                db.Marks.Add(new() { Name = CountedOutages, Value = known });
            }

            return db.SaveChanges();
        });
        return longer;
    }

    /// <summary>Closes the running term of a case if it is over; whoever comes second finds nothing to close.</summary>
    /// <param name="receivedUpTo">Everything that was sent before this moment is dealt with; a term of the provider or of the post that ends later stays open, also where it came to run meanwhile.</param>
    public bool Close(long id, string kind, DateTimeOffset at, Terms terms, DateTimeOffset? receivedUpTo = null) => Within(db =>
    {
        bool Waits(NextAct? next) => next is { Owner: Party.Provider or Party.System } && next.Term.EndsAt > (receivedUpTo ?? at);
        return kind switch
        {
            "monitoring" => Lead(db, Monitoring, id, "", Actor.System, s => Waits(s?.Next) ? Refusal.ReceiptsWaiting : Monitorings.Decide(s, new CloseMonitoringTerm(at, Actor.System), terms)).Events.Count,
            "conclusion" => Lead(db, Paper, id, "", Actor.System, s => Waits(s?.Next) ? Refusal.ReceiptsWaiting : Conclusions.Decide(s, new CloseConclusionTerm(at, Actor.System), terms)).Events.Count,
            "latent" => Lead(db, Latent, id, "", Actor.System, s => LatentDefects.Close(s!, at, terms)).Events.Count,
            _ => Lead(db, Report, id, "", Actor.System, s => BranchReports.Close(s!, at, terms)).Events.Count,
        };
    }) > 0;

    public UnscheduledCase? CaseOf(long id) => Read(db => db.Cases.AsNoTracking().FirstOrDefault(c => c.Id == id));

    private Decided<MonitoringEvent> Act(UnscheduledContext db, long id, string number, MonitoringCommand command, Terms terms)
    {
        var decided = Lead(db, Monitoring, id, number, command.By, state => Monitorings.Decide(state, command, terms));
        if (decided.Events.Any(e => e is AppealWithdrawn) && State(db, Monitoring, id)?.Conclusion is { } paper)
        {
            foreach (var draft in new[] { paper, CaseNumber.OfUnconfirmed(paper) })
            {
                if (Find(db, Paper, draft) is { } found)
                {
                    Lead(db, Paper, found.Id, draft, Actor.System, state => Conclusions.Decide(state, new DiscardConclusion(command.At, command.By), terms));
                }
            }
        }

        return decided;
    }

    private Decided<ConclusionEvent> Act(UnscheduledContext db, long id, string number, ConclusionCommand command, Terms terms)
    {
        var decided = Lead(db, Paper, id, number, command.By, state => Conclusions.Decide(state, command, terms));
        if (decided.Events.Any(e => e is ConclusionSignedByAll) && State(db, Paper, id)!.Head.Monitoring is { } monitoring)
        {
            Lead(db, Monitoring, monitoring, "", Actor.System, state => Monitorings.Decide(state, new CloseByConclusion(command.At, Actor.System), terms));
        }

        return decided;
    }

    private Decided<TEvent> Lead<TState, TEvent>(UnscheduledContext db, CaseKind<TState, TEvent> kind, long id, string number, Actor by, Func<TState?, Decided<TEvent>> decide)
        where TState : class
    {
        var row = db.Cases.Find(id);
        var state = State(db, kind, id);
        var decided = decide(state);
        if (decided.Events.Count == 0)
        {
            return decided;
        }

        var written = row?.Events ?? 0;
        var told = new List<(MovedTerm Moved, DateTimeOffset At)>();
        foreach (var happened in decided.Events)
        {
            state = kind.Apply(state, happened);
            db.Events.Add(new() { CaseId = id, Number = ++written, At = kind.At(happened).ToUnixTimeMilliseconds(), Body = Json(happened) });
            foreach (var moved in Moved(happened))
            {
                OutageStore.Note(db, kind.Word, id, ProceedingJson.Word(moved.Name), moved.Now, moved.Was.Last, kind.At(happened));
                told.Add((moved, kind.At(happened)));
            }
        }

        var shown = kind.Show(state!);
        if (row is null)
        {
            row = new() { Id = id, Kind = kind.Word, Number = number, Region = shown.Region, Stage = shown.Stage };
            db.Cases.Add(row);
        }

        (row.ProviderId, row.Region, row.Stage, row.Events, row.Overdue) = (shown.ProviderId, shown.Region, shown.Stage, written, shown.IsOverdue ? 1 : 0);
        (row.Owner, row.Term) = (shown.Next?.Owner.ToString(), shown.Next?.Name.ToString());
        row.DueAt = shown.IsOverdue ? null : shown.Next?.Term.EndsAt.ToUnixTimeMilliseconds();
        db.SaveChanges();
        foreach (var (moved, at) in told)
        {
            // Documents that were asked for are the provider's to send, whoever else owes the next act.
            var owner = moved.Name == TermName.DocumentReply ? Party.Provider : shown.Next?.Owner ?? Party.Fund;
            MovedTerms.Note(db, new(kind.Word, id, row.Number, ProceedingJson.Word(moved.Name), ProceedingJson.Word(owner), row.ProviderId, 0, row.Region, moved.Was.Last, moved.Now.Last), at);
        }

        journal.Append(db, Name(by), decided.Events[^1]!.GetType().Name, $"{kind.Word} {row.Number}", told.Count == 0
            ? new { stage = shown.Stage, events = decided.Events.Count }
            : new { stage = shown.Stage, events = decided.Events.Count, moved = told.ConvertAll(t => MovedTerms.Told(id, ProceedingJson.Word(t.Moved.Name), t.Moved.Was.EndsAt, t.Moved.Now.EndsAt)) } as object);
        return decided;
    }

    private static IReadOnlyList<MovedTerm> Moved<TEvent>(TEvent happened) => happened switch
    {
        MonitoringCountedAgain e => e.Moved,
        TermsMoved { Moved: { } moved } => [moved],
        _ => [],
    };

    private static TState? State<TState, TEvent>(UnscheduledContext db, CaseKind<TState, TEvent> kind, long id)
        where TState : class => Events(db, kind, id).Aggregate((TState?)null, kind.Apply);

    private static List<TEvent> Events<TState, TEvent>(UnscheduledContext db, CaseKind<TState, TEvent> kind, long id)
        where TState : class =>
        [.. db.Events.AsNoTracking().Where(e => e.CaseId == id).OrderBy(e => e.Number).AsEnumerable().Select(e => Parse<TEvent>(e.Body))];

    private static UnscheduledCase? Find<TState, TEvent>(UnscheduledContext db, CaseKind<TState, TEvent> kind, string number)
        where TState : class => db.Cases.AsNoTracking().FirstOrDefault(c => c.Kind == kind.Word && c.Number == number);

    private T Read<T>(Func<UnscheduledContext, T> ask)
    {
        using var db = context();
        return ask(db);
    }

    /// <summary>Runs an act in a transaction; who lost a race decides anew on what the winner left.</summary>
    private T Within<T>(Func<UnscheduledContext, T> act)
    {
        for (var attempt = 1; ; attempt++)
        {
            using var db = context();
            using var transaction = db.Database.BeginTransaction(IsolationLevel.Serializable);
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

    private static bool IsRace(Exception lost) => lost is DbUpdateException
        || lost is Microsoft.Data.Sqlite.SqliteException { SqliteErrorCode: 5 }
        || lost is Npgsql.PostgresException { SqlState: "40001" or "40P01" or "23505" }
        || lost is InvalidOperationException { InnerException: { } inner } && IsRace(inner);

    private static string Json<T>(T value) => JsonSerializer.Serialize(value, ProceedingJson.Options);

    private static T Parse<T>(string text) => JsonSerializer.Deserialize<T>(text, ProceedingJson.Options) ?? throw new JsonException("The stored text is empty.");

    private static string Name(Actor by) => by.Party switch
    {
        Party.System => "system",
        Party.Provider => FormattableString.Invariant($"provider:{by.Id}"),
        _ => FormattableString.Invariant($"user:{by.Id}"),
    };

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private sealed record CaseShown(long ProviderId, string Region, string Stage, NextAct? Next, bool IsOverdue);

    private sealed record CaseKind<TState, TEvent>(string Word, Func<TState?, TEvent, TState> Apply, Func<TState, CaseShown> Show, Func<TEvent, DateTimeOffset> At)
        where TState : class;
}
