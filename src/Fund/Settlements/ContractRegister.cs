using Kepil.DuckDb;
using Kepil.Fund.Accounts;
using Kepil.Fund.Ledger;
using Kepil.Law;
using Kepil.Monitoring;
using Microsoft.EntityFrameworkCore;

namespace Kepil.Fund.Settlements;

/// <summary>What contracts plan for a form of care and a month.</summary>
/// <param name="Month">First day of the month.</param>
public sealed record PlannedMonth(ContractPackage Of, string CareForm, DateOnly Month, Money Sum);

/// <summary>A line of a contract as the register names it.</summary>
/// <param name="ServiceCode">Nothing when the line is for the whole form of care.</param>
/// <param name="Quantity">Units of one month.</param>
/// <param name="Sum">Plan of one month.</param>
public sealed record ContractLine(long Id, string Package, string CareForm, string? ServiceCode, DateOnly From, DateOnly To, long? Quantity, Money? Sum);

/// <summary>The register of contracts with all its versions: of a contract that the version in force names no more, for its year is over, the last version counts that named it.</summary>
public sealed class ContractRegister(FundFolder folder)
{
    /// <summary>What each contract lets the Fund pay.</summary>
    /// <returns>Nothing when no register of contracts was ever loaded.</returns>
    public IReadOnlyDictionary<ContractPackage, ContractTerm>? Terms() => Versions() is not { Count: > 0 } versions ? null : Newest(
        versions, LineQueries.ContractTerms,
        d => (Of: new ContractPackage(d.Long(0), d.Text(1), d.Text(2)), Value: new ContractTerm(d.LongOrNull(3) is { } sum ? new Money(sum) : null, d.Day(4), d.Day(5)))).ToDictionary(t => t.Of, t => t.Value);

    /// <summary>The plan of a year by contract, package, form of care and month.</summary>
    public IReadOnlyList<PlannedMonth> Plan(int year) =>
        [.. Newest(Versions(), v => LineQueries.Plan(v, year), d => (Of: new ContractPackage(d.Long(0), d.Text(1), d.Text(2)), Value: (Form: d.Text(3), Month: d.Day(4), Sum: d.Long(5)))).Select(p => new PlannedMonth(p.Of, p.Value.Form, p.Value.Month, new(p.Value.Sum)))];

    /// <summary>The lines of a contract, by which its plan can be added up again.</summary>
    public IReadOnlyList<ContractLine> Lines(long provider, string contract)
    {
        using var database = DuckDatabase.Open(threads: 1, memoryMegabytes: 256);
        using var connection = database.Connect();
        return Versions().Select(v => connection.QueryAll(LineQueries.PlanLines(v, provider, contract), r => new DuckRow(r) is var d
            ? new ContractLine(d.Long(0), d.Text(1), d.Text(2), d.TextOrNull(3), d.Day(4), d.Day(5), d.LongOrNull(6), d.LongOrNull(7) is { } sum ? new Money(sum) : null) : null!)).FirstOrDefault(l => l.Count > 0) ?? [];
    }

    /// <summary>Files of the versions, the newest first.</summary>
    private List<string> Versions()
    {
        using var context = folder.Accounts.Context();
        return [.. context.ReferenceFiles.AsNoTracking().Where(r => r.Register == "contract_line").OrderByDescending(r => r.Id).ToList().Select(v => folder.At(v.Path))];
    }

    private static List<(ContractPackage Of, T Value)> Newest<T>(IReadOnlyList<string> versions, Func<string, string> sql, Func<DuckRow, (ContractPackage Of, T Value)> read)
    {
        using var database = DuckDatabase.Open(threads: 1, memoryMegabytes: 256);
        using var connection = database.Connect();
        var (rows, named) = (new List<(ContractPackage Of, T Value)>(), new HashSet<(long, string)>());
        foreach (var version in versions)
        {
            // A package that an agreement took out of a contract does not come back from an older version.
            var older = connection.QueryAll(sql(version), r => read(new(r))).Where(r => !named.Contains((r.Of.ProviderId, r.Of.Contract))).ToList();
            rows.AddRange(older);
            named.UnionWith(older.Select(r => (r.Of.ProviderId, r.Of.Contract)));
        }

        return rows;
    }
}
