using Kepil.Fund.Desk;
using Kepil.Fund.Pages;
using Kepil.Fund.Unscheduled;
using Kepil.Fund.Visits;

namespace Kepil.Fund.Duties;

/// <summary>Where a provider stands against the limits on unconfirmed cases, and what follows: letters, signs of a crime, the early end of a contract.</summary>
public static class LimitActs
{
    /// <summary>Signed conclusions that are offered for signs of a crime at most, the newest first.</summary>
    private const int Most = 20;

    public static void Map(WebApplication app, VisitDesk desk)
    {
        app.MapGet("/providers/{provider:long}/limits", (long provider) => Show(desk, provider, null, null, null)).Needs(Right.SeeMonitorings, desk.WhoseProvider, seen: "LimitsSeen");
        app.MapPost("/providers/{provider:long}/sole-provider", (long provider, HttpContext context, PageLanguage language) => NoteSoleAsync(desk, provider, context, language)).Needs(Right.LeadMonitoring, desk.WhoseProvider);
        app.MapPost("/conclusions/{conclusion:long}/limit-letter", (long conclusion, HttpContext context, Visitor visitor, PageLanguage language) =>
            DoAsync(desk, conclusion, "limit-letter", context, language, (word, _) => desk.Work.SendLetter(word, visitor, conclusion, language.Code))).Needs(Right.LeadMonitoring, desk.WhoseConclusion);
        app.MapPost("/conclusions/{conclusion:long}/crime-signs", (long conclusion, HttpContext context, Visitor visitor, PageLanguage language) =>
            DoAsync(desk, conclusion, "crime-signs", context, language, (word, form) => desk.Work.TellCrime(word, visitor, conclusion, new(form["reasons"].ToString()), language.Code))).Needs(Right.TellCrime, desk.WhoseConclusion);
        app.MapPost("/conclusions/{conclusion:long}/contract-ending", (long conclusion, HttpContext context, Visitor visitor, PageLanguage language) =>
            DoAsync(desk, conclusion, "contract-ending", context, language, (word, form) => desk.Work.EndContract(word, visitor, conclusion, new(form["reasons"].ToString()), language.Code))).Needs(Right.EndContract, desk.WhoseConclusion);
    }

    private static IResult Show(VisitDesk desk, long provider, string? act, string? doubt, IFormCollection? form)
    {
        if (desk.Work.RegionOf(provider) is not { } region)
        {
            return MessageEndpoints.NotFound();
        }

        var told = desk.Work.LimitsOf(provider);
        var conclusions = desk.Store.CasesOf(provider, "conclusion").ToDictionary(c => c.Number);
        var letters = told.Letters.Where(l => conclusions.ContainsKey(l.Conclusion)).Select(l => new LimitLetter(l, conclusions[l.Conclusion])).ToList();
        var endings = letters.Select(l => l.Case).DistinctBy(c => c.Id).Select(c => (Case: c, Ground: desk.Store.OutcomeOf(c.Number)?.Termination)).Where(t => t.Ground is not null)
            .DistinctBy(t => t.Ground!.Contract).Select(t => new LimitEnding(t.Case, t.Ground!, desk.Store.EndingOf(provider, t.Ground!.Contract))).ToList();
        var suspects = conclusions.Values.Where(c => c.Stage is not ("Drafted" or "Discarded") && !letters.Any(l => l.Case.Id == c.Id && l.Letter.Grounds.Any(g => g.Outcome == Thresholds.CrimeOutcome)))
            .OrderByDescending(c => c.Id).Take(Most).ToList();
        var open = desk.Store.Register(provider).Where(c => c.ConcludedOn is null).Select(c => c.Contract).Distinct().Order(StringComparer.Ordinal)
            .Select(c => (Contract: c, Cases: desk.Store.NotConcluded(provider, c))).Where(c => c.Cases.Count > 0).Select(c => new OpenCases(c.Contract, c.Cases.Count, c.Cases.Sum(x => x.Cost.Tiyn))).ToList();
        return VisitDesk.Page<LimitsPage>(doubt,
            (nameof(LimitsPage.Provider), desk.ProviderOf(provider)), (nameof(LimitsPage.Region), region), (nameof(LimitsPage.Limits), told.Limits), (nameof(LimitsPage.Letters), letters), (nameof(LimitsPage.Endings), endings), (nameof(LimitsPage.Suspects), suspects),
            (nameof(LimitsPage.Open), open), (nameof(LimitsPage.Sole), desk.Store.SoleOn(provider, desk.Terms.Today)), (nameof(LimitsPage.Now), desk.Now), (nameof(LimitsPage.Terms), desk.Terms),
            (nameof(LimitsPage.Act), act), (nameof(LimitsPage.Doubt), doubt), (nameof(LimitsPage.Form), form), (nameof(LimitsPage.Token), VisitDesk.NewToken()));
    }

    private static async Task<IResult> DoAsync(VisitDesk desk, long conclusion, string act, HttpContext context, PageLanguage language, Func<ReceivedWord, IFormCollection, WordOutcome> done)
    {
        if (desk.Store.CaseOf(conclusion) is not { Kind: "conclusion" } one)
        {
            return MessageEndpoints.NotFound();
        }

        var form = await context.Request.ReadFormAsync();
        return VisitDesk.DoubtOf(done(VisitDesk.WordOf(context, act, form, desk.Now), form), language) is { } doubt
            ? Show(desk, one.ProviderId, FormattableString.Invariant($"{conclusion}/{act}"), doubt, form)
            : Results.Redirect(DutyEndpoints.LimitsPath(one.ProviderId));
    }

    private static async Task<IResult> NoteSoleAsync(VisitDesk desk, long provider, HttpContext context, PageLanguage language)
    {
        var form = await context.Request.ReadFormAsync();
        var sent = new SentSoleProvider(form["district"], form["care"], form["entry"], VisitDesk.DayOf(form["from"]) ?? desk.Terms.Today, VisitDesk.DayOf(form["to"]));
        return VisitDesk.DoubtOf(desk.Work.NoteSole(VisitDesk.WordOf(context, "sole-provider", form, desk.Now), provider, sent, language.Code), language) is { } doubt
            ? Show(desk, provider, "sole-provider", doubt, form)
            : Results.Redirect(DutyEndpoints.LimitsPath(provider));
    }
}

/// <summary>A letter with the conclusion that set it off.</summary>
public sealed record LimitLetter(LetterAnswer Letter, UnscheduledCase Case);

/// <summary>A ground for ending a contract, with the decision if there is one.</summary>
public sealed record LimitEnding(UnscheduledCase Case, TerminationGround Ground, ContractEndingDecided? Decided);

/// <summary>Cases of a contract that stand in the register and in no conclusion yet.</summary>
public sealed record OpenCases(string Contract, int Cases, long Cost);
