using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Kepil.Fund.Registers;

/// <summary>Why a row was not accepted: the cell, what it holds and what is wrong with it.</summary>
/// <param name="File">Name of the file as it was sent.</param>
/// <param name="Row">Row as a spreadsheet shows it, from 1.</param>
/// <param name="Column">Letters of the column, or the name of a field; empty when the whole row is meant.</param>
/// <param name="Head">What stands above the cell.</param>
/// <param name="Value">What the cell holds, at most eighty signs.</param>
/// <param name="Reason">Reason code, a key of <see cref="RejectionTexts"/>.</param>
/// <param name="Named">What the text names besides: limits, other rows, allowed words.</param>
public sealed record Rejection(string File, int Row, string Column, string Head, string Value, string Reason, IReadOnlyDictionary<string, string> Named)
{
    /// <summary>The most signs of a value that are shown.</summary>
    public const int LongestValue = 80;

    [JsonIgnore]
    public string Cell => Column + Row.ToString(System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>The rejections of a register, one JSON object a line.</summary>
public sealed class RejectionLog : IDisposable
{
    private readonly string _path;
    private FileStream? _file;
    private readonly ArrayBufferWriter<byte> _line = new();
    private Utf8JsonWriter? _json;
    private int _lastRow = -1;

    /// <param name="path">The file that the first rejection makes; without rejections there is none.</param>
    public RejectionLog(string path)
    {
        _path = path;
        File.Delete(path);
    }

    /// <summary>Rejections written; a row may have several.</summary>
    public long Count { get; private set; }

    public void Add(Rejection rejection)
    {
        _lastRow = rejection.Row;
        Count++;
        _file ??= new FileStream(_path, FileMode.Create, FileAccess.Write, FileShare.Read, 1 << 16);
        _json ??= new Utf8JsonWriter(_line);
        JobFile.Write(_json, rejection);
        _json.Flush();
        _file.Write(_line.WrittenSpan);
        _file.WriteByte((byte)'\n');
        _line.ResetWrittenCount();
        _json.Reset();
    }

    public bool Has(int row) => _lastRow == row;

    public void Dispose()
    {
        _json?.Dispose();
        _file?.Dispose();
    }

    /// <summary>How many rejections a log holds; none when there is no file.</summary>
    public static long CountOf(string path) => File.Exists(path) ? File.ReadLines(path).LongCount() : 0;

    /// <summary>The rejections of a log, in the order of the rows; none when there is no file.</summary>
    public static IEnumerable<Rejection> Read(string path)
    {
        foreach (var line in File.Exists(path) ? File.ReadLines(path) : [])
        {
            yield return JsonSerializer.Deserialize(line, RegisterJson.Default.Rejection)!;
        }
    }
}
