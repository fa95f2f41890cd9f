using Kepil.DuckDb;
using Kepil.Law;

namespace Kepil.Monitoring;

/// <summary>What a code costs in a form of care and a region in one month: the cell of annex 1 with its base made into money.</summary>
/// <param name="Cell">The cell as printed after the root's value was taken; of a cell with two values, the multiple.</param>
/// <param name="ShareCell">Of a cell with two values, the share that services paid by tariff take.</param>
/// <param name="Percent">Hundredths of the line's cost; null when the cell is no share.</param>
/// <param name="NormSum">Tiyn of the norm; null when the cell is no multiple.</param>
/// <param name="Tenths">Tenths of the norm.</param>
/// <param name="Larger">Of a cell with two values the larger sum is taken, and not that of the way in which the service is paid.</param>
/// <param name="Capped">By the policy cap the sum stops at the cost of the line.</param>
/// <param name="General">Whether a general finding may bear the code.</param>
public sealed record SanctionRow(
    string Code, string CareForm, string Region, string Cell, string? ShareCell, int? Percent, long? NormSum, int? Tenths, bool Larger = false, bool Capped = false, bool General = true)
{
    /// <summary>What the code costs on one line; the same arithmetic as <see cref="FindingSums"/> does for all lines of a month.</summary>
    /// <param name="cost">What the line was billed with.</param>
    /// <param name="byTariff">The line is paid by the tariff of a service; it decides in a cell with two values.</param>
    [Law("MON-321:10.1")]
    public Money On(Money cost, bool byTariff)
    {
        var norm = NormSum is { } sum && Tenths is { } tenths ? new Money(sum).Times(tenths) : (Money?)null;
        var share = Percent is { } percent ? cost.Percent(percent) : (Money?)null;
        var byNorm = norm is not null && (share is null || (Larger ? (Int128)NormSum!.Value * Tenths!.Value * 10 > (Int128)cost.Tiyn * Percent!.Value : !byTariff));
        var whole = byNorm ? norm!.Value : share ?? Money.Zero;
        return Capped ? Money.Smaller(whole, cost) : whole;
    }
}

/// <summary>The classification of one month as a table that findings are priced with.</summary>
public static class SanctionTable
{
    internal static readonly IReadOnlyList<LineColumn> Columns =
    [
        new("code", DuckType.Text), new("care_form", DuckType.Text), new("region", DuckType.Text), new("cell", DuckType.Text), new("share_cell", DuckType.Text),
        new("percent", DuckType.Integer), new("norm_sum", DuckType.BigInt), new("tenths", DuckType.Integer), new("larger", DuckType.Boolean),
        new("capped", DuckType.Boolean), new("general", DuckType.Boolean),
    ];

    /// <summary>Stands for regions that the law folder does not know.</summary>
    internal const string UnknownRegion = "*";

    /// <summary>The row that prices a code on a line; nothing when the code does not apply there.</summary>
    public static SanctionRow? Find(LawBook law, DateOnly month, DateOnly knownOn, string code, CareForm form, string region)
    {
        var rows = For(law, month, knownOn).Where(r => r.Code == code && r.CareForm == form.Word()).ToList();
        return rows.Find(r => r.Region == region) ?? rows.Find(r => r.Region == UnknownRegion);
    }

    /// <summary>Rows for every code, form and region whose cell is not '-'; the norms are those of the month, as known on a day.</summary>
    [Law("MON-321:10.1")]
    public static IReadOnlyList<SanctionRow> For(LawBook law, DateOnly month, DateOnly knownOn)
    {
        var edition = law.Classification.On(month, knownOn);
        var policies = law.Policies.On(month);
        var complexNorm = policies["normative_basis"] != "per_capita";
        var larger = policies["hiv_basis"] == "larger";
        var rows = new List<SanctionRow>();
        foreach (var region in law.Regions.All.Select(r => r.Code).Append(UnknownRegion))
        {
            foreach (var row in edition.Rows)
            {
                foreach (var form in CareForms.All)
                {
                    var sanction = edition.Resolve(row.Code, form, policies);
                    var cell = sanction.Value.ToString();
                    switch (sanction.Value)
                    {
                        case Cell.NotApplicable:
                            break;
                        case Cell.Percent share:
                            rows.Add(new(row.Code, form.Word(), region, cell, null, share.Value, null, null));
                            break;
                        case Cell.Multiple multiple:
                            rows.Add(new(row.Code, form.Word(), region, cell, null, null, NormOf(multiple.Norm, form, region), multiple.Tenths));
                            break;
                        case Cell.MultipleOrPercent either:
                            rows.Add(new(row.Code, form.Word(), region, new Cell.Multiple(either.Tenths, either.Norm).ToString(), new Cell.Percent(either.Value).ToString(), either.Value, NormOf(either.Norm, form, region), either.Tenths, larger));
                            break;
                        default:
                            rows.Add(new(row.Code, form.Word(), region, cell, null, null, null, null));
                            break;
                    }
                }
            }
        }

        var capped = policies["cap"] == "at_line_cost";
        return policies["general_with_value"] == "always_zero" && !capped ? rows : rows.ConvertAll(r => r with { Capped = capped, General = MayBeGeneral(r, policies) });

        long NormOf(Norm norm, CareForm form, string region)
        {
            long In(string code) => law.Parameters.Value(norm.Parameter(form, complexNorm), month, knownOn, code);
            return region != UnknownRegion ? In(region) : policies["unknown_region"] == "largest" ? law.Regions.All.Max(r => In(r.Code)) : In("00");
        }
    }

    /// <summary>A finding that costs nothing under a code that has a value: by the policy only the codes of records and of waiting may be such.</summary>
    [Law("MON-321:12")]
    private static bool MayBeGeneral(SanctionRow row, PoliciesOnDay policies) =>
        policies["general_with_value"] != "only_2_and_7" || row.Code.StartsWith("2.", StringComparison.Ordinal) || row.Code.StartsWith("7.", StringComparison.Ordinal)
        || row.Percent is null or 0 && row.NormSum is null;

    /// <summary>The regions of the table 'sanction', as DuckDB and PostgreSQL make them alike.</summary>
    internal const string Regions = "CREATE TABLE sanction_region AS SELECT DISTINCT region FROM sanction";

    /// <summary>The tables 'sanction' and 'sanction_region' in a database.</summary>
    public static void Create(DuckConnection connection, IEnumerable<SanctionRow> rows)
    {
        RuleTables.Fill(connection, "sanction", Columns, rows.Select(r => (IReadOnlyList<object?>)[r.Code, r.CareForm, r.Region, r.Cell, r.ShareCell, r.Percent, r.NormSum, r.Tenths, r.Larger, r.Capped, r.General]));
        connection.Execute(Regions);
    }
}
