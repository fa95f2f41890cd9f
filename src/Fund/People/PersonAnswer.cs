using System.Data.Common;
using Kepil.Fund.Accounts;
using Kepil.Fund.Contributions;
using Kepil.Fund.Desk;
using Kepil.Fund.Pages;
using Kepil.Fund.Proceedings;
using Kepil.Insurance;
using Kepil.Law;
using Status = Kepil.Insurance.Status;

namespace Kepil.Fund.People;

/// <summary>A month of a person as the counter shows it.</summary>
/// <param name="Came">What came for the month by the day asked about, refunds taken off.</param>
/// <param name="PaidOn">Day of the last payment for it.</param>
public sealed record PersonMonth(MonthState State, Money Came, DateOnly? PaidOn);

/// <summary>What is known of a person's insurance, for one day.</summary>
/// <param name="Then">As it was known at the end of a past day; nothing of today and later.</param>
/// <param name="Ways">The ways to insurance if taken today; nothing for one who is insured today.</param>
public sealed record PersonAnswer(IdentityNumber Number, DateOnly Day, DateOnly Today, Lifetime? Lifetime, Status Now, Status? Then, IReadOnlyList<PersonMonth> Months, DebtAccount Debts, Ways? Ways)
{
    /// <summary>The months with what came for them, to be kept or sent on.</summary>
    public FindingSheet Sheet(PageLanguage language) => new(
        [language["People.Month"], language["People.State"], language["People.Came"] + ", ₸", language["People.PaidOn"]],
        [.. Months.Select(m => new object?[] { m.State.Month.ToString(), language.Text(StatusWords.Of(m.State.Mark)), m.Came, m.PaidOn })],
        [
            (language["People.Number"], Number.ToString()),
            (language["People.Day"], language.Day(Day)),
            (language["People.KnownNow"], Said(Now, language)),
            .. Then is { } then ? new[] { (language.With("People.KnownThen", language.Day(Day)), Said(then, language)) } : [],
            (language["People.Law"], string.Join(", ", Now.Law.Select(c => c.ToString()))),
            (language["People.Debts"], language.Sum(Debts.Left.Tiyn)),
        ],
        [12, 40, 18, 16], language, language["People.Months"]);

    private static string Said(Status status, PageLanguage language) =>
        $"{language[status.Insured ? "People.Insured" : "People.NotInsured"]}: {language.Text(StatusWords.Of(status))}{(status.Until is { } until ? $"; {language["People.Until"]} {language.Day(until)}" : "")}";
}

/// <summary>What the counter works with.</summary>
public sealed class PersonDesk(FundFolder folder, LawBook law, DeskStore desk)
{
    /// <summary>Months that are shown.</summary>
    private const int Shown = 24;

    private readonly InsuredStatus status = new(law);
    private readonly WaysToInsurance ways = new(law);

    public LawBook Law => law;

    public DateOnly Today => LocalDay.Of(desk.Clock.GetUtcNow());

    /// <summary>The first day that has an answer.</summary>
    public DateOnly First => law.Parameters["paid_months_for_status"].Values.Min(v => v.From);

    /// <returns>Nothing when the register of persons does not know the number.</returns>
    public PersonAnswer? Answer(IdentityNumber number, DateOnly day)
    {
        if (StoredLife.Of(folder, ContributionStore.Of(desk), number.Value) is not { } facts)
        {
            return null;
        }

        var (today, life) = (Today, facts.AsKnownAt(desk.Clock.GetUtcNow()));
        var now = status.On(life, day);
        var open = today == day ? now : status.On(life, today);
        return new(
            number, day, today, life.Lifetime, now, day < today ? status.On(facts, day, LocalDay.At(day.AddDays(1), TimeOnly.MinValue).AddMilliseconds(-1)) : null,
            [.. status.MonthsOn(life, day, Shown).Select(m => Month(life, m, day))], status.DebtsOn(life, day), open.Insured ? null : ways.Of(life, today));
    }

    /// <summary>Writes into the journal who looks at whom, for which day and why.</summary>
    /// <returns>Whether it was written: what cannot be noted is not shown.</returns>
    public bool Note(Visitor visitor, IdentityNumber number, DateOnly day, string why)
    {
        try
        {
            desk.Journal.Append(visitor.Actor, "InsuranceSeen", "person:" + number, new { day, why });
            return true;
        }
        catch (DbException)
        {
            return false;
        }
    }

    /// <summary>All payments and refunds for a person that are known today, as rows of a file.</summary>
    public FindingSheet Payments(PersonAnswer answer, PageLanguage language)
    {
        var paid = ContributionStore.Of(desk).PaidFor(KnownPersons.NumbersOf(folder, answer.Number.Value));
        return new(
            [language["People.Month"], language["People.Kind"], language["People.Came"] + ", ₸", language["People.PaidOn"], language["People.Payer"], language["People.Reference"], language["People.Refunds"], language["People.KnownOn"]],
            [.. paid.Select(p => new object?[] { p.Month.ToString("yyyy-MM", System.Globalization.CultureInfo.InvariantCulture), language["Paid." + p.Kind], p.Sum, p.PaidOn, p.PayerId == 0 ? "–" : PageLanguage.Identity(p.PayerId), p.Reference, p.Refunds, LocalDay.Of(p.KnownAt) })],
            [(language["People.Number"], answer.Number.ToString()), (language["Sheet.Rows"], language.Number(paid.Count)), (language["Sheet.MadeAt"], language.Moment(desk.Clock.GetUtcNow()) + " (UTC+05:00)")],
            [12, 40, 18, 16, 18, 26, 26, 16], language, language["People.Payments"]);
    }

    private static PersonMonth Month(Life life, MonthState state, DateOnly day)
    {
        var paid = life.Payments.Where(p => p.For == state.Month && p.PaidOn <= day).ToList();
        return new(state, paid.Aggregate(Money.Zero, (sum, p) => sum + p.Sum), paid.Count == 0 ? null : paid.Max(p => p.PaidOn));
    }
}
