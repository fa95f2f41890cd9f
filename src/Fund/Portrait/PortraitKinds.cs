using Kepil.Law;

namespace Kepil.Fund.Portrait;

/// <summary>The kinds of uninsured people, as source 003 draws their portrait, by what was last paid for a person.</summary>
public static class PortraitKinds
{
    /// <summary>Not uninsured; kept beside them for the share.</summary>
    public const string Insured = "insured";

    /// <summary>No register says who he is to the country.</summary>
    public const string Unknown = "unknown";

    /// <summary>Nothing was ever paid by him or his work.</summary>
    public const string Nothing = "nothing";

    /// <summary>In the order of the source, those of whom nothing is known last.</summary>
    public static readonly IReadOnlyList<string> All = ["hired", "self_payer", "civil_contract", "aggregate", "entrepreneur", Nothing, Unknown];

    /// <summary>First years of the bands of age.</summary>
    public static readonly IReadOnlyList<int> Ages = [0, 18, 25, 35, 45, 55, 65];

    /// <summary>Kinds of payments that tell a kind of people.</summary>
    public static readonly IReadOnlyDictionary<string, string> ByPayment = new Dictionary<string, string>
    {
        ["wages"] = "hired", ["single_payment"] = "hired", ["deduction"] = "hired", ["civil_contract"] = "civil_contract", ["platform"] = "civil_contract",
        ["entrepreneur"] = "entrepreneur", ["private_practice"] = "entrepreneur", ["self_payer"] = "self_payer", ["arrears_first"] = "self_payer", ["year_ahead"] = "self_payer",
        ["aggregate_city"] = "aggregate", ["aggregate_elsewhere"] = "aggregate",
    };

    /// <summary>How a kind is called.</summary>
    public static Wording Title(string kind) => kind switch
    {
        "hired" => new("Жалдамалы жұмысшылар", "Наёмные работники", "Hired workers"),
        "self_payer" => new("Дербес төлеушілер", "Самостоятельные плательщики", "Self-payers"),
        "civil_contract" => new("Келісімшартпен табыс табатындар", "С доходом по договорам", "With income by contract"),
        "aggregate" => new("БЖТ төлегендер", "Платившие ЕСП", "Payers of the aggregate payment"),
        "entrepreneur" => new("Жеке кәсіпкерлер", "Индивидуальные предприниматели", "Entrepreneurs"),
        Nothing => new("Жарна төлемегендер", "Не платившие взносов", "Never paid contributions"),
        Unknown => new("Құқықтық жағдайы белгісіз", "Правовое положение неизвестно", "Standing not known"),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "There is no such kind of uninsured people."),
    };
}
