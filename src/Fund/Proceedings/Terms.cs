using System.Globalization;
using Kepil.Law;

namespace Kepil.Fund.Proceedings;

/// <summary>The next term of a proceeding in short: which it is, from which day, until when.</summary>
/// <param name="Name">Which term runs.</param>
/// <param name="Start">Day of the event from which it runs.</param>
/// <param name="Length">Number of days or months.</param>
/// <param name="Last">The last day.</param>
/// <param name="EndsAt">The moment at which it is over.</param>
public sealed record Due(TermName Name, DateOnly Start, int Length, DateOnly Last, DateTimeOffset EndsAt)
{
    public static Due Of(TermName name, Term term) => new(name, term.Start, term.Length, term.Last, term.EndsAt);

    /// <summary>Whether something that was received at a moment came in time.</summary>
    public bool Includes(DateTimeOffset moment) => moment < EndsAt;
}

/// <summary>The one place that makes terms: by the law, the calendar and the policies as known on a day, and the confirmed outages.</summary>
public sealed class Terms
{
    private readonly IReadOnlyDictionary<DateOnly, Wording> outageDays;

    /// <param name="today">The day whose knowledge counts: later transfers of days off are not known yet.</param>
    /// <param name="outages">Outages that a letter of the Fund confirmed.</param>
    /// <param name="policies">The choices of the installation; the defaults without them.</param>
    public Terms(LawBook law, DateOnly today, IReadOnlyList<Outage>? outages = null, Policies? policies = null)
    {
        Law = law;
        Today = today;
        Outages = outages ?? [];
        Policies = (policies ?? law.Policies).On(today);
        Edition = law.Provisions.On("MON-321", today).InForceFrom;
        Calendar = law.Calendar.AsKnownOn(today);
        outageDays = DaysOf(Outages);
    }

    public LawBook Law { get; }

    /// <summary>The day whose knowledge counts.</summary>
    public DateOnly Today { get; }

    public IReadOnlyList<Outage> Outages { get; }

    /// <summary>Days that confirmed outages take out of running terms, days off among them.</summary>
    public IEnumerable<DateOnly> OutageDays => outageDays.Keys.Order();

    public PoliciesOnDay Policies { get; }

    /// <summary>First day of the edition of the rules that governs a step taken on the day.</summary>
    public DateOnly Edition { get; }

    /// <summary>The calendar as known on the day.</summary>
    public ProductionCalendar Calendar { get; }

    /// <summary>A term from the day of its event.</summary>
    /// <param name="contractDays">The length that the contract gives, where the policy leaves it to the contract.</param>
    /// <param name="alsoNotCounted">Days that do not count in this term alone, such as those of a suspension.</param>
    [Law("MON-321:9.1")]
    [Law("MON-321:26")]
    [Law("MON-321:30")]
    [Law("MON-321:32")]
    [Law("MON-321:34")]
    [Law("MON-321:37")]
    [Law("MON-321:44.1")]
    [Law("MON-321:45")]
    [Law("MON-321:46.1")]
    [Law("MON-321:47")]
    public Term Of(TermName name, DateOnly start, int? contractDays = null, IReadOnlyDictionary<DateOnly, Wording>? alsoNotCounted = null)
    {
        if (name == TermName.SameDay)
        {
            return OnDay(start);
        }

        var (length, unit) = LengthOf(name, start, contractDays);
        var counts = Policies["count_event_day"] == "true" && SaysFromTheDay(name);
        return unit switch
        {
            Unit.WorkingDay => Term.OfWorkingDays(Calendar, start, length, counts, NotCounted(name, alsoNotCounted)),
            Unit.Month when name == TermName.HiddenDefectNotice && Policies["month_rule"] == "thirty_days" => Term.OfCalendarDays(Calendar, start, 30 * length, counts),
            Unit.Month => Term.OfMonths(Calendar, start, length),
            Unit.CalendarDay => Term.OfCalendarDays(Calendar, start, length, counts),
            _ => throw new InvalidDataException($"The term {name} is measured in {unit}; working_day, calendar_day and month are understood."),
        };
    }

    public Due DueOf(TermName name, DateOnly start, int? contractDays = null) => Due.Of(name, Of(name, start, contractDays));

    /// <summary>A term that ends with a day that is given, such as the last day of a period.</summary>
    public static Term OnDay(DateOnly day) => new(day, 0, TermUnit.CalendarDay, true, day, []);

    /// <summary>The last day for a notice that must come so many working days before another day.</summary>
    [Law("MON-321:7.1")]
    public DateOnly LastDayBefore(TermName name, DateOnly day) =>
        Calendar.AddWorkingDays(day, -(LengthOf(name, day, null).Length + (name == TermName.VisitNotice && Policies["visit_notice_end"] == "full_day" ? 1 : 0)));

