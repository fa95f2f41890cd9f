using System.Globalization;
using Kepil.Fund.Accounts;
using Kepil.Fund.Ledger;
using Kepil.Fund.Settlements;
using Kepil.Law;
using Kepil.Monitoring;
using Spectre.Console;

namespace Kepil.Fund.Verbs;

/// <summary>Asks the ledger: <c>kepil ledger balance</c>, <c>kepil ledger explain LINE|P-NUMBER</c></summary>
public static class LedgerVerb
{
    /// <summary>Lines of a payment that are named.</summary>
    private const int Most = 20;

    private static readonly AccountKind[] Columns = [AccountKind.Billed, AccountKind.Payable, AccountKind.Withheld, AccountKind.InDispute, AccountKind.Settled, AccountKind.Debt, AccountKind.Ordered, AccountKind.Bank];

    /// <summary>How a posting that orders or pays is called on the command line.</summary>
    public static string NumberOf(Posting posting) => string.Create(CultureInfo.InvariantCulture, $"P-{posting.Id}");

    /// <summary>The trial balance, or the balances by one of provider, contract, package, region and month.</summary>
    /// <param name="region">Only providers of this region, by the register of providers.</param>
    public static int Balance(FundFolder folder, LawBook law, LedgerFilter filter, string? region, string? by, Told told)
    {
        var books = LedgerStore.Of(ProceedingVerbs.DeskOf(folder)).Balances(filter);
        var regions = region is null && by != "region" ? [] : Regions(folder);
        var balances = books.Balances.Where(b => region is null || regions.GetValueOrDefault(b.Account.Of.ProviderId) == region).ToList();
        if (by is null)
        {
            Trial(law, balances, told);
            return 0;
        }

        var table = new Table().Border(TableBorder.Rounded);
        table.AddColumn(told.Say("Бойынша", "По", "By"));
        foreach (var kind in Columns)
        {
            table.AddColumn(new TableColumn(Markup.Escape(law.Chart[kind].Name.In(told.Language))).RightAligned());
        }

        foreach (var group in balances.GroupBy(b => Group(b.Account, by, regions)).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            table.AddRow([Markup.Escape(group.Key), .. Columns.Select(k => Markup.Escape(Shown(law, k, group).ToString()))]);
        }

        AnsiConsole.Write(table);
        return 0;
    }

