using Kepil.Law;

namespace Kepil.Fund.Documents;

/// <summary>The notice of a visit to a production base.</summary>
public sealed record VisitNotice(LetterHead Head, MonitoringKind Kind, string Basis, DaySpan Period, DateOnly VisitOn, string BaseAddress, IReadOnlyList<Signatory> Visitors)
{
    [Law("MON-321:7.1")]
    public Form ToForm(DocumentMark? mark) => Letter.Of(DocumentKind.VisitNotice, Head, mark,
    [
        Letter.Say(
            "Қағидалардың 7-тармағының бірінші бөлігіне сәйкес өндірістік базаңызға бару арқылы мониторинг жүргізілетіні туралы хабарлаймыз.",
            "В соответствии с частью первой пункта 7 Правил уведомляем о проведении мониторинга с посещением Вашей производственной базы."),
        Letter.KindOf(Kind),
        Letter.Field("Мониторинг үшін негіз:", "Основание для мониторинга:", Basis),
        Letter.Field("Мониторинг жүргізілетін кезең:", "Период, за который проводится мониторинг:", Period.Printed),
        Letter.Field("Келетін күні:", "Дата посещения:", VisitOn),
        Letter.Field("Өндірістік базаның мекенжайы:", "Адрес производственной базы:", BaseAddress),
        Letter.Field("Мониторинг жүргізетін қызметкерлер:", "Работники, проводящие мониторинг:", FormParts.Places(Visitors)),
        Letter.Say(
            "Мониторинг мәніне қатысты медициналық құжаттаманы дайындап, қызметкерлердің базаға кіруін қамтамасыз етуді сұраймыз.",
            "Просим подготовить медицинскую документацию по предмету мониторинга и обеспечить работникам доступ на базу."),
    ]);
}

/// <summary>What stops or prolongs a monitoring that needs a visit.</summary>
public enum SuspensionCause
{
    CourtDecision,
    SanitaryDecision,
    Emergency,
}

/// <summary>The notice that a monitoring is suspended or prolonged.</summary>
/// <param name="Head">Who writes to whom.</param>
/// <param name="Extended">The period is prolonged; else the monitoring is suspended.</param>
/// <param name="Cause">Why.</param>
/// <param name="CauseDocument">The decision or decree by name and number.</param>
/// <param name="CauseOn">The day on which it came into force.</param>
/// <param name="From">From which day.</param>
/// <param name="Conducted">The days of the monitoring as they are now; null while the end of the suspension is not known.</param>
public sealed record SuspensionNotice(LetterHead Head, bool Extended, SuspensionCause Cause, string CauseDocument, DateOnly CauseOn, DateOnly From, DaySpan? Conducted)
{
    private static readonly ParallelText[] Causes =
    [
        new("денсаулық сақтау субъектісінің қызметін тоқтата тұру туралы сот шешімі", "решение суда о приостановлении деятельности субъекта здравоохранения"),
        new("бас мемлекеттік санитариялық дәрігердің шектеу іс-шаралары туралы қаулысы (шешімі)", "постановление (решение) главного государственного санитарного врача об ограничительных мероприятиях"),
        new("төтенше жағдай немесе еркін қозғалуды шектеу", "чрезвычайная ситуация или ограничение свободного передвижения"),
    ];

    [Law("MON-321:7.2")]
    public Form ToForm(DocumentMark? mark)
    {
        var cause = Causes[(int)Cause];
        return Letter.Of(DocumentKind.SuspensionNotice, Head, mark,
        [
            Extended
                ? Letter.Say("Қағидалардың 7-тармағының екінші бөлігіне сәйкес мониторинг мерзімі ұзартылғаны туралы хабарлаймыз.", "В соответствии с частью второй пункта 7 Правил уведомляем о продлении мониторинга.")
                : Letter.Say("Қағидалардың 7-тармағының екінші бөлігіне сәйкес мониторинг тоқтатыла тұрғаны туралы хабарлаймыз.", "В соответствии с частью второй пункта 7 Правил уведомляем о приостановлении мониторинга."),
            Letter.Field("Себебі:", "Причина:", $"{cause.Kazakh} / {cause.Russian}"),
            Letter.Field("Негіздеме құжат:", "Документ-основание:", CauseDocument),
            Letter.Field("Күшіне енген күні:", "Дата вступления в силу:", CauseOn),
            Letter.Field("Қай күннен бастап:", "С какого дня:", From),
            Letter.Field("Мониторинг жүргізудің жаңа мерзімдері:", "Новые сроки проведения мониторинга:", Conducted?.Printed ?? "себеп жойылғаннан кейін хабарланады / будут сообщены после устранения причины"),
        ]);
    }
}

