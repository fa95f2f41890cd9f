using System.Globalization;
using Kepil.Fund.Accounts;
using Kepil.Fund.Desk;
using Kepil.Fund.Findings;
using Kepil.Fund.Pages;
using Kepil.Fund.Proceedings;
using Kepil.Fund.Settlements;
using Kepil.Law;
using Kepil.Monitoring;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Kepil.Fund.Purchase;

/// <summary>A campaign as its pages show it.</summary>
/// <param name="State">draft, waiting, open, closed, drafted or confirmed.</param>
/// <param name="OpeningBy">Who confirmed its opening.</param>
/// <param name="Protocol">The protocol that counts: the confirmed one, else the last one.</param>
/// <param name="ConfirmedBy">Who confirmed it.</param>
public sealed record SeenCampaign(Campaign Of, IReadOnlyList<PlannedPurchase> Plan, string State, string? OpeningBy, HeldProtocol? Protocol, string? ConfirmedBy)
{
    public string Path => FormattableString.Invariant($"/purchase/{Of.Id}");

    public Money Sum => Plan.Aggregate(Money.Zero, (s, p) => s + p.Sum);
}

/// <summary>What the pages of the purchase work with.</summary>
public sealed class PurchaseDesk(FundFolder folder, DeskStore desk, LawBook law, IRecords records)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    public DeskStore Desk => desk;

    public LawBook Law => law;

    public FundFolder Folder => folder;

    public PurchaseStore Store { get; } = PurchaseStore.Of(desk);

    public Commission Commission { get; } = new(folder, desk);

    public ApplicationCheck Check { get; } = new(folder);

    public ContractChanges Changes { get; } = new(folder, desk);

    public PurchaseContracts Contracts { get; } = new(folder, desk.Clock);

    public DateOnly Today => LocalDay.Of(desk.Clock.GetUtcNow());

    /// <summary>Enters what a stop left confirmed and not entered in the register of contracts: at the start and every minute.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(Pause);
        try
        {
            do
            {
                try
                {
                    // Another process may hold the folder, or people have to look at the register: what could not be entered is tried again in a minute.
                    Commission.Heal(why => Console.Error.WriteLine($"purchase: {why}"));
                    Changes.Heal(why => Console.Error.WriteLine($"purchase: {why}"));
                }
                catch (Exception e) when (e is IOException or System.Data.Common.DbException)
                {
                    // The database is away.
                    await Console.Error.WriteLineAsync($"purchase: {e.Message}");
                }
            }
            while (await timer.WaitForNextTickAsync(stop));
        }
        catch (OperationCanceledException)
        {
            // The pages are being closed.
        }
    }

    /// <summary>A campaign, with the rows that the reader may see: a branch sees those of its region.</summary>
    /// <returns>Nothing when there is no such campaign.</returns>
    public SeenCampaign? Find(long campaign, Visitor visitor) => Store.Campaigns().FirstOrDefault(c => c.Id == campaign) is { } found ? Seen(found, visitor) : null;

    public SeenCampaign Seen(Campaign campaign, Visitor visitor)
    {
        var region = visitor.User is { IsOfBranch: true, Region: { } own } ? own : null;
        var confirmed = Store.Confirmed(campaign.Id);
        var protocol = confirmed is { } id ? Store.Protocol(id) : Store.LastProtocol(campaign.Id);
        var opening = Store.OpeningConfirmedBy(campaign.Id);
        var state = confirmed is not null ? "confirmed" : opening is null ? "draft" : Today < campaign.Opens ? "waiting" : Today <= campaign.Closes ? "open" : protocol is not null ? "drafted" : "closed";
        return new(campaign, [.. Store.Plan(campaign.Id).Where(p => region is null || p.Region == region)], state, opening, protocol, confirmed is null ? null : Store.ConfirmedBy(campaign.Id));
    }

    /// <summary>Applications for the rows of a campaign that are seen.</summary>
    public IReadOnlyList<ProviderApplication> Applications(SeenCampaign campaign)
    {
        var rows = campaign.Plan.Select(p => p.Number).ToHashSet();
        return [.. Store.Applications(campaign.Of.Id).Where(a => rows.Contains(a.Number))];
    }

    /// <summary>Each row that is seen with its shares; without a protocol no row has any.</summary>
    public IReadOnlyList<SharedRow> Shared(SeenCampaign campaign)
    {
        var shares = (campaign.Protocol is { } protocol ? Store.Shares(protocol.Id) : []).ToLookup(s => s.Number);
        return [.. campaign.Plan.Select(p => new SharedRow(p, [.. shares[p.Number]]))];
    }

    public IReadOnlyDictionary<long, Provider> Names() =>
        records.Query("SELECT provider_id, MIN(name_kk), MIN(name_ru) FROM provider GROUP BY provider_id", r => new Provider(r.Long(0), r.TextOrNull(1), r.TextOrNull(2))).ToDictionary(p => p.Id);

    /// <summary>Region and district of a provider by the register.</summary>
    public (string? Region, string? District) PlaceOf(long provider) =>
        records.Query("SELECT region, district FROM provider WHERE provider_id = $1", r => (r.TextOrNull(0), r.TextOrNull(1)), provider).FirstOrDefault();

    public Owner? WhoseProvider(HttpContext context) => context.Number("provider") is var provider ? new(provider, PlaceOf(provider).Region, []) : null;

    /// <summary>Who may sit in the commission.</summary>
    public IReadOnlyList<DeskUser> Candidates() => [.. desk.Users().Where(u => u.OffAt is null && Rights.Of(Right.ConfirmPurchase, u.Role) != Scope.None)];

    /// <summary>A user as the journal names him, by his full name.</summary>
    public string Named(string actor) => actor.Split(':') is ["user", var id] && long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var user) && desk.Find(user) is { } found ? found.FullName : actor;

    public string RegionName(string code, PageLanguage language) => law.Regions.Find(code) is { } region ? language.Text(region.Name) : code;

    /// <summary>What a sheet tells of itself.</summary>
    public IEnumerable<(string Name, string Value)> About(SeenCampaign campaign, Visitor visitor, PageLanguage language) =>
    [
        (language["Purchase.Campaign"], language.With("Purchase.CampaignOf", campaign.Of.Year.ToString(CultureInfo.InvariantCulture), campaign.Of.Id)),
        (language["Sheet.MadeAt"], language.Moment(desk.Clock.GetUtcNow()) + " (UTC+05:00)"), (language["Sheet.MadeBy"], visitor.User!.FullName),
    ];

    public static string ContractPath(long provider, string contract) => $"/purchase/contracts/{PageLanguage.Identity(provider)}/{Uri.EscapeDataString(contract)}";

    public static RazorComponentResult<T> Page<T>(string? doubt, params IReadOnlyList<(string Name, object? Value)> values)
        where T : IComponent => new(values.ToDictionary(v => v.Name, v => v.Value)) { StatusCode = doubt is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity };
}
