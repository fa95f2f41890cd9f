using System.Globalization;
using Kepil.Fund.Desk;
using Kepil.Fund.Ledger;
using Kepil.Fund.Pages;
using Kepil.Law;

namespace Kepil.Fund.Payments;

/// <summary>Which part of the books a reader asks for, and by what they are grouped.</summary>
/// <param name="By">provider, contract, package, region or month.</param>
public sealed record MoneyFilter(string By, long? ProviderId, string? Contract, string? Package, string? Region, DateOnly? Month, DateOnly? Until)
{
    public static readonly IReadOnlyList<string> Ways = ["provider", "contract", "package", "region", "month"];

    /// <summary>Reads an address; a branch sees its own region alone.</summary>
    public static MoneyFilter Of(IQueryCollection query, Visitor visitor)
    {
        string? Word(string name) => query[name].ToString().Trim() is { Length: > 0 } word ? word : null;
        DateOnly? Day(string? text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
        return new(
            Ways.Contains(Word("by")) ? Word("by")! : "provider", SearchWords.Identity(Word("provider") ?? ""), Word("contract"), Word("package"),
            visitor.User is { IsOfBranch: true } user ? user.Region : Word("region"), Day(Word("month") + "-01"), Day(Word("until")));
    }
}

/// <summary>A group of balances.</summary>
/// <param name="Key">What they have in common.</param>
public sealed record MoneyRow(string Key, IReadOnlyList<Money> Sums);

/// <summary>The books as a page and a spreadsheet show them: the trial balance and the groups.</summary>
public sealed class MoneyView
{
    private readonly IReadOnlyDictionary<long, string> _regions;

    public MoneyView(MoneyDesk desk, MoneyFilter filter)
    {
        (Filter, _regions, Names) = (filter, desk.Regions(), desk.Names());
        Balances = [.. desk.Ledger.Balances(new(filter.ProviderId, filter.Contract, filter.Package, filter.Month, filter.Until)).Balances
            .Where(b => filter.Region is null || _regions.GetValueOrDefault(b.Account.Of.ProviderId) == filter.Region)];
        Months = [.. Balances.Select(b => b.Account.Month).Distinct().OrderDescending()];
        Rows = [.. Balances.GroupBy(b => KeyOf(b.Account)).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => new MoneyRow(g.Key, [.. MoneyDesk.Columns.Select(k => desk.Shown(k, g))]))];
        Trial = [.. desk.Law.Chart.All.Select(c => (c.Kind, c.Name, Balances.Where(b => b.Account.Kind == c.Kind).Aggregate(Money.Zero, (s, b) => s + b.Balance)))];
    }

    public MoneyFilter Filter { get; }

    public IReadOnlyList<(Account Account, Money Balance)> Balances { get; }

    public IReadOnlyList<DateOnly> Months { get; }

    public IReadOnlyList<MoneyRow> Rows { get; }

    /// <summary>Each account of the chart with its balance: debit above zero.</summary>
    public IReadOnlyList<(AccountKind Kind, Wording Name, Money Sum)> Trial { get; }

    public IReadOnlyDictionary<long, Findings.Provider> Names { get; }

    /// <summary>How a key is shown.</summary>
    public string Label(string key, MoneyDesk desk, PageLanguage language) => Filter.By switch
    {
        "provider" => Names.TryGetValue(long.Parse(key, CultureInfo.InvariantCulture), out var provider) && language.Name(provider.NameKk, provider.NameRu) is { } name ? name : key,
        "region" => desk.Law.Regions.Find(key) is { } region ? language.Text(region.Name) : "–",
        "month" => language.Month(DateOnly.ParseExact(key, "yyyy-MM-dd", CultureInfo.InvariantCulture)),
        "package" => language.WordOr("Package.Short." + key, key),
        _ => key.Length == 0 ? language["Money.NoContract"] : key,
    };

    /// <summary>Where a row goes down to: its provider, or the same books narrowed to it.</summary>
    public (string Name, string? Value)[] Narrowed(string key) => Filter.By switch
    {
        "month" => [("month", key[..7]), ("by", "provider")],
        _ => [(Filter.By, key), ("by", "provider")],
    };

    private string KeyOf(Account account) => Filter.By switch
    {
        "contract" => account.Of.Contract,
        "package" => account.Of.Package,
        "month" => LedgerDay(account.Month),
        "region" => _regions.GetValueOrDefault(account.Of.ProviderId, ""),
        _ => PageLanguage.Identity(account.Of.ProviderId),
    };

