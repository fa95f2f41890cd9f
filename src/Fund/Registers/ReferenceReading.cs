using System.Globalization;
using System.Text;
using Kepil.DuckDb;
using Kepil.Law;
using Kepil.Monitoring;

namespace Kepil.Fund.Registers;

/// <summary>Reads the rows of a reference register (persons, contracts, tariffs …), checks each and stages the good ones.</summary>
public sealed class ReferenceReading : IDisposable
{
    private static readonly DateOnly Open = new(9999, 12, 31);
    private static readonly HashSet<string> Persons = ["person_id", "old_id", "doctor_id", "parent_id"];

    private readonly ReferenceTable _table;
    private readonly RowJudgement _judge;
    private readonly RecognisedHead _head;
    private readonly StagedTable _staged;
    private readonly WordList _sexes, _flags, _packages, _forms;
    private readonly int[] _at;
    private readonly object?[] _values;
    private readonly bool _foreign;
    private readonly HashSet<string> _parents = [];
    private readonly List<(string Code, string? Parent, string? Name, int Row)> _diagnoses = [];
    private readonly byte[] _buffer = new byte[128];

    public ReferenceReading(RecognisedHead head, RowJudgement judge, bool foreign, Vocabulary vocabulary, string folder)
    {
        (_head, _judge, _foreign) = (head, judge, foreign);
        _table = ReferenceTables.Named(head.Table);
        _at = [.. _table.Columns.Select(c => head.Of(c.Name))];
        _values = new object?[_at.Length];
        (_sexes, _flags) = (Words("sex"), Words("flag"));
        (_packages, _forms) = (Words("package"), Words("care_form"));
        _staged = new StagedTable(folder, head.Table, Columns(head.Table));

        WordList Words(string name) => new(name, vocabulary.Words(name));
    }

    /// <summary>The columns of a staged row: those of the register, and the row of the file.</summary>
    public static IReadOnlyList<LineColumn> Columns(string table) =>
        [.. ReferenceTables.Named(table).Columns, new LineColumn("row_number", DuckType.Integer, Required: true)];

    /// <summary>Takes a row; gives false when it was rejected.</summary>
    public bool Take(TableRow row)
    {
        _judge.Begin(row);
        for (var i = 0; i < _at.Length; i++)
        {
            _values[i] = Value(_table.Columns[i], _at[i]);
        }

        Derive();
        for (var i = 0; i < _at.Length; i++)
        {
            // Birth and sex come from the number; when that is wrong, they are not missed besides.
            var derived = _table.Columns[i].Name is "birth_date" or "sex" && _judge.Flawed(_at[0]);
            if (_values[i] is null && _table.Columns[i].Required && !derived && !_judge.Flawed(_at[i]))
            {
                _judge.Reject(_at[i], "value_missing", ("column", _table.Columns[i].Name));
            }
        }

        if (_judge.Rejected)
        {
            return false;
        }

        if (_head.Table == "diagnosis")
        {
            // Whether a code is the last of its branch is known when all have been read.
            _diagnoses.Add(((string)_values[0]!, (string?)_values[1], (string?)_values[3], row.Number));
            _parents.Add((string?)_values[1] ?? "");
            return true;
        }

        Put(_values, row.Number);
        return true;
    }

    public IReadOnlyList<string> Complete()
    {
        foreach (var (code, parent, name, row) in _diagnoses)
        {
            Put([code, parent, !_parents.Contains(code), name], row);
        }

        _staged.Complete();
        return _staged.Files;
    }

    public void Dispose() => _staged.Dispose();

    private object? Value(LineColumn column, int at)
    {
        if (at < 0)
        {
            return null;
        }

        switch (column.Name)
        {
            case "sex":
                return Text(_judge.Word(at, _sexes));
            case "care_form":
                return Text(_judge.Word(at, _forms));
            case "package":
                return Text(_judge.Word(at, _packages));
            case "service_code" or "drg_code" or "medicine_code":
                return Text(_judge.Code(at, _buffer, 40));
            case "price" or "amount" or "income":
                return _judge.Money(at);
            case "weight_e4" when _head.Heads[at] != "weight_e4":
                return Weight(at);
        }

        if (column.Name == "payer_id")
        {
            // The fifth digit from the front tells an organisation (4 to 6) from a day of birth; lost leading zeros leave the end in place.
            var number = _judge.Cell(at);
            return number.Length >= 8 && number[^8] >= (byte)'4' ? _judge.Organisation(at, column.Required, _foreign) : _judge.Person(at, column.Required, _foreign);
        }

        if (Persons.Contains(column.Name))
        {
            return _judge.Person(at, column.Required, _foreign);
        }

        if (column.Name == "provider_id")
        {
            return _judge.Organisation(at, column.Required, _foreign);
        }

        return column.Type switch
        {
            DuckType.Date => _judge.Day(at, false, out _),
            DuckType.Boolean => _judge.Word(at, _flags) is { } flag ? flag[0] == 't' : null,
            DuckType.Integer => (int?)_judge.Whole(at, "number", 0, int.MaxValue),
            DuckType.BigInt => _judge.Whole(at, "number", 0, 10_000_000_000_000_000),
            _ => Text(_judge.Text(at, 2000)),
        };
    }

    private long? Weight(int at)
    {
        var cell = _judge.Cell(at);
        if (cell.IsEmpty)
        {
            return null;
        }

        if (CellNumber.Scaled(cell, 4, 10_000_000, out var weight) == NumberTrouble.None && weight > 0)
        {
            return weight;
        }

        _judge.Reject(at, "weight_unread");
        return null;
    }

    /// <summary>What the register need not say: an open end, birth and sex that the number itself tells.</summary>
    private void Derive()
    {
        int from = Position("from_day"), to = Position("to_day");
        if (to >= 0)
        {
            _values[to] ??= _judge.Flawed(_at[to]) ? null : Open;
            if (_values[from] is DateOnly first && _values[to] is DateOnly last && first > last)
            {
                _judge.Reject(_at[to], "period_reversed", ("from", first.ToString("dd.MM.yyyy", CultureInfo.InvariantCulture)));
            }
        }

        if (_table.Name != "person" || _values[0] is not long value || !IdentityNumber.TryRestore(value, out var number, out _))
        {
            return;
        }

        int birth = Position("birth_date"), sex = Position("sex"), death = Position("death_date");
        _values[birth] ??= _judge.Flawed(_at[birth]) ? null : number.BirthDate;
        _values[sex] ??= _judge.Flawed(_at[sex]) ? null : number.Sex == Sex.Male ? "m" : "f";
        if (_values[birth] is DateOnly born && _values[death] is DateOnly died && died < born)
        {
            _judge.Reject(_at[death], "death_before_birth");
        }
    }

    private int Position(string column)
    {
        for (var i = 0; i < _at.Length; i++)
        {
            if (_table.Columns[i].Name == column)
            {
                return i;
            }
        }

        return -1;
    }

    private void Put(object?[] values, int row)
    {
        var rows = _staged;
        foreach (var value in values)
        {
            switch (value)
            {
                case long number:
                    rows.Add(number);
                    break;
                case int number:
                    rows.Add(number);
                    break;
                case bool flag:
                    rows.Add(flag);
                    break;
                case DateOnly day:
                    rows.Add(day);
                    break;
                case string text:
                    rows.Add(text);
                    break;
                default:
                    rows.AddNull();
                    break;
            }
        }

        rows.Add(row);
        _staged.EndRow();
    }

    private static string? Text(ReadOnlySpan<byte> bytes) => bytes.IsEmpty ? null : Encoding.UTF8.GetString(bytes);
}
