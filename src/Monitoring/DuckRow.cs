using Kepil.DuckDb;

namespace Kepil.Monitoring;

/// <summary>A row that DuckDB answers.</summary>
public sealed class DuckRow(DuckResult result) : IRow
{
    public long Long(int column) => result.Long(column);

    public long? LongOrNull(int column) => result.LongOrNull(column);

    public int Int(int column) => result.Int(column);

    public string Text(int column) => result.Text(column);

    public string? TextOrNull(int column) => result.TextOrNull(column);

    public DateOnly Day(int column) => result.Day(column);

    public DateOnly? DayOrNull(int column) => result.DayOrNull(column);

    public bool Flag(int column) => result.Flag(column);

    public bool? FlagOrNull(int column) => result.FlagOrNull(column);
}
