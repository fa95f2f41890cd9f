using Kepil.Fund.Proceedings;
using Kepil.Fund.Unscheduled;
using Kepil.Law;

namespace Kepil.Tests.Unscheduled;

/// <summary>Invented contents of cases that several tests share.</summary>
internal static class CaseSamples
{
    public const long Person = 780505300123;

    public static readonly PaperFacts Facts = new(
        "Басшыев Мұрат Үлгіұлы", ["Түркістан қаласы, Үлгі көшесі, 1"], [new("045/2026", new(2025, 12, 28), ["№ 1"], Money.OfTenge(250_000_000))], "мамандандырылған көмек",
        new(2026, 9, 1), new(2026, 9, 30), new(2026, 11, 2), new(2026, 11, 6), "Ұстап қалу ұсынылады.");

    public static readonly PaperFactsSent SentFacts = new(
        Facts.ProviderHead, Facts.Addresses, [new("045/2026", new(2025, 12, 28), ["№ 1"], 25_000_000_000)], Facts.Care, Facts.From, Facts.To, Facts.ConductedFrom, Facts.ConductedTo, Facts.Recommendations);

    public static DraftConclusion Draft(DateTimeOffset at, Actor by, long provider, string number) => new(
        at, by, new(number, ConclusionForm.ContractMonitoring, MonitoringKind.Unscheduled, new("MON-321", "54"), provider, "045/2026", by.Region, false, [by.Id], null, Facts),
        [new("S-1", "К-17/26", Person, new(2026, 9, 3), CareForm.Specialist, ["5.1"], Money.OfTenge(1000))], []);
}
