using Kepil.Fund.Pages;
using Kepil.Law;

namespace Kepil.Fund.Payments;

/// <summary>The tariffs that were published, as a spreadsheet.</summary>
public static class TariffSheet
{
    public static FindingSheet Of(LawBook law, PageLanguage language)
    {
        List<object?[]> rows = [.. law.Tariffs.Published.Select(t => new object?[] { t.Code, language["Form." + t.Form.Word()], t.From, t.Price })];
        return new(
            [language["Col.Code"], language["Col.Form"], language["Tariffs.From"], language["Tariffs.Price"] + ", ₸"], rows,
            [(language["Tariffs.Title"], language["Tariffs.Published"]), (language["Sheet.Rows"], language.Number(rows.Count))], [14, 44, 14, 18], language, language["Tariffs.Title"]);
    }
}
