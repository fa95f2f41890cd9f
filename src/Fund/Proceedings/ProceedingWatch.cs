using System.Globalization;
using Kepil.Law;

namespace Kepil.Fund.Proceedings;

/// <summary>What a round of the watch came to.</summary>
/// <param name="Closed">Cases whose term was over and in which something followed.</param>
/// <param name="Assigned">Queues for which somebody was named.</param>
/// <param name="Held">Provider's terms that are over and wait for a person's consent, because silence would confirm too many at once.</param>
/// <param name="Open">Provider's terms that run or are over.</param>
public sealed record WatchRound(int Closed, int Assigned, long Held, long Open);

/// <summary>Closes what the clock has closed: silence confirms, a missed review is marked and given to another, queues are emptied.</summary>
/// <param name="store">Where proceedings are kept; several watches may go round in it at once.</param>
/// <param name="clock">Its moments count.</param>
/// <param name="terms">The terms as known at a moment.</param>
/// <param name="door">The door of this process, if it receives.</param>
public sealed class ProceedingWatch(ProceedingStore store, TimeProvider clock, Func<DateTimeOffset, Terms> terms, ReceiptDoor? door = null)
{
    private const string Seen = "watch_seen_at";
    private const int Part = 1000;

    /// <summary>Goes over all terms that are over until none is left; after a standstill one case may pass several of them. Asked again at the same moment it does nothing.</summary>
    /// <param name="consent">Who takes it upon himself that many are confirmed at once; nobody: the watch stops before that.</param>
    [Law("MON-321:27")]
    [Law("MON-321:30")]
    public WatchRound Run(string? consent = null)
    {
        var at = clock.GetUtcNow();
        var known = terms(at);
        door?.Tell();
        // What was decided in time is sent before any term is closed.
        store.SendDue(at, known);
        var receipts = store.HandledUpTo(at);
        store.CountOutages(at, known);
        store.ClearReviews(at, known, Part);
        var waits = Held(store, at, known.Policies);
        if (waits is not null && consent is not null)
        {
            store.Consent("mass_confirmation", consent, "MassConfirmationConsented", new { over = waits.Over, open = waits.Open, seen = waits.Seen, at });
        }

        var (held, open) = consent is null && waits is not null ? (waits.Over, waits.Open) : (0, waits?.Open ?? 0);
        var (closed, assigned) = (0, 0);
        int round;
        do
        {
            int part;
            do
            {
                part = CloseOver(at, receipts, known, held == 0);
                closed += part;
            }
            while (part > 0);

            // Whoever is named late gets a term that may be over already: it is closed in this round, not in the next.
            round = store.AssignWaiting(at, known, Part);
            assigned += round;
        }
        while (round > 0);
        if (held == 0)
        {
            store.SetMark(Seen, at.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture));
        }

        return new(closed, assigned, held, open);
    }

    private int CloseOver(DateTimeOffset at, DateTimeOffset receipts, Terms known, bool silence)
    {
        var closed = 0;
        ClosedPart? part = null;
        do
        {
            part = store.CloseNext(part, at, receipts, known, silence, Part);
            closed += part.Closed;
        }
        while (part.More);
        return closed;
    }

    /// <summary>After a standstill or a jump of the clock, silence that would confirm a large share at once waits for a person.</summary>
    internal static HeldSilence? Held(ProceedingStore store, DateTimeOffset at, PoliciesOnDay policies)
    {
        var hours = int.Parse(policies["watch_gap_hours"], CultureInfo.InvariantCulture);
        var seen = store.Mark(Seen) is { } text ? DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(text, CultureInfo.InvariantCulture)) : (DateTimeOffset?)null;
        if (seen is null || (at - seen.Value).Duration() <= TimeSpan.FromHours(hours) || !store.HasSilent(at))
        {
            return null;
        }

        var (open, over) = store.Silent(at);
        var percent = int.Parse(policies["mass_confirm_percent"], CultureInfo.InvariantCulture);
        return over * 100 <= open * percent ? null : new(over, open, seen.Value);
    }
}
