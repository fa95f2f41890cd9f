using System.Globalization;
using Kepil.DuckDb;
using Kepil.Fund.Accounts;
using Kepil.Law;
using Kepil.Monitoring;

namespace Kepil.Fund.Purchase;

/// <summary>A month of a contract made from a protocol.</summary>
/// <param name="Month">First day of the month.</param>
public sealed record ContractMonth(string Contract, long ProviderId, string Package, CareForm Form, DateOnly Month, long Volume, Money Sum);

/// <summary>Puts contracts made from a protocol into the register of contracts that monitoring and settlement read.</summary>
public sealed class PurchaseContracts(FundFolder folder, TimeProvider clock)
{
    /// <summary>Number of the contract of a provider by a campaign.</summary>
    public static string NumberOf(int year, long campaign, long provider) => string.Create(CultureInfo.InvariantCulture, $"{year}-{campaign}-{provider:000000000000}");

    /// <summary>Months of the contracts: a year's volume and sum cut into twelve, which add up to it exactly.</summary>
    /// <remarks>Rows of the plan of one form of care and package become one line, for the register holds one volume for both.</remarks>
    public static IReadOnlyList<ContractMonth> Months(int year, long campaign, IEnumerable<(PlannedPurchase Plan, Share Share)> shares) =>
    [
        .. from s in shares
           group s.Share by (s.Share.ProviderId, s.Plan.Package, s.Plan.Form) into line
           orderby line.Key.ProviderId, line.Key.Package, line.Key.Form
           let volume = line.Sum(s => s.Volume)
           let sum = line.Sum(s => s.Sum.Tiyn)
           where volume > 0 || sum > 0
           from month in Enumerable.Range(1, 12)
           select new ContractMonth(
               NumberOf(year, campaign, line.Key.ProviderId), line.Key.ProviderId, line.Key.Package, line.Key.Form, new(year, month, 1),
               Part(volume, month), new(Part(sum, month))),
    ];

    /// <summary>Enters contracts beside those that the register holds. Contracts it names already stay as they are.</summary>
    /// <returns>Lines that were entered.</returns>
    public int Enter(IReadOnlyList<ContractMonth> months)
    {
        var columns = ReferenceTables.Named("contract_line").Columns;
        var names = string.Join(", ", columns.Select(c => c.Name));
        var path = folder.At("purchase-" + Guid.NewGuid().ToString("n") + ".parquet");
        try
        {
            using (var database = DuckDatabase.Open(threads: 1, memoryMegabytes: 256))
            using (var connection = database.Connect())
            {
                var held = InForce() is { } file ? $"read_parquet('{RuleWorker.Quoted(file)}')" : null;
                var known = held is null ? [] : connection.QueryAll($"SELECT DISTINCT contract FROM {held} WHERE contract IS NOT NULL", r => new DuckRow(r).Text(0)).ToHashSet();
                var last = held is null ? 0 : connection.QueryAll($"SELECT COALESCE(MAX(contract_line_id), 0) FROM {held}", r => new DuckRow(r).Long(0))[0];
                var added = months.Where(m => !known.Contains(m.Contract)).ToList();
                if (added.Count == 0)
                {
                    return 0;
                }

                RuleTables.Fill(connection, "made", columns, added.Select((m, i) => (IReadOnlyList<object?>)
                    [last + 1 + i, m.Contract, m.ProviderId, m.Package, m.Form.Word(), null, m.Month, m.Month.AddMonths(1).AddDays(-1), m.Volume, m.Sum.Tiyn]));
                connection.Execute($"COPY (SELECT {names} FROM made{(held is null ? "" : $" UNION ALL SELECT {names} FROM {held}")}) TO '{RuleWorker.Quoted(path)}' (FORMAT parquet)");
                months = added;
            }

            new ReferenceLoading(folder, clock).Load("contract_line", [path]);
            return months.Count;
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static long Part(long year, int month) => (long)((Int128)year * month / 12 - (Int128)year * (month - 1) / 12);

    private string? InForce()
    {
        using var context = folder.Accounts.Context();
        return context.ReferenceFiles.Where(r => r.Register == "contract_line" && r.ReplacedBy == null).Select(r => r.Path).FirstOrDefault() is { } path ? folder.At(path) : null;
    }
}
