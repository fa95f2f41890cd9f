using Kepil.Fund.Desk;
using Kepil.Fund.Pages;
using Kepil.Fund.Proceedings;
using Kepil.Law;

namespace Kepil.Fund.Office;

/// <summary>Cases of the inbox as a spreadsheet that comes back with reasons: one row a case, one column to write in.</summary>
public static class OfficeSheet
{
    public static FindingSheet Of(IReadOnlyList<OfficeRow> rows, OfficeFilter filter, string? asked, Visitor visitor, ProviderOffice office, PageLanguage language)
    {
        List<string> head =
        [
            language["Office.Case"], language["Col.Code"], language["Col.Name"], language["Col.Line"], language["Col.Day"], language["Col.Service"], language["Sum.Billed"] + ", ₸", language["Office.Withheld"] + ", ₸",
            language["Col.Debt"] + ", ₸", language["Col.State"], language["Office.Until"], language["Bulk.Reason"],
        ];
        List<object?[]> cells =
        [
            .. rows.Select(r => new object?[]
            {
                r.Id, r.Code, r.Name, r.Line?.LineId, r.Line?.On, r.Line?.ServiceCode, new Money(r.Billed), new Money(r.Withheld), new Money(r.Debt), CaseTag.Words(r.Stage, language), r.Due?.Last, "",
            }),
        ];
        List<(string, string)> about =
        [
            (language["Col.Bin"], PageLanguage.Identity(ProviderOffice.ProviderOf(visitor))),
            (language["Office.View"], language["Office.View." + filter.View]),
            (language["Col.Code"], filter.Code ?? language["Filter.AllCodes"]),
            (language["Overview.Month"], filter.Month is { } month ? language.Month(month) : language["Filter.AllMonths"]),
            (language["Search.Label"], asked?.Trim() is { Length: > 0 } text ? SearchWords.Identity(text) is { } person ? PageLanguage.Masked(person) : text : "–"),
            (language["Sheet.Rows"], language.Number(rows.Count)),
            (language["Sheet.MadeAt"], language.Moment(office.Now) + " (UTC+05:00)"),
            (language["Sheet.MadeBy"], visitor.User!.FullName),
        ];
        return new FindingSheet(head, cells, about, [10, 8, 56, 22, 12, 18, 16, 16, 16, 26, 12, 70], language);
    }
}
