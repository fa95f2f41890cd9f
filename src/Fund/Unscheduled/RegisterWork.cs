using System.Globalization;
using Kepil.Fund.Desk;
using Kepil.Fund.Documents;
using Kepil.Fund.Proceedings;
using Kepil.Law;
using Kepil.Monitoring;

namespace Kepil.Fund.Unscheduled;

/// <summary>Fills the register of unconfirmed cases from the proceedings as they become final, and makes its paper for each branch and month.</summary>
public sealed class RegisterWork(
    UnscheduledStore store, ProceedingStore proceedings, IRecords records, DocumentStore documents, DeskStore desk, PaperNames names, Func<DateTimeOffset, Terms> terms)
{
    private const string EnteredUpTo = "unconfirmed_entered_up_to";
    private const int Part = 500;

    /// <summary>A decision is in the store at the latest so long after its moment.</summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromHours(1);

    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    /// <summary>Enters what became final since the last time, or by the policy what was found; strikes out what fell. Says how many rows are new.</summary>
    [Law("MON-321:18.1")]
    public int Enter()
    {
        var at = desk.Clock.GetUtcNow();
        var last = store.Mark(EnteredUpTo) is { } text ? DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(text, CultureInfo.InvariantCulture)) : (DateTimeOffset?)null;
        if (last is { } seen && at >= seen && at - seen < Pause)
        {
            return 0;
        }

        var known = terms(at);
        var byDetection = known.Policies["register_when"] == "detection";
        var since = last is { } l && l > DateTimeOffset.UnixEpoch + Overlap ? l - Overlap : DateTimeOffset.UnixEpoch;
        var (entered, after) = (0, 0L);
        while ((byDetection ? proceedings.NotRejected([.. UnconfirmedCase.Codes], after, Part) : proceedings.ConfirmedSince(since, [.. UnconfirmedCase.Codes], after, Part)) is { Count: > 0 } part)
        {
            entered += store.EnterAll(CasesOf(part), known);
            after = part[^1].Id;
        }

        if (byDetection)
        {
            StrikeRejected(LocalDay.Of(at));
        }

        store.SetMark(EnteredUpTo, at.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture));
        return entered;
    }

    /// <summary>What the paper of a branch's month is about, as documents keep it.</summary>
    public static string SubjectOf(string region, DateOnly month) => string.Create(CultureInfo.InvariantCulture, $"register:{region}:{month:yyyy-MM}");

    /// <summary>The papers of the months that are over: each once, and a corrected one where rows came or were struck since.</summary>
    public int IssueEnded()
    {
        var today = LocalDay.Of(desk.Clock.GetUtcNow());
        var made = 0;
        foreach (var month in store.RegisterMonths(new(today.Year, today.Month, 1)))
        {
            if (PaperOf(month.Region, month.Month) is not { } paper || paper.Version.Reason != ToldOf(month))
            {
                Issue(month.Region, month.Month, names.HeadOf(month.Region)?.Id ?? 0);
                made++;
            }
        }

        return made;
    }

    /// <summary>The newest paper of a branch's month; nothing before it was made.</summary>
    public StoredDocument? PaperOf(string region, DateOnly month) => documents.Newest(SubjectOf(region, month));

    /// <summary>Makes the paper of a branch's month as the register stands now.</summary>
    [Law("MON-321:A2")]
    public StoredDocument Issue(string region, DateOnly month, long by)
    {
        var at = desk.Clock.GetUtcNow();
        // What it tells is asked first: a row that comes between the two leaves a paper that is corrected, never one that lacks a row and passes for current.
        var told = ToldOf(region, month);
        return documents.IssueCurrent(DocumentKind.UnconfirmedCaseRegister, region, LocalDay.Of(at), SubjectOf(region, month), null, by, desk.Journal.Head().Hash, told, FormOf(region, month).ToForm);
    }

    /// <summary>The register of a branch's month in the columns of annex 2, as it stands now.</summary>
    [Law("MON-321:A2")]
    public UnconfirmedCaseRegister FormOf(string region, DateOnly month)
    {
        var (policies, name) = (terms(desk.Clock.GetUtcNow()).Policies, names.Region(region));
        return new([.. store.Register(region: region, month: month).Select(r => new Documents.UnconfirmedCase(
            name, r.ProviderId, r.ProviderName, r.Card, r.PersonId, r.ServedOn, r.Cost, r.Service, r.EnteredOn(policies) ?? r.DetectedOn))]);
    }

    /// <summary>Whether a paper of a branch's month holds what the register holds now.</summary>
    public bool IsCurrent(StoredDocument paper, string region, DateOnly month) => paper.Version.Reason == ToldOf(region, month);

    private string ToldOf(string region, DateOnly month) => ToldOf(store.RegisterMonths(month.AddMonths(1)).FirstOrDefault(m => m.Region == region && m.Month == month) ?? new(region, month, 0, 0));

    private static string ToldOf(RegisterMonth month) => string.Create(CultureInfo.InvariantCulture, $"{month.Rows} жол, {month.Struck} сызылған");

    private void StrikeRejected(DateOnly today)
    {
        foreach (var part in store.Register().Where(c => c is { FindingId: > 0, ConfirmedOn: null }).Select(c => c.FindingId).Chunk(Part))
        {
            store.Strike([.. proceedings.Rows(part).Where(p => p.Effect == "pay_in_full").Select(p => p.Id)], today);
        }
    }

    /// <summary>The rows of cases, with what the records say of their lines; a line that is no longer there shows what its proceeding knows.</summary>
    private List<UnconfirmedCase> CasesOf(IReadOnlyList<ProceedingRow> rows)
    {
        var lines = rows.GroupBy(r => r.Month).SelectMany(g => BilledLine.Of(records, DateOnly.ParseExact(g.Key, "yyyy-MM-dd", CultureInfo.InvariantCulture), [.. g.Select(r => r.LineId).Distinct()]))
            .DistinctBy(l => l.Service).ToDictionary(l => l.Service);
        var providers = rows.Select(r => r.ProviderId).Distinct().ToDictionary(p => p, names.Provider);
        return [.. rows.Select(r =>
        {
            var line = lines.GetValueOrDefault(r.LineId);
            var detected = LocalDay.Of(DateTimeOffset.FromUnixTimeMilliseconds(r.DetectedAt));
            return new UnconfirmedCase(
                r.Id, r.Code, r.Territory, r.ProviderId, providers[r.ProviderId], line?.Contract ?? "", line?.Number ?? "", line?.Person ?? 0, line?.EndedOn ?? detected, new(r.Billed), new(r.AtRisk),
                r.LineId.ToString(CultureInfo.InvariantCulture), detected, r.Effect == "reduce" ? LocalDay.Of(DateTimeOffset.FromUnixTimeMilliseconds(r.Since)) : null);
        })];
    }
}

/// <summary>A line as it was billed, as far as papers name it.</summary>
/// <param name="Number">The provider's own number of the line: the account-register has no number of a card.</param>
public sealed record BilledLine(long Service, string Number, string Contract, long Person, DateOnly StartedOn, DateOnly EndedOn, Money Amount)
{
    /// <summary>Lines of a month by their services.</summary>
    public static IReadOnlyList<BilledLine> Of(IRecords records, DateOnly month, IReadOnlyCollection<long> services) => services.Count == 0 ? [] : records.Query(
        $"SELECT service_id, line_id, contract, person_id, started_on, ended_on, amount FROM known_service WHERE month = $1 AND service_id IN ({string.Join(", ", services.Select(s => s.ToString(CultureInfo.InvariantCulture)))}) ORDER BY service_id",
        r => new BilledLine(r.Long(0), r.TextOrNull(1) ?? "", r.TextOrNull(2) ?? "", r.Long(3), r.Day(4), r.Day(5), new Money(r.Long(6))), month);
}
