using System.Globalization;
using Kepil.Fund.Desk;
using Kepil.Fund.Pages;
using Kepil.Law;

namespace Kepil.Fund.Reviews;

/// <summary>The queue of a reviewer as a spreadsheet, with the same filter and order as on the page.</summary>
internal static class QueueSheet
{
    public static FindingSheet Of(IReadOnlyList<QueuedCase> cases, ReviewFilter filter, DeskUser reader, DateTimeOffset now, PageLanguage language)
    {
        List<string> head = [language["Office.Case"], language["Col.Code"], language["Col.Bin"], language["Col.Provider"], language["Overview.Month"], language["Desk.Sum"] + ", ₸", language["Desk.Term"], language["Col.State"]];
        List<object?[]> rows =
        [
            .. cases.Select(c => new object?[]
            {
                c.Id, c.State.Code, PageLanguage.Identity(c.Provider.Id), language.Name(c.Provider.NameKk, c.Provider.NameRu), language.Month(DateOnly.ParseExact(c.Row.Month, "yyyy-MM-dd", CultureInfo.InvariantCulture)), new Money(c.State.AtRisk),
                c.Ends == DateOnly.MaxValue ? null : c.Ends, c.IsOver(now) ? language["Deadline.Over"] : "",
            }),
        ];
        List<(string, string)> about =
        [
            (language["Desk.Views"], language["Desk.View." + filter.View]),
            (language["Col.Code"], filter.Code ?? language["Desk.Every"]),
            (language["Col.Provider"], filter.Provider is { } provider ? PageLanguage.Identity(provider) : language["Desk.Every"]),
            (language["Sheet.Rows"], language.Number(cases.Count)),
            (language["Sheet.MadeAt"], language.Moment(now) + " (UTC+05:00)"),
            (language["Sheet.MadeBy"], reader.FullName),
        ];
        return new FindingSheet(head, rows, about, [10, 8, 16, 50, 18, 18, 14, 20], language, language["Desk.Queue"]);
    }
}
