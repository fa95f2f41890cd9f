using Kepil.Law;

namespace Kepil.Fund.Documents;

/// <summary>A line of the results in a conclusion on unconfirmed cases.</summary>
/// <param name="CardNumber">Number of the card, with the code of the violation where the form asks for it in the same cell.</param>
/// <param name="PersonIin">The patient.</param>
/// <param name="ServedOn">Day of discharge or of the service.</param>
/// <param name="Codes">Codes of the violations.</param>
/// <param name="Sum">Sum of the violation.</param>
public sealed record UnconfirmedCaseResult(string CardNumber, long PersonIin, DateOnly ServedOn, IReadOnlyList<string> Codes, Money Sum);

/// <summary>The conclusion on monitoring of unconfirmed cases: annex 3 of the rules.</summary>
public sealed record UnconfirmedCaseConclusion
{
    private static readonly FormColumn[] Columns =
    [
        new(new("№", "№"), Number: true, Share: 5),
        new(new("Медициналық кітапшаның нөмірі/бұзушылықтардың коды", "Номер медицинской книжки / код нарушений"), Share: 22),
        new(new("Жеке сәйкестендіру нөмірі (ЖСН)", "Индивидуальный идентификационный номер (ИИН)"), Share: 20),
        new(new("Шығару күні/ қызмет көрсету күні", "Дата выписки / дата оказания услуги"), Share: 17),
        new(new("Бұзушылықтардың кодтары", "Коды нарушений"), Share: 18),
        new(new("Анықталған бұзушылықтың сомасы", "Сумма выявленного нарушения"), Number: true, Share: 18),
    ];

    public required string Branch { get; init; }

    public required string Provider { get; init; }

    public required string ProviderHead { get; init; }

    public required long ProviderBin { get; init; }

    /// <summary>Postal addresses of the provider and of its production bases.</summary>
    public required IReadOnlyList<string> Addresses { get; init; }

    public required IReadOnlyList<ContractMention> Contracts { get; init; }

    public required string CareKind { get; init; }

    public required string Basis { get; init; }

    public required MonitoringKind Kind { get; init; }

    public required IReadOnlyList<Signatory> Specialists { get; init; }

    /// <summary>The period that was monitored.</summary>
    public required DaySpan Period { get; init; }

    /// <summary>The days on which it was monitored; null leaves the blanks of the form.</summary>
    public required DaySpan? Conducted { get; init; }

    public required IReadOnlyList<UnconfirmedCaseResult> Results { get; init; }

    public required string ConclusionsAndRecommendations { get; init; }

    /// <summary>Who signs for the provider; nobody yet.</summary>
    public Signatory? ProviderSignatory { get; init; }

    public Acquaintance? Acquaintance { get; init; }

    public IReadOnlyList<string> Objections { get; init; } = [];

    [Law("MON-321:A3")]
    public Form ToForm(DocumentMark? mark) => new(
        DocumentKind.UnconfirmedCaseConclusion,
        [
            FormParts.Annex(3),
            FormLine.Of(LineRole.Title, new(
                $"Медициналық қызмет (көмек) көрсетудің расталмаған жағдайларының мониторингі бойынша қорытынды {FormDays.Close(mark?.On)} № {mark?.Number.Printed() ?? "_ / _"}",
                $"Заключение по мониторингу неподтверждённых случаев оказания медицинских услуг (помощи) {FormDays.InRussian(mark?.On)} № {mark?.Number.Printed() ?? "_ / _"}")),
            FormLine.Numbered("1.", new("Қор филиалының атауы:", "Наименование филиала Фонда:"), Branch),
            FormLine.Numbered("2.", new("Өнім берушінің атауы:", "Наименование поставщика:"), Provider),
            FormLine.Of(LineRole.Under, FormParts.FullName),
            FormLine.Numbered("2.1", new("Басшының ТАӘ (бар болған жағдайда)", "ФИО руководителя (при наличии)"), ProviderHead),
            FormLine.Numbered("2.2", new("Бизнес-сәйкестендіру нөмірі (БСН);", "Бизнес-идентификационный номер (БИН);"), FormValue.Identity(ProviderBin)),
            FormLine.Numbered("2.3", new("Өнім берушінің және оның өндірістік базаларының пошталық мекенжайы", "Почтовый адрес поставщика и его производственных баз"), [.. Addresses.Select(a => FormValue.Of(a))]),
            FormLine.Numbered("2.4", new(
                "Қормен көрсетілетін қызметтерді сатып алу шартының нөмірі (көрсетілетін қызметтерді сатып алу шартына қосымша келісімдерді қоса алғанда) сомасын көрсете отырып",
                "Номер договора закупа услуг с Фондом (включая дополнительные соглашения к договору закупа услуг) с указанием суммы"), [.. Contracts.Select(c => FormValue.Of(c.Printed))]),
            FormLine.Numbered("3.", new("Медициналық көмектің түрі:", "Вид медицинской помощи:"), CareKind),
            FormLine.Numbered("4.", new("Мониторинг үшін негіз:", "Основание для мониторинга:"), Basis),
            FormLine.Choice(LineRole.Numbered, new("5. Мониторинг түрі: ", "5. Вид мониторинга: "), [FormParts.Current, FormParts.Unscheduled], (int)Kind, ", ", new(" (керегінің астын сызу керек)", " (нужное подчеркнуть)")),
            FormLine.Numbered("6.", new("Қор маманының тегі, аты, әкесінің аты (бар болған жағдайда)/лауазымы", "Фамилия, имя, отчество (при наличии) / должность специалиста Фонда"), FormParts.Places(Specialists)),
            FormLine.Numbered("7.", new("Мониторинг жүргізу кезеңі:", "Период проведения мониторинга:"), Period.Printed),
            FormLine.Of(LineRole.Under, new("(мониторинг қай кезеңде жүргізілгенін көрсетілсін)", "(указать, за какой период проведён мониторинг)")),
            FormParts.Term("8.", ".", Conducted),
            FormLine.Numbered("9.", new("Мониторинг нәтижелері:", "Результаты мониторинга:")),
            new FormTable(
                new("Мониторинг нәтижелері", "Результаты мониторинга"), Columns, [.. Results.Select(Row)],
                new(new("БАРЛЫҒЫ, Бұзушылықтардың саны:", "ИТОГО, количество нарушений:"), Results.Sum(r => (long)r.Codes.Count), new Money(Results.Sum(r => r.Sum.Tiyn)))),
            FormLine.Numbered("10.", new("Қорытындылар мен ұсынымдар:", "Выводы и рекомендации:"), ConclusionsAndRecommendations),
            .. FormParts.FundSigns(Specialists),
            .. FormParts.ProviderSigns("Өнім берушінің", "өнім берушінің", "(Тегі, аты, әкесінің аты (бар болған жағдайда)/қолы)", ProviderSignatory, Acquaintance, Objections),
            FormLine.Of(LineRole.Note, new(
                "Ескертпе: қорытынды Қордың сарапшысы (сарапшылары/қызметкері (қызметкерлері) қол қойған күннен бастап екі жұмыс күні ішінде өнім берушіге жіберіледі.",
                "Примечание: заключение направляется поставщику в течение двух рабочих дней со дня подписания экспертом (экспертами) / работником (работниками) Фонда.")),
            .. mark?.Lines() ?? [],
        ]);

    private static IReadOnlyList<FormValue> Row(UnconfirmedCaseResult r, int place) =>
        [place + 1L, r.CardNumber, FormValue.Identity(r.PersonIin), r.ServedOn, string.Join(", ", r.Codes), r.Sum];
}
