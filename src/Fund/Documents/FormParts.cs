using Kepil.Law;

namespace Kepil.Fund.Documents;

/// <summary>Which of the two kinds of monitoring a conclusion comes from.</summary>
[Law("MON-321:4")]
public enum MonitoringKind
{
    Current,
    Unscheduled,
}

/// <summary>How the provider got acquainted with a conclusion.</summary>
public enum Acquaintance
{
    WithoutObjections,
    WithObjections,
}

/// <summary>Who signs a document, by name and position.</summary>
public sealed record Signatory(string Name, string Position = "")
{
    internal string Printed => Position.Length == 0 ? Name : $"{Name} / {Position}";
}

/// <summary>Days from and to, both counted.</summary>
public sealed record DaySpan(DateOnly From, DateOnly To)
{
    internal string Printed => $"{FormValue.Of(From).Printed} – {FormValue.Of(To).Printed}";
}

/// <summary>A contract of purchase as a conclusion names it: number, additional agreements, sum.</summary>
public sealed record ContractMention(string Number, IReadOnlyList<string> Supplements, Money Sum)
{
    internal string Printed => string.Join(", ", [Number, .. Supplements]) + " – " + Sum;
}

/// <summary>Stretches that several forms of the order share, in the words of each.</summary>
internal static class FormParts
{
    private static readonly ParallelText Rules = new(
        "Тегін медициналық көмектің кепілдік берілген көлемі шеңберінде және (немесе) міндетті әлеуметтік медициналық сақтандыру жүйесінде денсаулық сақтау субъектілерінен медициналық қызметтерді сатып алу шарты талаптарының орындалу мониторингін жүргізу қағидаларына",
        "к Правилам проведения мониторинга исполнения условий договора закупа медицинских услуг у субъектов здравоохранения в рамках гарантированного объёма бесплатной медицинской помощи и (или) в системе обязательного социального медицинского страхования");

    public static readonly ParallelText Current = new("ағымдағы", "текущий");

    public static readonly ParallelText Unscheduled = new("жоспардан тыс", "внеплановый");

    public static readonly ParallelText FullName = new("(өнім берушінің толық атауы)", "(полное наименование поставщика)");

    public static FormLine Annex(int number) =>
        FormLine.Of(LineRole.Annex, new($"{Rules.Kazakh} {number}-қосымша", $"Приложение {number} {Rules.Russian}"));

    public static FormLine Term(string number, string end, DaySpan? days) => FormLine.Numbered(number, new(
        $"Мониторинг жүргізу мерзімдері: {FormDays.InKazakh(days?.From)} бастап {FormDays.InKazakh(days?.To)} дейін{end}",
        $"Сроки проведения мониторинга: с {FormDays.InRussian(days?.From)} по {FormDays.InRussian(days?.To)}{end}"));

    public static IEnumerable<FormBlock> FundSigns(IReadOnlyList<Signatory> signatories) =>
    [
        FormLine.Of(LineRole.Signature, new("Қордың сарапшысы (сарапшылары) /жұмыскері (жұмыскерлері):", "Эксперт (эксперты) / работник (работники) Фонда:"), Places(signatories)),
        FormLine.Of(LineRole.Under, new("(Тегі, аты, әкесінің аты (бар болған жағдайда) / қолы)", "(фамилия, имя, отчество (при наличии) / подпись)")),
    ];

    /// <param name="provider">How this annex calls the provider in the genitive.</param>
    /// <param name="objecting">The same inside the brackets of the list of objections.</param>
    /// <param name="hint">The words under the signature.</param>
    /// <param name="by">Who signs for the provider.</param>
    /// <param name="acquaintance">What he underlined.</param>
    /// <param name="objections">What he wrote in the list.</param>
    public static IEnumerable<FormBlock> ProviderSigns(string provider, string objecting, string hint, Signatory? by, Acquaintance? acquaintance, IReadOnlyList<string> objections)
    {
        yield return FormLine.Choice(
            LineRole.Signature,
            ParallelText.Empty,
            [new("Қарсылықсыз", "Без возражений"), new("қарсылықтармен", "с возражениями")],
            (int?)acquaintance,
            "/",
            new($" таныстым (керегінің астын сызыңыз) {provider} бірінші басшысы/уәкілетті тұлғасы:", " ознакомлен (нужное подчеркнуть). Первый руководитель / уполномоченное лицо поставщика:"))
            with { Values = Places(by is null ? [] : [by]) };
        yield return FormLine.Of(LineRole.Under, new(hint, "(фамилия, имя, отчество (при наличии) / подпись)"));
        yield return FormLine.Of(LineRole.Under, new("МО (бар болса)", "М. П. (при наличии)"));
        yield return FormLine.Of(LineRole.Paragraph, new($"қарсылықтардың тізбесін қысқаша сипаттау ({objecting} бірінші басшысы/уәкілетті тұлғасы толтырады).", "краткое описание перечня возражений (заполняется первым руководителем / уполномоченным лицом поставщика)."));
        for (var i = 0; i < Math.Max(4, objections.Count); i++)
        {
            var number = (i + 1).ToString(System.Globalization.CultureInfo.InvariantCulture) + ".";
            yield return FormLine.Of(LineRole.Objection, new(number, ""), i < objections.Count ? objections[i] : "");
        }
    }

    public static FormValue[] Places(IReadOnlyList<Signatory> signatories) =>
        signatories.Count == 0 ? [FormValue.Of("")] : [.. signatories.Select(s => FormValue.Of(s.Printed))];
}
