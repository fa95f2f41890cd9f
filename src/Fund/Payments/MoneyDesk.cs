using System.Globalization;
using Kepil.Fund.Accounts;
using Kepil.Fund.Bank;
using Kepil.Fund.Desk;
using Kepil.Fund.Documents;
using Kepil.Fund.Findings;
using Kepil.Fund.Ledger;
using Kepil.Fund.Pages;
using Kepil.Fund.Settlements;
using Kepil.Fund.Unscheduled;
using Kepil.Law;
using Kepil.Monitoring;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Kepil.Fund.Payments;

/// <summary>What the pages of money work with: the ledger, the papers of a month, the bank, names of providers.</summary>
/// <param name="verifier">Who verifies signatures.</param>
public sealed class MoneyDesk(FundFolder folder, DeskStore desk, LawBook law, IRecords records, DocumentStore documents, ISignatureVerifier verifier)
{
    /// <summary>The accounts that stand as columns where balances are compared.</summary>
    public static readonly IReadOnlyList<AccountKind> Columns =
        [AccountKind.Billed, AccountKind.Withheld, AccountKind.InDispute, AccountKind.Payable, AccountKind.Debt, AccountKind.Ordered, AccountKind.Bank];

    public DeskStore Desk => desk;

    public LawBook Law => law;

    public IRecords Records => records;

    public DocumentStore Documents => documents;

    public ISignatureVerifier Verifier => verifier;

    public LedgerStore Ledger { get; } = LedgerStore.Of(desk);

    public PaperNames PaperNames { get; } = new(desk, records, () => law.Regions);

    public MonthPapers Papers { get; } = new(LedgerStore.Of(desk), documents, desk, new PaperNames(desk, records, () => law.Regions));

    public BankStore Bank => BankStore.Of(folder, desk, law);

    public BankRejections Rejections { get; } = new(LedgerStore.Of(desk));

    public ContractRegister Contracts { get; } = new(folder);

    public Trail Trail => new(folder, Ledger);

    public Provider ProviderOf(long provider) => new FindingStore(records).ProviderOf(provider);

    public IReadOnlyDictionary<long, string> Regions() =>
        records.Query("SELECT provider_id, MIN(region) FROM provider WHERE region IS NOT NULL GROUP BY provider_id", r => (Id: r.Long(0), Region: r.Text(1))).ToDictionary(p => p.Id, p => p.Region);

    /// <summary>Region and district of each provider, by the КАТО.</summary>
    public IReadOnlyDictionary<long, (string? Region, string? District)> Places() =>
        records.Query("SELECT provider_id, MIN(region), MIN(district) FROM provider GROUP BY provider_id", r => (Id: r.Long(0), Region: r.TextOrNull(1), District: r.TextOrNull(2))).ToDictionary(p => p.Id, p => (p.Region, p.District));

    public IReadOnlyDictionary<long, Provider> Names() =>
        records.Query("SELECT provider_id, MIN(name_kk), MIN(name_ru) FROM provider GROUP BY provider_id", r => new Provider(r.Long(0), r.TextOrNull(1), r.TextOrNull(2))).ToDictionary(p => p.Id);

    public Owner? WhoseProvider(HttpContext context) => context.Number("provider") is var provider
        ? new(provider, records.Query("SELECT region FROM provider WHERE provider_id = $1", r => r.TextOrNull(0), provider).FirstOrDefault(), []) : null;

    /// <summary>The name of a line as its provider gave it, and its month; nothing when the provider has no such line.</summary>
    public (string LineId, DateOnly Month)? LineOf(long provider, long service) =>
        records.Query("SELECT line_id, month FROM known_service WHERE service_id = $1 AND provider_id = $2", r => (r.Text(0), r.Day(1)), service, provider) is [var line, ..] ? line : null;

    /// <summary>A user as the journal names him, by his full name.</summary>
    public string Named(string actor) => actor.Split(':') is ["user", var id] && long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var user) && desk.Find(user) is { } found ? found.FullName : actor;

    /// <summary>A balance as it usually stands: above zero on the side of its account.</summary>
    public Money Shown(AccountKind kind, IEnumerable<(Account Account, Money Balance)> balances)
    {
        var sum = balances.Where(b => b.Account.Kind == kind).Aggregate(Money.Zero, (s, b) => s + b.Balance);
        return law.Chart[kind].Side == AccountSide.Debit ? sum : -sum;
    }

    public static string ProviderPath(long provider) => $"/money/providers/{PageLanguage.Identity(provider)}";

    public static string OrderPath(long provider, long order) => FormattableString.Invariant($"{ProviderPath(provider)}/orders/{order}");

    public static string LinePath(long provider, long line) => FormattableString.Invariant($"{ProviderPath(provider)}/lines/{line}");

    public static string ActPath(long provider, long run) => FormattableString.Invariant($"{ProviderPath(provider)}/acts/{run}");

    public static string InvoicePath(long provider, long invoice) => FormattableString.Invariant($"{ProviderPath(provider)}/invoices/{invoice}");

    public static RazorComponentResult<T> Page<T>(string? doubt, params IReadOnlyList<(string Name, object? Value)> values)
        where T : IComponent => new(values.ToDictionary(v => v.Name, v => v.Value)) { StatusCode = doubt is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity };
}
