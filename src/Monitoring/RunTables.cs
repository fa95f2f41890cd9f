using Kepil.DuckDb;

namespace Kepil.Monitoring;

/// <summary>The tables that a monitoring of a month leaves.</summary>
public static class RunTables
{
    /// <summary>What was found: a line, a code, the evidence, the cell of the classification and the sum.</summary>
    public static readonly IReadOnlyList<LineColumn> Finding =
    [
        new("finding_id", DuckType.BigInt), new("run_id", DuckType.BigInt), new("rule_id", DuckType.Text), new("code", DuckType.Text), new("kind", DuckType.Text),
        new("service_id", DuckType.BigInt), new("person_id", DuckType.BigInt), new("provider_id", DuckType.BigInt), new("month", DuckType.Date), new("care_form", DuckType.Text),
        new("evidence", DuckType.Text), new("cell", DuckType.Text), new("base", DuckType.BigInt), new("sum", DuckType.BigInt), new("counts", DuckType.Boolean),
    ];

    /// <summary>Lines of which something is at risk.</summary>
    public static readonly IReadOnlyList<LineColumn> LineSum =
    [
        new("service_id", DuckType.BigInt), new("provider_id", DuckType.BigInt), new("month", DuckType.Date), new("care_form", DuckType.Text), new("package", DuckType.Text),
        new("code", DuckType.Text), new("billed", DuckType.BigInt), new("at_risk", DuckType.BigInt), new("debt", DuckType.BigInt), new("payable", DuckType.BigInt),
    ];

    /// <summary>The month by provider, form of care and package.</summary>
    public static readonly IReadOnlyList<LineColumn> MonthForm =
    [
        new("month", DuckType.Date), new("provider_id", DuckType.BigInt), new("care_form", DuckType.Text), new("package", DuckType.Text), new("lines", DuckType.BigInt),
        new("persons", DuckType.BigInt), new("billed", DuckType.BigInt), new("at_risk", DuckType.BigInt), new("debt", DuckType.BigInt),
    ];
}
