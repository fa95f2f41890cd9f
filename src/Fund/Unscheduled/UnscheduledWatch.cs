using System.Globalization;
using Kepil.Fund.Proceedings;
using Kepil.Law;

namespace Kepil.Fund.Unscheduled;

/// <summary>What a round of the watch over unscheduled monitoring came to.</summary>
/// <param name="Closed">Terms that were over and from which something followed.</param>
/// <param name="Held">Silence about conclusions that waits for a person's consent, because it would accept too many at once; nothing when none waits.</param>
public sealed record UnscheduledRound(int Closed, HeldSilence? Held);

/// <summary>Closes what the clock has closed: receipt by post, silence, the time for appeals; and flags what the Fund owes.</summary>
/// <param name="terms">The terms as known at a moment.</param>
/// <param name="receivedUpTo">Up to when everything that providers sent is dealt with; without it nobody sends anything.</param>
public sealed class UnscheduledWatch(UnscheduledStore store, TimeProvider clock, Func<DateTimeOffset, Terms> terms, Func<DateTimeOffset, DateTimeOffset>? receivedUpTo = null)
{
    private const string Seen = "unscheduled_watch_seen_at";
    private const int Batch = 500;

    /// <summary>Goes over all terms that are over; after a standstill one case may pass several of them.</summary>
    /// <param name="consent">Who takes it upon himself that many are accepted at once; nobody: providers' terms wait before that.</param>
    [Law("MON-321:57")]
    public UnscheduledRound Run(string? consent = null)
    {
        var at = clock.GetUtcNow();
        var known = terms(at);
        store.CountOutages(at, known);
        var held = Held(at, known.Policies);
        if (held is not null && consent is not null)
        {
            store.Consent("mass_acceptance", consent, "MassAcceptanceConsented", new { over = held.Over, open = held.Open, seen = held.Seen, at });
            held = null;
        }

        // As if nothing of what providers sent were dealt with yet: no term of theirs is closed, those of the Fund are.
        var received = held is not null ? DateTimeOffset.MinValue : receivedUpTo?.Invoke(at) ?? at;
        var closed = store.FlagLetters(at);
        while (store.Due(at, received, Batch) is { Count: > 0 } due)
        {
            var here = due.Count(one => store.Close(one.Id, one.Kind, at, known, received));
            closed += here;
            if (here == 0)
            {
                break;
            }
        }

        if (held is null)
        {
            store.SetMark(Seen, at.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture));
        }

        return new(closed, held);
    }

    /// <summary>Silence that waits for a person now; nothing when the watch goes on by itself.</summary>
    public HeldSilence? Held()
    {
        var at = clock.GetUtcNow();
        return Held(at, terms(at).Policies);
    }

    /// <summary>After a standstill or a jump of the clock, silence that would accept a large share of the conclusions at once waits for a person.</summary>
    private HeldSilence? Held(DateTimeOffset at, PoliciesOnDay policies)
    {
        var seen = store.Mark(Seen) is { } text ? DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(text, CultureInfo.InvariantCulture)) : (DateTimeOffset?)null;
        if (seen is null || (at - seen.Value).Duration() <= TimeSpan.FromHours(Number(policies["watch_gap_hours"])))
        {
            return null;
        }

        var (open, over) = store.Silent(at);
        return over <= Number(policies["mass_accept_least"]) || over * 100 <= open * Number(policies["mass_accept_percent"]) ? null : new(over, open, seen.Value);
    }

    private static int Number(string value) => int.Parse(value, CultureInfo.InvariantCulture);
}
