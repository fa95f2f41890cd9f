namespace Kepil.Demo;

/// <summary>The fifteen forms of care, in the order of the columns of annex 1.</summary>
internal enum Form : byte
{
    Phc, Specialist, Train, Drg, Actual, BedDay, Average, Met, Ambulance, Rural, Psychiatry, Tuberculosis, Hiv, Pathology, Blood,
}

/// <summary>The two packages; and, until a line is added, whichever of them pays by law.</summary>
internal enum Package : byte
{
    Tmkkk, Mams, ByLaw,
}

/// <summary>How care ended.</summary>
internal enum Outcome : byte
{
    None, Recovered, Improved, Unchanged, Worse, Died, Transferred, Left, Refused,
}

/// <summary>Whether care was planned.</summary>
internal enum Urgency : byte
{
    None, Planned, Emergency,
}

/// <summary>Where and how a contact took place.</summary>
internal enum Setting : byte
{
    None, Ordinary, Group, Mobile, Home, Remote,
}

/// <summary>Code words of forms, packages and the like as the records hold them, and the words that accountants write.</summary>
internal static class Words
{
    public static readonly string[] Forms =
        ["phc", "specialist", "train", "drg", "actual", "bed_day", "average", "met", "ambulance", "rural", "psychiatry", "tuberculosis", "hiv", "pathology", "blood"];

    public static readonly string[] FormsKk =
    [
        "МСАК", "КДК", "Жылжымалы медициналық кешен", "КШТ", "Нақты шығыстар", "Төсек-күн", "Есептік орташа құн", "Медициналық-экономикалық тариф", "Жедел медициналық көмек",
        "Ауыл халқы", "Психикалық денсаулық", "Туберкулез", "АИТВ", "Патологиялық анатомия", "Қан және оның компоненттері",
    ];

    public static readonly string[] FormsRu =
    [
        "ПМСП", "КДУ", "Передвижной медицинский комплекс", "КЗГ", "Фактические расходы", "Койко-день", "Расчётная средняя стоимость", "Медико-экономический тариф", "Скорая медицинская помощь",
        "Сельское население", "Психическое здоровье", "Туберкулёз", "ВИЧ", "Патологическая анатомия", "Кровь и её компоненты",
    ];

    public static readonly string[] Packages = ["tmkkk", "mams"];
    public static readonly string[] PackagesKk = ["ТМККК", "МӘМС"];
    public static readonly string[] PackagesRu = ["ГОБМП", "ОСМС"];

    public static readonly string[] Outcomes = ["", "recovered", "improved", "unchanged", "worse", "died", "transferred", "left", "refused"];
    public static readonly string[] OutcomesKk = ["", "сауығу", "жақсару", "өзгеріссіз", "нашарлау", "қайтыс болды", "ауыстырылды", "өз еркімен кетті", "бас тарту"];
    public static readonly string[] OutcomesRu = ["", "выздоровление", "улучшение", "без перемен", "ухудшение", "умер", "переведён", "самовольный уход", "отказ"];

    public static readonly string[] Urgencies = ["", "planned", "emergency"];
    public static readonly string[] UrgenciesKk = ["", "жоспарлы", "шұғыл"];
    public static readonly string[] UrgenciesRu = ["", "планово", "экстренно"];

    public static readonly string[] Settings = ["", "ordinary", "group", "mobile", "home", "remote"];
    public static readonly string[] SettingsKk = ["", "әдеттегі", "топтық", "жылжымалы", "үйде", "қашықтан"];
    public static readonly string[] SettingsRu = ["", "приём", "групповой", "передвижной", "на дому", "дистанционно"];
}
