using System.Globalization;
using Kepil.Fund.Desk;
using Kepil.Fund.Ledger;
using Kepil.Fund.Pages;
using Kepil.Fund.Proceedings;
using Kepil.Fund.Settlements;
using Kepil.Law;

namespace Kepil.Fund.Payments;

/// <summary>Plan and fact of a part of the budget.</summary>
/// <param name="Plan">By the lines of contracts.</param>
/// <param name="Billed">By the registers that were settled.</param>
/// <param name="Accepted">What is due after monitoring.</param>
/// <param name="Paid">What the bank paid by orders of the settlements of a month.</param>
public readonly record struct Executed(Money Plan, Money Billed, Money Withheld, Money InDispute, Money Accepted, Money Paid)
{
    /// <summary>What is left of the plan; below zero where more was accepted than planned.</summary>
    public Money Left => Plan - Accepted;

    public static Executed operator +(Executed a, Executed b) =>
        new(a.Plan + b.Plan, a.Billed + b.Billed, a.Withheld + b.Withheld, a.InDispute + b.InDispute, a.Accepted + b.Accepted, a.Paid + b.Paid);
}

/// <summary>A group of the budget with its plan and fact.</summary>
/// <param name="Key">What its parts have in common.</param>
public sealed record ExecutedRow(string Key, Executed Sums);

/// <summary>How the budget of a year is executed: the plan of contracts beside what registers brought, monitoring accepted and the bank paid.</summary>
public sealed class ExecutionView
{
    private readonly record struct Cell(ContractPackage Of, string CareForm, DateOnly Month, Executed Sums);

    private readonly IReadOnlyDictionary<long, (string? Region, string? District)> _places;

