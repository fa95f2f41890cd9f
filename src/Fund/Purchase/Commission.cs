using System.Globalization;
using Kepil.Fund.Accounts;
using Kepil.Fund.Desk;
using Kepil.Fund.Ledger;
using Kepil.Fund.Settlements;
using Kepil.Fund.Unscheduled;
using Kepil.Law;

namespace Kepil.Fund.Purchase;

/// <summary>The commission of a campaign: its protocol with the share-out by one person, its confirmation by another, the contracts that follow.</summary>
public sealed class Commission(FundFolder folder, DeskStore desk)
{
    private readonly PurchaseStore store = PurchaseStore.Of(desk);

    /// <summary>Makes the protocol: admits or refuses each application, and shares out each row of the plan among those admitted.</summary>
    /// <param name="members">Numbers of the users who sat.</param>
    /// <returns>Number of the protocol.</returns>
    /// <exception cref="PurchaseRefusedException">Applications are still taken, a decision is missing or has no reason, or a member has a conflict of interest.</exception>
    public long Draft(long who, long campaign, IReadOnlyCollection<long> members, IReadOnlyCollection<CommissionDecision> decisions, DateOnly today)
    {
        var of = store.Find(campaign);
        if (today <= of.Closes)
        {
            throw new PurchaseRefusedException(new($"Өтінімдер {of.Closes:dd.MM.yyyy} дейін қабылданады. Хаттаманы одан кейін жасаңыз.", $"Заявки принимаются до {of.Closes:dd.MM.yyyy}. Составьте протокол после этого дня.", $"Applications are taken until {of.Closes:dd.MM.yyyy}. Make the protocol after that day."));
        }

        var applications = store.Applications(campaign);
        Undecided(applications, decisions);
        var seated = members.Append(who).Distinct().Order().Select(m => new CommissionMember(Actor(m), [.. desk.ConflictsOf(m).Select(c => c.ProviderId)])).ToList();
        if (seated.Count < 2)
        {
            throw new PurchaseRefusedException(new("Комиссияда кемінде екі мүше болуы керек.", "В комиссии должно быть не меньше двух членов.", "The commission has at least two members."));
        }

        foreach (var (member, provider) in from m in seated from c in m.Conflicts where applications.Any(a => a.ProviderId == c) select (m.Who, c))
        {
            throw new PurchaseRefusedException(new($"{member}: {provider:000000000000} өнім берушімен мүдделер қақтығысы бар. Мүшені ауыстырыңыз.", $"{member}: конфликт интересов с поставщиком {provider:000000000000}. Замените члена комиссии.", $"{member} has a conflict of interest with provider {provider:000000000000}. Replace the member."));
        }

        var check = new ApplicationCheck(folder);
        var plan = store.Plan(campaign);
        var attached = check.Attached(of.Closes);
        var years = applications.Select(a => a.ProviderId).Distinct().ToDictionary(p => p, p => YearOf(p, of.Year - 1));
        var facts = applications.Select(a => years[a.ProviderId] is var y
            ? new ProtocolFact(a.Number, a.ProviderId, a.Capacity, attached.GetValueOrDefault(a.ProviderId), y.Contracted.Tiyn, y.Billed.Tiyn, y.Unconfirmed.Tiyn) : null!).ToList();
        var gaps = (from a in check.OfAll(applications, plan, of.Year) from g in a.Gaps select new ProtocolGap(a.Of.Number, a.Of.ProviderId, g.Name, g.Register)).ToList();
        var admitted = decisions.Where(d => d.Admitted).Select(d => (d.Number, d.ProviderId)).ToHashSet();
        var shares = plan.SelectMany(p => ShareOut.Of(p, [.. facts.Where(f => f.Number == p.Number && admitted.Contains((f.Number, f.ProviderId)))
            .Select(f => new Bidder(f.ProviderId, f.Capacity, f.Attached, new(f.Contracted), new(f.Billed), new(f.Unconfirmed)))], of.Terms).Shares).ToList();
        return store.Keep(Actor(who), campaign, new(seated, [.. decisions.OrderBy(d => d.Number).ThenBy(d => d.ProviderId)], facts, gaps), shares);
    }

