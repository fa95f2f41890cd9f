using Kepil.Fund.Desk;
using Kepil.Fund.Pages;
using Kepil.Fund.Visits;
using Kepil.Law;

namespace Kepil.Fund.Duties;

/// <summary>The list of duties as a spreadsheet.</summary>
public static class DutySheet
{
    public static FindingSheet Of(DutyList list, IReadOnlyList<ShownDuty> rows, Visitor visitor, VisitDesk desk, PageLanguage language)
    {
        List<string> head =
        [
            language["Duties.What"], language["Visits.Number"], language["Col.Provider"], language["Col.Bin"], language["Visits.Region"], language["Duties.Since"], language["Office.Until"], language["Visits.View.overdue"], language["Duties.By"],
            language["Editor.Penalty"] + ", ₸",
        ];
        List<object?[]> cells =
        [
            .. rows.Select(r => new object?[]
            {
                language["Duties.Kind." + r.Row.Kind], r.Number, r.Provider is { } p ? language.Name(p.NameKk, p.NameRu) : null, r.Provider is { } q ? PageLanguage.Identity(q.Id) : null,
                desk.Terms.Law.Regions.Find(r.Row.Region) is { } region ? language.Text(region.Name) : r.Row.Region, r.Next?.Term.Start ?? r.Claim?.ClaimedOn, r.Last, r.Row.IsOverdue(desk.Now) ? "+" : "",
                LawPages.Named(r.By, language), r.Claim is { } claim ? new Money(claim.SumTiyn) : null,
            }),
        ];
        List<(string, string)> about =
        [
            (language["Duties.What"], language["Duties.View." + list.Kind]),
            (language["Visits.Region"], list.Region is { } own && desk.Terms.Law.Regions.Find(own) is { } named ? language.Text(named.Name) : language["Visits.AllRegions"]),
            (language["Sheet.Rows"], language.Number(rows.Count)),
            (language["Sheet.MadeAt"], language.Moment(desk.Now) + " (UTC+05:00)"),
            (language["Sheet.MadeBy"], visitor.User!.FullName),
        ];
        return new FindingSheet(head, cells, about, [34, 18, 44, 16, 24, 14, 14, 12, 30, 16], language, language["Duties.Title"]);
    }
}
