using System.Globalization;
using System.Text;
using Kepil.Fund.Desk;
using Kepil.Fund.Proceedings;
using Kepil.Law;

namespace Kepil.Fund.Unscheduled;

/// <summary>What people do with defects that came to light after payment.</summary>
public sealed partial class CaseWork
{
    private const string HiddenTaken = "hidden_taken";

    /// <summary>Latent defects that one round takes; those left wait for the next.</summary>
    private const int MostAtOnce = 500;

    /// <summary>Notes a latent defect of a service of a provider; the record of the service is fixed at once.</summary>
    [Law("MON-321:53")]
    public WordOutcome FindLatent(ReceivedWord word, Visitor by, long provider, SentLatent sent, string? language)
    {
        if (store.KnownWord(word) is { } known)
        {
            return known;
        }

        var line = LatentLine.Of(records, sent.Service, provider);
        if (line is not { } billed || Terms.Law.Classification.On(Terms.Today).Find(sent.Code ?? "") is null || sent.SumTiyn < 0)
        {
            return Refuse(word, 0, UnscheduledRefusals.NotFromHere, language);
        }

        var foundBefore = WasFoundBefore(provider, sent.Service, sent.Code!);
        var facts = new LatentFacts(
            provider, sent.Contract ?? billed.Contract ?? "", sent.Service.ToString(CultureInfo.InvariantCulture), sent.Code!, sent.PaidOn, foundBefore, sent.ContractWasBroken, sent.What ?? "",
            RegionOf(provider) ?? "", Keep(Encoding.UTF8.GetBytes(billed.Text)), billed.ServedOn, new(sent.SumTiyn));
        return Done(store.FindLatent(word, facts, ActorOf(by), Terms, Answer(language)));
    }

    /// <summary>What monitoring found on lines that were paid already becomes latent defects, each once; its month to tell the provider runs from the day on which it was found.</summary>
    [Law("MON-321:53")]
    private int TakeHidden()
    {
        if (Paid is null)
        {
            return 0;
        }

        var (last, taken) = (long.Parse(store.Mark(HiddenTaken) ?? "0", CultureInfo.InvariantCulture), 0);
        foreach (var hidden in proceedings.Hidden(last, MostAtOnce))
        {
            var month = DateOnly.ParseExact(hidden.Month, "yyyy-MM-dd", CultureInfo.InvariantCulture);
            if (LatentLine.Of(records, hidden.LineId, hidden.ProviderId) is { } line && Paid(month, [hidden.LineId]).TryGetValue(hidden.LineId, out var paidOn))
            {
                var word = new ReceivedWord(null, "system", string.Create(CultureInfo.InvariantCulture, $"hidden:{hidden.Id}"), "TakeHidden", hidden.SnapshotHash, DateTimeOffset.FromUnixTimeMilliseconds(hidden.DetectedAt));
                var named = Terms.Law.Classification.On(Terms.Today).Find(hidden.Code);
                // The defect is that care was billed which the classification takes back: that is the contract improperly performed.
                var facts = new LatentFacts(
                    hidden.ProviderId, line.Contract ?? "", hidden.LineId.ToString(CultureInfo.InvariantCulture), hidden.Code, paidOn, WasFoundBefore(hidden.ProviderId, hidden.LineId, hidden.Code), true,
                    named is null ? hidden.Code : named.Name.Ru, RegionOf(hidden.ProviderId) ?? "", Keep(Encoding.UTF8.GetBytes(line.Text)), line.ServedOn, new(hidden.AtRisk));
                taken += store.KnownWord(word) is null && !store.FindLatent(word, facts, Actor.System, Terms, Answer(null)).Again ? 1 : 0;
            }

            store.SetMark(HiddenTaken, hidden.Id.ToString(CultureInfo.InvariantCulture));
        }

        return taken;
    }

    /// <summary>A finding of monitoring before payment on the same service and code means that it was not hidden.</summary>
    private bool WasFoundBefore(long provider, long service, string code) =>
        proceedings.OfLine(service).Any(p => p.ProviderId == provider && p.Code == code && p.Track != "hidden");

    /// <summary>Tells the provider.</summary>
    public WordOutcome TellLatent(ReceivedWord word, Visitor by, long latent, SentChannel sent, string? language) =>
        Done(store.TellLatent(word, latent, sent.Channel, ActorOf(by), Terms, Answer(language)));

    /// <summary>Opens unscheduled monitoring for it, in which its measure is applied.</summary>
    public WordOutcome MonitorLatent(ReceivedWord word, Visitor by, long latent, SentOpening sent, string? language)
    {
        var facts = store.LatentOf(latent)!.Facts;
        var open = new OpenMonitoring(word.ReceivedAt, ActorOf(by), facts.ProviderId, facts.Region, sent.Ground, null, sent.Facts ?? facts.What, sent.Team ?? [], sent.FoundByProvider);
        return NotFit(open.Team, open.ProviderId, open.Region) is { } refusal ? Refuse(word, latent, refusal, language) : Done(store.MonitorLatent(word, latent, open, Terms, Answer(language)));
    }

    /// <summary>What analysis of a provider's activity found opens monitoring on the ground of a broken contract; what was paid already is a latent defect instead.</summary>
    [Law("MON-321:14")]
    [Law("MON-321:51.6")]
    public WordOutcome NoteAdditional(ReceivedWord word, Visitor by, long provider, SentAdditional sent, string? language)
    {
        var (actor, region) = (ActorOf(by), RegionOf(provider) ?? "");
        var finding = new AdditionalFinding(sent.Service ?? "", sent.Code ?? "", (sent.What ?? "").Trim(), new(sent.SumTiyn));
        var open = new OpenMonitoring(word.ReceivedAt, actor, provider, region, OpeningGround.ContractBreached, null, finding.What, sent.Team ?? []);
        return NotFit(open.Team, provider, region) is { } refusal
            ? Refuse(word, 0, refusal, language)
            : Done(store.OpenAdditional(word, open, new NoteAdditional(word.ReceivedAt, actor, finding), Terms, Answer(language)));
    }

    /// <summary>Penalties that conclusions claim, by their terms.</summary>
    public IReadOnlyList<ClaimAnswer> ClaimsOf(long? provider)
    {
        var (now, known) = (Now, Terms);
        return [.. store.WithMeasures(provider).SelectMany(id => PenaltyClaim.Of(store.ConclusionOf(id)!, store.EffectiveOn(id), known).Select(c => new ClaimAnswer(
            id, c.Conclusion, c.ProviderId, c.Contract, c.Clause, c.Sum.Tiyn, c.ClaimedOn, c.Term?.Last, c.Term is { } term && !term.Includes(now))))
            .OrderBy(c => c.Until ?? DateOnly.MaxValue).ThenBy(c => c.Conclusion)];
    }

    /// <summary>What the Fund owes by a term: in cases of this room, letters and conclusions on HIV care.</summary>
    public IReadOnlyList<OwedAct> Owed() => [.. store.Owed(), .. HivCare.Owed()];
}
