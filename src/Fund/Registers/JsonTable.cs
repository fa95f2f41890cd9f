using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Kepil.Fund.Registers;

/// <summary>A register as JSON: an array of objects, an object that holds one, or one object a line. Names of fields are heads.</summary>
public sealed class JsonTable : RegisterTable
{
    private readonly string _path;
    private readonly List<string> _heads = [];
    private readonly Dictionary<string, int> _columns = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string[]> _title = [];
    private readonly int _rowDepth;
    private readonly string? _rowsUnder;
    private Tokens? _tokens;
    private bool _within;
    private int _number;

    public JsonTable(string path)
    {
        _path = path;
        (_rowDepth, _rowsUnder) = Shape();
        using (var tokens = new Tokens(path))
        {
            Survey(tokens);
        }

        _tokens = new Tokens(path);
    }

    public override IReadOnlyList<string> Heads => _heads;

    /// <summary>Single values beside the rows, as name and value.</summary>
    public IReadOnlyList<string[]> Title => _title;

    public override (string Column, string Head) Place(int column, IReadOnlyList<string> heads) => ("", column < heads.Count ? heads[column] : "");

    public override bool Read(TableRow row)
    {
        var tokens = _tokens!;
        while (tokens.Next())
        {
            if (tokens.Depth == 1 && _rowsUnder is not null)
            {
                _within = tokens.Type == JsonTokenType.PropertyName ? tokens.Text == _rowsUnder : _within;
            }

            if (tokens.Type == JsonTokenType.StartObject && tokens.Depth == _rowDepth && (_rowsUnder is null || _within))
            {
                row.Begin(++_number);
                ReadFields(tokens, row);
                return true;
            }
        }

        return false;
    }

    public override void Dispose()
    {
        _tokens?.Dispose();
        _tokens = null;
        base.Dispose();
    }

    private void ReadFields(Tokens tokens, TableRow row)
    {
        var column = -1;
        while (tokens.Next() && !(tokens.Type == JsonTokenType.EndObject && tokens.Depth == _rowDepth))
        {
            if (tokens.Depth > _rowDepth + 1)
            {
                continue;
            }

            switch (tokens.Type)
            {
                case JsonTokenType.PropertyName:
                    column = _columns[tokens.Text];
                    break;
                case JsonTokenType.StartObject or JsonTokenType.StartArray:
                    row.Set(column, "{}"u8, CellKind.Fault);
                    break;
                case JsonTokenType.String:
                    row.Set(column, tokens.Value.Length > LongestCell ? tokens.Value[..400] : tokens.Value, tokens.Value.Length > LongestCell ? CellKind.TooLong : CellKind.Text);
                    break;
                case JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False:
                    row.Set(column, tokens.Value, CellKind.Number);
                    break;
            }
        }
    }

    /// <summary>At which depth the objects of rows begin, and under which name of the outer object.</summary>
    private (int Depth, string? Under) Shape()
    {
        using var tokens = new Tokens(_path);
        if (!tokens.Next())
        {
            throw new RegisterRefusedException("file_empty");
        }

        if (tokens.Type == JsonTokenType.StartArray)
        {
            return (1, null);
        }

        var name = "";
        while (tokens.Type != JsonTokenType.EndObject || tokens.Depth > 0)
        {
            if (tokens.Depth == 1 && tokens.Type == JsonTokenType.PropertyName)
            {
                name = tokens.Text;
            }
            else if (tokens.Depth == 1 && tokens.Type == JsonTokenType.StartArray)
            {
                return (2, name);
            }

            if (!tokens.Next())
            {
                break;
            }
        }

        return (0, null);
    }

    private void Survey(Tokens tokens)
    {
        var name = "";
        while (tokens.Next())
        {
            if (tokens.Type == JsonTokenType.PropertyName)
            {
                if (tokens.Depth == _rowDepth + 1 && tokens.Text is var head && _columns.TryAdd(head, _heads.Count))
                {
                    _heads.Add(head);
                    if (_heads.Count > MostColumns)
                    {
                        throw new RegisterRefusedException("too_many_columns", ("row", "1"), ("limit", MostColumns.ToString(CultureInfo.InvariantCulture)));
                    }
                }

                name = tokens.Depth == 1 ? tokens.Text : name;
            }
            else if (_rowsUnder is not null && tokens.Depth == 1 && tokens.Type is JsonTokenType.String or JsonTokenType.Number && tokens.Depth == 1 && _title.Count < 100)
            {
                _title.Add([name, tokens.Text]);
            }
        }
    }

    /// <summary>The tokens of a file, read in pieces.</summary>
    private sealed class Tokens(string path) : IDisposable
    {
        private const int LongestToken = 4 << 20;

        private readonly FileStream _file = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.SequentialScan);
        private byte[] _buffer = new byte[1 << 16];
        private byte[] _value = new byte[1024];
        private int _valueLength;
        private int _start;
        private int _end;
        private bool _over;
        private bool _begun;
        private JsonReaderState _state = new(new JsonReaderOptions { AllowMultipleValues = true, MaxDepth = 16 });

        public JsonTokenType Type { get; private set; }

        public int Depth { get; private set; }

        public ReadOnlySpan<byte> Value => _value.AsSpan(0, _valueLength);

        public string Text => Encoding.UTF8.GetString(Value);

        public bool Next()
        {
            while (true)
            {
                var reader = new Utf8JsonReader(_buffer.AsSpan(_start, _end - _start), _over, _state);
                if (reader.Read())
                {
                    Type = reader.TokenType;
                    Depth = reader.CurrentDepth;
                    Keep(ref reader);
                    _start += (int)reader.BytesConsumed;
                    _state = reader.CurrentState;
                    return true;
                }

                _start += (int)reader.BytesConsumed;
                _state = reader.CurrentState;
                if (_over)
                {
                    return false;
                }

                Fill();
            }
        }

        public void Dispose() => _file.Dispose();

        private void Keep(ref Utf8JsonReader reader)
        {
            _valueLength = 0;
            if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName)
            {
                var most = reader.ValueSpan.Length;
                if (_value.Length < most)
                {
                    _value = new byte[most];
                }

                try
                {
                    _valueLength = reader.CopyString(_value);
                }
                catch (InvalidOperationException)
                {
                    throw new RegisterRefusedException("json_letters");
                }
            }
            else if (reader.TokenType is JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False)
            {
                if (_value.Length < reader.ValueSpan.Length)
                {
                    _value = new byte[reader.ValueSpan.Length];
                }

                reader.ValueSpan.CopyTo(_value);
                _valueLength = reader.ValueSpan.Length;
            }
        }

        private void Fill()
        {
            var held = _end - _start;
            _buffer.AsSpan(_start, held).CopyTo(_buffer);
            if (held == _buffer.Length)
            {
                if (held >= LongestToken)
                {
                    throw new RegisterRefusedException("record_too_long", ("row", "1"));
                }

                Array.Resize(ref _buffer, _buffer.Length * 2);
            }

            var read = _file.Read(_buffer, held, _buffer.Length - held);
            _over = read == 0;
            (_start, _end) = (0, held + read);
            if (!_begun && _end > 0)
            {
                _begun = true;
                _start = _buffer.AsSpan(0, _end).StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]) ? 3 : 0;
            }
        }
    }
}