    private static string LedgerDay(DateOnly month) => month.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>The groups as a spreadsheet that anybody can add up again.</summary>
    public FindingSheet Sheet(MoneyDesk desk, PageLanguage language, Visitor visitor)
    {
        List<string> head = [language["Money.By." + Filter.By], .. MoneyDesk.Columns.Select(k => language.Text(desk.Law.Chart[k].Name) + ", ₸")];
        List<object?[]> rows = [.. Rows.Select(r => new object?[] { Label(r.Key, desk, language) }.Concat(r.Sums.Select(s => (object?)s)).ToArray())];
        List<(string, string)> about =
        [
            (language["Overview.Month"], Filter.Month is { } month ? language.Month(month) : language["Filter.AllMonths"]),
            (language["Money.Until"], Filter.Until is { } until ? language.Day(until) : "–"),
            (language["Sheet.Rows"], language.Number(rows.Count)),
            (language["Sheet.MadeAt"], language.Moment(desk.Desk.Clock.GetUtcNow()) + " (UTC+05:00)"),
            (language["Sheet.MadeBy"], visitor.User!.FullName),
        ];
        return new(head, rows, about, [44, .. MoneyDesk.Columns.Select(_ => 18.0)], language, language["Money.Title"]);
    }
}

/// <summary>An order with what became of it.</summary>
/// <param name="Act">The act of services: nothing, made or signed; nothing is needed for an advance.</param>
/// <param name="PaidOn">The day on which the bank paid and did not send it back.</param>
public sealed record SeenOrder(Posting Order, Money Sum, long? Run, string? Act, DateOnly? PaidOn)
{
    /// <summary>The orders of a provider as a file.</summary>
    public static FindingSheet Sheet(MoneyDesk desk, long provider, PageLanguage language)
    {
        List<object?[]> rows =
        [
            .. Of(desk, provider).Select(o => new object?[]
            {
                FormattableString.Invariant($"P-{o.Order.Id}"), o.Order.Day, o.Order.Legs[0].Account.Of.Contract, language.WordOr("Package.Short." + o.Order.Legs[0].Account.Of.Package, o.Order.Legs[0].Account.Of.Package), o.Sum,
                o.Run is null ? language["Payments.Advance"] : language["Payments.Act." + o.Act],
                o.PaidOn is { } on ? language.With("Payments.Paid", language.Day(on)) : o.Sum == Money.Zero ? language["Payments.SetOff"] : language["Payments.NotPaid"],
            }),
        ];
        return new(
            [language["Payments.Order"], language["Col.Day"], language["Fact.Contract"], language["Col.Package"], language["Payments.Sum"] + ", ₸", language["Payments.Act"], language["Payments.Bank"]], rows,
            [(language["Col.Bin"], PageLanguage.Identity(provider)), (language["Sheet.Rows"], language.Number(rows.Count)), (language["Sheet.MadeAt"], language.Moment(desk.Desk.Clock.GetUtcNow()) + " (UTC+05:00)")],
            [14, 14, 20, 16, 20, 40, 30], language, language["Payments.Title"]);
    }

    /// <summary>Orders of a provider, the newest first.</summary>
    public static IReadOnlyList<SeenOrder> Of(MoneyDesk desk, long provider)
    {
        var postings = desk.Ledger.Postings(new(provider));
        var back = postings.Where(p => p.Kind == "reversal").Select(p => p.Key).ToHashSet(StringComparer.Ordinal);
        var paid = postings.Where(p => p.Kind == "payment" && !back.Contains("reversal|" + p.Key)).ToList();
        var signed = desk.Papers.Signed();
        return [.. postings.Where(p => p.Kind is "settlement" or "advance").Reverse().Select(p => new SeenOrder(
            p, p.Legs.Where(l => l.Account.Kind == AccountKind.Ordered).Aggregate(Money.Zero, (s, l) => s - l.Amount), RunOf(p),
            RunOf(p) is not { } run ? null : signed(Settlements.SettlementStore.ActOf(run, provider)) ? "signed" : desk.Papers.Act(run, provider) is null ? "none" : "made",
            paid.FirstOrDefault(q => q.Key.StartsWith("payment|" + p.Key + "|", StringComparison.Ordinal))?.Day))];
    }

    /// <summary>The run that an order is of; nothing for an advance.</summary>
    public static long? RunOf(Posting order) => order.Ground.Kind == "run" ? long.Parse(order.Ground.Id, CultureInfo.InvariantCulture) : null;
}
