using System.Globalization;
using Kepil.Fund.Accounts;
using Kepil.Fund.Ledger;
using Kepil.Fund.Settlements;
using Kepil.Law;
using Spectre.Console;

namespace Kepil.Fund.Verbs;

/// <summary>Settles a month: <c>kepil settle --month 2026-10</c></summary>
public static class SettleVerb
{
    /// <summary>Orders that the summary names.</summary>
    private const int Named = 15;

    public static async Task<int> RunAsync(FundFolder folder, LawBook law, DateOnly month, Told told)
    {
        var desk = ProceedingVerbs.DeskOf(folder);
        var outcome = await told.WatchAsync(
            told.Say($"{month:yyyy-MM} бойынша есеп айырысу", $"Расчёт за {month:yyyy-MM}", $"Settling {month:yyyy-MM}"),
            progress => Task.Run(() => new MonthSettlement(folder, desk, law).Run(month, "system", part => progress(part / 1000.0))));
        foreach (var left in outcome.Left)
        {
            told.Line(
                $"{left:yyyy-MM}: мониторингтен кейін жаңа жолдар түскен, бұл ай қозғалған жоқ. Алдымен: kepil monitor {left:yyyy-MM}.",
                $"{left:yyyy-MM}: после мониторинга поступили строки, месяц не тронут. Сначала: kepil monitor {left:yyyy-MM}.",
                $"{left:yyyy-MM}: lines came in after its monitoring, the month is left as it was. First: kepil monitor {left:yyyy-MM}.");
        }

        if (outcome.RunId == 0)
        {
            told.Line("Соңғы есептен бері ештеңе өзгерген жоқ, жүргізу жасалмады.", "С прошлого расчёта ничего не изменилось, проводок нет.", "Nothing changed since the last settlement; nothing was posted.");
            return 0;
        }

        Print(outcome, LedgerStore.Of(desk), law, told);
        return 0;
    }

    /// <summary>Recalculates settled months by an act that changes tariffs backwards: <c>kepil recalculate --act TARIFF-170:1 --tariffs changes.csv</c></summary>
    public static int Recalculate(FundFolder folder, LawBook law, string act, string file, Told told)
    {
        if (!File.Exists(file))
        {
            throw new WrongQuestionException(new($"{file}: файл табылмады.", $"{file}: файл не найден.", $"{file}: there is no such file."));
        }

        var outcome = new TariffRecalculation(folder, ProceedingVerbs.DeskOf(folder), law).Run(act, TariffRecalculation.Read(File.ReadAllText(file)), "system");
        var billed = new Money(outcome.Postings.SelectMany(p => p.Legs).Where(l => l.Account.Kind == AccountKind.Billed).Sum(l => l.Amount.Tiyn));
        told.Line(
            $"Есеп нөмірі: {outcome.RunId}; жолдар: {outcome.Lines}, айырма: {billed}; даулы жолдар (шешімнен кейін есептеледі): {outcome.Waiting}.",
            $"Номер расчёта: {outcome.RunId}; строк: {outcome.Lines}, разница: {billed}; строк в споре (пересчитываются после решения): {outcome.Waiting}.",
            $"Number of the run: {outcome.RunId}; lines: {outcome.Lines}, difference: {billed}; lines in dispute (recalculated when decided): {outcome.Waiting}.");
        return 0;
    }

