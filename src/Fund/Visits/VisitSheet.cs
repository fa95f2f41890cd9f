using Kepil.Fund.Desk;
using Kepil.Fund.Pages;
using Kepil.Fund.Proceedings;
using Kepil.Fund.Unscheduled;

namespace Kepil.Fund.Visits;

/// <summary>The lists of unscheduled monitoring as spreadsheets: the Fund's with its filter, the provider's with what came to it.</summary>
public static class VisitSheet
{
    public static FindingSheet Of(VisitList list, Visitor visitor, VisitDesk desk, PageLanguage language)
    {
        List<string> head = [language["Visits.Number"], language["Visits.Ground"], language["Col.Provider"], language["Col.Bin"], language["Visits.Region"], language["Col.State"], language["Visits.Turn"], language["Office.Until"], language["Visits.View.overdue"]];
        List<object?[]> cells =
        [
            .. list.Rows.Select(r => new object?[]
            {
                r.Case.Number, language["Ground.Short." + r.Ground], language.Name(r.Provider.NameKk, r.Provider.NameRu), PageLanguage.Identity(r.Provider.Id), RegionOf(desk, r.Case.Region, language), language["Visit.Stage." + r.Stage],
                r.Next is { } next ? language["Visit.Owner." + next.Owner] : null, r.Next?.Term.Last, r.IsOverdue(desk.Now) ? "+" : "",
            }),
        ];
        return new(
            head, cells,
            [
                (language["Visits.Title"], language["Visits.View." + list.View]), (language["Visits.Region"], list.Region is { } own ? RegionOf(desk, own, language) : language["Visits.AllRegions"]),
                .. Made(cells.Count, visitor, desk, language),
            ],
            [18, 44, 44, 16, 24, 26, 20, 14, 12], language, language["Visits.Title"]);
    }

    /// <summary>Conclusions that came to a provider.</summary>
    public static FindingSheet Of(IReadOnlyList<(long Id, Conclusion State)> papers, string? view, Visitor visitor, VisitDesk desk, PageLanguage language)
    {
        List<string> head = [language["Visits.Number"], language["Conclusion.ReceivedOn"], language["Channel.Label"], language["Col.State"], language["Visits.Turn"], language["Office.Until"], language["Sum.Withheld"] + ", ₸", language["Editor.Penalty"] + ", ₸"];
        List<object?[]> cells =
        [
            .. papers.Select(p => new object?[]
            {
                p.State.Head.Number, p.State.ReceivedOn, p.State.SentBy is { } channel ? language["Channel." + channel] : null, language["Visit.Stage." + p.State.Stage],
                p.State.Next is { } next ? language[next.Owner == Party.Provider ? "Received.Yours" : "Visit.Owner." + next.Owner] : null, p.State.Next?.Term.Last, p.State.Current.Withheld, p.State.Current.Penalties,
            }),
        ];
        return new(
            head, cells, [(language["Office.View"], language[view == "today" ? "Visits.View.today" : "Office.View.all"]), (language["Col.Bin"], PageLanguage.Identity(visitor.User!.ProviderId!.Value)), .. Made(cells.Count, visitor, desk, language)], [18, 14, 34, 26, 18, 14, 18, 18], language, language["Received.Conclusions"]);
    }

    /// <summary>Outages of the Fund's system, the newest first, with what became of them.</summary>
    public static FindingSheet Of(IReadOnlyList<ShownOutage> outages, Visitor visitor, VisitDesk desk, PageLanguage language)
    {
        List<string> head =
        [
            language["Outages.LetterNumber"], language["Outages.LetterOn"], language["Outages.From"], language["Outages.To"], language["Outages.Systems"], language["Outages.Reason"], language["Outages.Days"], language["Outages.Touched"],
            language["Col.State"], language["Outages.EnteredBy"], language["Outages.DecidedBy"],
        ];
        List<object?[]> cells =
        [
            .. outages.Select(o => new object?[]
            {
                o.Entry.LetterNumber, o.Entry.ToOutage().LetterOn, language.Moment(o.Entry.ToOutage().From), language.Moment(o.Entry.ToOutage().To), o.Entry.Systems, o.Entry.Reason, (long)o.Days.Count, (long)o.Cases,
                language["Outages.State." + o.State], o.EnteredBy, o.DecidedBy,
            }),
        ];
        return new(head, cells, [.. Made(cells.Count, visitor, desk, language)], [16, 14, 20, 20, 40, 40, 14, 20, 16, 30, 30], language, language["Outages.Title"]);
    }

    private static string RegionOf(VisitDesk desk, string code, PageLanguage language) => desk.Terms.Law.Regions.Find(code) is { } region ? language.Text(region.Name) : code;

    private static IEnumerable<(string, string)> Made(int rows, Visitor visitor, VisitDesk desk, PageLanguage language) =>
        [(language["Sheet.Rows"], language.Number(rows)), (language["Sheet.MadeAt"], language.Moment(desk.Now) + " (UTC+05:00)"), (language["Sheet.MadeBy"], visitor.User!.FullName)];
}
