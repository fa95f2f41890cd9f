using Kepil.Law;

namespace Kepil.Fund.LocalBodies;

/// <summary>Why somebody is on the list of the uninsured, and why he entered or left it.</summary>
public static class UninsuredReasons
{
    /// <summary>Nothing was ever paid by him or his work.</summary>
    public const string Never = "never";

    /// <summary>A month of the last twelve was paid, but not all that must be.</summary>
    public const string Irregular = "irregular";

    /// <summary>Paid earlier, nothing for a year.</summary>
    public const string Stopped = "stopped";

    /// <summary>No source tells who he is to the country.</summary>
    public const string Standing = "standing";

    public static readonly IReadOnlyList<string> All = [Irregular, Stopped, Never, Standing];

    /// <summary>Ways off the list that mean insurance.</summary>
    public static readonly IReadOnlyList<string> Insured = ["paid", "category", "register"];

    public static readonly IReadOnlyList<string> Changes = ["entered", "left", "moved"];

    /// <summary>How a reason is called.</summary>
    public static Wording Title(string reason) => reason switch
    {
        Never => new("Ешқашан жарна төленбеген", "Взносы никогда не платились", "Nothing was ever paid"),
        Irregular => new("Төлемдері тұрақты емес", "Платежи нерегулярные", "Payments are irregular"),
        Stopped => new("Бір жылдан астам төленбейді", "Не платится больше года", "Nothing paid for over a year"),
        Standing => new("Құқықтық жағдайы белгісіз", "Правовое положение неизвестно", "Standing not known"),
        "category_ended" => new("Санаты аяқталды", "Закончилась категория", "A category ended"),
        "months_missing" => new("Жарналары толық емес", "Взносы за месяцы не поступили", "Contributions for months are missing"),
        "new" => new("Тізімге алғаш енді", "В списке впервые", "On the list for the first time"),
        "moved" => new("Көшті", "Переехал(а)", "Moved"),
        "paid" => new("Жарна төледі", "Заплатил(а) взносы", "Paid contributions"),
        "category" => new("Санат алды", "Получил(а) категорию", "Got a category"),
        "register" => new("Тізілім бойынша сақтандырылған", "Застрахован(а) по регистру", "Insured by the register"),
        "died" => new("Қайтыс болды", "Умер(ла)", "Died"),
        "no_part" => new("Жүйеге қатыспайды", "Не участвует в системе", "Takes no part in the system"),
        "gone" => new("Тұлғалар тізілімінде жоқ", "Нет в регистре лиц", "No longer in the register of persons"),
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, "There is no such reason."),
    };

    /// <summary>How a change of the list is called.</summary>
    public static Wording Change(string change) => change switch
    {
        "entered" => new("Енді", "Вошли", "Entered"),
        "left" => new("Шықты", "Выбыли", "Left"),
        "moved" => new("Көшті", "Переехали", "Moved"),
        _ => throw new ArgumentOutOfRangeException(nameof(change), change, "There is no such change."),
    };
}
