using System.Globalization;
using Kepil.Fund.Desk;
using Kepil.Fund.Proceedings;
using Kepil.Law;
using Kepil.Tests.Pages;
using Microsoft.Extensions.DependencyInjection;

namespace Kepil.Tests.Reviews;

/// <summary>Cases out of the sample records, with experts of other branches among whom they are distributed.</summary>
public static class ReviewCases
{
    /// <summary>An expert of another branch than that of the cases.</summary>
    public static DeskUser AddExpert(PagesHost host, string name, string region)
    {
        var user = new DeskUser { SignInName = name, NormalName = name.ToUpperInvariant(), FullName = name, Role = Role.BranchExpert, Region = region, Stamp = name, IsDemo = true };
        host.Desk.Add("system", user);
        return user;
    }

    /// <summary>Opens proceedings of findings of the big provider. Says their numbers.</summary>
    public static IReadOnlyList<long> Open(PagesHost host, int count, int skip = 0, Death death = Death.None)
    {
        var store = StoreOf(host);
        var before = Numbers(store);
        store.Open([.. Shown(host, count, skip, death)], TermsOf(host), "system");
        return [.. Numbers(store).Except(before)];
    }

    /// <summary>Findings of the big provider as they are shown.</summary>
    public static IEnumerable<OpenedFinding> Shown(PagesHost host, int count, int skip = 0, Death death = Death.None)
    {
        var at = host.Desk.Clock.GetUtcNow();
        return host.Records.Query(
            """
            SELECT f.finding_id, f.service_id, f.code, f.care_form, f.evidence, f.sum, f.rule_id, k.amount, k.started_on FROM finding AS f JOIN known_service AS k ON k.service_id = f.service_id
            WHERE f.month = DATE '2026-10-01' AND f.provider_id = $1 AND f.counts AND f.kind = 'potential' AND f.code <> '11.0' AND k.service_id NOT IN (6100, 6101) ORDER BY f.service_id, f.finding_id
            """,
            r => new OpenedFinding(
                new(Actor.System, at, 0, r.Long(0), r.Long(1), SampleRecords.BigProvider, r.Text(2), CareForms.Parse(r.Text(3)), Detection.Potential, FoundBy.Algorithm, death, false, r.Day(8),
                    r.Long(7), r.Long(5), Places.In("61"), at, at, "a1b2", at),
                SampleRecords.Month, r.Text(6), r.Text(4), MonthNotice.KeyOf(r.Text(6), r.Text(4))),
            SampleRecords.BigProvider).Skip(skip).Take(count);
    }

    public static void Object(PagesHost host, IEnumerable<long> cases, params Paper[] papers)
    {
        foreach (var id in cases)
        {
            Act(host, id, at => new FileObjection(new(Party.Provider, 1, "61"), at, at, "Жазбалар қызметтің көрсетілгенін растайды, дәрігердің қолтаңбасы бар.", papers));
        }
    }

    /// <summary>The decision of whoever the case lies with.</summary>
    public static void Decide(PagesHost host, long id, bool agree, string reasons, params Paper[] papers)
    {
        var state = StoreOf(host).Find(id)!;
        Act(host, id, at => new DecideCase(new(state.Stage.ReviewerOf(), state.Reviewer, state.ReviewerRegion), at, state.Stage, agree, reasons, papers));
    }

    /// <summary>Leads cases to the central office: confirmed, objected to again, and then agreed with.</summary>
    public static void ToCentral(PagesHost host, IReadOnlyList<long> cases)
    {
        Object(host, cases);
        foreach (var id in cases)
        {
            Decide(host, id, false, "Жазбалар қызметтің көрсетілгенін растамайды.");
        }

        Object(host, cases);
        foreach (var id in cases)
        {
            Decide(host, id, true, "Қосымша құжат қызметтің көрсетілгенін растайды.");
        }
    }

    public static ProceedingStore StoreOf(PagesHost host) => host.Services.GetRequiredService<ProceedingStore>();

    public static Terms TermsOf(PagesHost host) => new(host.Services.GetRequiredService<LawBook>(), LocalDay.Of(host.Desk.Clock.GetUtcNow()));

    /// <summary>The watch goes round, as it does while the pages are open.</summary>
    public static void Watch(PagesHost host) => StoreOf(host).SendDue(host.Desk.Clock.GetUtcNow(), TermsOf(host));

    private static void Act(PagesHost host, long id, Func<DateTimeOffset, ProceedingCommand> command)
    {
        var ruling = StoreOf(host).Act(id, command(host.Desk.Clock.GetUtcNow()), TermsOf(host), "system");
        if (ruling.Refusal is { } refusal)
        {
            throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"Case {id}: {refusal.Reason}"));
        }
    }

    private static List<long> Numbers(ProceedingStore store)
    {
        using var db = store.Context();
        return [.. db.Proceedings.Select(p => p.Id).Order()];
    }
}
