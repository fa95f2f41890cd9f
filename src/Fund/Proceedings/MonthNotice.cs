using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Kepil.Fund.Accounts;
using Kepil.Law;
using Kepil.Monitoring;
using Microsoft.EntityFrameworkCore;

namespace Kepil.Fund.Proceedings;

/// <summary>What showing a month's findings came to.</summary>
/// <param name="Known">Findings whose proceeding was there already.</param>
/// <param name="Refused">Findings that could not be shown, by the reason.</param>
/// <param name="Large">Rules that wait for a person's consent; their findings were not shown.</param>
public sealed record MonthShown(int Opened, int Known, IReadOnlyDictionary<string, int> Refused, IReadOnlyList<LargeRule> Large);

/// <summary>Which of some lines of a month were paid by the bank, and when.</summary>
public delegate IReadOnlyDictionary<long, DateOnly> PaidAmong(DateOnly month, IReadOnlyCollection<long> lines);

/// <summary>Shows the findings of a month's last run to the providers, each once.</summary>
/// <param name="paid">Which lines were paid already: what is found on them goes on as a latent defect.</param>
public sealed class MonthNotice(FundFolder folder, IRecords records, ProceedingStore store, TimeProvider clock, Func<DateTimeOffset, Terms> terms, PaidAmong paid)
{
    /// <summary>Findings that are shown in one transaction.</summary>
    private const int Part = 20_000;

    /// <param name="consent">Who takes it upon himself that one rule withholds a large share of the bill.</param>
    /// <param name="who">Who shows them, as the journal calls him.</param>
    /// <param name="detected">The moment of detection; the end of the run without it.</param>
    /// <param name="only">Which findings are shown; all without it.</param>
    /// <param name="told">Called with (findings done, findings in all).</param>
    [Law("MON-321:22")]
    [Law("MON-321:23")]
    public MonthShown Show(DateOnly month, string? consent, string who, DateTimeOffset? detected = null, Action<long, long>? told = null, Func<OpenedFinding, bool>? only = null)
    {
        using var alone = folder.Hold();
        using var context = folder.Accounts.Context();
        var run = context.Runs.AsNoTracking().Where(r => r.Month == month).OrderByDescending(r => r.Id).FirstOrDefault()
            ?? throw new InvalidOperationException($"{month:yyyy-MM} was not monitored yet.");
        var at = clock.GetUtcNow();
        var known = terms(at);
        var large = Brakes.Large(records, store, month, run.Billed, known.Policies);
        if (consent is not null)
        {
            foreach (var rule in large)
            {
                store.Consent(Brakes.NameOf(month, rule.RuleId), consent, "LargeRuleConsented", rule);
            }

            large = [];
        }

        var held = large.Select(r => r.RuleId).ToHashSet(StringComparer.Ordinal);
        bool IsShown(OpenedFinding finding) => !held.Contains(finding.RuleId) && (only is null || only(finding));
        var places = Places();
        var moment = detected ?? DateTimeOffset.FromUnixTimeMilliseconds(run.FinishedAt);
        var all = run.PotentialFindings + run.GeneralFindings;
        var (opened, there) = (0, 0);
        var refused = new SortedDictionary<string, int>(StringComparer.Ordinal);
        void Open(IReadOnlyList<OpenedFinding> part)
        {
            var shown = part.Where(IsShown).ToList();
            var settled = paid(month, [.. shown.Select(f => f.Show.LineId).Distinct()]);
            var outcome = store.Open(settled.Count == 0 ? shown : shown.ConvertAll(f => settled.ContainsKey(f.Show.LineId) ? f with { Show = f.Show with { Paid = true } } : f), known, who);
            opened += outcome.Opened;
            there += outcome.Known;
            foreach (var refusal in outcome.Refused)
            {
                refused[refusal.Reason] = refused.GetValueOrDefault(refusal.Reason) + 1;
            }

            told?.Invoke(Math.Min(opened + there, all), Math.Max(1, all));
        }

        var infant = (int)known.Law.Parameters["infant_age"].On(LocalDay.Of(moment)).Whole;
        for (var (last, full) = (-1L, true); full;)
        {
            var part = Findings(month, last, moment, at, places, infant);
            full = part.Count == Part;
            last = part.Count == 0 ? last : part[^1].Show.FindingId;
            Open(part);
        }

        if (known.Policies["p40_all"] == "true")
        {
            Open(Deaths(month, moment, at, places, infant));
        }

        return new(opened, there, refused, large);
    }

