using System.Text.RegularExpressions;
using Kepil.Fund.Verbs;
using Kepil.Tests.Accounts;
using Kepil.Tests.Settlements;
using Xunit;

namespace Kepil.Tests.Verbs;

/// <summary>The verbs of money as a person gives them: the month settled, the balances, the way of a line and of an order.</summary>
public sealed class SettleVerbTests : IDisposable
{
    private readonly TrialMonth _trial = new();

    [Fact]
    public void A_month_is_settled_and_followed_from_the_order_to_the_line_and_back()
    {
        _trial.Fund.Admit("a.csv", new BilledLine("L1"), new BilledLine("L2"), new BilledLine("L3"));
        _trial.Monitor(new FoundOn("L2", "rule", 300_000));

        var (code, told) = Ask("ru", "settle --month 2026-10");
        Assert.Equal(0, code);
        Assert.Matches("В споре +│ +3 000,00 ₸", told);
        Assert.Matches("Поручено к оплате +│ +27 000,00 ₸", told);
        Assert.Contains("20.11.2026", told, StringComparison.Ordinal);
        var order = Regex.Match(told, "P-[0-9]+").Value;
        Assert.Contains("ничего не изменилось", Ask("ru", "settle --month 2026-10").Told, StringComparison.Ordinal);

        Assert.Matches("Total +│ +57 000,00 ₸ +│ +57 000,00 ₸", Ask("en", "ledger balance").Told);
        Assert.Matches("mams +│ +30 000,00 ₸ +│ +27 000,00 ₸", Ask("kk", "ledger balance --by package --month 2026-10").Told);
        Assert.DoesNotContain("000,00", Ask("kk", "ledger balance --until 2026-01-01").Told, StringComparison.Ordinal);
        Assert.Matches("2026-10: 3 жол, олардан 27 000,00 ₸; алынды 27 000,00 ₸", Ask("kk", "ledger explain " + order).Told);
        Assert.Matches($"Now +│ +│ +10 000,00 ₸ +│ +7 000,00 ₸ +│ +0,00 ₸ +│ +3 000,00 ₸", Ask("en", "ledger explain L2").Told);
        Assert.Contains(order, Ask("en", "ledger explain L2").Told, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("kk", "settle --month 2026-10", "жазбалары жоқ")]
    [InlineData("ru", "settle --month 2026-13", "не месяц")]
    [InlineData("en", "ledger balance --until yesterday", "is no day")]
    [InlineData("en", "ledger", "--help")]
    public void A_wrong_question_about_money_is_answered(string language, string line, string told)
    {
        var (code, text) = Ask(language, line);

        Assert.Equal(Faults.Asked, code);
        Assert.Contains(told, text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("kk", "bank make", "Қордың өз шоты расталмаған")]
    [InlineData("ru", "bank make --pay-on 2020-01-01", "уже прошло")]
    public void What_the_bank_may_not_do_is_said(string language, string line, string told)
    {
        var (code, text) = Ask(language, line);

        Assert.Equal(1, code);
        Assert.Contains(told, text, StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_ledger_does_not_know_is_said() => Assert.Equal((1, true), Ask("en", "ledger explain P-99") is var (code, told) ? (code, told.Contains("no such order", StringComparison.Ordinal)) : default);

    public void Dispose() => _trial.Dispose();

    private (int Code, string Told) Ask(string language, string line) => Executable.Ask(_trial.Fund.Folder.Path, language, line.Split(' '));
}
