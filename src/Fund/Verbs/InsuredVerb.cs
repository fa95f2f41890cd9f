using System.Globalization;
using Kepil.Fund.Accounts;
using Kepil.Fund.Contributions;
using Kepil.Fund.Proceedings;
using Kepil.Insurance;
using Kepil.Law;
using Spectre.Console;
using Status = Kepil.Insurance.Status;

namespace Kepil.Fund.Verbs;

/// <summary>Whether a person is insured on a day, and why: <c>kepil insured NUMBER --on DAY</c></summary>
public static class InsuredVerb
{
    /// <summary>Says the status as it is known now and, of a past day, as it was known at its end.</summary>
    /// <returns>0: insured as known now; 1: not insured, or nobody has the number.</returns>
    public static int Run(FundFolder folder, LawBook law, string number, string? on, Told told)
    {
        var identity = PersonVerbs.IdentityOf(number);
        var desk = ProceedingVerbs.DeskOf(folder);
        var now = desk.Clock.GetUtcNow();
        var today = LocalDay.Of(now);
        var day = on is null ? today : LedgerVerb.DayOf(on);
        if (StoredLife.Of(folder, ContributionStore.Of(desk), identity.Value) is not { } facts)
        {
            PersonVerbs.TellUnknown(identity, told);
            return 1;
        }

        // Whoever looks at a person's payments leaves a trace, also on the command line.
        desk.Journal.Append("system", "InsuranceSeen", "person:" + identity, new { day });
        var status = new InsuredStatus(law).On(facts, day, now);
        Tell(status, told.Say("қазір белгілісі бойынша", "по тому, что известно сейчас", "as is known now"), identity, law, told);
        if (day < today)
        {
            var moment = LocalDay.At(day.AddDays(1), TimeOnly.MinValue).AddMilliseconds(-1);
            Tell(new InsuredStatus(law).On(facts, day, moment), told.Say("сол күннің соңында белгілі болғаны бойынша", "по тому, что было известно в конце того дня", "as was known at the end of that day"), identity, law, told);
        }

        if (!status.Insured && day == today)
        {
            Tell(new WaysToInsurance(law).Of(facts.AsKnownAt(now), today), told);
        }

        return status.Insured ? 0 : 1;
    }

    private static void Tell(Status status, string known, IdentityNumber identity, LawBook law, Told told)
    {
        var ground = StatusWords.Of(status).In(told.Language);
        var until = status.Until is { } last ? told.Say($" ({Shown(last)} дейін)", $" (по {Shown(last)})", $" (until {Shown(last)})") : "";
        told.Line(
            $"{identity}, {Shown(status.Day)}, {known}: {(status.Insured ? "сақтандырылған" : "сақтандырылмаған")} – {ground}{until}",
            $"{identity}, {Shown(status.Day)}, {known}: {(status.Insured ? "застрахован" : "не застрахован")} – {ground}{until}",
            $"{identity}, {Shown(status.Day)}, {known}: {(status.Insured ? "insured" : "not insured")} – {ground}{until}");
        if (status.Category is { } category)
        {
            var title = law.Categories[category.Category].Title.In(told.Language);
            told.Line($"Санаты: {title}; дереккөз: {category.Source}", $"Категория: {title}; источник: {category.Source}", $"Category: {title}; source: {category.Source}");
        }

        if (status.Months.Count > 0)
        {
            var table = new Table().Border(TableBorder.Rounded);
            table.AddColumn(told.Say("Ай", "Месяц", "Month"));
            table.AddColumn(told.Say("Қалпы", "Состояние", "State"));
            foreach (var month in status.Months)
            {
                table.AddRow(month.Month.ToString(), Markup.Escape(StatusWords.Of(month.Mark).In(told.Language)));
            }

            AnsiConsole.Write(table);
        }

        var cited = string.Join(", ", status.Law.Select(c => c.ToString()));
        var readings = status.Policies.Where(p => p.Unverified).ToList();
        told.Line($"Негізі: {cited}", $"Основание: {cited}", $"Ground: {cited}");
        if (readings.Count > 0)
        {
            var names = string.Join(", ", readings.Select(p => p.Name));
            told.Line(
                $"Ресми мәтінмен салыстырылмаған баптаулар: {names}",
                $"Настройки, не сверенные с официальным текстом: {names}",
                $"Readings not compared with the official text: {names}");
        }
    }

    private static void Tell(Ways ways, Told told)
    {
        if (ways.All.Count == 0)
        {
            return;
        }

        told.Line("Сақтандырылған мәртебесін алудың жолдары:", "Способы получить статус застрахованного:", "Ways to become insured:");
        var table = new Table().Border(TableBorder.Rounded);
        table.AddColumn(told.Say("Жолы", "Способ", "Way"));
        table.AddColumn(new TableColumn(told.Say("Бүгін төлеу", "Уплатить сегодня", "To pay today")).RightAligned());
        table.AddColumn(told.Say("Басталуы", "С", "From"));
        table.AddColumn(told.Say("Соңғы күні", "По", "Until"));
        table.AddColumn(new TableColumn(told.Say("30 күнге", "За 30 дней", "For 30 days")).RightAligned());
        foreach (var way in ways.All)
        {
            table.AddRow(
                Markup.Escape(StatusWords.Of(way.Kind).In(told.Language)), way.PayToday.ToString(), Shown(way.From),
                way.Until is { } until ? Shown(until) : "–", way.ThirtyDays.ToString());
        }

        AnsiConsole.Write(table);
    }

    private static string Shown(DateOnly day) => day.ToString("dd.MM.yyyy", CultureInfo.InvariantCulture);
}
