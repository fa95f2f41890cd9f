using System.Globalization;
using Kepil.Fund.Proceedings;
using Kepil.Law;

namespace Kepil.Fund.Unscheduled;

/// <summary>The notices that the Fund sends around monitoring.</summary>
public enum NoticeKind
{
    Visit,
    Interruption,
    Termination,
    OutageLetter,
    Finding,
    LatentDefect,
    LawEnforcement,
}

/// <summary>One thing that a notice says: its title and its value.</summary>
public sealed record NoticeField(Wording Title, string Value);

/// <summary>A notice with its latest moment, the ways in which it may go and what it says.</summary>
/// <param name="Channels">The channels that are allowed; none for a letter that goes as letters do.</param>
public sealed record Notice(NoticeKind Kind, Citation Paragraph, Wording Title, Term Latest, IReadOnlyList<Channel> Channels, IReadOnlyList<NoticeField> Fields);

/// <summary>Writes the notices of the order.</summary>
public static class Notices
{
    private static readonly Wording Basis = new("Негізі", "Основание", "Ground");
    private static readonly Wording Document = new("Негіз құжаты", "Документ-основание", "Document");
    private static readonly Wording Period = new("Кезең", "Период", "Period");
    private static readonly Wording Number = new("Нөмірі", "Номер", "Number");
    private static readonly Wording Date = new("Күні", "Дата", "Date");
    private static readonly Wording Service = new("Қызмет", "Услуга", "Service");
    private static readonly Wording Code = new("Коды", "Код", "Code");

    /// <summary>N1: of a visit to a production base.</summary>
    [Law("MON-321:7.1")]
    public static Notice OfVisit(UnscheduledMonitoring monitoring, Visit visit, IReadOnlyList<string> names) => new(
        NoticeKind.Visit, new("MON-321", "7.1"), new("Бару туралы хабарлама", "Уведомление о выезде", "Notice of a visit"), visit.Notice, [Channel.Electronic],
        [
            new(Basis, OpeningGrounds.Citation(monitoring.Opening).ToString()),
            new(Period, monitoring.Limit is { } limit ? Span(monitoring.OpenedOn, limit.Last) : Day(monitoring.OpenedOn)),
            new(new("Қызметкерлер", "Сотрудники", "Employees"), string.Join("; ", names)),
            new(new("Өндірістік база", "Производственная база", "Production base"), visit.Place),
            new(Date, Day(visit.On)),
        ]);

    /// <summary>N2: of a suspension or an extension.</summary>
    [Law("MON-321:7.2")]
    public static Notice OfInterruption(Interruption interruption, Terms terms) => new(
        NoticeKind.Interruption, new("MON-321", "7.2"),
        interruption.Suspends
            ? new("Мониторингті тоқтата тұру туралы хабарлама", "Уведомление о приостановлении мониторинга", "Notice of suspension of monitoring")
            : new("Мониторингті ұзарту туралы хабарлама", "Уведомление о продлении мониторинга", "Notice of extension of monitoring"),
        interruption.Notice, Carriers(terms),
        [new(Document, interruption.Document), new(Date, Day(interruption.From)), new(Period, Span(interruption.From, interruption.Until))]);

    /// <summary>N3: that monitoring is ended because the appeal was withdrawn.</summary>
    [Law("MON-321:7.3")]
    public static Notice OfTermination(UnscheduledMonitoring monitoring, Terms terms) => new(
        NoticeKind.Termination, new("MON-321", "7.3"), new("Жоспардан тыс мониторингті тоқтату туралы хабарлама", "Уведомление о прекращении внепланового мониторинга", "Notice that unscheduled monitoring is ended"),
        monitoring.Termination ?? throw new ArgumentException("The appeal was not withdrawn.", nameof(monitoring)), Carriers(terms),
        [
            new(new("Өтініштің нөмірі", "Номер обращения", "Number of the appeal"), monitoring.Appeal!.Number),
            new(new("Қайтарып алу тіркелген күн", "День регистрации отзыва", "Day on which the withdrawal was registered"), Day(monitoring.Termination.Start)),
        ]);

