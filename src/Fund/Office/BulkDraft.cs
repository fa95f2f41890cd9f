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
    /// <param name="actsOf">What cases of the provider wait for; without those that wait for no objection, or that are not its own. It is asked for many at once.</param>
    public static (IReadOnlyList<BulkCase> Cases, IReadOnlyList<BulkFault> Faults) Read(string path, Func<IReadOnlyCollection<long>, IReadOnlyDictionary<long, string>> actsOf)
    {
        try
        {
            return ReadRows(path) is { } rows ? Take(rows, actsOf) : ([], [new("", "", "Bulk.Fault.Heads")]);
        }
        catch (Exception e) when (e is RegisterRefusedException or InvalidDataException or System.Xml.XmlException)
        {
            return ([], [new("", "", "Bulk.Fault.File")]);
        }
    }

    /// <summary>A row that has a reason in it.</summary>
    private sealed record Written(long Row, int NumberColumn, int ReasonColumn, string Number, string Reason)
    {
        public long? Case => long.TryParse(Number, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var id) ? id : null;

        public BulkFault Fault(string key) => key == "Bulk.Fault.Long" ? At(ReasonColumn, Reason[..40] + "…", key) : At(NumberColumn, Number, key);

        private BulkFault At(int column, string value, string key) => new(RegisterTable.ColumnLetters(column) + Row.ToString(System.Globalization.CultureInfo.InvariantCulture), value, key);
    }

    private static (IReadOnlyList<BulkCase> Cases, IReadOnlyList<BulkFault> Faults) Take(IReadOnlyList<Written> rows, Func<IReadOnlyCollection<long>, IReadOnlyDictionary<long, string>> actsOf)
    {
        var (cases, faults, taken) = (new List<BulkCase>(), new List<BulkFault>(), new HashSet<long>());
        foreach (var part in rows.Chunk(2 * BulkDraft.Most))
        {
            var acts = actsOf([.. part.Where(r => r.Case is not null).Select(r => r.Case!.Value).Distinct()]);
            foreach (var row in part)
            {
                var wrong = row.Case is not { } id ? "Bulk.Fault.Number"
                    : taken.Contains(id) ? "Bulk.Fault.Twice"
                    : row.Reason.Length > ActDraft.MostSigns ? "Bulk.Fault.Long"
                    : cases.Count >= BulkDraft.Most ? "Bulk.Fault.Most"
                    : acts.ContainsKey(id) ? null : "Bulk.Fault.Closed";
                if (wrong is not null)
                {
                    faults.Add(row.Fault(wrong));
                    if (wrong == "Bulk.Fault.Most")
                    {
                        return (cases, faults);
                    }

                    continue;
                }

                taken.Add(row.Case!.Value);
                cases.Add(new(row.Case.Value, acts[row.Case.Value], row.Reason));
            }
        }

        return (cases, faults);
    }

    /// <summary>The rows with a reason; nothing where the heads are missing.</summary>
    private static List<Written>? ReadRows(string path)
    {
        using var parts = new WorkbookParts(path);
        parts.ReadBook();
        using var table = new XlsxTable(parts, 0);
        var (row, number, reason) = (new TableRow(), -1, -1);
        var rows = new List<Written>();
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
            }
            else if (Cell(cells, reason) is { Length: > 0 } why)
            {
                rows.Add(new(row.Number, number, reason, Cell(cells, number), why));
            }
        }

        return number < 0 ? null : rows;
    }

    private static string Cell(string[] cells, int column) => column < cells.Length ? cells[column].Trim() : "";

    private static int Place(string[] cells, string key) =>
        Array.FindIndex(cells, c => PageLanguage.All.Any(l => string.Equals(c.Trim(), l[key], StringComparison.OrdinalIgnoreCase)));
}
