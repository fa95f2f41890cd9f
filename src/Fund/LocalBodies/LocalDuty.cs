using Kepil.Law;

namespace Kepil.Fund.LocalBodies;

/// <summary>Something that a local body did so that people get insured, as it stands now.</summary>
/// <param name="Place">Digits of the КАТО where it was done.</param>
/// <param name="Kind">A word of <see cref="LocalDuties"/>.</param>
/// <param name="People">People who were reached: those named, or counted at a meeting, or pieces handed out; nothing when nobody counted.</param>
/// <param name="OfKind">The kind of uninsured people for whom it was meant; nothing: everybody.</param>
/// <param name="WithFund">Employees of the Fund's branch took part.</param>
/// <param name="Replaces">The entry that this one corrects.</param>
public sealed record LocalDuty(long Id, string Place, string Kind, DateOnly Day, long? People, string? OfKind, bool WithFund, string Note, string Who, DateTimeOffset At, long? Replaces);

/// <summary>What a local body enters.</summary>
/// <param name="Persons">Those who were called or registered, by number; nobody for the other kinds.</param>
public sealed record SentDuty(string Place, string Kind, DateOnly Day, long? People, string? OfKind, bool WithFund, string Note, IReadOnlyCollection<long> Persons);

/// <summary>The duties of local bodies, as source 003 names them.</summary>
public static class LocalDuties
{
    /// <summary>Talking to a person who is on the list.</summary>
    public const string Call = "call";

    /// <summary>Registering a person, so that he gets a category or pays: as unemployed, as entrepreneur, as self-payer.</summary>
    public const string Registration = "registration";

    /// <summary>Kinds that name persons of the list.</summary>
    public static readonly IReadOnlyList<string> OfPersons = [Call, Registration];

    /// <summary>All kinds, those of persons first.</summary>
    public static readonly IReadOnlyList<string> All = [Call, Registration, "meeting", "explaining", "media", "billboard", "leaflet", "list_kept"];

    /// <summary>How a duty is called, by the wording of the source.</summary>
    public static Wording Title(string kind) => kind switch
    {
        Call => new("Қоңырау шалу", "Звонок", "Call"),
        Registration => new("Тіркеу", "Постановка на учёт", "Registration"),
        "meeting" => new("Нысаналы топтармен кездесу", "Встреча с целевыми группами", "Meeting with target groups"),
        "explaining" => new("Халық арасында түсіндіру жұмысы", "Разъяснительная работа", "Explaining to the people"),
        "media" => new("Ақпараттық ресурстарда аудио, бейне материалдар", "Аудио- и видеоматериалы в информационных ресурсах", "Audio and video in the media"),
        "billboard" => new("Елді мекендегі билбордтар", "Билборды в населённых пунктах", "Billboards"),
        "leaflet" => new("Парақшалар мен плакаттар", "Листовки и плакаты", "Leaflets and posters"),
        "list_kept" => new("Тізімді басқа органдармен өзектендіру", "Актуализация списка с другими органами", "Checking the list with other bodies"),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "There is no such duty."),
    };
}
