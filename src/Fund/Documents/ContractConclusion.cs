using Kepil.Law;

namespace Kepil.Fund.Documents;

/// <summary>A line of the results in a conclusion on performance of the contract.</summary>
/// <param name="Source">Number of the card, code of the service in the tariff list, or number of the prescription.</param>
/// <param name="PersonIin">The patient.</param>
/// <param name="ServedOn">Day of discharge or of the service.</param>
/// <param name="Codes">Codes of the defects and violations.</param>
/// <param name="Sum">Sum of the defect.</param>
public sealed record DefectResult(string Source, long PersonIin, DateOnly ServedOn, IReadOnlyList<string> Codes, Money Sum);

/// <summary>A clause of a contract that the provider did not fulfil, with the penalty that the contract lays down.</summary>
public sealed record UnfulfilledClause(string Contract, DateOnly ConcludedOn, string Clause, string Description, Money Penalty);

/// <summary>The conclusion on monitoring of performance of the contract: annex 4 of the rules.</summary>
public sealed record ContractConclusion
{
    private static readonly FormColumn[] ResultColumns =
    [
        new(new("№", "№"), Number: true, Share: 5),
        new(new("Медициналық картаның №/ тарификатор бойынша көрсетілетін қызметтің коды/ рецептің нөмірі", "№ медицинской карты / код услуги по тарификатору / номер рецепта"), Share: 25),
        new(new("Жеке сәйкестендіру нөмірі (ЖСН)", "Индивидуальный идентификационный номер (ИИН)"), Share: 19),
        new(new("Шығару күні / қызмет көрсету күні", "Дата выписки / дата оказания услуги"), Share: 16),
        new(new("Анықталған ақаулардың/бұзушылықтардың кодтары", "Коды выявленных дефектов / нарушений"), Share: 18),
        new(new("Ақаудың сомасы", "Сумма дефекта"), Number: true, Share: 17),
    ];

    private static readonly FormColumn[] ClauseColumns =
    [
        new(new("Шарттың № және күні", "№ и дата договора"), Share: 22),
        new(new("Шарттың орындалмаған тармағы", "Неисполненный пункт договора"), Share: 20),
        new(new("Шарт талаптарының орындалмауының сипаттамасы", "Описание неисполнения условий договора"), Share: 38),
        new(new("Тұрақсыздық айыбының сомасы", "Сумма неустойки"), Number: true, Share: 20),
    ];

    public required string Branch { get; init; }

    public required string Provider { get; init; }

    public required string CareKind { get; init; }

    public required string Basis { get; init; }

    public required MonitoringKind Kind { get; init; }

    public required IReadOnlyList<Signatory> Specialists { get; init; }

    /// <summary>The period that was monitored.</summary>
    public required DaySpan Period { get; init; }

    /// <summary>The days on which it was monitored; null leaves the blanks of the form.</summary>
    public required DaySpan? Conducted { get; init; }

    public required IReadOnlyList<DefectResult> Results { get; init; }

    public required IReadOnlyList<UnfulfilledClause> Clauses { get; init; }

    public required string ConclusionsAndRecommendations { get; init; }

    /// <summary>Who signs for the provider; nobody yet.</summary>
    public Signatory? ProviderSignatory { get; init; }

    public Acquaintance? Acquaintance { get; init; }

    public IReadOnlyList<string> Objections { get; init; } = [];

    /// <summary>The conclusion as a document. Its head has no sign № in the order, and none here.</summary>
    [Law("MON-321:A4")]
    public Form ToForm(DocumentMark? mark) => new(
        DocumentKind.ContractConclusion,
        [
            FormParts.Annex(4),
            FormLine.Of(LineRole.Title, new(
                $"Сатып алу шарты талаптарының орындалу мониторингі бойынша қорытынды {FormDays.Long(mark?.On)} {mark?.Number.Printed("/") ?? "____/____"}",
                $"Заключение по мониторингу исполнения условий договора закупа {FormDays.InRussian(mark?.On)} {mark?.Number.Printed("/") ?? "____/____"}")),
            FormLine.Numbered("1.", new("Қор филиалының атауы:", "Наименование филиала Фонда:"), Branch),
            FormLine.Numbered("2.", new("Өнім берушінің атауы:", "Наименование поставщика:"), Provider),
            FormLine.Of(LineRole.Under, FormParts.FullName),
            FormLine.Numbered("3.", new("Медициналық көмектің түрі", "Вид медицинской помощи"), CareKind),
            FormLine.Numbered("4.", new("Мониторинг жүргізу үшін негіз:", "Основание для проведения мониторинга:"), Basis),
            FormLine.Choice(LineRole.Numbered, new("5. Мониторинг түрі: ", "5. Вид мониторинга: "), [FormParts.Current, FormParts.Unscheduled], (int)Kind, "/", new(" (қажеттінің асты сызылсын)", " (нужное подчеркнуть)")),
            FormLine.Numbered("6.", new("Қор маманының тегі, аты, әкесінің аты (бар болған жағдайда)/лауазымы:", "Фамилия, имя, отчество (при наличии) / должность специалиста Фонда:"), FormParts.Places(Specialists)),
            FormLine.Numbered("7.", new("Мониторинг жүргізу кезеңі:", "Период проведения мониторинга:"), Period.Printed),
            FormLine.Of(LineRole.Under, new("(қай кезең үшін көрсетілсін)", "(указать, за какой период)")),
            FormParts.Term("8.", "", Conducted),
            FormLine.Numbered("9.", new("Мониторинг нәтижелері:", "Результаты мониторинга:")),
            new FormTable(
                new("Мониторинг нәтижелері", "Результаты мониторинга"), ResultColumns, [.. Results.Select(Row)],
                new(new("БАРЛЫҒЫ, ақаулардың саны:", "ИТОГО, количество дефектов:"), Results.Sum(r => (long)r.Codes.Count), new Money(Results.Sum(r => r.Sum.Tiyn)))),
            FormLine.Numbered("10.", new("Шарттық міндеттемелер мониторингінің нәтижелері:", "Результаты мониторинга договорных обязательств:")),
            new FormTable(
                new("Шарттық міндеттемелер", "Договорные обязательства"), ClauseColumns, [.. Clauses.Select(Row)],
                new(new("БАРЛЫҒЫ, Шарттың орындалмаған тармақтарының саны", "ИТОГО, количество неисполненных пунктов договора"), (long)Clauses.Count, new Money(Clauses.Sum(c => c.Penalty.Tiyn)))),
            FormLine.Numbered("11.", new("Қорытындылар мен ұсынымдар:", "Выводы и рекомендации:"), ConclusionsAndRecommendations),
            .. FormParts.FundSigns(Specialists),
            .. FormParts.ProviderSigns("Қызмет берушінің", "Өнім берушінің", "(Тегі, аты, әкесінің аты (бар болған жағдайда) / қолы)", ProviderSignatory, Acquaintance, Objections),
            .. mark?.Lines() ?? [],
        ]);

    private static IReadOnlyList<FormValue> Row(DefectResult r, int place) =>
        [place + 1L, r.Source, FormValue.Identity(r.PersonIin), r.ServedOn, string.Join(", ", r.Codes), r.Sum];

    private static IReadOnlyList<FormValue> Row(UnfulfilledClause c) =>
        [$"{c.Contract}, {FormValue.Of(c.ConcludedOn).Printed}", c.Clause, c.Description, c.Penalty];
}
