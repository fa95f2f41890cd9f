using System.Globalization;
using Kepil.DuckDb;
using Kepil.Fund.Accounts;
using Kepil.Law;
using Kepil.Monitoring;

namespace Kepil.Fund.Purchase;

/// <summary>A month of a contract made from a protocol.</summary>
/// <param name="Month">First day of the month.</param>
public sealed record ContractMonth(string Contract, long ProviderId, string Package, CareForm Form, DateOnly Month, long Volume, Money Sum);

/// <summary>A line of a contract with all that the register of contracts holds of it.</summary>
/// <param name="Id">Its number; nothing when it gets one as it is entered.</param>
/// <param name="Quantity">Units of one month.</param>
/// <param name="Sum">Tiyn of one month.</param>
public sealed record RegisterLine(long? Id, string Contract, long ProviderId, string Package, string CareForm, string? ServiceCode, DateOnly From, DateOnly To, long? Quantity, long? Sum);

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

    /// <summary>Enters contracts beside those that the register holds. Contracts it names already, or named in an earlier version, stay as they are.</summary>
    /// <returns>Lines that were entered.</returns>
    public int Enter(IReadOnlyList<ContractMonth> months)
    {
        var entered = 0;
        new ReferenceLoading(folder, clock).Change("contract_line", (inForce, made) =>
        {
            // What was ended early is in an older version only and does not come back.
            var known = Versions().SelectMany(ContractsIn).ToHashSet();
            List<ContractMonth> added = [.. months.Where(m => !known.Contains(m.Contract))];
            entered = added.Count;
            if (entered > 0)
            {
                Write(inForce, made, "true", [.. added.Select(m => new RegisterLine(null, m.Contract, m.ProviderId, m.Package, m.Form.Word(), null, m.Month, m.Month.AddMonths(1).AddDays(-1), m.Volume, m.Sum.Tiyn))]);
            }

            return entered > 0;
        });
        return entered;
    }

    /// <summary>Replaces the lines of contracts where the register still has the ones that were agreed to be changed.</summary>
    /// <param name="before">All lines of those contracts before the change.</param>
    /// <param name="after">All their lines after it; a line without a number gets a new one.</param>
    /// <returns>False when the register already has the lines after the change.</returns>
    /// <exception cref="PurchaseRefusedException">The register has neither, for it was changed meanwhile.</exception>
    public bool Replace(IReadOnlyList<RegisterLine> before, IReadOnlyList<RegisterLine> after)
    {
        var replaced = false;
        new ReferenceLoading(folder, clock).Change("contract_line", (inForce, made) =>
        {
            List<(long, string)> contracts = [.. before.Concat(after).Select(l => (l.ProviderId, l.Contract)).Distinct()];
            var held = inForce is null ? [] : LinesIn(inForce, contracts);
            if (Same(held, after))
            {
                return false;
            }

            if (!Same(held, before))
            {
                throw Changed();
            }

            Write(inForce, made, $"NOT ({Where(contracts)})", after);
            return replaced = true;
        });
        return replaced;
    }

    /// <summary>All lines of contracts as the register in force has them.</summary>
    public IReadOnlyList<RegisterLine> Lines(IReadOnlyCollection<(long Provider, string Contract)> contracts) =>
        contracts.Count > 0 && Versions(inForce: true) is [var file] ? LinesIn(file, contracts) : [];

    /// <summary>Writes a version of the register: what it held and fits the condition, and the given lines.</summary>
    private static void Write(string? inForce, string made, string stays, IReadOnlyList<RegisterLine> lines)
    {
        var columns = ReferenceTables.Named("contract_line").Columns;
        var names = string.Join(", ", columns.Select(c => c.Name));
        using var database = DuckDatabase.Open(threads: 1, memoryMegabytes: 256);
        using var connection = database.Connect();
        var held = inForce is null ? null : $"read_parquet('{RuleWorker.Quoted(inForce)}')";
        var last = Math.Max(lines.Max(l => l.Id ?? 0), held is null ? 0 : connection.QueryAll($"SELECT COALESCE(MAX(contract_line_id), 0) FROM {held}", r => new DuckRow(r).Long(0))[0]);
        var added = 0;
        RuleTables.Fill(connection, "made", columns, lines.Select(l => (IReadOnlyList<object?>)
            [l.Id ?? last + ++added, l.Contract, l.ProviderId, l.Package, l.CareForm, l.ServiceCode, l.From, l.To, l.Quantity, l.Sum]));
        connection.Execute($"COPY (SELECT {names} FROM made{(held is null ? "" : $" UNION ALL SELECT {names} FROM {held} WHERE {stays}")}) TO '{RuleWorker.Quoted(made)}' (FORMAT parquet)");
    }

    private static IReadOnlyList<RegisterLine> LinesIn(string file, IReadOnlyCollection<(long Provider, string Contract)> contracts)
    {
        using var database = DuckDatabase.Open(threads: 1, memoryMegabytes: 256);
        using var connection = database.Connect();
        return connection.QueryAll(
            $"SELECT contract_line_id, contract, provider_id, package, care_form, service_code, from_day, to_day, quantity, amount FROM read_parquet('{RuleWorker.Quoted(file)}') WHERE {Where(contracts)} ORDER BY provider_id, contract, package, care_form, service_code, from_day, contract_line_id",
            r => new DuckRow(r) is var d ? new RegisterLine(d.Long(0), d.Text(1), d.Long(2), d.Text(3), d.Text(4), d.TextOrNull(5), d.Day(6), d.Day(7), d.LongOrNull(8), d.LongOrNull(9)) : null!);
    }

    private static List<string> ContractsIn(string file)
    {
        using var database = DuckDatabase.Open(threads: 1, memoryMegabytes: 256);
        using var connection = database.Connect();
        return [.. connection.QueryAll($"SELECT DISTINCT contract FROM read_parquet('{RuleWorker.Quoted(file)}') WHERE contract IS NOT NULL", r => new DuckRow(r).Text(0))];
    }

    private static string Where(IEnumerable<(long Provider, string Contract)> contracts) =>
        string.Join(" OR ", contracts.Select(c => string.Create(CultureInfo.InvariantCulture, $"(provider_id = {c.Provider} AND contract = '{RuleWorker.Quoted(c.Contract)}')")));

    /// <summary>Whether two sets of lines say the same, whatever their numbers.</summary>
    internal static bool Same(IReadOnlyList<RegisterLine> one, IReadOnlyList<RegisterLine> other) => one.Count == other.Count
        && one.Select(l => (l with { Id = null }).ToString()).Order(StringComparer.Ordinal).SequenceEqual(other.Select(l => (l with { Id = null }).ToString()).Order(StringComparer.Ordinal));

    internal static PurchaseRefusedException Changed() => new(new(
        "Шарттардың тізілімі осы уақытта өзгерді. Өзгерісті қабылдамай, қазіргі жолдар бойынша қайта ұсыныңыз.",
        "Реестр договоров тем временем изменился. Отклоните изменение и предложите его заново по нынешним строкам.",
        "The register of contracts was changed meanwhile. Refuse the change and propose it anew on the lines as they are now."));

    private static long Part(long year, int month) => (long)((Int128)year * month / 12 - (Int128)year * (month - 1) / 12);

    /// <summary>Files of the versions of the register.</summary>
    private List<string> Versions(bool inForce = false)
    {
        using var context = folder.Accounts.Context();
        return [.. context.ReferenceFiles.Where(r => r.Register == "contract_line" && (!inForce || r.ReplacedBy == null)).Select(r => r.Path).ToList().Select(p => folder.At(p))];
    }
}
