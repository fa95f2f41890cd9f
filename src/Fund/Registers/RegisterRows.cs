using System.Globalization;
using System.Text;

namespace Kepil.Fund.Registers;

/// <summary>The rows of a register one after another: title, heads, lines, total and what stands below it.</summary>
public sealed class RegisterRows(RegisterTable table, MappingFile? mapping, RegisterOptions options, Vocabulary vocabulary)
{
    /// <summary>Bytes that a line of a text file usually takes, so that room for all of them is made at once.</summary>
    private const int BytesOfLine = 160;

    private readonly Dictionary<string, long> _skipped = [];
    private readonly IReadOnlyDictionary<string, string> _totals = vocabulary.Words("total");
    private RecognisedHead _head = new("", 0, [], []);
    private int _lineId, _stated, _amount;
    private long _rows, _accepted;
    private long? _statedTotal;
    private bool _afterTotal;

    /// <summary>The first rows of a table, copied; those below a row that <paramref name="ends"/> are not looked at.</summary>
    public static List<TableRow> First(RegisterTable table, Func<TableRow, bool>? ends = null)
    {
        var rows = new List<TableRow>();
        var row = new TableRow();
        while (rows.Count < HeadRecognition.RowsSearched && table.Read(row))
        {
            var copy = new TableRow();
            row.CopyTo(copy);
            rows.Add(copy);
            if (ends is not null && ends(copy))
            {
                break;
            }
        }

        return rows;
    }

    public RegisterFacts Read(RegisterFacts facts, string folder)
    {
        var recognition = new HeadRecognition(vocabulary);
        var title = new TitleFacts();
        var waiting = new List<TableRow>();
        if (table is MappedTable mapped)
        {
            _head = new RecognisedHead(mapped.Source.Reads, 1, mapped.Heads!, [.. mapped.Heads!]);
        }
        else if (table.Heads is { } heads)
        {
            _head = recognition.Take(heads, options.Table, facts.File);
            title = TitleFacts.Read(((JsonTable)table).Title, vocabulary);
        }
        else
        {
            // Below the whole heading of lines are lines: no row of them needs to be compared with the heads of all registers.
            waiting = First(table, options.Table is null or HeadRecognition.Line ? row => recognition.IsHeadOfLines(row.Texts()) : null);
            var numbers = waiting.ConvertAll(r => r.Number);
            var texts = waiting.ConvertAll(r => r.Texts());
            (_head, var used) = recognition.Find(numbers, texts, options.Table, facts.File);
            var above = 0;
            while (above < used && numbers[above] < _head.Row)
            {
                above++;
            }

            title = TitleFacts.Read(texts.GetRange(0, above), vocabulary);
            _skipped["title"] = above;
            _skipped["head"] = used - above;
            waiting.RemoveRange(0, used);
        }

        (_lineId, _stated, _amount) = (_head.Of("line_id"), _head.Of("stated_id"), _head.Of("amount"));
        using var log = new RejectionLog(facts.Rejections);
        var judge = new RowJudgement(facts.File, table, _head, log);
        facts = facts with
        {
            Table = _head.Table,
            HeadRow = _head.Row,
            UnknownHeads = [.. _head.Heads.Where((h, i) => h.Length > 0 && _head.Codes[i] is null)],
            ProviderName = title.ProviderName,
        };

        if (_head.Table == HeadRecognition.Line)
        {
            var context = Context(title);
            using var lines = new LineReading(_head, judge, context, DiagnosisCodes.Of(options.Diagnoses ?? []), vocabulary, folder, table is CsvTable, facts.Size / BytesOfLine);
            Each(waiting, lines.Take, lines.TakePlain);
            facts = facts with
            {
                Staged = lines.Complete(),
                Billed = lines.Billed,
                PackagesInferred = lines.PackagesInferred,
                ProviderId = context.ProviderId,
                Contract = context.Contract is { } contract ? Encoding.UTF8.GetString(contract) : null,
                Month = context.Month,
                CareForm = _head.Has("care_form") ? null : Encoding.UTF8.GetString(context.CareForm),
            };
        }
        else
        {
            using var reference = new ReferenceReading(_head, judge, mapping?.ForeignNumbers ?? false, vocabulary, folder);
            Each(waiting, reference.Take, null);
            facts = facts with { Staged = reference.Complete() };
        }

        return facts with
        {
            Rows = _rows,
            Accepted = _accepted,
            Rejected = _rows - _accepted,
            Skipped = _skipped,
            StatedTotal = _statedTotal,
            NumbersRestored = judge.NumbersRestored,
            Classes = (table as MappedTable)?.Classes ?? [],
        };
    }

    private void Each(List<TableRow> waiting, Func<TableRow, bool> take, Func<TableRow, bool>? takePlain)
    {
        foreach (var row in waiting)
        {
            One(row, take);
        }

        var next = new TableRow();
        while (table.Read(next))
        {
            // What is certainly a line with a number longer than that of a row is passed over by nothing.
            if (takePlain is not null && next.Plain && next[_lineId].Length > 3 && takePlain(next))
            {
                _rows++;
                _accepted++;
                continue;
            }

            One(next, take);
        }
    }

    private void One(TableRow row, Func<TableRow, bool> take)
    {
        if (Skips(row) is { } why)
        {
            _skipped[why] = _skipped.GetValueOrDefault(why) + 1;
            return;
        }

        _rows++;
        _accepted += take(row) ? 1 : 0;
    }

