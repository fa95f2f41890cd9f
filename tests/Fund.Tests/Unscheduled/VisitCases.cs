using Kepil.Fund.Desk;
using Kepil.Fund.Documents;
using Kepil.Fund.Proceedings;
using Kepil.Fund.Unscheduled;
using Kepil.Law;
using Kepil.Tests.Pages;

namespace Kepil.Tests.Unscheduled;

/// <summary>Monitorings and conclusions of the sample's largest provider at the stages that pages show.</summary>
internal static class VisitCases
{
    public const long Expert = (int)Role.BranchExpert + 1;

    private static readonly byte[] Scan = "%PDF-1.4 scan"u8.ToArray();

    /// <summary>An open monitoring whose data are fixed.</summary>
    public static long Open(PagesHost host, OpeningGround ground = OpeningGround.RiskAnalysis, params long[] team)
    {
        var (store, clerk, at) = (host.Work.Store, Clerk(host), host.Work.Now);
        var id = store.NextId();
        var appeal = OpeningGrounds.IsAppeal(ground) ? new Appeal("A-1", LocalDay.Of(at), Appellant.StateBody, "Прокуратура", Letter: "2-05/31", Substance: "көлем тексерілсін") : null;
        Taken(store.Act(id, CaseNumber.Of(LocalDay.Of(at), clerk.Region, id), new OpenMonitoring(at, clerk, SampleRecords.BigProvider, clerk.Region, ground, appeal, "тәуекел картасы", team.Length == 0 ? [Expert] : team), host.Work.Terms).Refusal);
        Do(host, id, new FixRecords(at, clerk, "ab12cd34ef56ab78"));
        return id;
    }

    public static void Do(PagesHost host, long id, MonitoringCommand command) => Taken(host.Work.Store.Act(id, "", command, host.Work.Terms).Refusal);

    public static void Do(PagesHost host, long id, ConclusionCommand command) => Taken(host.Work.Store.Act(id, "", command, host.Work.Terms).Refusal);

    /// <summary>A conclusion of an open monitoring that waits for its signature.</summary>
    public static long Conclude(PagesHost host, long monitoring)
    {
        var (by, state) = (host.Desk.Find(Expert)!, host.Work.Store.MonitoringOf(monitoring)!);
        var outcome = host.Work.Conclude(
            new(null, by.Actor, "test:" + monitoring, "conclusion", "hash", host.Work.Now), new(by, true, null), monitoring, state.ProviderId,
            new("045/2026", CaseSamples.SentFacts, [Line("К-17/26", "5.1", 100_000), Line("К-18/26", "6.2", 50_000)], [new("045/2026", "4.2", "көлем орындалмаған", 20_000_00, null, null)], null), "kk");
        return outcome.Receipt.Refusal is null ? outcome.Receipt.CaseId : throw new InvalidOperationException(outcome.Receipt.Answer);
    }

    /// <summary>A conclusion that lies with the provider.</summary>
    public static long Received(PagesHost host)
    {
        var id = Conclude(host, Open(host));
        Sign(host, id);
        Do(host, id, new SendConclusion(host.Work.Now, Clerk(host), Channel.System));
        return id;
    }

    /// <summary>A conclusion to which the provider objected.</summary>
    public static long Objected(PagesHost host)
    {
        var id = Received(host);
        Do(host, id, new ObjectToConclusion(host.Work.Now, new(Party.Provider, SampleRecords.BigProvider, ""), Channel.System, ["К-18/26 бойынша келіспейміз"]));
        return id;
    }

    public static void Sign(PagesHost host, long id)
    {
        host.Work.Papers.MakeAll();
        var paper = host.Work.Papers.ConclusionOf(id)!;
        host.Work.Documents.RegisterPaper(paper.Code, 1, SigningSide.Fund, new(Scan, LocalDay.Of(host.Work.Now), "Филиал сарапшысы", null, Expert), null);
        Do(host, id, new SignConclusion(host.Work.Now, Clerk(host)));
    }

    public static Actor Clerk(PagesHost host) => new(Party.Fund, Expert, host.Work.RegionOf(SampleRecords.BigProvider)!);

    private static SentLine Line(string card, string code, long sum) => new(card, card, CaseSamples.Person, new(2026, 9, 3), "specialist", [code], sum, false, false);

    private static void Taken(Refusal? refusal)
    {
        if (refusal is not null)
        {
            throw new InvalidOperationException(refusal.Text.En);
        }
    }
}
