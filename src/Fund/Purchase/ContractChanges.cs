using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using Kepil.Fund.Accounts;
using Kepil.Fund.Desk;
using Kepil.Fund.Ledger;
using Kepil.Fund.Settlements;
using Kepil.Fund.Unscheduled;
using Kepil.Law;

namespace Kepil.Fund.Purchase;

/// <summary>Additional agreements, moves of volumes and early ends of contracts: two persons each, written once, entered in the register that monitoring and settlement read.</summary>
public sealed class ContractChanges(FundFolder folder, DeskStore desk)
{
    public static readonly IReadOnlyList<string> Kinds = ["agreement", "reallocation", "termination"];

    private readonly DeskSource source = SourceOf(desk);
    private readonly PurchaseContracts contracts = new(folder, desk.Clock);

    /// <summary>Changes of a contract, the oldest first.</summary>
    public IReadOnlyList<ContractChange> Of(long provider, string contract)
    {
        using var connection = source.Open();
        return Read(connection, null, "c.id IN (SELECT change_id FROM contract_change_contract WHERE provider_id = @p0 AND contract = @p1)", provider, contract);
    }

    public ContractChange? Find(long id)
    {
        using var connection = source.Open();
        return Read(connection, null, "c.id = @p0", id).FirstOrDefault();
    }

    /// <summary>Proposes an agreement on more or less of one contract, or a move between months, lines and providers.</summary>
    /// <param name="kind">agreement or reallocation; a move adds up to nothing.</param>
    /// <exception cref="PurchaseRefusedException">There is no such contract, a month falls below what is executed, or a move does not add up.</exception>
    public long Propose(string who, string kind, string ground, IReadOnlyList<MonthChange> months)
    {
        if (ground.Trim().Length == 0 || months.Count == 0 || months.All(m => m.Volume == 0 && m.Sum == Money.Zero))
        {
            throw new PurchaseRefusedException(new("Негізін және нөлден өзге өзгерісті көрсетіңіз.", "Укажите основание и ненулевое изменение.", "Give the ground and a change that is not nothing."));
        }

        if (kind == "reallocation" && (months.Sum(m => m.Sum.Tiyn) != 0 || months.GroupBy(m => m.CareForm).Any(g => g.Sum(m => m.Sum.Tiyn) == 0 && g.Sum(m => m.Volume) != 0)))
        {
            throw new PurchaseRefusedException(new("Қайта бөлуде алынғаны мен берілгені тең болуы керек.", "При перераспределении снятое и добавленное должны быть равны.", "What a move takes and what it gives must be equal."));
        }

        if (kind == "agreement" && months.Select(m => (m.ProviderId, m.Contract)).Distinct().Count() > 1)
        {
            throw new PurchaseRefusedException(new("Қосымша келісім бір шартты өзгертеді. Шарттар арасында қайта бөлуді таңдаңыз.", "Дополнительное соглашение меняет один договор. Между договорами – перераспределение.", "An additional agreement changes one contract. Between contracts choose a move."));
        }

        var before = LinesOf([.. months.Select(m => (m.ProviderId, m.Contract)).Distinct()]);
        return Keep(who, kind, new(ground.Trim(), null, null, months, before, Executed(before, ChangedLines.With(before, months))));
    }

    /// <summary>Proposes to end a contract early.</summary>
    /// <param name="byLimit">By paragraph 20: the repeat above the limit of unconfirmed cases, on which the Fund decided; a sole provider is exempt from it.</param>
    /// <param name="ground">In words: of the decision, or the other ground of the contract.</param>
    [Law("MON-321:20.3")]
    public long Terminate(string who, long provider, string contract, DateOnly endsOn, bool byLimit, string ground)
    {
        if (ground.Trim().Length == 0)
        {
            throw new PurchaseRefusedException(new("Негізін көрсетіңіз.", "Укажите основание.", "Give the ground."));
        }

        // Whether the ground stands, and whether a sole provider is exempt, is judged where conclusions on unconfirmed cases are; here only its decision counts.
        if (byLimit && UnscheduledStore.Of(desk).EndingOf(provider, contract) is null)
        {
            throw new PurchaseRefusedException(new(
                "20-тармақтың негізі жоқ: шекті екінші рет асыру бойынша қабылданған шешім табылмады. Әкімшілік бірліктегі жалғыз өнім берушінің шарты бұл негізбен тоқтатылмайды.",
                "Основания по пункту 20 нет: решения по повторному превышению порога не найдено. Договор единственного поставщика административной единицы по этому основанию не расторгается.",
                "There is no ground by paragraph 20: no decision on a repeat above the limit was found. The contract of a sole provider of an administrative unit is not ended on it."));
        }

        if (Of(provider, contract).Any(c => c is { Kind: "termination", Confirmed: true } && !IsStuck(c)))
        {
            throw new PurchaseRefusedException(new("Шарт тоқтатылған.", "Договор уже расторгнут.", "The contract is ended already."));
        }

        var before = LinesOf([(provider, contract)]);
        return Keep(who, "termination", new(ground.Trim(), byLimit ? "MON-321:20.3" : null, endsOn, [], before, Executed(before, ChangedLines.Until(before, endsOn))));
    }

