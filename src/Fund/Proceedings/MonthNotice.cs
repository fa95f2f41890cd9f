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
/// <param name="Large">Rules that wait for a person's consent; then nothing was shown.</param>
public sealed record MonthShown(int Opened, int Known, IReadOnlyDictionary<string, int> Refused, IReadOnlyList<LargeRule> Large);

/// <summary>Shows the findings of a month's last run to the providers, each once.</summary>
public sealed class MonthNotice(FundFolder folder, IRecords records, ProceedingStore store, TimeProvider clock, Func<DateTimeOffset, Terms> terms)
{
    /// <summary>Findings that are shown in one transaction.</summary>
    private const int Part = 20_000;

    private static readonly HashSet<string> Inpatient = ["drg", "actual", "bed_day", "average", "met"];

    private static readonly string Fixed = string.Join(", ", LineColumns.All.Select(c => $"COALESCE(CAST(k.{c.Name} AS text), '')"));

    /// <param name="consent">Who takes it upon himself that one rule withholds a large share of the bill.</param>
    /// <param name="who">Who shows them, as the journal calls him.</param>
    /// <param name="detected">The moment of detection; the end of the run without it.</param>
    /// <param name="only">Which findings are shown; all without it.</param>
    /// <param name="told">Called with (findings done, findings in all).</param>
    [Law("MON-321:22")]
    [Law("MON-321:23")]
    public MonthShown Show(DateOnly month, string? consent, string who, DateTimeOffset? detected = null, Action<long, long>? told = null, Func<OpenedFinding, bool>? only = null)
    {
        using var held = folder.Hold();
        using var context = folder.Accounts.Context();
        var run = context.Runs.AsNoTracking().Where(r => r.Month == month).OrderByDescending(r => r.Id).FirstOrDefault()
            ?? throw new InvalidOperationException($"{month:yyyy-MM} was not monitored yet.");
        var at = clock.GetUtcNow();
        var known = terms(at);
        if (Brakes.Large(records, store, month, run.Billed, known.Policies) is { Count: > 0 } large)
        {
            if (consent is null)
            {
                return new(0, 0, new Dictionary<string, int>(), large);
            }

            foreach (var rule in large)
            {
                store.Consent(Brakes.NameOf(month, rule.RuleId), consent, "LargeRuleConsented", rule);
            }
        }

        var places = Places();
        var moment = detected ?? DateTimeOffset.FromUnixTimeMilliseconds(run.FinishedAt);
        var all = run.PotentialFindings + run.GeneralFindings;
        var (opened, there) = (0, 0);
        var refused = new SortedDictionary<string, int>(StringComparer.Ordinal);
        for (var last = -1L; ;)
        {
            var part = Findings(month, last, moment, at, places);
            if (part.Count == 0)
            {
                return new(opened, there, refused, []);
            }

            last = part[^1].Show.FindingId;
            var outcome = store.Open(only is null ? part : [.. part.Where(only)], known, who);
            opened += outcome.Opened;
            there += outcome.Known;
            foreach (var refusal in outcome.Refused)
            {
                refused[refusal.Reason] = refused.GetValueOrDefault(refusal.Reason) + 1;
            }

            if (part.Count < Part)
            {
                return new(opened, there, refused, []);
            }

            told?.Invoke(Math.Min(opened + there, all), Math.Max(1, all));
        }
    }

    /// <summary>By what a finding of a later run is known again on its line.</summary>
    public static long KeyOf(string rule, string evidence)
    {
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(Encoding.UTF8.GetBytes(rule + "\n" + evidence), hash);
        return BinaryPrimitives.ReadInt64LittleEndian(hash);
    }

    private List<OpenedFinding> Findings(DateOnly month, long after, DateTimeOffset detected, DateTimeOffset at, Dictionary<long, Places> places) =>
    [
        .. records.Query(
            $"""
            SELECT f.finding_id, f.rule_id, f.code, f.kind, f.service_id, f.provider_id, f.care_form, f.evidence, f.sum,
                   k.amount, k.started_on, k.outcome, k.age_days, k.death_date, k.diagnosis, k.provider_region, concat_ws('|', {Fixed})
            FROM (SELECT * FROM finding WHERE month = $1 AND finding_id > {after} ORDER BY finding_id LIMIT {Part}) AS f
            JOIN known_service AS k ON k.service_id = f.service_id AND k.person_id = f.person_id AND k.month = $1
            ORDER BY f.finding_id
            """,
            r =>
            {
                var (line, provider, form) = (r.Long(4), r.Long(5), CareForms.Parse(r.Text(6)));
                var region = r.TextOrNull(15) ?? "";
                var place = (places.GetValueOrDefault(provider) ?? Proceedings.Places.In(region)) with { ServiceRegion = region };
                var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(r.Text(16))));
                var show = new ShowFinding(
                    Actor.System, at, 0, r.Long(0), line, provider, r.Text(2), form, r.Text(3) == "general" ? Detection.General : Detection.Potential, FoundBy.Algorithm,
                    DeathOf(r.Text(6), r.TextOrNull(11), r.LongOrNull(12), r.DayOrNull(13) is not null, r.TextOrNull(14) ?? ""), false, r.Day(10), r.Long(9), r.Long(8), place,
                    detected, at, hash, detected < at ? detected : at);
                return new OpenedFinding(show, month, r.Text(1), r.Text(7), KeyOf(r.Text(1), r.Text(7)));
            },
            month),
    ];

    /// <summary>Whether a line tells of a death that current monitoring covers.</summary>
    [Law("MON-321:40.1")]
    [Law("MON-321:40.2")]
    private static Death DeathOf(string form, string? outcome, long? ageDays, bool died, string diagnosis)
    {
        const int yearOfDays = 366;
        var infant = ageDays < yearOfDays;
        if (Inpatient.Contains(form))
        {
            return outcome != "died" ? Death.None : diagnosis.StartsWith('O') ? Death.Maternal : infant ? Death.InfantInpatient : Death.Inpatient;
        }

        return !infant || !died ? Death.None : diagnosis.Length > 0 && diagnosis[0] is 'S' or 'T' or 'V' or 'W' or 'X' or 'Y' ? Death.InfantAccident : Death.InfantOutpatient;
    }

    private Dictionary<long, Places> Places() => records.Query("SELECT provider_id, region FROM provider ORDER BY provider_id, region", r => (Id: r.Long(0), Region: r.TextOrNull(1) ?? ""))
        .GroupBy(p => p.Id).ToDictionary(g => g.Key, g => new Places(g.First().Region, g.First().Region, g.First().Region, [.. g.Select(p => p.Region).Distinct()]));
}
