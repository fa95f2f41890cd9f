using System.Globalization;
using System.Text;
using Kepil.Law;

namespace Kepil.Fund.Registers;

/// <summary>Reads the cells of one row after another and writes down what is wrong with them.</summary>
/// <remarks>A cell that cannot be read gives a harmless value, so that all faults of a row are found in one go.</remarks>
public sealed class RowJudgement(string file, RegisterTable table, RecognisedHead head, RejectionLog log)
{
    private const long LargestNumber = 999_999_999_999;

    private bool[]? _flawed;
    private readonly int _rowNumberColumn = head.Of("row_number");

    public TableRow Row { get; private set; } = new();

    /// <summary>Whether the present row has a fault.</summary>
    public bool Rejected { get; private set; }

    public long NumbersRestored { get; private set; }

    /// <summary>Begins a row: looks at every cell, the ones of unknown columns too.</summary>
    public void Begin(TableRow row)
    {
        Row = row;
        Rejected = false;
        if (_flawed is not null)
        {
            _flawed.AsSpan().Clear();
        }

        for (var i = 0; i < row.Count; i++)
        {
            var kind = row.Kind(i);
            var cell = row[i];
            if (kind > CellKind.Number)
            {
                Kinds(i, kind);
            }
            else if (kind == CellKind.Text && !cell.IsEmpty && (cell[0] is (byte)'=' or (byte)'@' or (byte)'+' or (byte)'-' or < 32 || cell.Length > 30))
            {
                Signs(i, cell);
            }
            else if (!cell.IsEmpty && cell.IndexOfAnyInRange((byte)0, (byte)31) >= 0)
            {
                Signs(i, cell);
            }

            if (i >= head.Heads.Count && !CellText.Trim(cell).IsEmpty)
            {
                Reject(i, "cell_beyond_heads");
            }
        }
    }

    /// <summary>The trimmed bytes of a cell, empty when the column is not there, says nothing or is flawed.</summary>
    public ReadOnlySpan<byte> Cell(int column)
    {
        if (column < 0 || (_flawed is not null && Flawed(column)))
        {
            return default;
        }

        var cell = CellText.Trim(Row[column]);
        return CellText.IsNothing(cell) ? default : cell;
    }

    public bool Flawed(int column) => _flawed is not null && column >= 0 && column < _flawed.Length && _flawed[column];

    /// <summary>Writes a fault down; a cell has one fault at most.</summary>
    public void Reject(int column, string reason, params ReadOnlySpan<(string Name, string Value)> named)
    {
        Rejected = true;
        if (Flawed(column))
        {
            return;
        }

        if (column >= 0)
        {
            _flawed ??= new bool[RegisterTable.MostColumns];
            _flawed[column] = true;
        }

        var (letters, title) = column >= 0 ? table.Place(column, head.Heads) : ("", "");
        var value = column >= 0 ? table.Shown(Row, column) : "";
        var names = new Dictionary<string, string>();
        foreach (var (name, text) in named)
        {
            names[name] = text;
        }

        log.Add(new Rejection(file, Row.Number, letters, Cut(title), Cut(value), reason, names));
    }

    /// <summary>A day that must or may be there.</summary>
    public DateOnly? Day(int column, bool required, out int? minute)
    {
        minute = null;
        var cell = Cell(column);
        if (cell.IsEmpty)
        {
            Missing(column, required, "date_missing");
            return null;
        }

        switch (CellDate.Read(cell, table.From1904, out var day, out minute))
        {
            case DateTrouble.None:
                return day;
            case DateTrouble.Impossible:
                Reject(column, "date_impossible");
                return null;
            default:
                Reject(column, "date_unread");
                return null;
        }
    }

    /// <summary>The number of a person; leading zeros that a spreadsheet lost come back.</summary>
    public long? Person(int column, bool required, bool foreign)
    {
        var cell = Cell(column);
        if (cell.IsEmpty)
        {
            Missing(column, required, "identity_missing");
            return null;
        }

        if (!Number(column, cell, foreign, out var value))
        {
            return null;
        }

        if (foreign && value > LargestNumber)
        {
            return value;
        }

        if (IdentityNumber.TryRestore(value, out var number, out var fault))
        {
            NumbersRestored += cell.Length < 12 ? 1 : 0;
            return number.Value;
        }

        Reject(column, cell.Length < 12 || fault == NumberFault.Length ? "identity_short" : fault == NumberFault.CheckDigit ? "identity_checksum" : "identity_date", ("length", cell.Length.ToString(CultureInfo.InvariantCulture)));
        return null;
    }

    /// <summary>The number of an organisation.</summary>
    public long? Organisation(int column, bool required, bool foreign)
    {
        var cell = Cell(column);
        if (cell.IsEmpty)
        {
            Missing(column, required, "organisation_missing");
            return null;
        }

        if (!Number(column, cell, foreign, out var value))
        {
            return null;
        }

        if ((foreign && value > LargestNumber) || OrganisationNumber.TryRestore(value, out _, out _))
        {
            return value;
        }

        Reject(column, "organisation_wrong");
        return null;
    }

    /// <summary>A sum in tenge, as tiyn.</summary>
    public long? Money(int column)
    {
        var cell = Cell(column);
        if (cell.IsEmpty)
        {
            return null;
        }

        switch (CellNumber.Money(cell, out var tiyn))
        {
            case NumberTrouble.None when tiyn >= 0:
                return tiyn;
            case NumberTrouble.None:
                Reject(column, "money_negative");
                return null;
            case NumberTrouble.Fraction:
                Reject(column, "money_fraction");
                return null;
            case NumberTrouble.TooLarge:
                Reject(column, "money_large");
                return null;
            default:
                Reject(column, "money_text");
                return null;
        }
    }

