using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using Kepil.Fund.Desk;
using Kepil.Law;

namespace Kepil.Fund.Purchase;

/// <summary>Campaigns, plans, applications and protocols in the database of the accounts: each is written once, with its event in the journal.</summary>
public sealed class PurchaseStore(DeskSource source, JournalStore journal, TimeProvider clock)
{
    private readonly PurchaseWriting _writing = new(source, journal, "purchase_campaign");

    public static PurchaseStore Of(DeskStore desk)
    {
        using var context = desk.Context();
        return new(DeskSource.Of(context), desk.Journal, desk.Clock);
    }

    public IReadOnlyList<Campaign> Campaigns()
    {
        using var connection = source.Open();
        return DeskRows.Query(connection, null, "SELECT id, year, opens, closes, requirements, terms, made_by FROM purchase_campaign ORDER BY id", r => new Campaign(
            r.GetInt64(0), r.GetInt32(1), Day(r.GetString(2)), Day(r.GetString(3)), r.GetString(4), JsonSerializer.Deserialize<ShareTerms>(r.GetString(5))!, r.GetString(6)));
    }

    public IReadOnlyList<PlannedPurchase> Plan(long campaign)
    {
        using var connection = source.Open();
        return DeskRows.Query(connection, null, "SELECT number, region, care_form, package, service_group, volume, amount FROM purchase_plan WHERE campaign_id = @p0 ORDER BY number", r => new PlannedPurchase(
            r.GetInt32(0), r.GetString(1), CareForms.Parse(r.GetString(2)), r.GetString(3), r.IsDBNull(4) ? null : r.GetString(4), r.GetInt64(5), new(r.GetInt64(6))), campaign);
    }

    /// <summary>Applications that count: the last one of each provider for each row.</summary>
    public IReadOnlyList<ProviderApplication> Applications(long campaign)
    {
        using var connection = source.Open();
        return DeskRows.Query(
            connection, null,
            "SELECT id, number, provider_id, kato, capacity, made_by FROM purchase_application WHERE id IN (SELECT MAX(id) FROM purchase_application WHERE campaign_id = @p0 GROUP BY number, provider_id) ORDER BY number, provider_id",
            r => new ProviderApplication(r.GetInt64(0), r.GetInt32(1), r.GetInt64(2), r.GetString(3), r.GetInt64(4), r.GetString(5)), campaign);
    }

    public HeldProtocol? Protocol(long id)
    {
        using var connection = source.Open();
        return DeskRows.Query(connection, null, "SELECT id, campaign_id, body, made_by FROM purchase_protocol WHERE id = @p0", Held, id).FirstOrDefault();
    }

    /// <summary>The last protocol of a campaign, confirmed or not.</summary>
    public HeldProtocol? LastProtocol(long campaign)
    {
        using var connection = source.Open();
        return DeskRows.Query(connection, null, "SELECT id, campaign_id, body, made_by FROM purchase_protocol WHERE campaign_id = @p0 ORDER BY id DESC", Held, campaign).FirstOrDefault();
    }

    /// <summary>The protocol of a campaign that a second person confirmed.</summary>
    public long? Confirmed(long campaign)
    {
        using var connection = source.Open();
        return DeskRows.Query(connection, null, "SELECT protocol_id FROM purchase_confirmation WHERE campaign_id = @p0", r => (long?)r.GetInt64(0), campaign).FirstOrDefault();
    }

    public IReadOnlyList<Share> Shares(long protocol)
    {
        using var connection = source.Open();
        return DeskRows.Query(connection, null, "SELECT number, provider_id, volume, amount, steps FROM purchase_share WHERE protocol_id = @p0 ORDER BY number, provider_id", r => new Share(
            r.GetInt32(0), r.GetInt64(1), r.GetInt64(2), new(r.GetInt64(3)), JsonSerializer.Deserialize<List<ShareStep>>(r.GetString(4))!), protocol);
    }

