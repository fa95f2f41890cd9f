using System.Globalization;
using Kepil.Fund.Desk;
using Kepil.Fund.Pages;
using Kepil.Fund.Unscheduled;
using Kepil.Fund.Visits;

namespace Kepil.Fund.Duties;

/// <summary>Latent defects: noting one on a service that was paid, telling the provider, opening the monitoring in which the measure is applied.</summary>
public static class LatentActs
{
    /// <summary>Services with one number that are offered at most.</summary>
    private const int Most = 20;

    public static void Map(WebApplication app, VisitDesk desk)
    {
        app.MapGet("/providers/{provider:long}/latent-defect", (long provider, string? line) => Form(desk, provider, line, null, null)).Needs(Right.LeadMonitoring, desk.WhoseProvider, seen: "ServicesSeen");
        app.MapPost("/providers/{provider:long}/latent-defect", (long provider, HttpContext context, Visitor visitor, PageLanguage language) => FindAsync(desk, provider, context, visitor, language)).Needs(Right.LeadMonitoring, desk.WhoseProvider);
        app.MapGet("/latent/{latent:long}", (long latent, PageLanguage language) => Show(desk, latent, null, null, null, language)).Needs(Right.SeeMonitorings, Whose, seen: "LatentSeen");
        app.MapPost("/latent/{latent:long}/{act}", (long latent, string act, HttpContext context, Visitor visitor, PageLanguage language) => DoAsync(desk, latent, act, context, visitor, language)).Needs(Right.LeadMonitoring, Whose);

        Owner? Whose(HttpContext context) => desk.Store.CaseOf(context.Number("latent")) is { Kind: "latent" } one ? new Owner(one.ProviderId, one.Region, []) : null;
    }

    private static IResult Form(VisitDesk desk, long provider, string? line, string? doubt, IFormCollection? form)
    {
        if (desk.Work.RegionOf(provider) is null)
        {
            return MessageEndpoints.NotFound();
        }

        var asked = line?.Trim() ?? "";
        var number = long.TryParse(asked, NumberStyles.None, CultureInfo.InvariantCulture, out var read) ? read : 0;
        var found = asked.Length == 0 ? [] : desk.Records.Query(
            $"SELECT service_id, line_id, month, person_id, service_code, ended_on, amount, contract FROM known_service WHERE provider_id = $1 AND (line_id = $2 OR service_id = $3) ORDER BY month DESC, service_id LIMIT {Most}",
            r => new PaidLine(r.Long(0), r.TextOrNull(1) ?? "", r.Day(2), r.Long(3), r.TextOrNull(4) ?? "", r.Day(5), r.Long(6), r.TextOrNull(7) ?? ""), provider, asked, number);
        return VisitDesk.Page<LatentFormPage>(doubt,
            (nameof(LatentFormPage.Provider), desk.ProviderOf(provider)), (nameof(LatentFormPage.Asked), asked), (nameof(LatentFormPage.Found), found), (nameof(LatentFormPage.Classification), desk.Terms.Law.Classification.On(desk.Terms.Today)),
            (nameof(LatentFormPage.Last), desk.Terms.Of(Proceedings.TermName.HiddenDefectNotice, desk.Terms.Today).Last), (nameof(LatentFormPage.Doubt), doubt), (nameof(LatentFormPage.Form), form), (nameof(LatentFormPage.Token), VisitDesk.NewToken()));
    }

    private static async Task<IResult> FindAsync(VisitDesk desk, long provider, HttpContext context, Visitor visitor, PageLanguage language)
    {
        var form = await context.Request.ReadFormAsync();
        string? doubt = null;
        if (!long.TryParse(form["service"], NumberStyles.None, CultureInfo.InvariantCulture, out var service))
        {
            doubt = language["Latent.NoService"];
        }
        else if (ConclusionDraft.Sum(form["sum"].ToString()) is not { } sum)
        {
            doubt = language["Conclusion.SumWrong"];
        }
        else
        {
            var sent = new SentLatent(service, null, form["code"].ToString().Trim(), VisitDesk.DayOf(form["paid"]), form["broken"] == "1", form["what"].ToString().Trim(), sum);
            var outcome = desk.Work.FindLatent(VisitDesk.WordOf(context, "latent-defects", form, desk.Now), visitor, provider, sent, language.Code);
            doubt = VisitDesk.DoubtOf(outcome, language);
            if (doubt is null)
            {
                return Results.Redirect(FormattableString.Invariant($"/latent/{outcome.Receipt.CaseId}"));
            }
        }

        return Form(desk, provider, form["line"], doubt, form);
    }

    private static IResult Show(VisitDesk desk, long id, string? act, string? doubt, IFormCollection? form, PageLanguage language) =>
        desk.Store.LatentOf(id) is not { } state || desk.Store.CaseOf(id) is not { Kind: "latent" } one ? MessageEndpoints.NotFound() : VisitDesk.Page<LatentPage>(doubt,
            (nameof(LatentPage.Case), one), (nameof(LatentPage.State), state), (nameof(LatentPage.Provider), desk.ProviderOf(one.ProviderId)), (nameof(LatentPage.Monitoring), state.Monitoring is { } monitoring ? desk.Store.CaseOf(monitoring) : null),
            (nameof(LatentPage.Steps), DutyStep.Of(desk.Store.LatentEvents(id), language)), (nameof(LatentPage.Papers), desk.PapersOf(one)), (nameof(LatentPage.Team), desk.MayMonitor(one.Region)),
            (nameof(LatentPage.Recovery), desk.Terms.Law.Policies["recovery"].Words.TryGetValue(state.Recovery ?? desk.Terms.Policies["recovery"], out var words) ? language.Text(words) : state.Recovery ?? ""),
            (nameof(LatentPage.Now), desk.Now), (nameof(LatentPage.Terms), desk.Terms), (nameof(LatentPage.Act), act), (nameof(LatentPage.Doubt), doubt), (nameof(LatentPage.Form), form), (nameof(LatentPage.Token), VisitDesk.NewToken()));

    private static async Task<IResult> DoAsync(VisitDesk desk, long id, string act, HttpContext context, Visitor visitor, PageLanguage language)
    {
        var form = await context.Request.ReadFormAsync();
        var word = VisitDesk.WordOf(context, act, form, desk.Now);
        WordOutcome? outcome = null;
        if (act == "notice")
        {
            outcome = desk.Work.TellLatent(word, visitor, id, new(VisitDesk.ChannelOf(form["channel"])), language.Code);
        }
        else if (act == "monitoring" && Enum.TryParse<OpeningGround>(form["ground"], out var ground) && Enum.IsDefined(ground))
        {
            List<long> team = [.. form["team"].Select(t => long.TryParse(t, NumberStyles.None, CultureInfo.InvariantCulture, out var user) ? user : 0).Where(u => u > 0)];
            outcome = desk.Work.MonitorLatent(word, visitor, id, new(ground, null, form["facts"].ToString() is { Length: > 0 } facts ? facts : null, team, form["found-by-provider"] == "1", null), language.Code);
        }

        return outcome is null ? MessageEndpoints.NotFound()
            : VisitDesk.DoubtOf(outcome, language) is { } doubt ? Show(desk, id, act, doubt, form, language)
            : Results.Redirect(FormattableString.Invariant($"/latent/{id}"));
    }
}

/// <summary>A service of a provider in the records, on which a latent defect may be noted.</summary>
public sealed record PaidLine(long Id, string Line, DateOnly Month, long Person, string Service, DateOnly On, long Amount, string Contract);
