using System.Globalization;
using System.Text;
using System.Xml;

namespace Kepil.Fund.Registers;

/// <summary>A register in one sheet of a spreadsheet, read forward without ever holding the sheet.</summary>
public sealed class XlsxTable : RegisterTable
{
    private readonly WorkbookParts _parts;
    private readonly XmlReader _xml;
    private readonly char[] _chars = new char[LongestCell + 1];
    private readonly byte[] _utf8 = new byte[(LongestCell + 1) * 3];
    private int _length;
    private bool _tooLong;
    private int _number;

    public XlsxTable(WorkbookParts parts, int sheet)
    {
        _parts = parts;
        Sheet = parts.Sheets[sheet].Name;
        _xml = parts.Open(parts.Sheets[sheet].Part);
    }

    public string Sheet { get; }

    public override bool From1904 => _parts.From1904;

    public override bool Read(TableRow row)
    {
        while (_xml.Read())
        {
            if (_xml.NodeType == XmlNodeType.Element && _xml.LocalName == "row")
            {
                var stated = int.TryParse(_xml.GetAttribute("r"), NumberStyles.None, CultureInfo.InvariantCulture, out var r) ? r : 0;
                _number = stated > _number && stated <= 1_048_576 ? stated : _number + 1;
                row.Begin(_number);
                if (!_xml.IsEmptyElement)
                {
                    ReadCells(row);
                }

                return true;
            }
        }

        return false;
    }

    public override void Dispose()
    {
        _xml.Dispose();
        base.Dispose();
    }

    private void ReadCells(TableRow row)
    {
        var column = -1;
        while (_xml.Read())
        {
            if (_xml.NodeType == XmlNodeType.EndElement && _xml.LocalName == "row")
            {
                return;
            }

            if (_xml.NodeType == XmlNodeType.Element && _xml.LocalName == "c")
            {
                column = ColumnOf(_xml.GetAttribute("r"), column + 1);
                if (column >= MostColumns)
                {
                    throw new RegisterRefusedException("too_many_columns", ("row", _number.ToString(CultureInfo.InvariantCulture)), ("limit", MostColumns.ToString(CultureInfo.InvariantCulture)));
                }

                var type = _xml.GetAttribute("t");
                if (!_xml.IsEmptyElement)
                {
                    ReadCell(row, column, type);
                }
            }
        }
    }

    private void ReadCell(TableRow row, int column, string? type)
    {
        _length = 0;
        _tooLong = false;
        var formula = false;
        var depth = _xml.Depth;
        var value = 0;
        while (_xml.Read() && !(_xml.NodeType == XmlNodeType.EndElement && _xml.Depth == depth))
        {
            switch (_xml.NodeType)
            {
                case XmlNodeType.Element when _xml.LocalName == "f":
                    formula = true;
                    break;
                case XmlNodeType.Element when _xml.LocalName is "v" or "t" && !_xml.IsEmptyElement:
                    value++;
                    break;
                case XmlNodeType.EndElement when _xml.LocalName is "v" or "t":
                    value--;
                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace when value > 0:
                    ReadText();
                    break;
            }
        }

        if (_xml.NodeType == XmlNodeType.None)
        {
            return;
        }

        Put(row, column, type, formula);
    }

    private void Put(TableRow row, int column, string? type, bool formula)
    {
        _tooLong |= _length > LongestCell;
        var text = _chars.AsSpan(0, Math.Min(_length, LongestCell));
        var kind = formula ? CellKind.Formula : _tooLong ? CellKind.TooLong : type == "e" ? CellKind.Fault : type is null or "n" or "d" ? CellKind.Number : CellKind.Text;
        if (type == "s" && kind is CellKind.Text or CellKind.Formula)
        {
            var index = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var parsed) ? parsed : -1;
            if (index < 0 || index >= _parts.SharedEnds.Count)
            {
                row.Set(column, "?"u8, CellKind.Fault);
                return;
            }

            var start = index == 0 ? 0 : _parts.SharedEnds[index - 1];
            var length = _parts.SharedEnds[index] - start;
            row.Set(column, _parts.Shared.AsSpan(start, Math.Min(length, LongestCell)), length > LongestCell * 2 ? CellKind.TooLong : kind);
            return;
        }

        // Only what is shown of an overlong cell is kept.
        var kept = _tooLong ? text[..200] : text;
        var bytes = Encoding.UTF8.GetBytes(kept, _utf8);
        row.Set(column, _utf8.AsSpan(0, bytes), kind);
    }

    private void ReadText()
    {
        while (true)
        {
            var room = _chars.Length - _length;
            if (room == 0)
            {
                // The beginning is kept to be shown, the rest is passed over.
                _tooLong = true;
                _length = 4096;
                room = _chars.Length - _length;
            }

            var read = _xml.ReadValueChunk(_chars, _length, room);
            if (read == 0)
            {
                return;
            }

            _length += read;
        }
    }

    private static int ColumnOf(string? reference, int next)
    {
        if (reference is null)
        {
            return next;
        }

        var column = 0;
        foreach (var sign in reference)
        {
            if (sign is < 'A' or > 'Z' || column > MostColumns)
            {
                break;
            }

            column = (column * 26) + (sign - 'A' + 1);
        }

        return column == 0 ? next : column - 1;
    }
}
