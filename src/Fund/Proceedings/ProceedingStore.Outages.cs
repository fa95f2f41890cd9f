using Kepil.Law;
using Microsoft.EntityFrameworkCore;

namespace Kepil.Fund.Proceedings;

/// <summary>A case whose running term an outage makes longer, or would make.</summary>
public sealed record OutageEffect(string Kind, long CaseId, string Term, DateOnly Was, DateOnly Now);

/// <summary>What confirmed outages and absent reviewers change in all proceedings.</summary>
public sealed partial class ProceedingStore
{
    private const string CountedOutages = "outages_counted";
    private const int RecountPart = 1000;

    /// <summary>Counts running terms anew after an outage was confirmed or the production calendar changed; a pass that was broken off is made again and changes nothing twice. Says how many became longer.</summary>
    [Law("MON-321:9.1")]
    public int CountOutages(DateTimeOffset at, Terms terms)
    {
        var (before, known) = (Mark(CountedOutages), MovedTerms.CountedBy(terms));
        if (before == known)
        {
            return 0;
        }

        var longer = 0;
        for (long last = MovedTerms.IsOtherwise(before, known) ? 0 : long.MaxValue; last < long.MaxValue;)
        {
            var after = last;
            var (next, changed) = Within(db =>
            {
                // No other watch's rows are passed over here: what it holds is waited for.
                var found = source.IsPostgres
                    ? db.Proceedings.FromSql($"SELECT * FROM proceeding WHERE next_at IS NOT NULL AND id > {after} ORDER BY id LIMIT {RecountPart} FOR UPDATE").AsNoTracking().ToList()
                    : db.Proceedings.FromSql($"SELECT * FROM proceeding WHERE next_at IS NOT NULL AND id > {after} ORDER BY id LIMIT {RecountPart}").AsNoTracking().ToList();
                return found.Count == 0 ? (0L, 0) : (found[^1].Id, Lead(db, found, at, terms, "TermsCountedAgain", (_, _) => new RecountTerm(Actor.System, at)));
            });
            longer += changed;
            last = next == 0 ? long.MaxValue : next;
        }

        SetMark(CountedOutages, known);
        return longer;
    }

    /// <summary>Running terms that would become longer if these terms held.</summary>
    public IReadOnlyList<OutageEffect> Foresee(Terms terms, long after, int most) => Read(db => db.Proceedings.AsNoTracking()
        .Where(p => p.NextAt != null && p.Id > after).OrderBy(p => p.Id).AsEnumerable().Select(p => p.ToProceeding())
        .Select(p => p.Due is { } due && TermSource.All.ContainsKey(due.Name) && terms.Of(due.Name, due.Start, due.Length).Last is var now && now > due.Last
            ? new OutageEffect("proceeding", p.Id, ProceedingJson.Word(due.Name), due.Last, now) : null)
        .OfType<OutageEffect>().Take(most).ToList());

    /// <summary>Takes reviews from reviewers who are away or must not judge the provider, and gives them to others at once. Says how many.</summary>
    [Law("MON-321:28")]
    public int ClearReviews(DateTimeOffset at, Terms terms, int most)
    {
        var known = staff(LocalDay.Of(at), new Dictionary<long, int>()).ToDictionary(e => e.Id);
        var doubtful = known.Values.Where(e => e.Away || e.Conflicts.Count > 0).Select(e => e.Id).ToList();
        return doubtful.Count == 0 ? 0 : Within(db =>
        {
            var held = db.Proceedings.AsNoTracking().Where(p => p.Reviewer != null && doubtful.Contains(p.Reviewer.Value))
                .OrderBy(p => p.NextAt).ThenBy(p => p.Id).AsEnumerable().Where(p => Why(p.Reviewer!.Value, p.ProviderId) is not null).Take(most).ToList();
            return Lead(db, held, at, terms, "ReviewsCleared", (state, _) => new ClearReview(Actor.System, at, Why(state.Reviewer, state.ProviderId)!));
        });

        string? Why(long reviewer, long provider) => known[reviewer] is var e && e.Conflicts.Contains(provider) ? "conflict" : e.Away ? "away" : null;
    }

    /// <summary>Terms that moved since a moment, of this room and of unscheduled monitoring.</summary>
    public IReadOnlyList<MovedCaseTerm> MovedSince(DateTimeOffset since) => Read(db => MovedTerms.Since(db, since));

    private static void NoteOutages(ProceedingContext db, ProceedingRow row, IEnumerable<ProceedingEvent> happened)
    {
        foreach (var longer in happened.OfType<TermExtended>())
        {
            var term = ProceedingJson.Word(longer.To!.TermName!.Value);
            OutageStore.Note(db, "proceeding", row.Id, term, longer.To.Term!, longer.From.Last, longer.At);
            MovedTerms.Note(db, new("proceeding", row.Id, "", term, ProceedingJson.Word(longer.To.Owner), row.ProviderId, row.Reviewer ?? 0, row.Territory, longer.From.Last, longer.To.Term!.Last), longer.At);
        }
    }

    /// <summary>What the journal says of terms that moved; nothing where none did.</summary>
    private static IReadOnlyList<object>? Moved(IEnumerable<(long Id, TermExtended Event)> extended) =>
        extended.Select(e => MovedTerms.Told(e.Id, ProceedingJson.Word(e.Event.To!.TermName!.Value), e.Event.From.EndsAt, e.Event.To.Term!.EndsAt)).ToList() is { Count: > 0 } told ? told : null;
}
