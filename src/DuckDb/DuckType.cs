namespace Kepil.DuckDb;

/// <summary>The column types that Kepil writes.</summary>
public enum DuckType
{
    Boolean = 1,
    Integer = 4,
    BigInt = 5,
    Date = 13,
    Text = 17,
}
