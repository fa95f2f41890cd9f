using System.Globalization;
using Kepil.Fund.Accounts;
using Kepil.Fund.Contributions;
using Kepil.Fund.Proceedings;
using Kepil.Law;

namespace Kepil.Fund.Verbs;

/// <summary>Puts the insured periods by which lines are judged together from payments and from the register: <c>kepil insured-periods 2026-10-01 2026-10-31</c></summary>
public static class InsuredPeriodsVerb
{
    public static int Run(FundFolder folder, LawBook law, DateOnly from, DateOnly to, Told told)
    {
        if (to < from)
        {
            throw new WrongQuestionException(new("Соңғы күн бірінші күннен бұрын.", "Последний день раньше первого.", "The last day lies before the first."));
        }

        if (new MonitoredPeriods(folder, law, ProceedingVerbs.DeskOf(folder)).Make(from, to) is not { } made)
        {
            told.Line(
                "Бірде-бір төлем немесе санат белгісіз: кезеңдер тізілім бойынша қалады",
                "Не известны ни один платёж и ни одна категория: периоды остаются по регистру",
                "No payment and no category is known: the periods stay those of the register");
            return 0;
        }

        var (first, last) = (Day(from), Day(to));
        told.Line(
            $"{first} – {last}: {made.ByPayments} адамның кезеңі төлемдер бойынша, оның {made.Others} адамы туралы тізілім басқаша айтады; тізілімде {made.Rows} жол",
            $"{first} – {last}: периоды {made.ByPayments} человек по платежам, из них о {made.Others} регистр говорит иначе; строк в регистре {made.Rows}",
            $"{first} – {last}: periods of {made.ByPayments} people by payments, of {made.Others} of them the register says otherwise; {made.Rows} rows in the register");
        told.Line(
            "Сақталған жолдарға бұл kepil refresh-facts арқылы ғана жетеді",
            "До сохранённых строк это дойдёт только через kepil refresh-facts",
            "Stored lines learn of it by kepil refresh-facts only");
        return 0;
    }

    private static string Day(DateOnly day) => day.ToString("dd.MM.yyyy", CultureInfo.InvariantCulture);
}