    public ExecutionView(MoneyDesk desk, ExecutionFilter filter)
    {
        (Filter, _places, Names) = (filter, desk.Places(), desk.Names());
        var cells = Cells(desk, filter).ToList();
        Rows = [.. cells.GroupBy(c => KeyOf(filter.By, c)).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => new ExecutedRow(g.Key, Sum(g)))];
        Months = [.. Enumerable.Range(1, 12).Select(m => new DateOnly(filter.Year, m, 1)).Select(m => (m, Sum(cells.Where(c => c.Month == m))))];
        Total = Sum(cells);
        Lines = filter is { ProviderId: { } provider, Contract: { } contract } ? [.. desk.Contracts.Lines(provider, contract).Where(l => (filter.CareForm ?? l.CareForm) == l.CareForm && (filter.Package ?? l.Package) == l.Package)] : [];
        ByBooks = filter.CareForm is not null ? null : Sum(Books(desk, filter, AccountKind.Payable).Where(c => c.Month.Year == filter.Year)).Accepted;
    }

    public ExecutionFilter Filter { get; }

    public IReadOnlyList<ExecutedRow> Rows { get; }

    /// <summary>All months of the year, for the picture.</summary>
    public IReadOnlyList<(DateOnly Month, Executed Sums)> Months { get; }

    public Executed Total { get; }

    /// <summary>The accepted sum as the ledger has it; nothing where a form of care is asked for, which the ledger does not know.</summary>
    public Money? ByBooks { get; }

    /// <summary>The lines of the contract that is asked for.</summary>
    public IReadOnlyList<ContractLine> Lines { get; }

    public IReadOnlyDictionary<long, Findings.Provider> Names { get; }

    /// <summary>How a key is shown.</summary>
    public string Label(string key, MoneyDesk desk, PageLanguage language) => Filter.By switch
    {
        "provider" => Names.TryGetValue(long.Parse(key, CultureInfo.InvariantCulture), out var provider) && language.Name(provider.NameKk, provider.NameRu) is { } name ? name : key,
        "region" => desk.Law.Regions.Find(key) is { } region ? language.Text(region.Name) : language["Execution.NoPlace"],
        "district" => desk.Law.Regions.Districts.FirstOrDefault(d => d.Code == key) is { } district ? language.Text(district.Name) : key.Length > 0 ? key : language["Execution.NoPlace"],
        "month" => language.Month(DateOnly.ParseExact(key, "yyyy-MM", CultureInfo.InvariantCulture)),
        "package" => language.WordOr("Package.Short." + key, key),
        "form" => key.Length > 0 ? language.WordOr("Form." + key, key) : language["Execution.NoForm"],
        _ => key.Split('|')[1] is { Length: > 0 } contract ? contract : language["Money.NoContract"],
    };

    /// <summary>The same budget narrowed to a row; a contract is narrowed to its lines and its orders.</summary>
    public (string Name, string? Value)[] Narrowed(string key) => Filter.By switch
    {
        "month" => [("month", key), ("by", "region")],
        "region" => [("region", key), ("by", "district")],
        "district" => [("district", key), ("by", "provider")],
        "form" => [("form", key), ("by", "provider")],
        "package" => [("package", key), ("by", "provider")],
        "provider" => [("provider", key), ("by", "contract")],
        _ => [("provider", key.Split('|')[0]), ("contract", key.Split('|')[1]), ("by", "month")],
    };

    /// <summary>The groups as a spreadsheet that anybody can add up again.</summary>
    public FindingSheet Sheet(MoneyDesk desk, PageLanguage language, Visitor visitor)
    {
        List<string> head = [language["Money.By." + Filter.By], .. new[] { "Plan", "Billed", "Withheld", "InDispute", "Accepted", "Left", "Paid" }.Select(c => language["Execution." + c] + ", ₸")];
        List<object?[]> rows = [.. Rows.Select(r => new object?[] { Label(r.Key, desk, language), r.Sums.Plan, r.Sums.Billed, r.Sums.Withheld, r.Sums.InDispute, r.Sums.Accepted, r.Sums.Left, Filter.IsByForm ? null : r.Sums.Paid })];
        List<(string, string)> about =
        [
            (language["Execution.Year"], Filter.Year.ToString(CultureInfo.InvariantCulture)),
            (language["Overview.Month"], Filter.Month is { } month ? language.Month(month) : language["Filter.AllMonths"]),
            (language["Visits.Region"], Filter.Region ?? "–"), (language["Money.By.district"], Filter.District ?? "–"), (language["Col.Form"], Filter.CareForm ?? "–"), (language["Col.Package"], Filter.Package ?? "–"),
            (language["Col.Bin"], Filter.ProviderId is { } provider ? PageLanguage.Identity(provider) : "–"), (language["Fact.Contract"], Filter.Contract ?? "–"),
            (language["Money.Until"], Filter.Until is { } until ? language.Day(until) : "–"),
            (language["Sheet.Rows"], language.Number(rows.Count)), (language["Sheet.MadeAt"], language.Moment(desk.Desk.Clock.GetUtcNow()) + " (UTC+05:00)"), (language["Sheet.MadeBy"], visitor.User!.FullName),
        ];
        return new(head, rows, about, [44, 20, 20, 20, 20, 20, 20, 20], language, language["Execution.Title"]);
    }

    private IEnumerable<Cell> Cells(MoneyDesk desk, ExecutionFilter filter)
    {
        var before = filter.Until is { } until ? LocalDay.At(until.AddDays(1), TimeOnly.MinValue) : DateTimeOffset.MaxValue;
        var plan = desk.Contracts.Plan(filter.Year).Select(p => new Cell(p.Of, p.CareForm, p.Month, new(p.Sum, default, default, default, default, default)));
        var fact = SettlementStore.Forms(desk.Ledger, filter.Year, before).Select(f => new Cell(f.Of, f.CareForm, f.Month, new(default, f.Shares.Billed, f.Shares.Withheld, f.Shares.InDispute, f.Shares.Payable, default)));
        return plan.Concat(fact).Where(c => Holds(filter, c) && (filter.CareForm ?? c.CareForm) == c.CareForm)
            .Concat(filter.IsByForm ? [] : Books(desk, filter, AccountKind.Bank)).Where(c => c.Month.Year == filter.Year);
    }

    /// <summary>Balances of a kind that stand on the credit side, as cells without a form of care.</summary>
    private IEnumerable<Cell> Books(MoneyDesk desk, ExecutionFilter filter, AccountKind kind) =>
        from balance in desk.Ledger.Balances(new(filter.ProviderId, filter.Contract, filter.Package, filter.Month, filter.Until)).Balances
        where balance.Account.Kind == kind
        let cell = new Cell(balance.Account.Of, "", balance.Account.Month, new(default, default, default, default, kind == AccountKind.Payable ? -balance.Balance : default, kind == AccountKind.Bank ? -balance.Balance : default))
        where Holds(filter, cell)
        select cell;

    private bool Holds(ExecutionFilter filter, Cell cell) =>
        (filter.Month ?? cell.Month) == cell.Month && (filter.Package ?? cell.Of.Package) == cell.Of.Package && (filter.ProviderId ?? cell.Of.ProviderId) == cell.Of.ProviderId
        && (filter.Contract ?? cell.Of.Contract) == cell.Of.Contract && (filter.Region is null || PlaceOf(cell).Region == filter.Region) && (filter.District is null || PlaceOf(cell).District == filter.District);

    private (string? Region, string? District) PlaceOf(Cell cell) => _places.GetValueOrDefault(cell.Of.ProviderId);

    private string KeyOf(string by, Cell cell) => by switch
    {
        "month" => cell.Month.ToString("yyyy-MM", CultureInfo.InvariantCulture),
        "region" => PlaceOf(cell).Region ?? "",
        "district" => PlaceOf(cell).District ?? "",
        "form" => cell.CareForm,
        "package" => cell.Of.Package,
        "provider" => PageLanguage.Identity(cell.Of.ProviderId),
        _ => PageLanguage.Identity(cell.Of.ProviderId) + "|" + cell.Of.Contract,
    };

    private static Executed Sum(IEnumerable<Cell> cells) => cells.Aggregate(default(Executed), (s, c) => s + c.Sums);
}