    /// <summary>The second person's word. What is confirmed enters the register.</summary>
    /// <exception cref="PurchaseRefusedException">The same person, decided already, or the contracts or their execution changed meanwhile.</exception>
    public void Decide(string who, long id, bool confirm, string reason)
    {
        var change = Find(id) ?? throw new PurchaseRefusedException(new($"№ {id} өзгеріс жоқ.", $"Изменения № {id} нет.", $"There is no change {id}."));
        if (change.MadeBy == who)
        {
            throw new PurchaseRefusedException(new("Өзгерісті ұсынған емес, басқа қызметкер шешеді.", "Решает другой сотрудник, не тот, кто предложил изменение.", "Another employee decides than the one who proposed the change."));
        }

        if (!confirm && reason.Trim().Length == 0)
        {
            throw new PurchaseRefusedException(new("Қабылдамау себебін көрсетіңіз.", "Укажите причину отклонения.", "Give the reason for the refusal."));
        }

        if (confirm)
        {
            if (!PurchaseContracts.Same(contracts.Lines(ContractsOf(change.Terms)), change.Terms.Before))
            {
                throw PurchaseContracts.Changed();
            }

            Executed(change.Terms.Before, change.Terms.After);
        }

        Write(who, confirm ? "ContractChangeConfirmed" : "ContractChangeRefused", (connection, transaction) =>
        {
            if (Read(connection, transaction, "c.id = @p0", id)[0].Confirmed is not null)
            {
                throw new PurchaseRefusedException(new("Бұл өзгеріс бойынша шешім қабылданған.", "По этому изменению решение уже принято.", "This change is decided already."));
            }

            DeskRows.Write(connection, transaction, "contract_change_decision", ["change_id", "confirmed", "reason", "made_by", "made_at"], [[id, confirm ? 1 : 0, reason.Trim(), who, Now]]);
            return (id, new { change = id, reason });
        });
        if (confirm)
        {
            Enter(change);
        }
    }

    /// <summary>Enters what a stop left confirmed and not entered.</summary>
    /// <param name="failed">Told why a change could not be entered.</param>
    public int Heal(Action<string> failed)
    {
        IReadOnlyList<ContractChange> left;
        using (var connection = source.Open())
        {
            left = Read(connection, null, "d.confirmed = 1 AND e.change_id IS NULL");
        }

        return PurchaseWriting.EnterEach(left, Enter, failed);
    }

    /// <summary>Whether a confirmed change cannot be entered, for the register holds neither the lines from before it nor those after it.</summary>
    public bool IsStuck(ContractChange change) => change is { Confirmed: true, Entered: false } && contracts.Lines(ContractsOf(change.Terms)) is var held
        && !PurchaseContracts.Same(held, change.Terms.Before) && !PurchaseContracts.Same(held, change.Terms.After);

    private void Enter(ContractChange change)
    {
        contracts.Replace(change.Terms.Before, change.Terms.After);
        Write("system", "ContractChangeEntered", (connection, transaction) =>
        {
            if (Read(connection, transaction, "c.id = @p0", change.Id)[0].Entered)
            {
                return null;
            }

            DeskRows.Write(connection, transaction, "contract_change_entry", ["change_id", "made_at"], [[change.Id, Now]]);
            return (change.Id, new { change = change.Id });
        });
    }