    /// <summary>Another member confirms the protocol; its contracts enter the register of contracts.</summary>
    /// <returns>Lines of contracts that were entered.</returns>
    /// <exception cref="PurchaseRefusedException">The same person made it, or no member of the commission confirms.</exception>
    public int Confirm(long who, long protocol)
    {
        var held = store.Protocol(protocol) ?? throw new PurchaseRefusedException(new($"№ {protocol} хаттама жоқ.", $"Протокола № {protocol} нет.", $"There is no protocol {protocol}."));
        if (held.MadeBy == Actor(who) || held.Protocol.Members.All(m => m.Who != Actor(who)))
        {
            throw new PurchaseRefusedException(new("Хаттаманы оны жасаған емес, комиссияның басқа мүшесі бекітеді.", "Протокол утверждает другой член комиссии, не тот, кто его составил.", "The protocol is confirmed by another member of the commission than the one who made it."));
        }

        store.Confirm(Actor(who), held);
        return Enter(held.CampaignId);
    }

    /// <summary>Enters the contracts of a confirmed protocol. What is there already stays, so that it can be asked again after a stop.</summary>
    public int Enter(long campaign)
    {
        if (store.Confirmed(campaign) is not { } protocol)
        {
            throw new PurchaseRefusedException(new("Хаттама бекітілмеген.", "Протокол не утверждён.", "The protocol is not confirmed."));
        }

        var lines = new PurchaseContracts(folder, desk.Clock).Enter(Months(campaign, protocol));
        store.NoteEntered(campaign, lines);
        return lines;
    }

    /// <summary>Enters what a stop left confirmed and not entered.</summary>
    /// <param name="failed">Told why the contracts of a campaign could not be entered.</param>
    /// <returns>Campaigns whose contracts were entered by this.</returns>
    public int Heal(Action<string> failed) => PurchaseWriting.EnterEach(store.Unentered(), campaign => Enter(campaign), failed);

    /// <summary>Months of the contracts that a protocol makes.</summary>
    public IReadOnlyList<ContractMonth> Months(long campaign, long protocol)
    {
        var plan = store.Plan(campaign).ToDictionary(p => p.Number);
        return PurchaseContracts.Months(store.Find(campaign).Year, campaign, store.Shares(protocol).Select(s => (plan[s.Number], s)));
    }

    /// <summary>What a provider's contracts planned for a year, what he billed for it by the ledger, and the cost of its cases in the register of unconfirmed cases.</summary>
    private (Money Contracted, Money Billed, Money Unconfirmed) YearOf(long provider, int year)
    {
        static Money Sum(IEnumerable<Money> sums) => sums.Aggregate(Money.Zero, (all, s) => all + s);
        var books = LedgerStore.Of(desk).Balances(new(provider));
        return (
            Sum(new ContractRegister(folder).Plan(year).Where(p => p.Of.ProviderId == provider).Select(p => p.Sum)),
            Sum(from of in books.All from m in books.Months(AccountKind.Billed, of) where m.Month.Year == year select m.Balance),
            Sum(UnscheduledStore.Of(desk).Register(provider).Where(c => c.ServedOn.Year == year).Select(c => c.Cost)));
    }

    private static void Undecided(IReadOnlyList<ProviderApplication> applications, IReadOnlyCollection<CommissionDecision> decisions)
    {
        var decided = decisions.Where(d => d.Reason.Trim().Length > 0).Select(d => (d.Number, d.ProviderId)).ToList();
        var asked = applications.Select(a => (a.Number, a.ProviderId)).ToHashSet();
        if (decided.Count != decisions.Count || decided.Distinct().Count() != decided.Count || !asked.SetEquals(decided))
        {
            throw new PurchaseRefusedException(new("Әр өтінім бойынша негіздемесі бар бір шешім керек.", "По каждой заявке нужно одно решение с обоснованием.", "Each application needs one decision with its reason."));
        }
    }

    private static string Actor(long user) => string.Create(CultureInfo.InvariantCulture, $"user:{user}");
}