    /// <summary>Opens the campaign of a year with its plan.</summary>
    public long Open(string who, Campaign campaign, IReadOnlyList<PlannedPurchase> plan)
    {
        if (campaign.Closes < campaign.Opens || campaign.Closes.Year > campaign.Year)
        {
            throw new PurchaseRefusedException(new("Өтінім мерзімі дұрыс емес: соңғы күні бірінші күннен кейін және жылдан кеш емес болуы керек.", "Срок заявок неверен: последний день не раньше первого и не позже года кампании.", "The term of applications is wrong: its last day is not before the first and not after the year."));
        }

        if (plan.Count == 0 || plan.Any(p => p.Volume <= 0 || p.Sum <= Money.Zero) || plan.GroupBy(p => p.Number).Any(g => g.Count() > 1) || plan.GroupBy(p => (p.Region, p.Form, p.Package, p.Group)).Any(g => g.Count() > 1))
        {
            throw new PurchaseRefusedException(new("Жоспар бос, қайталанған жолы бар немесе көлемі не сомасы нөл. Жолдарды тексеріңіз.", "План пуст, содержит повтор строки либо нулевой объём или сумму. Проверьте строки.", "The plan is empty, repeats a row, or has a volume or sum of zero. Check its rows."));
        }

        return Write(who, "CampaignOpened", (connection, transaction) =>
        {
            var id = Next(connection, transaction, "purchase_campaign");
            DeskRows.Write(connection, transaction, "purchase_campaign", ["id", "year", "opens", "closes", "requirements", "terms", "made_by", "made_at"],
                [[id, campaign.Year, Word(campaign.Opens), Word(campaign.Closes), campaign.Requirements, JsonSerializer.Serialize(campaign.Terms), who, Now]]);
            DeskRows.Write(connection, transaction, "purchase_plan", ["campaign_id", "number", "region", "care_form", "package", "service_group", "volume", "amount"],
                plan.Select(p => (object?[])[id, p.Number, p.Region, p.Form.Word(), p.Package, p.Group, p.Volume, p.Sum.Tiyn]));
            return (id, $"campaign:{id}", new { year = campaign.Year, rows = plan.Count });
        });
    }

    /// <summary>Takes in a provider's application.</summary>
    /// <param name="today">Day on which it comes in.</param>
    public long Apply(string who, long campaign, int number, long provider, string kato, long capacity, DateOnly today)
    {
        var of = Find(campaign);
        if (OpeningConfirmedBy(campaign) is null)
        {
            throw new PurchaseRefusedException(new("Науқанның ашылуы әлі расталмаған.", "Открытие кампании ещё не подтверждено.", "The opening of the campaign is not confirmed yet."));
        }

        if (today < of.Opens || today > of.Closes)
        {
            throw new PurchaseRefusedException(new($"Өтінімдер {of.Opens:dd.MM.yyyy} – {of.Closes:dd.MM.yyyy} аралығында қабылданады.", $"Заявки принимаются с {of.Opens:dd.MM.yyyy} по {of.Closes:dd.MM.yyyy}.", $"Applications are taken from {of.Opens:dd.MM.yyyy} to {of.Closes:dd.MM.yyyy}."));
        }

        if (Plan(campaign).FirstOrDefault(p => p.Number == number) is not { } plan)
        {
            throw new PurchaseRefusedException(new($"Жоспарда {number}-жол жоқ.", $"В плане нет строки {number}.", $"The plan has no row {number}."));
        }

        if (kato.Length != 9 || !kato.All(char.IsAsciiDigit) || kato[..2] != plan.Region || capacity <= 0)
        {
            throw new PurchaseRefusedException(new($"Базаның КАТО коды {plan.Region} басталатын тоғыз цифр, көлемі нөлден үлкен болуы керек.", $"КАТО базы — девять цифр, начинающихся с {plan.Region}, объём больше нуля.", $"The KATO of the base is nine digits that begin with {plan.Region}, and the volume is above zero."));
        }

        return Write(who, "PurchaseApplied", (connection, transaction) =>
        {
            var id = Next(connection, transaction, "purchase_application");
            DeskRows.Write(connection, transaction, "purchase_application", ["id", "campaign_id", "number", "provider_id", "kato", "capacity", "made_by", "made_at"], [[id, campaign, number, provider, kato, capacity, who, Now]]);
            return (id, $"campaign:{campaign}", new { number, provider, capacity });
        });
    }

    /// <summary>Keeps a protocol with its shares.</summary>
    public long Keep(string who, long campaign, PurchaseProtocol protocol, IReadOnlyList<Share> shares) => Write(who, "PurchaseProtocolMade", (connection, transaction) =>
    {
        Unconfirmed(connection, transaction, campaign);
        var id = Next(connection, transaction, "purchase_protocol");
        DeskRows.Write(connection, transaction, "purchase_protocol", ["id", "campaign_id", "body", "made_by", "made_at"], [[id, campaign, JsonSerializer.Serialize(protocol), who, Now]]);
        DeskRows.Write(connection, transaction, "purchase_share", ["protocol_id", "number", "provider_id", "volume", "amount", "steps"],
            shares.Select(s => (object?[])[id, s.Number, s.ProviderId, s.Volume, s.Sum.Tiyn, JsonSerializer.Serialize(s.Steps)]));
        return (id, $"campaign:{campaign}", new { protocol = id, shares = shares.Count });
    });

    /// <summary>The second person's word on a protocol.</summary>
    public void Confirm(string who, HeldProtocol protocol) => Write(who, "PurchaseProtocolConfirmed", (connection, transaction) =>
    {
        Unconfirmed(connection, transaction, protocol.CampaignId);
        DeskRows.Write(connection, transaction, "purchase_confirmation", ["campaign_id", "protocol_id", "made_by", "made_at"], [[protocol.CampaignId, protocol.Id, who, Now]]);
        return (protocol.Id, $"campaign:{protocol.CampaignId}", new { protocol = protocol.Id });
    });