    /// <summary>Refuses lines by which a month falls below what was settled for it: billed less withheld, and the volume that this sum bought at the price of the plan.</summary>
    private IReadOnlyList<RegisterLine> Executed(IReadOnlyList<RegisterLine> before, IReadOnlyList<RegisterLine> after)
    {
        var ledger = LedgerStore.Of(desk);
        foreach (var year in Enumerable.Range(before.Min(l => l.From.Year), before.Max(l => l.To.Year) - before.Min(l => l.From.Year) + 1))
        {
            foreach (var settled in SettlementStore.Forms(ledger, year, DateTimeOffset.MaxValue).GroupBy(f => (f.Of, f.CareForm, f.Month)))
            {
                var (of, form, month) = settled.Key;
                var executed = settled.Sum(s => s.Shares.Billed.Tiyn - s.Shares.Withheld.Tiyn);
                var was = ChangedLines.Of(before, of.ProviderId, of.Contract, of.Package, form, month);
                var now = ChangedLines.Of(after, of.ProviderId, of.Contract, of.Package, form, month);
                var floor = was.Sum <= 0 ? 0 : (long)(((Int128)was.Volume * Math.Min(executed, was.Sum) + was.Sum - 1) / was.Sum);
                if ((now.Sum < was.Sum && now.Sum < executed) || (now.Volume < was.Volume && now.Volume < floor))
                {
                    throw new PurchaseRefusedException(new(
                        $"{of.Contract}: {month:MM.yyyy} айында {new Money(executed)} орындалған, жоспар одан төмен болмайды.",
                        $"{of.Contract}: в {month:MM.yyyy} исполнено {new Money(executed)}, план не может быть ниже.",
                        $"{of.Contract}: {new Money(executed)} of {month:MM.yyyy} are executed, the plan cannot be less."));
                }
            }
        }

        return after;
    }

    private IReadOnlyList<RegisterLine> LinesOf(IReadOnlyCollection<(long Provider, string Contract)> asked)
    {
        var lines = contracts.Lines(asked);
        foreach (var (provider, contract) in asked.Where(a => lines.All(l => l.ProviderId != a.Provider || l.Contract != a.Contract)))
        {
            throw new PurchaseRefusedException(new(
                $"Қолданыстағы тізілімде {provider:000000000000} өнім берушінің {contract} шарты жоқ.", $"В действующем реестре нет договора {contract} поставщика {provider:000000000000}.", $"The register in force has no contract {contract} of provider {provider:000000000000}."));
        }

        return lines;
    }

    private static List<(long, string)> ContractsOf(ChangeTerms terms) => [.. terms.Before.Select(l => (l.ProviderId, l.Contract)).Distinct()];

    private long Keep(string who, string kind, ChangeTerms terms) => Write(who, "ContractChangeProposed", (connection, transaction) =>
    {
        var id = DeskRows.Query(connection, transaction, "SELECT COALESCE(MAX(id), 0) + 1 FROM contract_change", r => r.GetInt64(0))[0];
        DeskRows.Write(connection, transaction, "contract_change", ["id", "kind", "body", "made_by", "made_at"], [[id, kind, JsonSerializer.Serialize(terms), who, Now]]);
        DeskRows.Write(connection, transaction, "contract_change_contract", ["change_id", "provider_id", "contract"], ContractsOf(terms).Select(c => (object?[])[id, c.Item1, c.Item2]));
        return (id, new { change = id, kind, ground = terms.Ground });
    });

    private long Write(string who, string act, Func<DbConnection, DbTransaction, (long Id, object Detail)?> write) =>
        new PurchaseWriting(source, desk.Journal, "contract_change").Write(who, act, (connection, transaction) =>
            write(connection, transaction) is { } written ? (written.Id, string.Create(CultureInfo.InvariantCulture, $"contract-change:{written.Id}"), written.Detail) : null);

    private static IReadOnlyList<ContractChange> Read(DbConnection connection, DbTransaction? transaction, string where, params ReadOnlySpan<object?> values) => DeskRows.Query(
        connection, transaction,
        $"SELECT c.id, c.kind, c.body, c.made_by, c.made_at, d.confirmed, d.reason, d.made_by, e.change_id FROM contract_change AS c LEFT JOIN contract_change_decision AS d ON d.change_id = c.id LEFT JOIN contract_change_entry AS e ON e.change_id = c.id WHERE {where} ORDER BY c.id",
        r => new ContractChange(
            r.GetInt64(0), r.GetString(1), JsonSerializer.Deserialize<ChangeTerms>(r.GetString(2))!, r.GetString(3), DateTimeOffset.FromUnixTimeMilliseconds(r.GetInt64(4)),
            r.IsDBNull(5) ? null : r.GetInt32(5) == 1, r.IsDBNull(6) ? null : r.GetString(6), r.IsDBNull(7) ? null : r.GetString(7), !r.IsDBNull(8)),
        values);

    private long Now => desk.Clock.GetUtcNow().ToUnixTimeMilliseconds();

    private static DeskSource SourceOf(DeskStore desk)
    {
        using var context = desk.Context();
        return DeskSource.Of(context);
    }
}