    private static void Print(SettlementOutcome outcome, LedgerStore ledger, LawBook law, Told told)
    {
        var table = new Table().Border(TableBorder.Rounded).HideHeaders();
        table.AddColumn("");
        table.AddColumn(new TableColumn("").RightAligned());
        void Row(string what, string value) => table.AddRow(Markup.Escape(what), Markup.Escape(value));
        string NameOf(AccountKind kind) => law.Chart[kind].Name.In(told.Language);
        Money Moved(IEnumerable<Posting> postings, AccountKind kind) => new(postings.SelectMany(p => p.Legs).Where(l => l.Account.Kind == kind).Sum(l => l.Amount.Tiyn));
        Row(told.Say("Есеп нөмірі", "Номер расчёта", "Number of the run"), outcome.RunId.ToString(CultureInfo.InvariantCulture));
        Row(told.Say("Сомасы өзгерген жолдар", "Строк с изменившейся суммой", "Lines whose sums moved"), MonitorVerb.Grouped(outcome.Lines));
        Row(NameOf(AccountKind.Billed), Moved(outcome.Registers, AccountKind.Billed).ToString());
        foreach (var kind in new[] { AccountKind.Payable, AccountKind.Withheld, AccountKind.InDispute })
        {
            Row(NameOf(kind), (-Moved(outcome.Registers, kind)).ToString());
        }

        Row(told.Say("Жаңа берешек", "Новая задолженность", "New debt"), Moved(outcome.Registers, AccountKind.Debt).ToString());
        Row(told.Say("Есепке алынды", "Зачтено", "Settled now"), Moved(outcome.Orders, AccountKind.Settled).ToString());
        foreach (var kind in new[] { AccountKind.Scale, AccountKind.Debt, AccountKind.AdvanceRecovered, AccountKind.Penalty }.Where(k => Moved(outcome.Orders, k) != Money.Zero))
        {
            Row("– " + NameOf(kind), (-Moved(outcome.Orders, kind)).ToString());
        }

        Row(NameOf(AccountKind.Ordered), (-Moved(outcome.Orders, AccountKind.Ordered)).ToString());
        var books = ledger.Balances(new());
        var open = books.All.Select(of => (Of: of, Sum: -books[AccountKind.Payable, of] - books[AccountKind.Settled, of])).ToList();
        Row(told.Say("Шартсыз, төленбейді", "Без договора, не оплачивается", "Without a contract, not paid"), open.Where(o => o.Of.Contract.Length == 0).Aggregate(Money.Zero, (s, o) => s + o.Sum).ToString());
        Row(told.Say("Шарттың сомасынан асады, төленбейді", "Сверх суммы договора, не оплачивается", "Above the contract's sum, not paid"), open.Where(o => o.Of.Contract.Length > 0).Aggregate(Money.Zero, (s, o) => s + o.Sum).ToString());
        Row(told.Say("Төлеу мерзімі", "Оплатить до", "To be paid by"), outcome.DueOn.ToString("dd.MM.yyyy", CultureInfo.InvariantCulture));
        AnsiConsole.Write(table);

        var orders = new Table().Border(TableBorder.Rounded);
        orders.AddColumn(told.Say("Тапсырма", "Поручение", "Order"));
        orders.AddColumn(told.Say("БСН", "БИН", "BIN"));
        orders.AddColumn(told.Say("Шарт", "Договор", "Contract"));
        orders.AddColumn(told.Say("Пакет", "Пакет", "Package"));
        orders.AddColumn(new TableColumn(told.Say("Төленеді", "К оплате", "To be paid")).RightAligned());
        foreach (var (order, sum) in outcome.Orders.Select(o => (o, Sum: -Moved([o], AccountKind.Ordered))).OrderByDescending(o => o.Sum).ThenBy(o => o.o.Id).Take(Named))
        {
            var of = order.Legs[0].Account.Of;
            orders.AddRow(LedgerVerb.NumberOf(order), of.ProviderId.ToString("000000000000", CultureInfo.InvariantCulture), Markup.Escape(of.Contract), of.Package, Markup.Escape(sum.ToString()));
        }

        AnsiConsole.Write(orders);
        told.Line(
            $"Тапсырмалар: {outcome.Orders.Count}. Қалдықтар: kepil ledger balance; тапсырмадан қызметтерге дейін: kepil ledger explain P-НӨМІР.",
            $"Поручений: {outcome.Orders.Count}. Остатки: kepil ledger balance; от поручения до услуг: kepil ledger explain P-НОМЕР.",
            $"Orders: {outcome.Orders.Count}. Balances: kepil ledger balance; from an order down to its services: kepil ledger explain P-NUMBER.");
    }
}
