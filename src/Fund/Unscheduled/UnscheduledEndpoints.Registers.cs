using System.ComponentModel;
using System.Globalization;
using Kepil.Fund.Desk;
using Kepil.Fund.Proceedings;

namespace Kepil.Fund.Unscheduled;

/// <summary>The register of unconfirmed cases, the limits, and conclusions on mortality.</summary>
public static partial class UnscheduledEndpoints
{
    private static void MapRegisters(RouteGroupBuilder group, CaseWork work)
    {
        group.MapGet("/registers/{region}/{month}", (string region, string month) => MonthOf(month) is { } day ? Told(work.RegisterOf(region, day)) : Results.NotFound())
            .WithName("SeeRegister").WithSummary("The register of unconfirmed cases (annex 2) of a branch for a month of confirmation, by contracts, with its paper.").Produces<RegisterAnswer>()
            .Needs(Right.SeeMonitorings, Region, seen: "RegisterSeen");
        Act<SentNothing>(group, "/registers/{region}/{month}/paper", "IssueRegister", "Makes the paper of the register as it stands now; for a month that is over the clock makes it.", Right.LeadMonitoring, Region,
            (word, _, context, lang) => work.IssueRegister(word, Gate.VisitorOf(context), Text(context, "region"), MonthOf(Text(context, "month")) ?? throw new FormatException("The month is written 2026-10."), lang));
        group.MapGet("/providers/{provider:long}/limits", (long provider) => Told(work.LimitsOf(provider)))
            .WithName("SeeLimits").WithSummary("Where a provider stands against 200 and 800 monthly indices, by month and contract, with letters and grounds for ending a contract.").Produces<LimitsAnswer>()
            .Needs(Right.SeeMonitorings, Provider);
        Act<SentUnconfirmed>(group, "/providers/{provider:long}/unconfirmed-conclusions", "ConcludeUnconfirmed", "Writes the conclusion of annex 3 out of the register: the cases of a contract that no conclusion holds yet.", Right.LeadMonitoring, Provider,
            (word, sent, context, lang) => work.ConcludeUnconfirmed(word, Gate.VisitorOf(context), context.Number("provider"), sent, lang));
        Act<SentSoleProvider>(group, "/providers/{provider:long}/sole-provider", "NoteSoleProvider", "Notes that a provider is the only one of its kind in an administrative unit.", Right.LeadMonitoring, Provider,
            (word, sent, context, lang) => work.NoteSole(word, context.Number("provider"), sent, lang));
        Act<SentForeign>(group, "/providers/{provider:long}/foreign-contract", "NoteForeignContract", "Notes that an organisation treats citizens abroad under a contract with the Fund: it is not monitored.", Right.LeadMonitoring, Provider,
            (word, sent, context, lang) => work.NoteForeign(word, Gate.VisitorOf(context), context.Number("provider"), sent, lang));
        group.MapGet("/letters", (HttpContext context) =>
                Told(work.LettersOf(null).Where(l => work.Store.CaseOf("conclusion", l.Conclusion) is { } one && Gate.VisitorOf(context).May(Right.SeeMonitorings, new Owner(null, one.Region, []))).ToList()))
            .WithName("ListLetters").WithSummary("Letters to law enforcement with their grounds and terms, the most pressing first.").Produces<IReadOnlyList<LetterAnswer>>().Needs(Right.SeeMonitorings, _ => Owner.OfRows);
        Act<SentNothing>(group, "/conclusions/{conclusion:long}/limit-letter", "SendLetter", "Notes that the letter to law enforcement went.", Right.LeadMonitoring, Conclusion,
            (word, _, context, lang) => work.SendLetter(word, Gate.VisitorOf(context), context.Number("conclusion"), lang));
        Act<SentReasons>(group, "/conclusions/{conclusion:long}/crime-signs", "TellCrime", "Signs of a crime: law enforcement is told whatever the sum.", Right.TellCrime, Conclusion,
            (word, sent, context, lang) => work.TellCrime(word, Gate.VisitorOf(context), context.Number("conclusion"), sent, lang));
        Act<SentReasons>(group, "/conclusions/{conclusion:long}/contract-ending", "EndContract", "Decides that the contract is ended early, where a repeat above the limit is a ground for it.", Right.EndContract, Conclusion,
            (word, sent, context, lang) => work.EndContract(word, Gate.VisitorOf(context), context.Number("conclusion"), sent, lang));

        Owner? Region(HttpContext context) => new(null, Text(context, "region"), []);

        Owner? Provider(HttpContext context) => new(context.Number("provider"), work.RegionOf(context.Number("provider")), []);

        Owner? Conclusion(HttpContext context) => work.Store.CaseOf(context.Number("conclusion")) is { Kind: "conclusion" } one ? new Owner(null, one.Region, []) : null;
    }

    private static void MapDeaths(RouteGroupBuilder group, CaseWork work)
    {
        group.MapGet("/deaths", (
                HttpContext context, [Description("true: those alone whose conclusion is owed.")] bool? owed, [Description("The last number of the part before.")] long? after) =>
                Told(work.Deaths.Of(null, owed ?? false, after ?? 0, Most).Where(d => Gate.VisitorOf(context).May(Right.SeeMonitorings, new Owner(null, d.Region, []))).ToList()))
            .WithName("ListDeaths").WithSummary("Deaths that current monitoring covers, with the conclusions on mortality that are owed.").Produces<IReadOnlyList<DeathCase>>().Needs(Right.SeeMonitorings, _ => Owner.OfRows, seen: "DeathsSeen");
        group.MapGet("/deaths/{proceeding:long}", (long proceeding) => work.Deaths.Find(proceeding) is { } death ? Told(death) : Results.NotFound())
            .WithName("SeeDeath").WithSummary("A death with what the system fills into the conclusion on mortality.").Produces<DeathCase>().Needs(Right.SeeMonitorings, Death, seen: "DeathSeen");
        Act<SentMortality>(group, "/deaths/{proceeding:long}/conclusion", "ConcludeDeath", "Makes the conclusion on mortality (annex 5) and puts it to the case.", Right.LeadMonitoring, Death,
            (word, sent, context, lang) => work.ConcludeDeath(word, Gate.VisitorOf(context), context.Number("proceeding"), sent, lang));

        Owner? Death(HttpContext context) => work.Deaths.OwnerOf(context.Number("proceeding"));
    }

    private static string Text(HttpContext context, string name) => (string)context.Request.RouteValues[name]!;

    private static DateOnly? MonthOf(string text) => DateOnly.TryParseExact(text + "-01", "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var month) ? month : null;
}