    /// <summary>N4: the letter that confirms an outage of the system.</summary>
    [Law("MON-321:9.2")]
    public static Notice OfOutage(Outage outage, string systems, Terms terms) => new(
        NoticeKind.OutageLetter, new("MON-321", "9.2"), new("Жүйенің қолжетімсіздігі туралы хат", "Письмо о недоступности системы", "Letter on an outage of the system"),
        terms.Of(TermName.OutageLetter, LocalDay.Of(outage.To)), [],
        [
            new(Number, outage.LetterNumber),
            new(Period, Moment(outage.From) + " – " + Moment(outage.To)),
            new(new("Жүйелер", "Системы", "Systems"), systems),
            new(new("Есептелмейтін жұмыс күндері", "Рабочие дни, которые не считаются", "Working days that do not count"),
                string.Join(", ", outage.Days().Where(terms.Calendar.IsWorkingDay).Select(Day))),
        ]);

    /// <summary>N5: of a finding, on the day of its detection; it says what is wrong and never how it was found.</summary>
    [Law("MON-321:23")]
    public static Notice OfFinding(string service, string code, Wording reason, DateOnly detectedOn, Term? objection, string language) => new(
        NoticeKind.Finding, new("MON-321", "23"), new("Анықталған ақау (бұзушылық) туралы хабарлама", "Уведомление о выявленном дефекте (нарушении)", "Notice of a finding"),
        Terms.OnDay(detectedOn), [Channel.System],
        [
            new(Service, service),
            new(Code, code),
            new(new("Себебі", "Причина", "Reason"), reason.In(language)),
            new(new("Қарсылық мерзімі", "Срок возражения", "Term of objection"), objection is null ? "–" : Span(objection.Start, objection.Last)),
        ]);

    /// <summary>N6: of a latent defect.</summary>
    [Law("MON-321:53")]
    public static Notice OfLatent(LatentDefect defect, string language, Terms terms) => new(
        NoticeKind.LatentDefect, new("MON-321", "53"), new("Жасырын кемшілік туралы хабарлама", "Уведомление о скрытом недостатке", "Notice of a latent defect"),
        defect.Notice, [Channel.System, Channel.Electronic, Channel.Post],
        [
            new(Service, defect.Facts.Service),
            new(Code, defect.Facts.Code),
            new(new("Фактілер", "Факты", "Facts"), defect.Facts.What),
            new(new("Төленген күн", "День оплаты", "Day of payment"), Day(defect.Facts.PaidOn!.Value)),
            new(new("Шара", "Мера", "Measure"), (terms.Policies["recovery"] == "offset_then_invoice"
                ? new Wording("келесі төлемнен есепке алынады", "зачёт в следующей оплате", "offset in the next payment")
                : new Wording("өнім беруші қайтарады", "возврат поставщиком", "return by the provider")).In(language)),
        ]);

    /// <summary>The letter to law enforcement: one after a conclusion, with all its grounds.</summary>
    [Law("MON-321:19.2")]
    [Law("MON-321:20.1")]
    [Law("MON-321:20.2")]
    public static Notice OfThresholds(LawEnforcementNotice notice) => new(
        NoticeKind.LawEnforcement, notice.Grounds[0].Ground.Paragraph, new("Құқық қорғау органына ақпарат", "Информация в правоохранительный орган", "Information to law enforcement"),
        notice.Latest, [],
        [
            new(new("Қорытынды", "Заключение", "Conclusion"), notice.Conclusion),
            .. notice.Grounds.Select(g => new NoticeField(Basis,
                $"{g.Ground.Paragraph}: {g.Sum}{(g.Limit is { } limit ? " > " + limit : "")}; {Day(g.Term.Last)}")),
        ]);

    private static IReadOnlyList<Channel> Carriers(Terms terms) => [.. Enum.GetValues<Channel>().Where(c => MonitoringTerms.MayCarry(c, terms))];

    private static string Span(DateOnly from, DateOnly to) => Day(from) + " – " + Day(to);

    private static string Day(DateOnly day) => day.ToString("dd.MM.yyyy", CultureInfo.InvariantCulture);

    private static string Moment(DateTimeOffset moment) => Day(LocalDay.Of(moment)) + " " + LocalDay.TimeOf(moment).ToString("HH:mm", CultureInfo.InvariantCulture);
}
