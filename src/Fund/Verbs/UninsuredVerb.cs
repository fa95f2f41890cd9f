using Kepil.Fund.Accounts;
using Kepil.Fund.LocalBodies;
using Kepil.Fund.Proceedings;

namespace Kepil.Fund.Verbs;

/// <summary>Makes the list of the uninsured as of a day: <c>kepil uninsured --on 2026-11-20</c></summary>
public static class UninsuredVerb
{
    /// <returns>0: made, or one of the day or of a later day stands already; 1: registers are missing.</returns>
    public static int Run(FundFolder folder, string? on, Told told)
    {
        var desk = ProceedingVerbs.DeskOf(folder);
        var today = LocalDay.Of(desk.Clock.GetUtcNow());
        var day = on is null ? today : LedgerVerb.DayOf(on);
        if (day > today)
        {
            throw new WrongQuestionException(new($"{day:dd.MM.yyyy} әлі келген жоқ. Бүгіннен кеш емес күнді беріңіз.", $"{day:dd.MM.yyyy} ещё не наступило. Укажите день не позже сегодняшнего.", $"{day:dd.MM.yyyy} has not come yet. Give a day not later than today."));
        }

        var made = new UninsuredLists(folder, desk).Make("system", day);
        if (made.Missing.Count > 0)
        {
            var registers = string.Join(", ", made.Missing);
            told.Line($"Тізілімдер жүктелмеген: {registers}", $"Не загружены регистры: {registers}", $"Registers are not loaded: {registers}");
            return 1;
        }

        if (made.Persons is { } persons)
        {
            told.Line(
                $"{day:dd.MM.yyyy}: тізімде {persons} адам; енді {made.Entered}, шықты {made.Left}, көшті {made.Moved}",
                $"{day:dd.MM.yyyy}: в списке {persons}; вошли {made.Entered}, выбыли {made.Left}, переехали {made.Moved}",
                $"{day:dd.MM.yyyy}: {persons} people on the list; {made.Entered} entered, {made.Left} left, {made.Moved} moved");
        }
        else
        {
            told.Line($"{day:dd.MM.yyyy} не кейінгі күннің тізімі бар, ол өзгермейді", $"Список на {day:dd.MM.yyyy} или более поздний уже есть, он не меняется", $"There is a list of {day:dd.MM.yyyy} or of a later day; it stands");
        }

        return 0;
    }
}
