using Kepil.Law;

namespace Kepil.Fund.Documents;

/// <summary>The written request for documents that the systems do not hold.</summary>
/// <param name="Head">Who writes to whom.</param>
/// <param name="What">Which documents.</param>
/// <param name="Until">Last day for them.</param>
public sealed record RequestLetter(LetterHead Head, MonitoringKind Kind, string Basis, string What, DateOnly Until)
{
    [Law("MON-321:5")]
    [Law("MON-321:6.3")]
    public Form ToForm(DocumentMark? mark) => Letter.Of(DocumentKind.RequestLetter, Head, mark,
    [
        Letter.Say(
            "Қағидалардың 5 және 6-тармақтарына сәйкес ақпараттық жүйелерде қажетті медициналық құжаттама болмағандықтан, төменде көрсетілген құжаттарды ұсынуды сұраймыз.",
            "В соответствии с пунктами 5 и 6 Правил в связи с отсутствием необходимой медицинской документации в информационных системах просим представить указанные ниже документы."),
        Letter.KindOf(Kind),
        Letter.Field("Мониторинг үшін негіз:", "Основание для мониторинга:", Basis),
        Letter.Field("Сұратылатын құжаттар:", "Запрашиваемые документы:", What),
        Letter.Field("Ұсынудың соңғы күні:", "Последний день представления:", Until),
    ]);
}

/// <summary>The branch's reasoned reply to objections to a conclusion.</summary>
/// <param name="Head">Who writes to whom.</param>
/// <param name="Conclusion">Number of the conclusion.</param>
/// <param name="ConcludedOn">Its day.</param>
/// <param name="ObjectedOn">Day of the objections.</param>
/// <param name="Objections">The objections one by one.</param>
/// <param name="Reasons">The reasons of the reply.</param>
/// <param name="Corrected">The conclusion was corrected; otherwise it stands as it was.</param>
/// <param name="Was">What it withheld before.</param>
/// <param name="Now">What it withholds now.</param>
public sealed record ReplyLetter(
    LetterHead Head, string Conclusion, DateOnly ConcludedOn, DateOnly ObjectedOn, IReadOnlyList<string> Objections, string Reasons, bool Corrected, Money Was, Money Now)
{
    [Law("MON-321:58")]
    public Form ToForm(DocumentMark? mark) => Letter.Of(DocumentKind.ReplyLetter, Head, mark,
    [
        Letter.Say(
            "Қағидалардың 58-тармағына сәйкес Сіздің мониторинг қорытындысына қарсылықтарыңыз қаралды.",
            "В соответствии с пунктом 58 Правил рассмотрены Ваши возражения к заключению по мониторингу."),
        Letter.Field("Қорытынды:", "Заключение:", Conclusion),
        Letter.Field("Қорытындының күні:", "Дата заключения:", ConcludedOn),
        Letter.Field("Қарсылықтардың күні:", "Дата возражений:", ObjectedOn),
        Letter.Field("Қарсылықтар:", "Возражения:", [.. Objections.Select(o => FormValue.Of(o))]),
        Letter.Field("Негіздеме:", "Обоснование:", Reasons),
        Letter.Field("Нәтижесі:", "Результат:", Corrected ? "қорытындыға түзету енгізілді / в заключение внесены исправления" : "қорытынды өзгеріссіз қалдырылды / заключение оставлено без изменений"),
        Letter.Field("Бұрынғы сома, теңге:", "Прежняя сумма, тенге:", Was),
        Letter.Field("Қазіргі сома, теңге:", "Нынешняя сумма, тенге:", Now),
        Letter.Say(
            "Келіспеген жағдайда мониторинг нәтижелеріне мемлекеттік органға шағым жасауға болады (Қағидалардың 60-тармағы).",
            "При несогласии результаты мониторинга можно обжаловать в государственный орган (пункт 60 Правил)."),
    ]);
}
