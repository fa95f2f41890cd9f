using System.Globalization;
using Kepil.Law;

namespace Kepil.Fund.Documents;

/// <summary>A row of the quarterly information: what was found at a provider under one code.</summary>
public sealed record QuarterRow(string Provider, long ProviderBin, string Code, string CodeName, bool Material, long Findings, Money Sum);

/// <summary>The quarterly information of a branch to the local health authority.</summary>
/// <param name="Head">Who writes to whom.</param>
/// <param name="Year">The year.</param>
/// <param name="Quarter">One to four.</param>
/// <param name="Rows">By provider and code.</param>
public sealed record QuarterReport(LetterHead Head, int Year, int Quarter, IReadOnlyList<QuarterRow> Rows)
{
    private static readonly FormColumn[] Columns =
    [
        new(new("Р/с №", "№ п/п"), Number: true, Share: 5),
        new(new("Өнім берушінің атауы", "Наименование поставщика"), Share: 24),
        new(new("Өнім берушінің БСН-і", "БИН поставщика"), Share: 13),
        new(new("Бұзушылықтың коды", "Код нарушения"), Share: 9),
        new(new("Бұзушылықтың атауы", "Наименование нарушения"), Share: 23),
        new(new("Түрі", "Вид"), Share: 9),
        new(new("Саны", "Количество"), Number: true, Share: 6),
        new(new("Сомасы, теңге", "Сумма, тенге"), Number: true, Share: 11),
    ];

    [Law("MON-321:16")]
    public Form ToForm(DocumentMark? mark) => Letter.Of(DocumentKind.QuarterReport, Head, mark,
    [
        Letter.Say(
            "Қағидалардың 16-тармағына сәйкес мониторинг жүргізу кезінде анықталған бұзушылықтар бойынша ақпаратты құзыретіңіз бойынша шаралар қабылдау үшін жібереміз.",
            "В соответствии с пунктом 16 Правил направляем информацию по нарушениям, выявленным при проведении мониторинга, для принятия мер по компетенции."),
        Letter.Field("Есепті кезең:", "Отчётный период:", string.Create(CultureInfo.InvariantCulture, $"{Year} жылғы {Quarter}-тоқсан / {Quarter} квартал {Year} года")),
        new FormTable(
            new("Бұзушылықтар", "Нарушения"), Columns, [.. Rows.Select(Row)],
            new(new("БАРЛЫҒЫ", "ИТОГО"), Rows.Sum(r => r.Findings), new Money(Rows.Sum(r => r.Sum.Tiyn)))),
    ], wide: true);

    private static IReadOnlyList<FormValue> Row(QuarterRow r, int place) =>
        [place + 1L, r.Provider, FormValue.Identity(r.ProviderBin), r.Code, r.CodeName, r.Material ? "елеулі / существенное" : "елеусіз / несущественное", r.Findings, r.Sum];
}

/// <summary>How far the dispute about a violation has come when it is reported.</summary>
public enum ReportedState
{
    Disputed,
    Confirmed,
}

/// <summary>A violation that asks for administrative measures.</summary>
public sealed record AdministrativeRow(string Provider, long ProviderBin, string Code, string CodeName, DateOnly DetectedOn, string Description, ReportedState State, Money Sum);

/// <summary>The information of a branch to the state body on violations that ask for administrative measures.</summary>
public sealed record TenDayReport(LetterHead Head, IReadOnlyList<AdministrativeRow> Rows)
{
    private static readonly FormColumn[] Columns =
    [
        new(new("Р/с №", "№ п/п"), Number: true, Share: 5),
        new(new("Өнім берушінің атауы", "Наименование поставщика"), Share: 18),
        new(new("Өнім берушінің БСН-і", "БИН поставщика"), Share: 12),
        new(new("Бұзушылықтың коды", "Код нарушения"), Share: 8),
        new(new("Бұзушылықтың атауы", "Наименование нарушения"), Share: 15),
        new(new("Анықталған күні", "Дата выявления"), Share: 10),
        new(new("Сипаттамасы", "Описание"), Share: 14),
        new(new("Жай-күйі", "Состояние"), Share: 9),
        new(new("Сомасы, теңге", "Сумма, тенге"), Number: true, Share: 9),
    ];

    [Law("MON-321:17")]
    public Form ToForm(DocumentMark? mark) => Letter.Of(DocumentKind.TenDayReport, Head, mark,
    [
        Letter.Say(
            "Қағидалардың 17-тармағына сәйкес әкімшілік-құқықтық ықпал ету шараларын талап ететін бұзушылықтар бойынша ақпаратты жібереміз.",
            "В соответствии с пунктом 17 Правил направляем информацию по нарушениям, требующим мер административно-правового воздействия."),
        new FormTable(
            new("Бұзушылықтар", "Нарушения"), Columns, [.. Rows.Select(Row)],
            new(new("БАРЛЫҒЫ", "ИТОГО"), (long)Rows.Count, new Money(Rows.Sum(r => r.Sum.Tiyn)))),
    ], wide: true);

    private static IReadOnlyList<FormValue> Row(AdministrativeRow r, int place) =>
        [place + 1L, r.Provider, FormValue.Identity(r.ProviderBin), r.Code, r.CodeName, r.DetectedOn, r.Description, r.State == ReportedState.Confirmed ? "расталды / подтверждено" : "дауланып жатыр / оспаривается", r.Sum];
}
