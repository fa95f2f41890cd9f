using Kepil.Law;

namespace Kepil.Fund.Documents;

/// <summary>The notice of a finding on the day on which it was detected: what is wrong with which line, never by which rule it was found.</summary>
/// <param name="Head">Who writes to whom.</param>
/// <param name="Finding">Number of the finding.</param>
/// <param name="Code">Code of the classification.</param>
/// <param name="CodeName">Its name in the classification.</param>
/// <param name="General">A general finding: it takes off nothing, and no objection is needed.</param>
/// <param name="DetectedOn">Day of detection.</param>
/// <param name="ServiceId">The line of the account.</param>
/// <param name="Service">The service by code and name.</param>
/// <param name="ServedOn">Its day.</param>
/// <param name="Reason">What is wrong, in words for the provider.</param>
/// <param name="AtRisk">What would be withheld.</param>
/// <param name="ObjectionUntil">Last day for an objection; null for a general finding.</param>
/// <param name="ShownAt">When it was shown in the system, in the time of the country: the moment of the notification.</param>
public sealed record FindingNotice(
    LetterHead Head, long Finding, string Code, string CodeName, bool General, DateOnly DetectedOn, string ServiceId, string Service, DateOnly ServedOn, string Reason, Money AtRisk, DateOnly? ObjectionUntil, DateTime ShownAt)
{
    [Law("MON-321:23")]
    public Form ToForm(DocumentMark? mark) => Letter.Of(DocumentKind.FindingNotice, Head, mark,
    [
        Letter.Say(
            "Қағидалардың 23-тармағына сәйкес ағымдағы мониторинг шеңберінде анықталған ақау және (немесе) бұзушылық туралы хабарлаймыз.",
            "В соответствии с пунктом 23 Правил уведомляем о дефекте и (или) нарушении, выявленном в рамках текущего мониторинга."),
        Letter.Field("Анықтаудың нөмірі:", "Номер выявления:", Finding),
        Letter.Field("Анықталған күні:", "Дата выявления:", DetectedOn),
        Letter.Field("Ақпараттық жүйеде көрсетілген сәті:", "Отображено в информационной системе:", ShownAt.ToString("dd.MM.yyyy HH:mm", System.Globalization.CultureInfo.InvariantCulture)),
        Letter.Field("Түрі:", "Вид:", General ? "жалпы / общий" : "ықтимал / потенциальный"),
        Letter.Field("Бірыңғай сыныптама бойынша коды:", "Код по Единому классификатору:", Code),
        Letter.Field("Атауы:", "Наименование:", CodeName),
        Letter.Field("Қызметтің ID:", "ID услуги:", ServiceId),
        Letter.Field("Қызмет:", "Услуга:", Service),
        Letter.Field("Қызмет көрсету күні:", "Дата оказания услуги:", ServedOn),
        Letter.Field("Не дұрыс емес:", "Что не так:", Reason),
        Letter.Field("Даулы сома, теңге:", "Сумма под вопросом, тенге:", AtRisk),
        .. Window(),
    ]);

    private IEnumerable<FormBlock> Window()
    {
        if (ObjectionUntil is { } last)
        {
            yield return Letter.Field("Қарсылық білдірудің соңғы күні (24:00-ге дейін):", "Последний день для возражения (до 24:00):", last);
            yield return Letter.Say(
                "Осы мерзімде қарсылық білдірілмесе, ақау және (немесе) бұзушылық расталған болып есептеледі, кейінгі қарсылықтар қаралмайды (Қағидалардың 27-тармағы). Анықтау көрсетілгеннен кейін медициналық ақпараттық жүйеге енгізілген түзетулер есепке алынбайды (Қағидалардың 24-тармағы).",
                "Если в этот срок возражение не поступит, дефект и (или) нарушение считается подтверждённым, последующие возражения не рассматриваются (пункт 27 Правил). Исправления, внесённые в медицинскую информационную систему после отображения выявления, не учитываются (пункт 24 Правил).");
        }
        else if (General)
        {
            yield return Letter.Say(
                "Жалпы ақаулар мен бұзушылықтар төленетін соманы азайтпайды (Қағидалардың 12-тармағы). Түсініктемелер мен ұсыныстар жіберуге болады (Қағидалардың 25-тармағы).",
                "Общие дефекты и нарушения не уменьшают сумму к оплате (пункт 12 Правил). Можно направить пояснения и предложения (пункт 25 Правил).");
        }
        else
        {
            yield return Letter.Say(
                "Анықтауды алдымен Қордың филиалы қарайды; қарсылық білдіру мерзімі филиалдың шешімінен кейін ашылады.",
                "Выявление сначала рассматривает филиал Фонда; срок для возражения откроется после решения филиала.");
        }
    }
}

/// <summary>The notice of a latent defect: one found only after the service was paid.</summary>
public sealed record LatentDefectNotice(LetterHead Head, DateOnly FoundOn, string Contract, DaySpan Period, IReadOnlyList<string> Facts, string Codes, string Measure, Money Sum)
{
    [Law("MON-321:53")]
    public Form ToForm(DocumentMark? mark) => Letter.Of(DocumentKind.LatentDefectNotice, Head, mark,
    [
        Letter.Say(
            "Қағидалардың 53-тармағына сәйкес көрсетілген қызметтерге ақы төлегеннен кейін жасырын кемшіліктер анықталғаны туралы хабарлаймыз.",
            "В соответствии с пунктом 53 Правил уведомляем о скрытых недостатках, выявленных после оплаты оказанных услуг."),
        Letter.Field("Анықталған күні:", "Дата выявления:", FoundOn),
        Letter.Field("Сатып алу шарты:", "Договор закупа:", Contract),
        Letter.Field("Қызметтер көрсетілген кезең:", "Период оказания услуг:", Period.Printed),
        Letter.Field("Фактілер:", "Факты:", [.. Facts.Select(f => FormValue.Of(f))]),
        Letter.Field("Бірыңғай сыныптама бойынша кодтары:", "Коды по Единому классификатору:", Codes),
        Letter.Field("Экономикалық ықпал ету шарасы:", "Мера экономического воздействия:", Measure),
        Letter.Field("Сомасы, теңге:", "Сумма, тенге:", Sum),
        Letter.Say(
            "Экономикалық ықпал ету шаралары Бірыңғай сыныптамаға және жоспардан тыс мониторинг шеңберінде шарттың талаптарына сәйкес қолданылады.",
            "Меры экономического воздействия применяются согласно Единому классификатору и условиям договора в рамках внепланового мониторинга."),
    ]);
}