    /// <summary>The second person's word on the opening; from it on providers can apply.</summary>
    /// <exception cref="PurchaseRefusedException">The same person opened it, or it is confirmed already.</exception>
    public void ConfirmOpening(string who, long campaign)
    {
        if (Find(campaign).MadeBy == who)
        {
            throw new PurchaseRefusedException(new("Науқанның ашылуын оны ашқан емес, басқа қызметкер растайды.", "Открытие кампании подтверждает другой сотрудник, не тот, кто её открыл.", "The opening is confirmed by another employee than the one who opened the campaign."));
        }

        Write(who, "CampaignConfirmed", (connection, transaction) =>
        {
            if (DeskRows.Query(connection, transaction, "SELECT made_by FROM purchase_opening WHERE campaign_id = @p0", r => r.GetString(0), campaign).Count > 0)
            {
                throw new PurchaseRefusedException(new("Науқанның ашылуы расталған.", "Открытие кампании уже подтверждено.", "The opening of the campaign is confirmed already."));
            }

            DeskRows.Write(connection, transaction, "purchase_opening", ["campaign_id", "made_by", "made_at"], [[campaign, who, Now]]);
            return (campaign, $"campaign:{campaign}", new { campaign });
        });
    }

    /// <summary>Who confirmed the opening of a campaign; nothing while nobody did.</summary>
    public string? OpeningConfirmedBy(long campaign)
    {
        using var connection = source.Open();
        return DeskRows.Query(connection, null, "SELECT made_by FROM purchase_opening WHERE campaign_id = @p0", r => r.GetString(0), campaign).FirstOrDefault();
    }

    /// <summary>Who confirmed the protocol of a campaign.</summary>
    public string? ConfirmedBy(long campaign)
    {
        using var connection = source.Open();
        return DeskRows.Query(connection, null, "SELECT made_by FROM purchase_confirmation WHERE campaign_id = @p0", r => r.GetString(0), campaign).FirstOrDefault();
    }

    /// <summary>Campaigns whose protocol is confirmed and whose contracts are not noted as entered.</summary>
    public IReadOnlyList<long> Unentered()
    {
        using var connection = source.Open();
        return DeskRows.Query(connection, null, "SELECT campaign_id FROM purchase_confirmation WHERE campaign_id NOT IN (SELECT campaign_id FROM purchase_entry) ORDER BY campaign_id", r => r.GetInt64(0));
    }

    /// <summary>Notes that the contracts of a campaign stand in the register; noted once, however often it is said.</summary>
    /// <param name="lines">Lines that were entered by this time.</param>
    public void NoteEntered(long campaign, int lines) => Write("system", "PurchaseContractsEntered", (connection, transaction) =>
    {
        if (DeskRows.Query(connection, transaction, "SELECT lines FROM purchase_entry WHERE campaign_id = @p0", r => r.GetInt64(0), campaign).Count > 0)
        {
            return null;
        }

        DeskRows.Write(connection, transaction, "purchase_entry", ["campaign_id", "lines", "made_at"], [[campaign, (long)lines, Now]]);
        return (campaign, $"campaign:{campaign}", new { lines });
    });

    public Campaign Find(long campaign) => Campaigns().FirstOrDefault(c => c.Id == campaign)
        ?? throw new PurchaseRefusedException(new($"№ {campaign} науқан жоқ.", $"Кампании № {campaign} нет.", $"There is no campaign {campaign}."));

    private long Now => clock.GetUtcNow().ToUnixTimeMilliseconds();

    private long Write(string who, string act, Func<DbConnection, DbTransaction, (long Id, string Subject, object Detail)?> write) => _writing.Write(who, act, write);

    private static void Unconfirmed(DbConnection connection, DbTransaction transaction, long campaign)
    {
        if (DeskRows.Query(connection, transaction, "SELECT protocol_id FROM purchase_confirmation WHERE campaign_id = @p0", r => r.GetInt64(0), campaign) is [var protocol, ..])
        {
            throw new PurchaseRefusedException(new($"Науқанның № {protocol} хаттамасы бекітілген, ол өзгермейді.", $"Протокол № {protocol} этой кампании утверждён и не меняется.", $"Protocol {protocol} of this campaign is confirmed and stands."));
        }
    }

    private static long Next(DbConnection connection, DbTransaction transaction, string table) =>
        DeskRows.Query(connection, transaction, $"SELECT COALESCE(MAX(id), 0) + 1 FROM {table}", r => r.GetInt64(0))[0];

    private static HeldProtocol Held(DbDataReader r) => new(r.GetInt64(0), r.GetInt64(1), JsonSerializer.Deserialize<PurchaseProtocol>(r.GetString(2))!, r.GetString(3));

    private static string Word(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
