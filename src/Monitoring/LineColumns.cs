using Kepil.DuckDb;

namespace Kepil.Monitoring;

/// <summary>A column of the record: its name, type and whether the provider billed it or the intake found it.</summary>
/// <param name="Name">Name in Parquet, in the views and in the cases.</param>
/// <param name="Type">Type of the column.</param>
/// <param name="Fact">True for what the registers said when the line was accepted, false for what was billed.</param>
/// <param name="Required">Never null.</param>
public sealed record LineColumn(string Name, DuckType Type, bool Fact = false, bool Required = false);

/// <summary>The columns of a service record, in the order in which they are stored.</summary>
public static class LineColumns
{
    /// <summary>What the provider billed. A staged line has these but service_id, and row_number (integer) besides.</summary>
    public static readonly IReadOnlyList<LineColumn> Billed =
    [
        new("service_id", DuckType.BigInt, Required: true),
        new("line_id", DuckType.Text, Required: true),
        new("provider_id", DuckType.BigInt, Required: true),
        new("month", DuckType.Date, Required: true),
        new("package", DuckType.Text, Required: true),
        new("care_form", DuckType.Text, Required: true),
        new("contract", DuckType.Text),
        new("stated_id", DuckType.BigInt, Required: true),
        new("service_code", DuckType.Text),
        new("started_on", DuckType.Date, Required: true),
        new("ended_on", DuckType.Date, Required: true),
        new("started_minute", DuckType.Integer),
        new("quantity", DuckType.Integer, Required: true),
        new("price", DuckType.BigInt, Required: true),
        new("amount", DuckType.BigInt, Required: true),
        new("patient_paid", DuckType.BigInt, Required: true),
        new("diagnosis", DuckType.Text),
        new("diagnosis_referral", DuckType.Text),
        new("diagnosis_autopsy", DuckType.Text),
        new("doctor_id", DuckType.BigInt),
        new("outcome", DuckType.Text),
        new("urgency", DuckType.Text),
        new("bed_days", DuckType.Integer),
        new("drg_code", DuckType.Text),
        new("operation_code", DuckType.Text),
        new("referred_on", DuckType.Date),
        new("referrer_id", DuckType.BigInt),
        new("setting", DuckType.Text),
        new("medicine_code", DuckType.Text),
        new("newborn", DuckType.Boolean, Required: true),
        new("recorded_on", DuckType.Date),
    ];

    /// <summary>What the registers of persons, licences, contracts and tariffs said at the moment of intake.</summary>
    public static readonly IReadOnlyList<LineColumn> Facts =
    [
        new("person_id", DuckType.BigInt, Fact: true, Required: true),
        new("person_known", DuckType.Boolean, Fact: true),
        new("birth_date", DuckType.Date, Fact: true),
        new("sex", DuckType.Text, Fact: true),
        new("sex_changed", DuckType.Boolean, Fact: true),
        new("death_date", DuckType.Date, Fact: true),
        new("death_minute", DuckType.Integer, Fact: true),
        new("age_years", DuckType.Integer, Fact: true),
        new("age_days", DuckType.Integer, Fact: true),
        new("days_after_death", DuckType.Integer, Fact: true),
        new("insured", DuckType.Boolean, Fact: true),
        new("abroad", DuckType.Boolean, Fact: true),
        new("attached_to", DuckType.BigInt, Fact: true),
        new("attached_on", DuckType.Date, Fact: true),
        new("attached_by_application", DuckType.Boolean, Fact: true),
        new("licensed", DuckType.Boolean, Fact: true),
        new("doctor_known", DuckType.Boolean, Fact: true),
        new("doctor_certified", DuckType.Boolean, Fact: true),
        new("doctor_specialty", DuckType.Text, Fact: true),
        new("contracted", DuckType.Boolean, Fact: true),
        new("contract_line_id", DuckType.BigInt, Fact: true),
        new("tariff", DuckType.BigInt, Fact: true),
        new("provider_region", DuckType.Text, Fact: true),
        new("provider_palliative", DuckType.Boolean, Fact: true),
    ];

    /// <summary>All columns of a record.</summary>
    public static readonly IReadOnlyList<LineColumn> All = [.. Billed, .. Facts];

    /// <summary>SQL name of a column type, the same on DuckDB and PostgreSQL.</summary>
    public static string Sql(DuckType type) => type switch
    {
        DuckType.Boolean => "boolean",
        DuckType.Integer => "integer",
        DuckType.BigInt => "bigint",
        DuckType.Date => "date",
        _ => "text",
    };
}
