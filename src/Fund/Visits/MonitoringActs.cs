using System.Globalization;
using System.Text.Json;
using Kepil.Fund.Desk;
using Kepil.Fund.Pages;
using Kepil.Fund.Proceedings;
using Kepil.Fund.Unscheduled;
using Microsoft.AspNetCore.Mvc;

namespace Kepil.Fund.Visits;

/// <summary>The page of one monitoring with its next lawful acts, each a form.</summary>
public static class MonitoringActs
{
    /// <summary>Bytes of one act with its files at most.</summary>
    private const long MostBytes = 40L << 20;

    /// <summary>Questions to a patient that one form takes at most.</summary>
    public const int Questions = 5;

    /// <summary>The ways that a person notes; the others follow from what was done.</summary>
    public static readonly IReadOnlyList<MonitoringWay> NotedByHand = [MonitoringWay.DataStudy, MonitoringWay.FundSystem];

    public static void Map(WebApplication app, VisitDesk desk)
    {
        app.MapGet("/monitorings/{monitoring:long}", (long monitoring, HttpContext context, PageLanguage language) =>
        {
            context.Response.Headers.ContentSecurityPolicy = FundWeb.PolicyWithPapers;
            return Show(desk, monitoring, null, null, null, language);
        }).Needs(Right.SeeMonitorings, desk.WhoseMonitoring, seen: "MonitoringSeen");
        app.MapPost("/monitorings/{monitoring:long}/{act}", (long monitoring, string act, HttpContext context, Visitor visitor, PageLanguage language) => DoAsync(desk, monitoring, act, context, visitor, language))
            .WithMetadata(new RequestSizeLimitAttribute(MostBytes)).Needs(Right.LeadMonitoring, desk.WhoseMonitoring);
        app.MapGet("/monitorings/{monitoring:long}/files/{hash}", (long monitoring, string hash, HttpContext context) =>
                desk.Download(context, desk.Store.MonitoringOf(monitoring)?.Requests.SelectMany(r => r.Papers).FirstOrDefault(p => p.Hash == hash)))
            .Needs(Right.SeeMonitorings, desk.WhoseMonitoring, seen: "PaperTaken");
    }

    private static IResult Show(VisitDesk desk, long id, string? act, string? doubt, IFormCollection? form, PageLanguage language) =>
        desk.Store.MonitoringOf(id) is not { } state || desk.Store.CaseOf(id) is not { } one ? MessageEndpoints.NotFound() : VisitDesk.Page<MonitoringPage>(doubt,
            (nameof(MonitoringPage.Case), one), (nameof(MonitoringPage.State), state), (nameof(MonitoringPage.Steps), VisitStep.Of(desk.Store.MonitoringEvents(id), language)),
            (nameof(MonitoringPage.Papers), desk.PapersOf(one)), (nameof(MonitoringPage.ShownAs), desk.ShownAs), (nameof(MonitoringPage.Provider), desk.ProviderOf(state.ProviderId)), (nameof(MonitoringPage.Names), desk.Names()),
            (nameof(MonitoringPage.Conclusions), ConclusionsOf(desk, state)), (nameof(MonitoringPage.Now), desk.Now), (nameof(MonitoringPage.Terms), desk.Terms),
            (nameof(MonitoringPage.Draft), desk.Drafts.Find(id)), (nameof(MonitoringPage.Act), act), (nameof(MonitoringPage.Doubt), doubt), (nameof(MonitoringPage.Form), form), (nameof(MonitoringPage.Token), VisitDesk.NewToken()));

    /// <summary>The conclusions that ended a monitoring: that of annex 4, that of annex 3, or both.</summary>
    private static IReadOnlyList<UnscheduledCase> ConclusionsOf(VisitDesk desk, UnscheduledMonitoring state) => state.Conclusion is not { } number ? [] :
        [.. new[] { number, CaseNumber.OfUnconfirmed(number) }.Select(n => desk.Store.CaseOf("conclusion", n)).OfType<UnscheduledCase>()];

