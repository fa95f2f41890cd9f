namespace Kepil.DuckDb;

/// <summary>What DuckDB refused, in its own words.</summary>
public sealed class DuckDbException(string message) : Exception(message);