    /// <summary>Why a row is no line, or null. A row that names a line or a person is never passed over.</summary>
    private string? Skips(TableRow row)
    {
        if (_lineId >= 0 && !CellText.Trim(row[_lineId]).IsEmpty && !CellText.Trim(row[_stated]).IsEmpty)
        {
            return row[_lineId].Length <= 3 || row[_stated].Length is not (>= 9 and <= 20) ? Repeated(row) : null;
        }

        if (row.IsBlank)
        {
            return "blank";
        }

        if (_head.Table != HeadRecognition.Line)
        {
            return Repeated(row);
        }

        if (_afterTotal && CellText.Trim(row[_stated]).IsEmpty && (_amount < 0 || CellText.Trim(row[_amount]).IsEmpty))
        {
            return "below";
        }

        if (!CellText.Trim(row[_lineId]).IsEmpty || !CellText.Trim(row[_stated]).IsEmpty)
        {
            return First(row) is { } word && IsTotal(word) ? Total(row) : Repeated(row);
        }

        for (var i = 0; i < row.Count; i++)
        {
            var cell = CellText.Trim(row[i]);
            if (!cell.IsEmpty && cell.Length < 200)
            {
                if (IsTotal(Encoding.UTF8.GetString(cell)))
                {
                    return Total(row);
                }

                break;
            }
        }

        return null;
    }

    /// <summary>The text of the first filled cell when the line's own cells hold no number at all.</summary>
    private string? First(TableRow row)
    {
        for (var i = 0; i < row.Count; i++)
        {
            var cell = CellText.Trim(row[i]);
            if (!cell.IsEmpty)
            {
                return i <= _lineId && CellText.Trim(row[_stated]).IsEmpty && cell.Length < 200 ? Encoding.UTF8.GetString(cell) : null;
            }
        }

        return null;
    }

    private bool IsTotal(string text)
    {
        var compared = Vocabulary.Compared(text);
        if (_totals.ContainsKey(compared))
        {
            return true;
        }

        var end = text.IndexOfAny([' ', ':', '\u00A0']);
        return end > 0 && _totals.ContainsKey(Vocabulary.Compared(text.AsSpan(0, end)));
    }

    private string Total(TableRow row)
    {
        _afterTotal = true;
        if (_amount >= 0 && CellNumber.Money(CellText.Trim(row[_amount]), out var stated) == NumberTrouble.None)
        {
            _statedTotal = stated;
        }

        return "total";
    }

    /// <summary>"head" when the heads stand again, as on each page of a print; "numbers" for the row 1, 2, 3 … below them.</summary>
    private string? Repeated(TableRow row)
    {
        var same = 0;
        var counted = 0;
        var filled = 0;
        for (var i = 0; i < row.Count; i++)
        {
            var cell = CellText.Trim(row[i]);
            if (cell.IsEmpty)
            {
                continue;
            }

            filled++;
            var text = Encoding.UTF8.GetString(cell);
            same += i < _head.Heads.Count && text == _head.Heads[i] ? 1 : 0;
            counted += text == (i + 1).ToString(CultureInfo.InvariantCulture) ? 1 : 0;
        }

        return filled >= 3 && same == filled ? "head" : filled >= 3 && counted == filled ? "numbers" : null;
    }

    private LineContext Context(TitleFacts title)
    {
        var provider = options.ProviderId ?? title.ProviderId;
        var month = options.Month ?? title.Month;
        if (provider is null && !_head.Has("provider_id"))
        {
            throw new RegisterRefusedException("provider_unknown");
        }

        if (options.ProviderId is { } given && title.ProviderId is { } written && given != written)
        {
            throw new RegisterRefusedException("provider_differs", ("value", written.ToString("D12", CultureInfo.InvariantCulture)), ("expected", given.ToString("D12", CultureInfo.InvariantCulture)));
        }

        if (options.Month is { } expected && title.Month is { } stated && expected != stated)
        {
            throw new RegisterRefusedException("register_month_differs", ("value", stated.ToString("MM.yyyy", CultureInfo.InvariantCulture)), ("expected", expected.ToString("MM.yyyy", CultureInfo.InvariantCulture)));
        }

        var each = mapping?.MonthOfEachLine ?? false;
        if (month is null && !each && !_head.Has("month"))
        {
            throw new RegisterRefusedException("month_unknown");
        }

        var contract = title.Contract ?? options.Contract;
        var package = options.Package ?? title.Package;
        return new LineContext
        {
            Today = options.Today,
            LateMonths = options.LateMonths,
            ProviderId = provider,
            OnlyProvider = options.OnlyProvider,
            Month = month,
            MonthOfEachLine = each && !_head.Has("month"),
            Contract = contract is null ? null : Encoding.UTF8.GetBytes(contract),
            CareForm = Encoding.UTF8.GetBytes(options.CareForm ?? title.CareForm ?? Kind()),
            Package = package is null ? null : Encoding.UTF8.GetBytes(package),
            Foreign = mapping?.ForeignNumbers ?? false,
            From1904 = table.From1904,
            Months = vocabulary.Words("month"),
        };
    }

    /// <summary>The form of care that the columns of a register tell.</summary>
    private string Kind() => _head.Has("drg_code") ? "drg" : _head.Has("bed_days") ? "bed_day" : "specialist";
}
