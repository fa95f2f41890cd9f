using System.Globalization;
using Kepil.Law;

namespace Kepil.Fund.Documents;

/// <summary>Who examined a death: an employee of the Fund, or an independent expert or profile specialist with what makes him one.</summary>
public sealed record DeathExaminer(string Name, string Position, string? Specialty = null, string? Category = null, string? Degree = null, string? AccreditationNumber = null)
{
    internal string Printed => string.Join(", ", new[] { Name, Position, Specialty, Category, Degree, AccreditationNumber is null ? null : "№ " + AccreditationNumber }.Where(p => !string.IsNullOrWhiteSpace(p)));
}

/// <summary>The conclusion on results of monitoring of deaths: annex 5 of the rules.</summary>
public sealed record MortalityConclusion
{
    public required IReadOnlyList<DeathExaminer> Examiners { get; init; }

    public required string Organisation { get; init; }

    public required string Department { get; init; }

    public required DateOnly AdmittedOn { get; init; }

    public required DateOnly DiedOn { get; init; }

    /// <summary>Minute of the day of death; null when it is not known.</summary>
    public int? DiedAtMinute { get; init; }

    public required DaySpan Period { get; init; }

    public required string Subject { get; init; }

    public required Sex Sex { get; init; }

    /// <summary>Age as people say it: years, or months and days of an infant.</summary>
    public required string Age { get; init; }

    public required long PersonIin { get; init; }

    public required string CardNumber { get; init; }

    public required string Anamnesis { get; init; }

    public required string Examination { get; init; }

    public required string Investigations { get; init; }

    public required string Diagnosis { get; init; }

    /// <summary>Plan of observation and treatment, with the route of the patient.</summary>
    public required string Plan { get; init; }

    public required string DefectsAndViolations { get; init; }

    public required string Conclusions { get; init; }

    public required string Recommendations { get; init; }

    /// <summary>The conclusion as a document. The order gives it no signature of the provider, no objections and no sum.</summary>
    [Law("MON-321:A5")]
    public Form ToForm(DocumentMark? mark) => new(
        DocumentKind.MortalityConclusion,
        [
            FormParts.Annex(5),
            FormLine.Of(LineRole.Title, new(
                $"Өлім және қайтыс болу жағдайлары мониторингінің нәтижелері бойынша қорытынды {FormDays.Close(mark?.On)} № {mark?.Number.Printed() ?? "___ / ____"}",
                $"Заключение по результатам мониторинга смертности и летальных случаев {FormDays.InRussian(mark?.On)} № {mark?.Number.Printed() ?? "___ / ____"}")),
            FormLine.Numbered("1.", new(
                "Қор қызметкерінің тегі, аты, әкесінің аты (бар болған жағдайда), сараптама жүргізген, оның ішінде мамандығын, біліктілік санатын, ғылыми дәрежесін, аккредиттеу туралы куәліктің №, көрсете отырып тәуелсіз сарапшының, бейінді маманның лауазымы.",
                "Фамилия, имя, отчество (при наличии), должность работника Фонда, проводившего экспертизу, в том числе независимого эксперта, профильного специалиста с указанием специальности, квалификационной категории, учёной степени, № свидетельства об аккредитации."),
                [.. Examiners.Select(e => FormValue.Of(e.Printed))]),
            FormLine.Numbered("2.", new("Сараптама жүргізілген денсаулық сақтау субъектісінің (объектісінің) атауы", "Наименование субъекта (объекта) здравоохранения, в котором проведена экспертиза"), Organisation),
            FormLine.Of(LineRole.Under, new("Бөлімше", "Отделение"), Department),
            FormLine.Of(LineRole.Under, new("Қабылдау/емдеуге жатқызу күні", "Дата приёма / госпитализации"), AdmittedOn),
            FormLine.Of(LineRole.Under, new("Қайтыс болған күні/уақыты", "Дата / время смерти"), DiedAt),
            FormLine.Numbered("3.", new("Өлім жағдайына мониторинг жүргізу кезеңі.", "Период проведения мониторинга случая смерти."), Period.Printed),
            FormLine.Numbered("4.", new("Өлім жағдайы мониторингінің мәні.", "Предмет мониторинга случая смерти."), Subject),
            FormLine.Numbered("5.", new("Пациенттің деректері:", "Данные пациента:")),
            FormLine.Of(LineRole.Under, new("Жынысы", "Пол"), Sex == Sex.Male ? "ер / мужской" : "әйел / женский"),
            FormLine.Of(LineRole.Under, new("Жасы", "Возраст"), Age),
            FormLine.Of(LineRole.Under, new("Жеке сәйкестендіру нөмірі", "Индивидуальный идентификационный номер"), FormValue.Identity(PersonIin)),
            FormLine.Of(LineRole.Under, new("Медициналық картаның нөмірі", "Номер медицинской карты"), CardNumber),
            FormLine.Numbered("6.", new(
                "Мониторинг нәтижелері туралы, оның ішінде анықталған бұзушылықтар туралы, олардың сипаты туралы мәліметтер:",
                "Сведения о результатах мониторинга, в том числе о выявленных нарушениях, об их характере:")),
            FormLine.Of(LineRole.Under, new("Анамнез", "Анамнез"), Anamnesis),
            FormLine.Of(LineRole.Under, new("Объективті қарап-тексеру деректері", "Данные объективного осмотра"), Examination),
            FormLine.Of(LineRole.Under, new("Зерттеу нәтижелері", "Результаты исследований"), Investigations),
            FormLine.Of(LineRole.Under, new("Диагноз", "Диагноз"), Diagnosis),
            FormLine.Of(LineRole.Under, new("Пациентті қадағалау және емдеу жоспары (оның ішінде пациенттің бағыты)", "План ведения и лечения пациента (в том числе маршрут пациента)"), Plan),
            FormLine.Of(LineRole.Under, new("Анықталған ақаулар мен бұзушылықтар", "Выявленные дефекты и нарушения"), DefectsAndViolations),
            FormLine.Numbered("7.", new("Қорытындылар:", "Выводы:"), Conclusions),
            FormLine.Numbered("8.", new("Ұсынымдар:", "Рекомендации:"), Recommendations),
            FormLine.Of(LineRole.Signature, ParallelText.Empty, [.. Examiners.Select(e => FormValue.Of(e.Name))]),
            FormLine.Of(LineRole.Under, new(
                "(Тегі, аты, әкесінің аты (бар болған жағдайда) (өлім жағдайының мониторингін жүргізген адамның қолы)",
                "(фамилия, имя, отчество (при наличии), подпись лица, проводившего мониторинг случая смерти)")),
            FormLine.Of(LineRole.Under, new($"Күні {SignedOn(mark?.On)}", $"Дата {FormDays.InRussian(mark?.On)}")),
            .. mark?.Lines() ?? [],
        ]);

    private string DiedAt =>
        FormValue.Of(DiedOn).Printed + (DiedAtMinute is { } minute ? string.Create(CultureInfo.InvariantCulture, $" {minute / 60:00}:{minute % 60:00}") : "");

    private static string SignedOn(DateOnly? day) => day is null ? "202__жылғы \"____\" ________________" : FormDays.Close(day);
}
