using System.Globalization;
using Kepil.Fund.Desk;
using Kepil.Fund.Pages;
using Kepil.Fund.Proceedings;
using Kepil.Fund.Unscheduled;
using Kepil.Law;

namespace Kepil.Fund.Visits;

/// <summary>Outages of the Fund's system by its letter: one enters, another confirms, and the page says which terms become longer.</summary>
public static class OutagePages
{
    /// <summary>Terms that a page lists at most.</summary>
    private const int Most = 100;

    public static void Map(WebApplication app, VisitDesk desk)
    {
        var outages = app.Services.GetRequiredService<OutageStore>();
        app.MapGet("/outages", (long? outage) => Show(desk, outages, outage, null, null)).Needs(Right.SeeOutages);
        app.MapGet("/outages.xlsx", (Visitor visitor, PageLanguage language) => Results.File(VisitSheet.Of(All(desk, outages), visitor, desk, language).ToXlsx(), FindingSheet.XlsxType, "kepil-outages.xlsx")).Needs(Right.SeeOutages, seen: "OutagesTaken");
        app.MapPost("/outages", (HttpContext context, Visitor visitor, PageLanguage language) => EnterAsync(desk, outages, context, visitor, language)).Needs(Right.EnterOutage);
        app.MapPost("/outages/{outage:long}", (long outage, HttpContext context, Visitor visitor, PageLanguage language) => DecideAsync(desk, outages, outage, context, visitor, language)).Needs(Right.ConfirmOutage);
    }

    private static IResult Show(VisitDesk desk, OutageStore outages, long? chosen, string? doubt, IFormCollection? form)
    {
        var all = All(desk, outages);
        var open = chosen is { } id ? all.FirstOrDefault(o => o.Entry.Id == id) : null;
        return VisitDesk.Page<OutagesPage>(doubt,
            (nameof(OutagesPage.Outages), all), (nameof(OutagesPage.Chosen), open), (nameof(OutagesPage.Effects), open is null ? [] : EffectOf(desk, outages, open)), (nameof(OutagesPage.Doubt), doubt), (nameof(OutagesPage.Form), form));
    }

    private static List<ShownOutage> All(VisitDesk desk, OutageStore outages)
    {
        var (terms, names) = (desk.Terms, desk.Names());
        return [.. outages.All().Select(o => new ShownOutage(
            o.Entry, o.Decision, [.. new Terms(terms.Law, terms.Today, [o.Entry.ToOutage()]).OutageDays.Where(terms.Calendar.IsWorkingDay)], o.Decision is null ? 0 : outages.CountCases(o.Entry.Id),
            names.GetValueOrDefault(o.Entry.EnteredBy, "–"), o.Decision is { } d ? names.GetValueOrDefault(d.DecidedBy, "–") : null, OutagePapers.TermOf(o.Entry.ToOutage(), terms)))];
    }

    /// <summary>Terms that become longer: foreseen while it waits for the second person, touched afterwards.</summary>
    [Law("MON-321:9.1")]
    private static IReadOnlyList<OutageEffect> EffectOf(VisitDesk desk, OutageStore outages, ShownOutage one) => one.Decision switch
    {
        { Confirmed: 1 } => [.. outages.Cases(one.Entry.Id, 0, Most).Select(c => new OutageEffect(c.Kind, c.CaseId, c.Term, Day(c.Was), Day(c.Now)))],
        null => desk.Proceedings.Foresee(new Terms(desk.Terms.Law, desk.Terms.Today, [.. desk.Terms.Outages, one.Entry.ToOutage()]), 0, Most),
        _ => [],
    };

    [Law("MON-321:9.2")]
    private static async Task<IResult> EnterAsync(VisitDesk desk, OutageStore outages, HttpContext context, Visitor visitor, PageLanguage language)
    {
        var form = await context.Request.ReadFormAsync();
        if (MomentOf(form["from"]) is not { } from || MomentOf(form["to"]) is not { } to)
        {
            return Show(desk, outages, null, language["Outages.NoHours"], form);
        }

        var (entry, refusal) = outages.Enter(new(from, to, form["number"].ToString(), VisitDesk.DayOf(form["letter-on"]) ?? DateOnly.MinValue), form["systems"].ToString(), form["reason"].ToString(), visitor.User!.Id, desk.Now);
        return entry is null ? Show(desk, outages, null, Sentence(language.Text(refusal!.Text)), form) : Results.Redirect(FormattableString.Invariant($"/outages?outage={entry.Id}"));
    }

    [Law("MON-321:9.2")]
    private static async Task<IResult> DecideAsync(VisitDesk desk, OutageStore outages, long id, HttpContext context, Visitor visitor, PageLanguage language)
    {
        var form = await context.Request.ReadFormAsync();
        if (form["decision"].ToString() is not ("confirm" or "refuse"))
        {
            return Results.Redirect(FormattableString.Invariant($"/outages?outage={id}"));
        }

        var at = desk.Now;
        var (decision, refusal) = outages.Decide(id, form["decision"] == "confirm", form["reasons"].ToString(), visitor.User!.Id, at);
        if (decision is null)
        {
            return Show(desk, outages, id, Sentence(language.Text(refusal!.Text)), form);
        }

        // The watch makes the same passes again if these are broken off.
        desk.Proceedings.CountOutages(at, desk.Terms);
        desk.Store.CountOutages(at, desk.Terms);
        desk.Work.Outages.MakeAll();
        return Results.Redirect(FormattableString.Invariant($"/outages?outage={id}"));
    }

    /// <summary>A day and time of the country, as a field of the page gives it.</summary>
    private static DateTimeOffset? MomentOf(string? text) => DateTime.TryParseExact(text, ["yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var local)
        ? LocalDay.At(DateOnly.FromDateTime(local), TimeOnly.FromDateTime(local)) : null;

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Sentence(string text) => char.ToUpper(text[0], CultureInfo.InvariantCulture) + text[1..] + ".";
}

/// <summary>An outage as its page shows it.</summary>
/// <param name="Days">Working days that it takes out of running terms.</param>
/// <param name="Cases">Terms that became longer by it.</param>
/// <param name="Owed">Until when its letter was to be written.</param>
public sealed record ShownOutage(OutageEntry Entry, OutageDecision? Decision, IReadOnlyList<DateOnly> Days, int Cases, string EnteredBy, string? DecidedBy, Term Owed)
{
    /// <summary>Whether the letter came after its term.</summary>
    public bool IsLate => Entry.ToOutage().LetterOn > Owed.Last;

    /// <summary>entered, confirmed or refused.</summary>
    public string State => Decision is null ? "entered" : Decision.Confirmed == 1 ? "confirmed" : "refused";
}
