using System.Globalization;
using System.Text;
using Kepil.Fund.Pages;
using Kepil.Fund.Registers;
using Kepil.Law;

namespace Kepil.Fund.Purchase;

/// <summary>Something in a file of the plan that cannot be taken: the cell, what it holds, the key of the text that says why and how to mend it.</summary>
public sealed record PlanFault(string Cell, string Value, string Key);

/// <summary>The plan of a campaign as a spreadsheet: the same columns out and in, heads in any of the three languages.</summary>
public static class PlanFile
{
    /// <summary>Bytes of the file at most.</summary>
    public const int MostBytes = 5 << 20;

    /// <summary>Rows of a plan at most: all regions by all forms of care, both packages and some groups of services.</summary>
    public const int MostRows = 5_000;

    /// <summary>Tiyn of a row at most: more than the budget of the country.</summary>
    private const long MostTiyn = 10_000_000_000_000_000;

    private static readonly string[] Heads = ["Visits.Region", "Col.Form", "Col.Package", "Purchase.Group", "Purchase.Volume", "Purchase.Sum"];

    /// <summary>The plan as a file; without rows the form that is to be filled in.</summary>
    public static FindingSheet Of(IReadOnlyList<PlannedPurchase> plan, LawBook law, PageLanguage language, IEnumerable<(string Name, string Value)> about) => new(
        [.. Heads.Select(h => language[h])],
        [.. plan.Select(p => new object?[] { p.Region, language["Form." + p.Form.Word()], language["Package.Short." + p.Package], p.Group, p.Volume, p.Sum })],
        [.. about, .. law.Regions.All.Select(r => (r.Code, language.Text(r.Name))), .. CareForms.All.Select(f => (f.Word(), language["Form." + f.Word()]))],
        [14, 44, 16, 26, 16, 22], language, language["Purchase.Plan"]);

    /// <summary>Reads the rows; all that is wrong is named, not only the first.</summary>
    public static (IReadOnlyList<PlannedPurchase> Plan, IReadOnlyList<PlanFault> Faults) Read(string path, Regions regions)
    {
        try
        {
            return Rows(path, regions);
        }
        catch (Exception e) when (e is RegisterRefusedException or InvalidDataException or System.Xml.XmlException)
        {
            return ([], [new("", "", "Purchase.Fault.File")]);
        }
    }

    private static (IReadOnlyList<PlannedPurchase> Plan, IReadOnlyList<PlanFault> Faults) Rows(string path, Regions regions)
    {
        using var parts = new WorkbookParts(path);
        parts.ReadBook();
        using var table = new XlsxTable(parts, 0);
        var (row, plan, faults) = (new TableRow(), new List<PlannedPurchase>(), new List<PlanFault>());
        int[]? places = null;
        var seen = new Dictionary<(string, CareForm, string, string?), int>();
        while (table.Read(row))
        {
            if (places is null)
            {
                var cells = row.Texts();
                int[] found = [.. Heads.Select(h => Array.FindIndex(cells, c => PageLanguage.All.Any(l => Same(c, l[h]))))];
                places = found.Where((p, i) => p < 0 && Heads[i] != "Purchase.Group").Any() ? null : found;
                if (places is null && row.Number > 20)
                {
                    break;
                }
            }
            else if (!row.IsBlank)
            {
                if (plan.Count >= MostRows)
                {
                    faults.Add(new("A" + row.Number.ToString(CultureInfo.InvariantCulture), "", "Purchase.Fault.Most"));
                    break;
                }

                Take(row, places, regions, plan, faults, seen);
            }
        }

        return places is null ? ([], [new("", "", "Purchase.Fault.Heads")]) : plan.Count == 0 && faults.Count == 0 ? ([], [new("", "", "Purchase.Fault.Empty")]) : (plan, faults);
    }

    private static void Take(TableRow row, int[] places, Regions regions, List<PlannedPurchase> plan, List<PlanFault> faults, Dictionary<(string, CareForm, string, string?), int> seen)
    {
        var (texts, before) = (row.Texts(), faults.Count);
        string Cell(int head) => places[head] is var at and >= 0 && at < texts.Length ? texts[at].Trim() : "";
        void Fault(int head, string key) => faults.Add(new(RegisterTable.ColumnLetters(places[head]) + row.Number.ToString(CultureInfo.InvariantCulture), Cell(head) is { Length: > 60 } text ? text[..60] + "…" : Cell(head), key));

        var region = regions.All.FirstOrDefault(r => r.Code == Cell(0) || new[] { r.Name.Kk, r.Name.Ru, r.Name.En }.Any(n => Same(n, Cell(0))));
        if (region is null)
        {
            Fault(0, "Purchase.Fault.Region");
        }

        var form = CareForms.All.Where(f => Same(f.Word(), Cell(1)) || PageLanguage.All.Any(l => Same(l["Form." + f.Word()], Cell(1)) || Same(l["Form.Short." + f.Word()], Cell(1)))).Select(f => (CareForm?)f).FirstOrDefault();
        if (form is null)
        {
            Fault(1, "Purchase.Fault.Form");
        }

        var package = new[] { "mams", "tmkkk" }.FirstOrDefault(p => Same(p, Cell(2)) || PageLanguage.All.Any(l => Same(l["Package.Short." + p], Cell(2))));
        if (package is null)
        {
            Fault(2, "Purchase.Fault.Package");
        }

        if (Cell(3).Length > 100)
        {
            Fault(3, "Purchase.Fault.Group");
        }

        if (CellNumber.Whole(Encoding.UTF8.GetBytes(Cell(4)), 1_000_000_000_000, out var volume) != NumberTrouble.None || volume <= 0)
        {
            Fault(4, "Purchase.Fault.Volume");
        }

        if (CellNumber.Scaled(Encoding.UTF8.GetBytes(Cell(5)), 2, MostTiyn, out var sum) != NumberTrouble.None || sum <= 0)
        {
            Fault(5, "Purchase.Fault.Sum");
        }

        if (faults.Count > before)
        {
            return;
        }

        var planned = new PlannedPurchase(plan.Count + 1, region!.Code, form!.Value, package!, Cell(3) is { Length: > 0 } group ? group : null, volume, new(sum));
        if (!seen.TryAdd((planned.Region, planned.Form, planned.Package, planned.Group), row.Number))
        {
            Fault(0, "Purchase.Fault.Twice");
            return;
        }

        plan.Add(planned);
    }

    private static bool Same(string one, string other) => string.Equals(one.Trim(), other.Trim(), StringComparison.OrdinalIgnoreCase);
}