    /// <summary>The day from which the term of objection runs: of detection, or of showing where that came later.</summary>
    [Law("MON-321:26")]
    public DateOnly ObjectionStart(DateTimeOffset detected, DateTimeOffset shown) =>
        LocalDay.Of(Policies["p26_start"] == "later_of_both" && shown > detected ? shown : detected);

    /// <summary>The day from which the first review runs.</summary>
    [Law("MON-321:30")]
    public DateOnly ReviewStart(DateTimeOffset detected, DateTimeOffset objectionReceived, DateTimeOffset assigned) => Policies["p30_start"] switch
    {
        "detection" => LocalDay.Of(detected),
        "assignment" => LocalDay.Of(assigned),
        _ => LocalDay.Of(objectionReceived),
    };

    /// <summary>The day from which a review runs whose start the order does not state.</summary>
    public DateOnly UnstatedStart(DateTimeOffset filed, DateTimeOffset received) =>
        Policies["review_start"] == "filed" ? LocalDay.Of(filed) : RoutedOn(received);

    /// <summary>The day on which an objection is handed over that came at a moment.</summary>
    [Law("MON-321:33")]
    public DateOnly RoutedOn(DateTimeOffset received)
    {
        var day = LocalDay.Of(received);
        return Policies["same_day_routing"] == "at_once" || Calendar.IsWorkingDay(day) && LocalDay.TimeOf(received) < new TimeOnly(18, 0)
            ? day
            : Calendar.AddWorkingDays(day, 1);
    }

    /// <summary>Whether the order says "from the day" (күннен бастап) and not "after the day".</summary>
    private static bool SaysFromTheDay(TermName name) => name is
        TermName.Objection or TermName.NotInContractObjection or TermName.StateBodyReport or TermName.LawEnforcementByMonth or TermName.LawEnforcementByContract
        or TermName.HiddenDefectNotice or TermName.ConclusionSending or TermName.UnconfirmedConclusionSending;

    private (int Length, Unit Unit) LengthOf(TermName name, DateOnly start, int? contractDays)
    {
        if (!TermSource.All.TryGetValue(name, out var source))
        {
            throw new ArgumentException($"{name} has no length of its own; give its last day.", nameof(name));
        }

        if (source.Parameter is not null)
        {
            var value = Law.Parameters[source.Parameter].On(start, Today);
            return ((int)value.Whole, value.Unit);
        }

        var chosen = Policies[source.Policy!];
        return chosen == "contract"
            ? (contractDays ?? throw new LawGapException(source.Policy!, start, new(
                "мерзімді шарттан алу таңдалған, шарттағы күн санын көрсетіңіз",
                "выбран срок по договору, укажите число дней из договора",
                "the policy takes the term from the contract; give the number of days that the contract says")), Unit.WorkingDay)
            : (int.Parse(chosen, CultureInfo.InvariantCulture), Law.Policies[source.Policy!].Unit ?? Unit.WorkingDay);
    }

    private IReadOnlyDictionary<DateOnly, Wording>? NotCounted(TermName name, IReadOnlyDictionary<DateOnly, Wording>? also)
    {
        var outages = TermSource.All[name].OfProvider && Policies["outage_extends_provider_clock"] != "true" ? null : outageDays;
        return also is null || outages is null
            ? also ?? outages
            : also.Concat(outages.Where(o => !also.ContainsKey(o.Key))).ToDictionary();
    }

    /// <summary>Each day that a confirmed outage of some length touches, once however many outages meet on it.</summary>
    [Law("MON-321:9.1")]
    private Dictionary<DateOnly, Wording> DaysOf(IReadOnlyList<Outage> confirmed)
    {
        var least = TimeSpan.FromHours(int.Parse(Policies["outage_min_hours"], CultureInfo.InvariantCulture));
        var days = new Dictionary<DateOnly, Wording>();
        foreach (var outage in confirmed.Where(o => o.To - o.From > least).OrderBy(o => o.From).ThenBy(o => o.LetterNumber, StringComparer.Ordinal))
        {
            foreach (var day in outage.Days())
            {
                days.TryAdd(day, new(
                    $"жүйе істемеді, Қордың {outage.LetterOn:dd.MM.yyyy} күнгі № {outage.LetterNumber} хаты",
                    $"сбой системы, письмо Фонда от {outage.LetterOn:dd.MM.yyyy} № {outage.LetterNumber}",
                    $"outage of the system, letter of the Fund of {outage.LetterOn:yyyy-MM-dd} No. {outage.LetterNumber}"));
            }
        }

        return days;
    }
}