    /// <summary>Rules of the month that wait for a person's consent now.</summary>
    public IReadOnlyList<LargeRule> Held(DateOnly month)
    {
        using var context = folder.Accounts.Context();
        return context.Runs.AsNoTracking().Where(r => r.Month == month).OrderByDescending(r => r.Id).FirstOrDefault() is { } run
            ? Brakes.Large(records, store, month, run.Billed, terms(clock.GetUtcNow()).Policies) : [];
    }

    /// <summary>By what a finding of a later run is known again on its line.</summary>
    public static long KeyOf(string rule, string evidence)
    {
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(Encoding.UTF8.GetBytes(rule + "\n" + evidence), hash);
        return BinaryPrimitives.ReadInt64LittleEndian(hash);
    }

    private List<OpenedFinding> Findings(DateOnly month, long after, DateTimeOffset detected, DateTimeOffset at, Dictionary<long, Places> places, int infant) =>
    [
        .. records.Query(
            $"""
            SELECT {LineOfCase.Columns}, f.finding_id, f.rule_id, f.code, f.kind, f.evidence, f.sum, f.run_id
            FROM (SELECT * FROM finding WHERE month = $1 AND finding_id > {after} ORDER BY finding_id LIMIT {Part}) AS f
            JOIN known_service AS k ON k.service_id = f.service_id AND k.person_id = f.person_id AND k.month = $1
            ORDER BY f.finding_id
            """,
            r => Of(LineOfCase.Read(r), r.Long(15), r.Text(16), r.Text(17), r.Text(18) == "general" ? Detection.General : Detection.Potential, r.Text(19), r.Long(20), month, detected, at, places, infant) with { Run = r.Long(21) },
            month),
    ];

    /// <summary>Deaths that no rule pointed at: current monitoring covers each, so each becomes a case without a code, one for a death.</summary>
    [Law("MON-321:40.1")]
    [Law("MON-321:40.2")]
    private List<OpenedFinding> Deaths(DateOnly month, DateTimeOffset detected, DateTimeOffset at, Dictionary<long, Places> places, int infant)
    {
        var lines = records.Query(
            $"""
            SELECT {LineOfCase.Columns}, k.person_id, CASE WHEN EXISTS (SELECT 1 FROM finding AS f WHERE f.month = $1 AND f.service_id = k.service_id AND f.person_id = k.person_id AND f.kind = 'potential') THEN 1 ELSE 0 END
            FROM known_service AS k
            WHERE k.month = $1 AND k.medicine_code IS NULL AND (k.outcome = 'died' OR (k.death_date >= $1 AND k.started_on <= k.death_date AND k.birth_date IS NOT NULL))
            ORDER BY k.service_id
            """,
            r => (Line: LineOfCase.Read(r), Person: r.Long(15), IsFound: r.Long(16) == 1), month);
        return
        [
            .. lines.Where(l => l.Line.DeathIn(infant) != Death.None).GroupBy(l => l.Person)
                // In hospital the line tells of the death itself; outside it the last one before the death stands for it.
                .SelectMany(person => person.Where(l => l.Line.IsStay).ToList() is { Count: > 0 } stays ? stays.Where(l => !l.IsFound)
                    : person.Any(l => l.IsFound) ? [] : [person.MaxBy(l => (l.Line.StartedOn, l.Line.Service))])
                .OrderBy(l => l.Line.Service)
                .Select(l => Of(l.Line, 0, "", "", Detection.Potential, "", 0, month, detected, at, places, infant)),
        ];
    }

    private static OpenedFinding Of(
        LineOfCase line, long finding, string rule, string code, Detection detection, string evidence, long sum, DateOnly month, DateTimeOffset detected, DateTimeOffset at, Dictionary<long, Places> places, int infant)
    {
        var place = (places.GetValueOrDefault(line.Provider) ?? Proceedings.Places.In(line.Region)) with { ServiceRegion = line.Region };
        var show = new ShowFinding(
            Actor.System, at, 0, finding, line.Service, line.Provider, code, line.Form, detection, FoundBy.Algorithm,
            line.DeathIn(infant), false, line.StartedOn, line.Billed, sum, place, detected, at, line.Hash, at);
        return new OpenedFinding(show, month, rule, evidence, KeyOf(rule, evidence));
    }

    private Dictionary<long, Places> Places() => records.Query("SELECT provider_id, region FROM provider ORDER BY provider_id, region", r => (Id: r.Long(0), Region: r.TextOrNull(1) ?? ""))
        .GroupBy(p => p.Id).ToDictionary(g => g.Key, g => new Places(g.First().Region, g.First().Region, g.First().Region, [.. g.Select(p => p.Region).Distinct()]));
}
