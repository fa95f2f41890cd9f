using Kepil.Insurance;
using Kepil.Law;

namespace Kepil.Fund.Contributions;

/// <summary>How packages, conditions of their lines and ways out are called.</summary>
public static class EntitleWords
{
    public static Wording Of(Package package) => package switch
    {
        Package.Guaranteed => new("ТМККК", "ГОБМП", "the guaranteed volume"),
        Package.Insurance => new("МӘМС", "ОСМС", "insurance"),
        _ => throw new ArgumentOutOfRangeException(nameof(package), package, "There are no words for this package."),
    };

    public static Wording Of(Urgency urgency) => urgency switch
    {
        Urgency.Planned => new("жоспарлы", "планово", "planned"),
        Urgency.Emergency => new("шұғыл", "экстренно", "emergency"),
        _ => throw new ArgumentOutOfRangeException(nameof(urgency), urgency, "There are no words for this urgency."),
    };

    public static Wording Of(Unmet unmet) => unmet switch
    {
        Unmet.InForce => new("бұл күні қолданыста емес", "не действует в этот день", "not in force on this day"),
        Unmet.Receiver => new("құқықтық жағдайы бойынша бұл пакет берілмейді", "по правовому положению этот пакет не полагается", "this package is not given to his standing"),
        Unmet.Insured => new("сақтандырылмаған", "не застрахован", "not insured"),
        Unmet.Uninsured => new("сақтандыруды пайдаланбайтындарға арналған", "только для не пользующихся страхованием", "for those who do not use the insurance"),
        Unmet.Urgency => new("шұғылдығы сай емес", "не та срочность", "another urgency"),
        Unmet.Disease => new("диагноз тізілімде жоқ", "диагноза нет в перечне", "the diagnosis is not on the list"),
        Unmet.Group => new("адам ол топқа кірмейді", "человек не входит в группу", "the person is not of the group"),
        Unmet.Age => new("жасы сай емес", "не тот возраст", "another age"),
        Unmet.Occasion => new("ондай мән-жай көрсетілмеген", "такое обстоятельство не указано", "no such circumstance is told"),
        Unmet.Standing => new("басқа құқықтық жағдайдағыларға арналған", "для лиц с другим правовым положением", "for persons of another standing"),
        Unmet.Policy => new("орнату басқаша таңдаған", "выбрана другая настройка", "the installation reads it otherwise"),
        Unmet.Follows => new("негізгі көмекті бұл пакет төлемейді", "основную помощь этот пакет не оплачивает", "the care that it goes with is not paid by this package"),
        _ => throw new ArgumentOutOfRangeException(nameof(unmet), unmet, "There are no words for this condition."),
    };

    /// <summary>What can be done, with the line that would pay where there is one.</summary>
    public static Wording Of(WayOut way) => way.Remedy switch
    {
        Remedy.BecomeInsured => new("Сақтандырылса, МӘМС төлейді", "Застрахованному заплатит ОСМС", "Once insured, insurance pays"),
        Remedy.Emergency => new("Шұғыл жағдайда төленеді: өмірге қауіп төнсе, 103", "В экстренном случае оплачивается: при угрозе жизни – 103", "In an emergency it is paid for: call 103 when life is in danger"),
        Remedy.Occasion when way.Occasion is { } occasion => new($"Мына мән-жайда төленеді: {occasion.Title.Kk}", $"Оплачивается, если: {occasion.Title.Ru}", $"It is paid for if {occasion.Title.En}"),
        Remedy.ShowStanding => new("Азаматтығын немесе тұру құқығын тіркету: регистрлерде дерек жоқ", "Подтвердить гражданство или право проживания: в регистрах сведений нет", "Prove citizenship or right of residence: the registers say nothing"),
        Remedy.Group => new("Белгілі бір топтарға ғана төленеді: санаты бар болса, оны тіркету", "Оплачивается только отдельным группам: подтвердить категорию, если она есть", "It is paid for certain groups only: prove the category if there is one"),
        Remedy.PayOneself => new("Ақылы қызмет ретінде", "Как платная услуга", "As a paid service"),
        _ => throw new ArgumentOutOfRangeException(nameof(way), way, "There are no words for this way out."),
    };

    /// <summary>Whether a referral is needed and from whom.</summary>
    public static Wording Of(ReferralNeed referral, Packages packages) => referral.Needed
        ? new(
            "Жолдама қажет – " + string.Join(" / ", referral.From.Select(l => packages[l].Title.Kk)),
            "Нужно направление – " + string.Join(" / ", referral.From.Select(l => packages[l].Title.Ru)),
            "A referral is needed – " + string.Join(" / ", referral.From.Select(l => packages[l].Title.En)))
        : new("Жолдама қажет емес", "Направление не нужно", "No referral is needed");
}