/// <summary>The notice that an unscheduled monitoring ends because the appeal was withdrawn.</summary>
public sealed record TerminationNotice(LetterHead Head, string AppealNumber, DateOnly AppealOn, DateOnly WithdrawnOn)
{
    [Law("MON-321:7.3")]
    public Form ToForm(DocumentMark? mark) => Letter.Of(DocumentKind.TerminationNotice, Head, mark,
    [
        Letter.Say(
            "Қағидалардың 7-тармағының үшінші бөлігіне сәйкес өтініштің кері қайтарып алынуына байланысты жоспардан тыс мониторинг тоқтатылғаны туралы хабарлаймыз.",
            "В соответствии с частью третьей пункта 7 Правил уведомляем о прекращении внепланового мониторинга в связи с отзывом обращения."),
        Letter.Field("Өтініштің нөмірі:", "Номер обращения:", AppealNumber),
        Letter.Field("Өтініштің күні:", "Дата обращения:", AppealOn),
        Letter.Field("Кері қайтарып алу тіркелген күн:", "Дата регистрации отзыва обращения:", WithdrawnOn),
    ]);
}

/// <summary>The Fund's letter that its information system was not available.</summary>
/// <param name="Head">Who writes to whom.</param>
/// <param name="From">The moment from which it was not available, in the time of the country.</param>
/// <param name="To">The moment of its return.</param>
/// <param name="Systems">Which systems.</param>
/// <param name="Reason">The technical reason.</param>
/// <param name="DaysNotCounted">Working days that are not counted in running terms.</param>
/// <param name="Registered">Number and day under which the letter is registered.</param>
public sealed record OutageLetter(LetterHead Head, DateTime From, DateTime To, IReadOnlyList<string> Systems, string Reason, IReadOnlyList<DateOnly> DaysNotCounted, string Registered)
{
    [Law("MON-321:9.2")]
    public Form ToForm(DocumentMark? mark) => Letter.Of(DocumentKind.OutageLetter, Head, mark,
    [
        Letter.Say(
            "Қағидалардың 9-тармағына сәйкес Қордың ақпараттық жүйесінің төменде көрсетілген уақытта қолжетімсіз болғанын растаймыз. Мониторинг жүргізу кезеңі осы мерзімге ұзартылады.",
            "В соответствии с пунктом 9 Правил подтверждаем недоступность информационной системы Фонда в указанное ниже время. Период проведения мониторинга продлевается на этот срок."),
        Letter.Field("Хаттың тіркеу нөмірі мен күні:", "Регистрационный номер и дата письма:", Registered),
        Letter.Field("Қолжетімсіздіктің басталуы:", "Начало недоступности:", Moment(From)),
        Letter.Field("Жұмыстың қайта басталуы:", "Возобновление работы:", Moment(To)),
        Letter.Field("Ақпараттық жүйелер:", "Информационные системы:", string.Join(", ", Systems)),
        Letter.Field("Техникалық себебі:", "Техническая причина:", Reason),
        Letter.Field("Мерзімге есептелмейтін жұмыс күндері:", "Рабочие дни, не входящие в срок:", DaysNotCounted.Count == 0 ? "жоқ / нет" : string.Join(", ", DaysNotCounted.Select(d => FormValue.Of(d).Printed))),
    ]);

    private static string Moment(DateTime at) => at.ToString("dd.MM.yyyy HH:mm", System.Globalization.CultureInfo.InvariantCulture);
}
