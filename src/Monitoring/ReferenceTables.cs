using Kepil.DuckDb;

namespace Kepil.Monitoring;

/// <summary>A register that lines are compared with: persons, contracts, tariffs and the like.</summary>
/// <param name="Name">Name of the register and of its view.</param>
/// <param name="Columns">Its columns; the key columns come first.</param>
public sealed record ReferenceTable(string Name, IReadOnlyList<LineColumn> Columns);

/// <summary>The registers that come in beside the account-registers.</summary>
public static class ReferenceTables
{
    public static readonly IReadOnlyList<ReferenceTable> All =
    [
        new("person",
        [
            new("person_id", DuckType.BigInt, Required: true), new("birth_date", DuckType.Date, Required: true), new("sex", DuckType.Text, Required: true),
            new("sex_changed", DuckType.Boolean), new("death_date", DuckType.Date), new("death_minute", DuckType.Integer),
            new("region", DuckType.Text), new("district", DuckType.Text),
        ]),
        new("person_merge", [new("old_id", DuckType.BigInt, Required: true), new("person_id", DuckType.BigInt, Required: true)]),
        new("attachment",
        [
            new("person_id", DuckType.BigInt, Required: true), new("provider_id", DuckType.BigInt, Required: true),
            new("from_day", DuckType.Date, Required: true), new("to_day", DuckType.Date, Required: true), new("by_application", DuckType.Boolean),
        ]),
        new("insured_period", [new("person_id", DuckType.BigInt, Required: true), new("from_day", DuckType.Date, Required: true), new("to_day", DuckType.Date, Required: true)]),
        new("kin", [new("person_id", DuckType.BigInt, Required: true), new("parent_id", DuckType.BigInt, Required: true), new("kin", DuckType.Text, Required: true)]),
        new("payer", [new("payer_id", DuckType.BigInt, Required: true), new("kind", DuckType.Text, Required: true), new("name_kk", DuckType.Text), new("name_ru", DuckType.Text)]),
        new("paid_for",
        [
            new("person_id", DuckType.BigInt, Required: true), new("payer_id", DuckType.BigInt, Required: true), new("category", DuckType.Text, Required: true),
            new("from_day", DuckType.Date, Required: true), new("to_day", DuckType.Date, Required: true), new("income", DuckType.BigInt),
        ]),
        new("absence", [new("person_id", DuckType.BigInt, Required: true), new("from_day", DuckType.Date, Required: true), new("to_day", DuckType.Date, Required: true)]),
        new("provider",
        [
            new("provider_id", DuckType.BigInt, Required: true), new("region", DuckType.Text), new("district", DuckType.Text), new("palliative", DuckType.Boolean),
            new("name_kk", DuckType.Text), new("name_ru", DuckType.Text),
        ]),
        new("licence",
        [
            new("provider_id", DuckType.BigInt, Required: true), new("care_form", DuckType.Text, Required: true),
            new("from_day", DuckType.Date, Required: true), new("to_day", DuckType.Date, Required: true),
        ]),
        new("staff",
        [
            new("doctor_id", DuckType.BigInt, Required: true), new("provider_id", DuckType.BigInt, Required: true), new("specialty", DuckType.Text),
            new("from_day", DuckType.Date, Required: true), new("to_day", DuckType.Date, Required: true),
        ]),
        new("contract_line",
        [
            new("contract_line_id", DuckType.BigInt, Required: true), new("contract", DuckType.Text), new("provider_id", DuckType.BigInt, Required: true),
            new("package", DuckType.Text, Required: true), new("care_form", DuckType.Text, Required: true), new("service_code", DuckType.Text),
            new("from_day", DuckType.Date, Required: true), new("to_day", DuckType.Date, Required: true),
            new("quantity", DuckType.BigInt), new("amount", DuckType.BigInt),
        ]),
        new("tariff",
        [
            new("service_code", DuckType.Text, Required: true), new("from_day", DuckType.Date, Required: true), new("to_day", DuckType.Date, Required: true),
            new("known_on", DuckType.Date), new("price", DuckType.BigInt, Required: true), new("name_kk", DuckType.Text), new("name_ru", DuckType.Text),
        ]),
        new("drg",
        [
            new("drg_code", DuckType.Text, Required: true), new("from_day", DuckType.Date, Required: true), new("to_day", DuckType.Date, Required: true),
            new("known_on", DuckType.Date), new("weight_e4", DuckType.BigInt, Required: true), new("name_kk", DuckType.Text), new("name_ru", DuckType.Text),
        ]),
        new("diagnosis", [new("code", DuckType.Text, Required: true), new("parent", DuckType.Text), new("leaf", DuckType.Boolean), new("name_ru", DuckType.Text)]),
        new("medicine",
        [
            new("medicine_code", DuckType.Text, Required: true), new("from_day", DuckType.Date, Required: true), new("to_day", DuckType.Date, Required: true),
            new("name_ru", DuckType.Text),
        ]),
    ];

    public static ReferenceTable Named(string name) =>
        All.FirstOrDefault(t => t.Name == name) ?? throw new ArgumentException($"There is no register '{name}'. Known: {string.Join(", ", All.Select(t => t.Name))}.");
}