    /// <summary>A whole number within limits.</summary>
    public long? Whole(int column, string name, long smallest, long largest)
    {
        var cell = Cell(column);
        if (cell.IsEmpty)
        {
            return null;
        }

        switch (CellNumber.Whole(cell, largest, out var number))
        {
            case NumberTrouble.None when number >= smallest:
                return number;
            case NumberTrouble.Fraction:
                Reject(column, name + "_fraction");
                return null;
            case NumberTrouble.NotNumber:
                Reject(column, name + "_text");
                return null;
            default:
                Reject(column, name + "_limits", ("least", smallest.ToString(CultureInfo.InvariantCulture)), ("most", largest.ToString(CultureInfo.InvariantCulture)));
                return null;
        }
    }

    /// <summary>The code of a word of a closed list.</summary>
    public byte[]? Word(int column, WordList words)
    {
        var cell = Cell(column);
        if (cell.IsEmpty)
        {
            return null;
        }

        var code = words.Find(cell);
        if (code is null)
        {
            Reject(column, "word_unknown", ("allowed", words.Allowed));
        }

        return code;
    }

    /// <summary>A code of letters, digits and a few signs, at most <paramref name="longest"/> long.</summary>
    public ReadOnlySpan<byte> Code(int column, Span<byte> buffer, int longest)
    {
        var cell = Cell(column);
        if (cell.IsEmpty)
        {
            return default;
        }

        var code = CodeOf(cell, buffer, longest, out var fault);
        if (fault == "code_long")
        {
            Reject(column, fault, ("most", longest.ToString(CultureInfo.InvariantCulture)));
        }
        else if (fault is not null)
        {
            Reject(column, fault);
        }

        return code;
    }

    /// <summary>The code in a trimmed cell; empty, with the fault, when it is none.</summary>
    internal static ReadOnlySpan<byte> CodeOf(ReadOnlySpan<byte> cell, Span<byte> buffer, int longest, out string? fault)
    {
        var code = CellText.Code(cell, buffer);
        fault = code.Length > longest ? "code_long" : null;
        foreach (var sign in fault is null ? code : default)
        {
            if (sign is not ((>= (byte)'A' and <= (byte)'Z') or (>= (byte)'0' and <= (byte)'9') or (byte)'.' or (byte)'-' or (byte)'/' or (byte)'_'))
            {
                fault = "code_signs";
                break;
            }
        }

        return fault is null ? code : default;
    }

    /// <summary>A free text, at most <paramref name="longest"/> bytes.</summary>
    public ReadOnlySpan<byte> Text(int column, int longest)
    {
        var cell = Cell(column);
        if (cell.Length <= longest)
        {
            return cell;
        }

        Reject(column, "text_long", ("most", longest.ToString(CultureInfo.InvariantCulture)));
        return default;
    }

    public void Missing(int column, bool required, string reason)
    {
        if (required && !Flawed(column))
        {
            Reject(column, reason);
        }
    }

    private bool Number(int column, ReadOnlySpan<byte> cell, bool foreign, out long value)
    {
        value = 0;
        var digits = 0;
        var plain = true;
        foreach (var sign in cell)
        {
            if (sign is >= (byte)'0' and <= (byte)'9' && digits < 18)
            {
                value = (value * 10) + (sign - '0');
                digits++;
            }
            else if (sign != ' ')
            {
                plain = false;
                break;
            }
        }

        if (plain)
        {
            if (value <= LargestNumber || foreign)
            {
                return true;
            }

            Reject(column, "identity_short", ("length", digits.ToString(CultureInfo.InvariantCulture)));
            return false;
        }

        // A spreadsheet writes 9.30116464354E11 for a number that it was not told to show in full.
        if (Row.Kind(column) == CellKind.Number && CellNumber.Whole(cell, LargestNumber, out value) == NumberTrouble.None)
        {
            return true;
        }

        Reject(column, "identity_digits");
        return false;
    }

    private void Kinds(int column, CellKind kind)
    {
        if (kind == CellKind.TooLong)
        {
            Reject(column, "cell_too_long", ("most", RegisterTable.LongestCell.ToString(CultureInfo.InvariantCulture)));
        }
        else if (kind == CellKind.Unjoined)
        {
            Reject(column, "join_missing");
        }
        else if (kind == CellKind.Fault)
        {
            Reject(column, "cell_fault");
        }
        else if (column != _rowNumberColumn)
        {
            Reject(column, "formula_cell");
        }
    }

    private void Signs(int column, ReadOnlySpan<byte> cell)
    {
        if (CellText.BeginsFormula(cell))
        {
            Reject(column, "formula_injection");
        }
        else if (CellText.HoldsControls(cell))
        {
            Reject(column, "control_sign");
        }
        else if (column < head.Codes.Count && head.Codes[column] is not (null or "service_name" or "person_name" or "doctor_name" or "diagnosis_name" or "card") && CellText.Trim(cell).IndexOfAny((byte)'\n', (byte)'\r') >= 0)
        {
            Reject(column, "line_break");
        }
    }

    private static string Cut(string text)
    {
        if (text.Length <= Rejection.LongestValue)
        {
            return text;
        }

        var end = char.IsHighSurrogate(text[Rejection.LongestValue - 2]) ? Rejection.LongestValue - 2 : Rejection.LongestValue - 1;
        return string.Concat(text.AsSpan(0, end), "…");
    }
}