    /// <summary>A line's way to its payment, or a payment down to its lines.</summary>
    public static int Explain(FundFolder folder, LawBook law, string what, Told told)
    {
        var ledger = LedgerStore.Of(ProceedingVerbs.DeskOf(folder));
        var trail = new Trail(folder, ledger);
        if (what.StartsWith("P-", StringComparison.OrdinalIgnoreCase) && long.TryParse(what.AsSpan(2), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return trail.OfPayment(number, Most) is { } payment ? Tell(folder, law, payment, told) : Nothing(what, told);
        }

        using var records = RecordsSetting.Open(folder);
        var service = long.TryParse(what, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : -1;
        var lines = records.Query("SELECT service_id, line_id, month FROM known_service WHERE line_id = $1 OR service_id = $2 ORDER BY service_id LIMIT 20", r => (Id: r.Long(0), Line: r.Text(1), Month: r.Day(2)), what, service);
        var found = false;
        foreach (var line in lines)
        {
            if (trail.OfLine(line.Id, line.Line, line.Month) is { } way)
            {
                Tell(way, told);
                found = true;
            }
        }

        return found ? 0 : Nothing(what, told);
    }

    /// <summary>A day as the command line names it.</summary>
    public static DateOnly DayOf(string text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : throw new WrongQuestionException(new(
        $"«{text}» – күн емес. Былай жазыңыз: 2026-11-20.", $"«{text}» – не день. Пишите так: 2026-11-20.", $"'{text}' is no day. Write 2026-11-20."));

    private static int Nothing(string what, Told told)
    {
        told.Line(
            $"«{what}»: кітапта мұндай жол да, тапсырма да жоқ. Жолдың нөмірін немесе P-НӨМІР жазыңыз.",
            $"«{what}»: в книге нет ни такой строки, ни такого поручения. Укажите номер строки или P-НОМЕР.",
            $"'{what}': the ledger has no such line and no such order. Give the number of a line, or P-NUMBER.");
        return 1;
    }

    private static void Trial(LawBook law, IReadOnlyList<(Account Account, Money Balance)> balances, Told told)
    {
        var table = new Table().Border(TableBorder.Rounded);
        table.AddColumn(told.Say("Шот", "Счёт", "Account"));
        table.AddColumn(new TableColumn(told.Say("Дебет", "Дебет", "Debit")).RightAligned());
        table.AddColumn(new TableColumn(told.Say("Кредит", "Кредит", "Credit")).RightAligned());
        var (debit, credit) = (Money.Zero, Money.Zero);
        foreach (var row in law.Chart.All)
        {
            var sum = balances.Where(b => b.Account.Kind == row.Kind).Aggregate(Money.Zero, (s, b) => s + b.Balance);
            debit += Money.Larger(sum, Money.Zero);
            credit += Money.Larger(-sum, Money.Zero);
            table.AddRow(Markup.Escape(row.Name.In(told.Language)), sum > Money.Zero ? Markup.Escape(sum.ToString()) : "", sum < Money.Zero ? Markup.Escape((-sum).ToString()) : "");
        }

        table.AddRow(told.Say("Жиыны", "Итого", "Total"), Markup.Escape(debit.ToString()), Markup.Escape(credit.ToString()));
        AnsiConsole.Write(table);
    }

    private static void Tell(LineTrail line, Told told)
    {
        AnsiConsole.MarkupLine(Markup.Escape(string.Create(CultureInfo.InvariantCulture, $"{line.LineId} (№ {line.ServiceId}), {line.Month:yyyy-MM}")));
        var table = Table(told, told.Say("Күні", "День", "Day"), told.Say("Негіз", "Основание", "Ground"));
        table.AddColumn(told.Say("Тапсырма", "Поручение", "Order"));
        table.AddColumn(told.Say("Банк", "Банк", "Bank"));
        foreach (var step in line.Steps)
        {
            table.AddRow([
                .. Cells(string.Create(CultureInfo.InvariantCulture, $"{step.Register.Day:dd.MM.yyyy}"), step.Why, step.Change),
                step.Settled is null ? "–" : NumberOf(step.Settled), step.Paid is null ? "–" : string.Create(CultureInfo.InvariantCulture, $"{step.Paid.Day:dd.MM.yyyy}")]);
        }

        table.AddRow([.. Cells(told.Say("Қазір", "Сейчас", "Now"), "", line.Shares), "", ""]);
        AnsiConsole.Write(table);
    }

    private static int Tell(FundFolder folder, LawBook law, PaymentTrail payment, Told told)
    {
        var of = payment.Settlement.Legs[0].Account.Of;
        AnsiConsole.MarkupLine(Markup.Escape(string.Create(CultureInfo.InvariantCulture, $"{NumberOf(payment.Settlement)}: {of.ProviderId:000000000000}, {of.Contract}, {of.Package}, {payment.Settlement.Day:dd.MM.yyyy}, {payment.Settlement.Ground}")));
        var legs = new Table().Border(TableBorder.Rounded);
        legs.AddColumn(told.Say("Шот", "Счёт", "Account"));
        legs.AddColumn(told.Say("Ай", "Месяц", "Month"));
        legs.AddColumn(new TableColumn(told.Say("Дебет", "Дебет", "Debit")).RightAligned());
        legs.AddColumn(new TableColumn(told.Say("Кредит", "Кредит", "Credit")).RightAligned());
        foreach (var leg in payment.Settlement.Legs.Concat(payment.Payments.SelectMany(p => p.Legs)))
        {
            legs.AddRow(
                Markup.Escape(law.Chart[leg.Account.Kind].Name.In(told.Language)), leg.Account.Month.ToString("yyyy-MM", CultureInfo.InvariantCulture),
                leg.Amount > Money.Zero ? Markup.Escape(leg.Amount.ToString()) : "", leg.Amount < Money.Zero ? Markup.Escape((-leg.Amount).ToString()) : "");
        }

        AnsiConsole.Write(legs);
        using var records = RecordsSetting.Open(folder);
        foreach (var month in payment.Months)
        {
            told.Line(
                $"{month.Month:yyyy-MM}: {MonitorVerb.Grouped(month.Lines)} жол, олардан {month.FromLines}; алынды {month.Taken}",
                $"{month.Month:yyyy-MM}: строк {MonitorVerb.Grouped(month.Lines)}, по ним {month.FromLines}; взято {month.Taken}",
                $"{month.Month:yyyy-MM}: {MonitorVerb.Grouped(month.Lines)} lines, of them {month.FromLines}; taken {month.Taken}");
            var names = month.Heaviest.Count == 0 ? [] : records.Query(
                $"SELECT service_id, line_id FROM known_service WHERE month = $1 AND service_id IN ({string.Join(',', month.Heaviest.Select(l => l.ServiceId))})", r => (r.Long(0), r.Text(1)), month.Month).ToDictionary(n => n.Item1, n => n.Item2);
            var table = Table(told, told.Say("Жол", "Строка", "Line"), "№");
            foreach (var line in month.Heaviest)
            {
                table.AddRow(Cells(names.GetValueOrDefault(line.ServiceId, "–"), line.ServiceId.ToString(CultureInfo.InvariantCulture), line.Change));
            }

            AnsiConsole.Write(table);
        }

        return 0;
    }

    private static Table Table(Told told, string first, string second)
    {
        var table = new Table().Border(TableBorder.Rounded);
        table.AddColumn(first);
        table.AddColumn(second);
        foreach (var head in new[] { told.Say("Ұсынылды", "Предъявлено", "Billed"), told.Say("Төленеді", "К оплате", "Payable"), told.Say("Ұсталды", "Удержано", "Withheld"), told.Say("Даулы", "В споре", "In dispute"), told.Say("Берешек", "Долг", "Debt") })
        {
            table.AddColumn(new TableColumn(head).RightAligned());
        }

        return table;
    }

    private static string[] Cells(string first, string second, LineShares s) =>
        [.. new[] { first, second, s.Billed.ToString(), s.Payable.ToString(), s.Withheld.ToString(), s.InDispute.ToString(), s.Debt.ToString() }.Select(Markup.Escape)];

    private static Money Shown(LawBook law, AccountKind kind, IEnumerable<(Account Account, Money Balance)> balances)
    {
        var sum = balances.Where(b => b.Account.Kind == kind).Aggregate(Money.Zero, (s, b) => s + b.Balance);
        return law.Chart[kind].Side == AccountSide.Debit ? sum : -sum;
    }

    private static string Group(Account account, string by, Dictionary<long, string> regions) => by switch
    {
        "provider" => account.Of.ProviderId.ToString("000000000000", CultureInfo.InvariantCulture),
        "contract" => account.Of.Contract.Length == 0 ? "–" : account.Of.Contract,
        "package" => account.Of.Package,
        "month" => account.Month.ToString("yyyy-MM", CultureInfo.InvariantCulture),
        "region" => regions.GetValueOrDefault(account.Of.ProviderId, "–"),
        _ => throw new WrongQuestionException(new(
            $"--by {by}: мынаның бірі болады: provider, contract, package, region, month.",
            $"--by {by}: возможны provider, contract, package, region, month.",
            $"--by {by}: may be provider, contract, package, region or month.")),
    };

    private static Dictionary<long, string> Regions(FundFolder folder)
    {
        using var records = RecordsSetting.Open(folder);
        return records.Query("SELECT provider_id, MIN(region) FROM provider WHERE region IS NOT NULL GROUP BY provider_id", r => (Id: r.Long(0), Region: r.Text(1))).ToDictionary(p => p.Id, p => p.Region);
    }
}
