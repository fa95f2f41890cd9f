using System.Globalization;
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

    /// <summary>Counts running terms anew after an outage was confirmed; a pass that was broken off is made again and changes nothing twice. Says how many became longer.</summary>
    [Law("MON-321:9.1")]
    public int CountOutages(DateTimeOffset at, Terms terms)
    {
        var known = terms.Outages.Count.ToString(CultureInfo.InvariantCulture);
        if ((Mark(CountedOutages) ?? "0") == known)
        {
            return 0;
        }

        var longer = 0;
        for (long last = 0; ;)
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
            if (next == 0)
            {
                break;
            }

            last = next;
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

    private static void NoteOutages(ProceedingContext db, long id, IReadOnlyList<ProceedingEvent> happened)
    {
        foreach (var longer in happened.OfType<TermExtended>())
        {
            OutageStore.Note(db, "proceeding", id, ProceedingJson.Word(longer.To!.TermName!.Value), longer.To.Term!, longer.From.Last, longer.At);
        }
    }
}