    private static async Task<IResult> DoAsync(VisitDesk desk, long id, string act, HttpContext context, Visitor visitor, PageLanguage language)
    {
        if (desk.Store.MonitoringOf(id) is not { } state)
        {
            return MessageEndpoints.NotFound();
        }

        var form = await context.Request.ReadFormAsync();
        var (papers, doubt) = act == "received-documents" ? desk.Keep(form, "paper", language) : ([], null);
        doubt ??= act == "surveys" && SearchWords.Identity(form["iin"].ToString()) is null ? language["Survey.NoIin"] : null;
        var word = VisitDesk.WordOf(context, act, form, desk.Now, [.. papers.Select(p => p.Hash)]);
        if (doubt is null)
        {
            if (Outcome(desk, id, act, form, word, visitor, papers, language) is not { } outcome)
            {
                return MessageEndpoints.NotFound();
            }

            doubt = VisitDesk.DoubtOf(outcome, language);
        }

        return doubt is null ? Results.Redirect(FormattableString.Invariant($"/monitorings/{id}")) : Show(desk, id, act, doubt, form, language);
    }

    private static WordOutcome? Outcome(VisitDesk desk, long id, string act, IFormCollection form, ReceivedWord word, Visitor visitor, IReadOnlyList<Paper> papers, PageLanguage language)
    {
        if (act == "records")
        {
            var today = LocalDay.Of(word.ReceivedAt);
            return desk.Work.Fix(word, visitor, id, new(VisitDesk.DayOf(form["from"]) ?? today, VisitDesk.DayOf(form["to"]) ?? today), language.Code);
        }

        return Command(act, form, word.ReceivedAt, CaseWork.ActorOf(visitor), papers) is { } command ? desk.Work.Act(word, id, command, language.Code) : null;
    }

    /// <summary>What a form asks for; nothing for an act that there is not.</summary>
    private static MonitoringCommand? Command(string act, IFormCollection form, DateTimeOffset at, Actor by, IReadOnlyList<Paper> papers)
    {
        var (on, place, channel) = (VisitDesk.DayOf(form["on"]) ?? LocalDay.Of(at), form["place"].ToString().Trim(), VisitDesk.ChannelOf(form["channel"]));
        return act switch
        {
            "requests" => new AskForDocuments(at, by, form["what"].ToString(), channel, int.TryParse(form["days"], NumberStyles.None, CultureInfo.InvariantCulture, out var days) && days > 0 ? days : null),
            "received-documents" => new HandDocuments(at, by, int.TryParse(form["request"], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0, papers),
            "visits" => new PlanVisit(at, by, on, place, [.. form["person"].Select(p => long.TryParse(p, NumberStyles.None, CultureInfo.InvariantCulture, out var person) ? person : 0).Where(p => p > 0)]),
            "visit-notice" => new AnnounceVisit(at, by, on, place, channel),
            "made-visits" => new MakeVisit(at, by, on, place),
            "dropped-visits" => new DropVisit(at, by, on, place),
            "interruptions" => new InterruptMonitoring(at, by, CauseOf(form["cause"]), form["document"].ToString().Trim(), on, VisitDesk.DayOf(form["until"]) ?? DateOnly.MinValue, form["kind"] != "extend"),
            "interruption-notice" => new AnnounceInterruption(at, by, channel),
            "ways" => new NoteWay(at, by, Of<MonitoringWay>(form["way"]), form["what"].ToString()),
            "surveys" => new AskPatient(at, by, SearchWords.Identity(form["iin"].ToString()) ?? 0, Of<SurveyWay>(form["way"]), form["contact"].ToString(), VisitDesk.DayOf(form["on"]) ?? DateOnly.MaxValue, Answers(form), form["denies"] == "1"),
            "resumption" => new ResumeMonitoring(at, by),
            "withdrawal" => new WithdrawAppeal(at, by, form["number"].ToString().Trim()),
            "termination-notice" => new AnnounceTermination(at, by, channel),
            _ => null,
        };
    }

    /// <summary>The questions that were asked; a line with neither question nor answer was not filled in.</summary>
    private static List<SurveyAnswer> Answers(IFormCollection form) => [.. Enumerable.Range(1, Questions)
        .Select(n => new SurveyAnswer(form[$"question-{n}"].ToString(), form[$"answer-{n}"].ToString()))
        .Where(a => !string.IsNullOrWhiteSpace(a.Question) || !string.IsNullOrWhiteSpace(a.Answer))];

    /// <summary>A choice as forms and the interface write it: data_study.</summary>
    public static string Word<T>(T choice)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(choice.ToString());

    private static T Of<T>(string? word)
        where T : struct, Enum => Enum.GetValues<T>().FirstOrDefault(choice => Word(choice) == word);

    private static InterruptionCause CauseOf(string? text) => text switch { "sanitary_decree" => InterruptionCause.SanitaryDecree, "emergency" => InterruptionCause.Emergency, _ => InterruptionCause.CourtDecision };
}
