using Kepil.Fund.Pages;
using Kepil.Law;

namespace Kepil.Fund.Office;

/// <summary>An empty register with the heads that the intake recognises, in the reader's language.</summary>
public static class RegisterTemplate
{
    /// <summary>Columns in the order of the sheet, each with the head that stands above it.</summary>
    public static readonly IReadOnlyList<(string Column, Wording Head)> Columns =
    [
        ("line_id", new("Қызметтің ID", "ID услуги", "Service ID")),
        ("stated_id", new("Пациенттің ЖСН-і", "ИИН пациента", "Patient IIN")),
        ("care_form", new("Көмек нысаны", "Форма помощи", "Form of care")),
        ("package", new("Қаржыландыру көзі", "Источник финансирования", "Source of funding")),
        ("contract", new("Шарттың нөмірі", "Номер договора", "Contract number")),
        ("service_code", new("Қызмет коды", "Код услуги", "Service code")),
        ("drg_code", new("КШТ коды", "Код КЗГ", "DRG code")),
        ("started_on", new("Қызмет көрсетілген күн", "Дата оказания услуги", "Date of service")),
        ("ended_on", new("Шығарылған күні", "Дата выписки", "Discharge date")),
        ("quantity", new("Саны", "Количество", "Quantity")),
        ("price", new("Тариф", "Тариф услуги", "Tariff")),
        ("amount", new("Сомасы", "Сумма", "Amount")),
        ("diagnosis", new("Диагноз (АХЖ-10)", "Диагноз (МКБ-10)", "Diagnosis (ICD-10)")),
        ("doctor_id", new("Дәрігердің ЖСН-і", "ИИН врача", "Doctor IIN")),
        ("outcome", new("Нәтижесі", "Исход", "Outcome")),
        ("bed_days", new("Төсек-күн", "Койко-дни", "Bed-days")),
        ("referred_on", new("Жолдама күні", "Дата направления", "Referral date")),
        ("recorded_on", new("Енгізілген күні", "Дата ввода", "Date of entry")),
    ];

    public static FindingSheet Of(PageLanguage language, DateTimeOffset at) => new(
        [.. Columns.Select(c => language.Text(c.Head))],
        [],
        [
            (language["Uploads.Title"], language["Uploads.TemplateAbout"]),
            (language["Uploads.Formats"], language["Uploads.FormatsAbout"]),
            (language["Sheet.MadeAt"], language.Moment(at) + " (UTC+05:00)"),
        ],
        [.. Columns.Select(c => Math.Max(12d, language.Text(c.Head).Length + 4))],
        language);
}
