using Kepil.Law;

namespace Kepil.Fund.Registers;

/// <summary>What is wrong and how to mend it.</summary>
/// <param name="Wrong">What is wrong.</param>
/// <param name="Mend">What the provider does about it.</param>
public sealed record RejectionText(Wording Wrong, Wording Mend);

/// <summary>The words for every reason for which a row or a file is not taken, in three languages.</summary>
public static class RejectionTexts
{
    private static readonly Dictionary<string, RejectionText> Known = Build();

    private static readonly Dictionary<string, Wording> ColumnNames = new()
    {
        ["line_id"] = new("қызметтің ID", "ID услуги", "service ID"),
        ["stated_id"] = new("пациенттің ЖСН-і", "ИИН пациента", "patient's IIN"),
        ["started_on"] = new("қызмет көрсетілген күн", "дата оказания услуги", "date of service"),
        ["ended_on"] = new("шығару күні", "дата выписки", "discharge date"),
        ["service_code"] = new("қызмет коды", "код услуги", "service code"),
        ["drg_code"] = new("КШТ коды", "код КЗГ", "DRG code"),
        ["medicine_code"] = new("дәрілік заттың коды", "код лекарственного средства", "medicine code"),
        ["amount"] = new("сомасы", "сумма", "amount"),
        ["price"] = new("тарифі", "тариф", "price"),
        ["diagnosis"] = new("диагноз (АХЖ-10)", "диагноз (МКБ-10)", "diagnosis (ICD-10)"),
        ["person_id"] = new("ЖСН", "ИИН", "IIN"),
        ["provider_id"] = new("БСН", "БИН", "BIN"),
        ["from_day"] = new("басталған күні", "дата начала", "from"),
        ["to_day"] = new("аяқталған күні", "дата окончания", "to"),
        ["care_form"] = new("көмек нысаны", "форма помощи", "form of care"),
        ["package"] = new("пакет", "пакет", "package"),
        ["birth_date"] = new("туған күні", "дата рождения", "date of birth"),
        ["sex"] = new("жынысы", "пол", "sex"),
        ["doctor_id"] = new("дәрігердің ЖСН-і", "ИИН врача", "doctor's IIN"),
        ["old_id"] = new("ескі ЖСН", "старый ИИН", "old IIN"),
        ["contract_line_id"] = new("шарт жолының нөмірі", "номер строки договора", "contract line"),
        ["weight_e4"] = new("шығын сыйымдылығының коэффициенті", "коэффициент затратоёмкости", "weight"),
        ["code"] = new("код", "код", "code"),
        ["reference"] = new("төлем нөмірі", "номер платежа", "payment reference"),
        ["kind"] = new("төлем түрі", "вид платежа", "kind of payment"),
        ["purpose"] = new("төлем тағайындауының коды", "код назначения платежа", "purpose code"),
        ["month"] = new("қай ай үшін", "за какой месяц", "month paid for"),
        ["paid_on"] = new("төленген күні", "дата платежа", "day of payment"),
        ["category"] = new("санаты", "категория", "category"),
        ["standing"] = new("құқықтық жағдайы", "правовое положение", "standing"),
        ["source"] = new("дереккөз", "источник", "source"),
    };

    /// <summary>All reason codes.</summary>
    public static IEnumerable<string> Reasons => Known.Keys;

    /// <summary>The words for a reason, what it names filled in.</summary>
    public static RejectionText Of(string reason, IReadOnlyDictionary<string, string> named)
    {
        var text = Known.TryGetValue(reason, out var known) ? known : throw new ArgumentException($"There are no words for '{reason}'.");
        return new RejectionText(Filled(text.Wrong, named), Filled(text.Mend, named));
    }

    /// <summary>The words for a refused file, on one line.</summary>
    public static Wording Of(RegisterRefusal refusal)
    {
        var text = Of(refusal.Reason, refusal.Named);
        return new Wording($"{text.Wrong.Kk}. {text.Mend.Kk}.", $"{text.Wrong.Ru}. {text.Mend.Ru}.", $"{text.Wrong.En}. {text.Mend.En}.");
    }

    private static Wording Filled(Wording text, IReadOnlyDictionary<string, string> named) =>
        named.Count == 0 ? text : new(Filled(text.Kk, named, "kk"), Filled(text.Ru, named, "ru"), Filled(text.En, named, "en"));

    private static string Filled(string text, IReadOnlyDictionary<string, string> named, string language)
    {
        foreach (var (name, value) in named)
        {
            var shown = name is "columns" or "column"
                ? string.Join(", ", value.Split(", ").Select(c => string.Join(" / ", c.Split(" / ").Select(n => ColumnNames.TryGetValue(n, out var known) ? known.In(language) : n))))
                : value;
            text = text.Replace('{' + name + '}', shown, StringComparison.Ordinal);
        }

        return text;
    }

    private static Dictionary<string, RejectionText> Build()
    {
        var all = new Dictionary<string, RejectionText>();
        foreach (var (reason, text) in RowTexts.All.Concat(FileTexts.All).Concat(ContributionTexts.All))
        {
            all.Add(reason, text);
        }

        return all;
    }
}
