using Kepil.Fund.Accounts;
using Kepil.Fund.Portrait;
using Kepil.Fund.Proceedings;

namespace Kepil.Fund.Verbs;

/// <summary>Counts the portrait of the uninsured as of a day: <c>kepil portrait --on 2026-11-01</c></summary>
public static class PortraitVerb
{
    /// <returns>0: counted, or it stands already; 1: registers are missing.</returns>
    public static int Run(FundFolder folder, string? on, Told told)
    {
        var desk = ProceedingVerbs.DeskOf(folder);
        var today = LocalDay.Of(desk.Clock.GetUtcNow());
        var day = on is null ? new DateOnly(today.Year, today.Month, 1) : LedgerVerb.DayOf(on);
        if (day > today)
        {
            throw new WrongQuestionException(new($"{day:dd.MM.yyyy} әлі келген жоқ. Бүгіннен кеш емес күнді беріңіз.", $"{day:dd.MM.yyyy} ещё не наступило. Укажите день не позже сегодняшнего.", $"{day:dd.MM.yyyy} has not come yet. Give a day not later than today."));
        }

        var taken = new PortraitTaking(folder, desk).Take("system", day);
        if (taken.Missing.Count > 0)
        {
            var registers = string.Join(", ", taken.Missing);
            told.Line($"Тізілімдер жүктелмеген: {registers}", $"Не загружены регистры: {registers}", $"Registers are not loaded: {registers}");
            return 1;
        }

        if (taken.Portrait is { } portrait)
        {
            told.Line(
                $"{day:dd.MM.yyyy}: {portrait.Persons} адам, оның {portrait.Uninsured} сақтандырылмаған",
                $"{day:dd.MM.yyyy}: людей {portrait.Persons}, из них не застраховано {portrait.Uninsured}",
                $"{day:dd.MM.yyyy}: {portrait.Persons} people, of them {portrait.Uninsured} uninsured");
        }
        else
        {
            told.Line($"{day:dd.MM.yyyy} күнгі портрет бар, ол өзгермейді", $"Портрет на {day:dd.MM.yyyy} уже есть, он не меняется", $"There is a portrait of {day:dd.MM.yyyy}; it stands");
        }

        return 0;
    }
}
