using System.Globalization;
using Kepil.Fund.Desk;
using Kepil.Law;
using Kepil.Monitoring;

namespace Kepil.Fund.Proceedings;

/// <summary>A rule that would withhold a large share of a month's bill.</summary>
public sealed record LargeRule(string RuleId, long Lines, long AtRisk, long Billed);

/// <summary>Silence that would confirm many cases at once after a standstill.</summary>
/// <param name="Over">Terms of providers that are over.</param>
/// <param name="Open">All terms of providers that run or are over.</param>
/// <param name="Seen">When the watch last went round.</param>
public sealed record HeldSilence(long Over, long Open, DateTimeOffset Seen);

/// <summary>Silence about conclusions, which another room holds back in the same way.</summary>
/// <param name="Held">What waits; nothing when its watch goes on by itself.</param>
/// <param name="Release">Lets it go on, in the name of the person as the journal calls him.</param>
public sealed record HeldConclusions(Func<HeldSilence?> Held, Action<string> Release);

/// <summary>What the system does not do by itself, and which person lets go on: a rule that withholds too much, silence that confirms too many.</summary>
public sealed class Brakes(ProceedingStore store, IRecords records, LawBook law, TimeProvider clock, Func<DateTimeOffset, Terms> terms)
{
    /// <summary>Months that may still wait to be shown.</summary>
    private const int Newest = 3;

    /// <summary>Silence about conclusions of unscheduled monitoring, which the room of their pages puts in.</summary>
    public HeldConclusions? Conclusions { get; set; }

    /// <summary>Rules that wait in the newest months.</summary>
    public IReadOnlyList<(DateOnly Month, LargeRule Rule)> LargeRules()
    {
        var policies = law.Policies.On(LocalDay.Of(clock.GetUtcNow()));
        return
        [
            .. records.Query($"SELECT month, CAST(SUM(billed) AS bigint) FROM month_form GROUP BY month ORDER BY month DESC LIMIT {Newest}", r => (Month: r.Day(0), Billed: r.Long(1)))
                .SelectMany(m => Large(records, store, m.Month, m.Billed, policies).Select(rule => (m.Month, rule))),
        ];
    }

    /// <summary>Silence that waits; nothing when the watch goes on by itself.</summary>
    public HeldSilence? Silence()
    {
        var at = clock.GetUtcNow();
        return ProceedingWatch.Held(store, at, terms(at).Policies);
    }

    /// <summary>What was let go on lately, the last one first.</summary>
    public IReadOnlyList<JournalEvent> Released() => store.Journal.OfActs(["MassConfirmationConsented", "MassAcceptanceConsented", "LargeRuleConsented"], 5);

    /// <summary>A person takes it upon himself that the findings of the rule are shown. Says whether one waited.</summary>
    public bool Release(DateOnly month, string rule, string who)
    {
        if (LargeRules().FirstOrDefault(r => r.Month == month && r.Rule.RuleId == rule).Rule is not { } large)
        {
            return false;
        }

        store.Consent(NameOf(month, rule), who, "LargeRuleConsented", large);
        return true;
    }

    /// <summary>A person takes it upon himself that many are confirmed at once; the watch goes round with it.</summary>
    public WatchRound ReleaseSilence(string who, ReceiptDoor door) => new ProceedingWatch(store, clock, terms, door).Run(who);

    internal static string NameOf(DateOnly month, string rule) => $"large_rule {month:yyyy-MM} {rule}";

    /// <summary>Rules over their share of the bill to which nobody consented yet.</summary>
    internal static IReadOnlyList<LargeRule> Large(IRecords records, ProceedingStore store, DateOnly month, long billed, PoliciesOnDay policies)
    {
        var percent = int.Parse(policies["rule_share_percent"], CultureInfo.InvariantCulture);
        return
        [
            .. records.Query(
                    """
                    SELECT f.rule_id, COUNT(*), CAST(SUM(l.at_risk) AS bigint) FROM finding AS f
                    JOIN line_sum AS l ON l.service_id = f.service_id AND l.month = f.month WHERE f.month = $1 AND f.counts GROUP BY f.rule_id ORDER BY 3 DESC, 1
                    """,
                    r => new LargeRule(r.Text(0), r.Long(1), r.Long(2), billed), month)
                .Where(r => (Int128)r.AtRisk * 100 > (Int128)billed * percent && store.Mark(NameOf(month, r.RuleId)) is null),
        ];
    }
}
