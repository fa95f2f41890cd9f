namespace Kepil.Fund.Documents;

/// <summary>What every letter and notice of the Fund begins with: who writes to whom.</summary>
/// <param name="Sender">The Fund or its branch.</param>
/// <param name="Addressee">To whom.</param>
/// <param name="AddresseeBin">BIN of the addressee, where it is an organisation with one.</param>
/// <param name="SignedBy">Who signs for the Fund.</param>
public sealed record LetterHead(string Sender, string Addressee, long? AddresseeBin, Signatory SignedBy);

/// <summary>The frame of letters and notices, for which the order gives no form.</summary>
internal static class Letter
{
    private static readonly ParallelText Rules = new(
        "Қағидалар – Қазақстан Республикасы Денсаулық сақтау министрінің 2020 жылғы 24 желтоқсандағы № ҚР ДСМ-321/2020 бұйрығымен бекітілген, денсаулық сақтау субъектілерінен медициналық қызметтерді сатып алу шарты талаптарының орындалу мониторингін жүргізу қағидалары.",
        "Правила – Правила проведения мониторинга исполнения условий договора закупа медицинских услуг у субъектов здравоохранения, утверждённые приказом Министра здравоохранения Республики Казахстан от 24 декабря 2020 года № ҚР ДСМ-321/2020.");

    public static Form Of(DocumentKind kind, LetterHead head, DocumentMark? mark, IEnumerable<FormBlock> body, bool wide = false)
    {
        var name = kind.Name();
        return new(
            kind,
            [
                FormLine.Of(LineRole.Title, new(name.Kk, name.Ru)),
                FormLine.Of(LineRole.Paragraph, new(
                    $"{FormDays.InKazakh(mark?.On)} № {mark?.Number.Printed() ?? "____ / ____"}",
                    $"{FormDays.InRussian(mark?.On)} № {mark?.Number.Printed() ?? "____ / ____"}")),
                Field("Жіберуші:", "Отправитель:", head.Sender),
                Field("Кімге:", "Кому:", head.Addressee),
                .. head.AddresseeBin is { } bin ? new FormBlock[] { Field("Бизнес-сәйкестендіру нөмірі (БСН):", "Бизнес-идентификационный номер (БИН):", FormValue.Identity(bin)) } : [],
                .. body,
                FormLine.Of(LineRole.Signature, new("Қол қойған:", "Подписал:"), head.SignedBy.Printed),
                FormLine.Of(LineRole.Under, new("(Тегі, аты, әкесінің аты (бар болған жағдайда) / лауазымы / қолы)", "(фамилия, имя, отчество (при наличии) / должность / подпись)")),
                FormLine.Of(LineRole.Note, Rules),
                .. mark?.Lines() ?? [],
            ]) { Wide = wide };
    }

    public static FormLine Field(string kazakh, string russian, params IReadOnlyList<FormValue> values) => FormLine.Of(LineRole.Under, new(kazakh, russian), values);

    public static FormLine Say(string kazakh, string russian) => FormLine.Of(LineRole.Paragraph, new(kazakh, russian));

    public static FormLine KindOf(MonitoringKind kind) =>
        Field("Мониторинг түрі:", "Вид мониторинга:", kind == MonitoringKind.Current ? $"{FormParts.Current.Kazakh} / {FormParts.Current.Russian}" : $"{FormParts.Unscheduled.Kazakh} / {FormParts.Unscheduled.Russian}");
}
