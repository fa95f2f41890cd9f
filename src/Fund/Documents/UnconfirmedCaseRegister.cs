using Kepil.Law;

namespace Kepil.Fund.Documents;

/// <summary>A case in the register of unconfirmed cases.</summary>
public sealed record UnconfirmedCase(string Region, long ProviderBin, string Provider, string CardNumber, long PersonIin, DateOnly ServedOn, Money Cost, string ServiceId, DateOnly ConfirmedOn);

/// <summary>The register of unconfirmed cases: annex 2 of the rules.</summary>
public sealed record UnconfirmedCaseRegister(IReadOnlyList<UnconfirmedCase> Cases)
{
    private static readonly FormColumn[] Columns =
    [
        new(new("Р/с №", "№ п/п"), Number: true, Share: 4),
        new(new("Өңір", "Регион"), Share: 10),
        new(new("Медициналық ұйымның БСН-і", "БИН медицинской организации"), Share: 11),
        new(new("Медициналық ұйымның атауы", "Наименование медицинской организации"), Share: 15),
        new(new("Картаның нөмірі", "Номер карты"), Share: 8),
        new(new("Жеке сәйкестендіру нөмірі (ЖСН)", "Индивидуальный идентификационный номер (ИИН)"), Share: 14),
        new(new("Қызмет көрсету күні (шығару күні)", "Дата оказания услуги (дата выписки)"), Share: 9),
        new(new("Медициналық көрсетілетін қызметтің (көмектің) құны", "Стоимость медицинской услуги (помощи)"), Number: true, Share: 11),
        new(new("Қызметтің ID", "ID услуги"), Share: 9),
        new(new("Растау (анықтау) күні", "Дата подтверждения (выявления)"), Share: 11),
    ];

    /// <summary>The register as a document; it has no place for a number, so that the number stands at its foot.</summary>
    [Law("MON-321:A2")]
    public Form ToForm(DocumentMark? mark) => new(
        DocumentKind.UnconfirmedCaseRegister,
        [
            FormParts.Annex(2),
            FormLine.Of(LineRole.Title, new(
                "Сатып алу шарты талаптарының орындалу мониторингі барысында анықталған медициналық қызметтер (көмек) көрсетудің расталмаған жағдайларының тізілімі",
                "Реестр неподтверждённых случаев оказания медицинских услуг (помощи), выявленных в ходе мониторинга исполнения условий договора закупа")),
            new FormTable(new("Тізілім", "Реестр"), Columns, [.. Cases.Select(Row)]),
            .. mark?.Lines(numbered: true) ?? [],
        ]) { Wide = true };

    private static IReadOnlyList<FormValue> Row(UnconfirmedCase c, int place) =>
        [place + 1L, c.Region, FormValue.Identity(c.ProviderBin), c.Provider, c.CardNumber, FormValue.Identity(c.PersonIin), c.ServedOn, c.Cost, c.ServiceId, c.ConfirmedOn];
}
