using Kepil.Monitoring;

namespace Kepil.Fund.Accounts;

/// <summary>Where records are asked and rules run: DuckDB over the folder, or PostgreSQL when KEPIL_RECORDS holds a connection string.</summary>
public static class RecordsSetting
{
    public static PostgresRecords? OpenPostgres() =>
        Environment.GetEnvironmentVariable("KEPIL_RECORDS") is { Length: > 0 } setting && setting != "duckdb" ? new PostgresRecords(setting) : null;

    public static IRecords Open(FundFolder folder) => (IRecords?)OpenPostgres() ?? new FundRecords(folder);
}
