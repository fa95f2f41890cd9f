using Kepil.Fund.Pages;
using Kepil.Fund.Registers;

namespace Kepil.Fund.Office;

/// <summary>One case of an objection to many.</summary>
/// <param name="Act">What the case waited for when it was chosen, so that a first objection never counts as a repeat one.</param>
/// <param name="Reason">A justification of its own; the common one counts where it is empty.</param>
/// <param name="Out">Left out after all.</param>
public sealed record BulkCase(long Case, string Act, string Reason = "", bool Out = false);

/// <summary>An objection to many cases with one justification, and with others where a case needs its own.</summary>
public sealed record BulkDraft(string Reasons, IReadOnlyList<BulkCase> Cases)
{
    /// <summary>Cases of one objection at most.</summary>
    public const int Most = 500;

    public static string SubjectOf(string draft) => "bulk:" + draft;

    /// <summary>The word by which the act on one case is known again when everything is sent twice.</summary>
    public static string KeyOf(string draft, long proceeding) => FormattableString.Invariant($"bulk:{draft}:{proceeding}");

    public string ReasonFor(BulkCase one) => one.Reason.Trim().Length > 0 ? one.Reason.Trim() : Reasons.Trim();

    /// <summary>Cases that will be objected to.</summary>
    public IEnumerable<BulkCase> Taken => Cases.Where(c => !c.Out);

    /// <summary>Whether some case would be sent without a justification.</summary>
    public bool LacksReason => Taken.Any(c => ReasonFor(c).Length == 0);
}

/// <summary>Something in a file of reasons that cannot be taken, with its cell.</summary>
public sealed record BulkFault(string Cell, string Value, string Key);

/// <summary>The list of cases as it comes back with reasons written into it.</summary>
public static class BulkFile
{
    /// <summary>Bytes of the file at most.</summary>
    public const int MostBytes = 5 << 20;

    /// <summary>Reads the rows with a reason; the heads may be in any of the three languages.</summary>
    /// <param name="actOf">What a case of the provider waits for; nothing for one that waits for no objection, or that is not its own.</param>
    public static (IReadOnlyList<BulkCase> Cases, IReadOnlyList<BulkFault> Faults) Read(string path, Func<long, string?> actOf)
    {
        try
        {
            return ReadRows(path, actOf);
        }
        catch (Exception e) when (e is RegisterRefusedException or InvalidDataException or System.Xml.XmlException)
        {
            return ([], [new("", "", "Bulk.Fault.File")]);
        }
    }

    private static (IReadOnlyList<BulkCase> Cases, IReadOnlyList<BulkFault> Faults) ReadRows(string path, Func<long, string?> actOf)
    {
        using var parts = new WorkbookParts(path);
        parts.ReadBook();
        using var table = new XlsxTable(parts, 0);
        var (row, number, reason) = (new TableRow(), -1, -1);
        var (cases, faults) = (new List<BulkCase>(), new List<BulkFault>());
        while (table.Read(row))
        {
            var cells = row.Texts();
            if (number < 0)
            {
                (number, reason) = (Place(cells, "Office.Case"), Place(cells, "Bulk.Reason"));
                if (number < 0 || reason < 0)
                {
                    number = -1;
                    if (row.Number > 20)
                    {
                        break;
                    }
                }

                continue;
            }

            var (written, why) = (Cell(cells, number), Cell(cells, reason));
            if (why.Length == 0)
            {
                continue;
            }

            BulkFault Fault(int column, string value, string key) => new(RegisterTable.ColumnLetters(column) + row.Number.ToString(System.Globalization.CultureInfo.InvariantCulture), value, key);
            if (!long.TryParse(written, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var id))
            {
                faults.Add(Fault(number, written, "Bulk.Fault.Number"));
            }
            else if (cases.Any(c => c.Case == id))
            {
                faults.Add(Fault(number, written, "Bulk.Fault.Twice"));
            }
            else if (why.Length > ActDraft.MostSigns)
            {
                faults.Add(Fault(reason, why[..40] + "…", "Bulk.Fault.Long"));
            }
            else if (cases.Count >= BulkDraft.Most)
            {
                faults.Add(Fault(number, written, "Bulk.Fault.Most"));
                break;
            }
            else if (actOf(id) is { } act)
            {
                cases.Add(new(id, act, why));
            }
            else
            {
                faults.Add(Fault(number, written, "Bulk.Fault.Closed"));
            }
        }

        return number < 0 ? ([], [new("", "", "Bulk.Fault.Heads")]) : (cases, faults);
    }

    private static string Cell(string[] cells, int column) => column < cells.Length ? cells[column].Trim() : "";

    private static int Place(string[] cells, string key) =>
        Array.FindIndex(cells, c => PageLanguage.All.Any(l => string.Equals(c.Trim(), l[key], StringComparison.OrdinalIgnoreCase)));
}
