namespace Kepil.Monitoring;

/// <summary>A row of an answer, read by column number.</summary>
public interface IRow
{
    long Long(int column);

    long? LongOrNull(int column);

    int Int(int column);

    string Text(int column);

    string? TextOrNull(int column);

    DateOnly Day(int column);

    DateOnly? DayOrNull(int column);

    bool Flag(int column);

    bool? FlagOrNull(int column);
}

/// <summary>The stored records, registers and findings of the fund, asked in SQL that DuckDB and PostgreSQL both run. Parameters are $1, $2 ...</summary>
/// <remarks>Views: known_service (all columns of <see cref="LineColumns"/>), the registers of <see cref="ReferenceTables"/>, finding and line_sum of the newest run of each month.</remarks>
public interface IRecords : IDisposable
{
    IReadOnlyList<T> Query<T>(string sql, Func<IRow, T> read, params object?[] values);
}
