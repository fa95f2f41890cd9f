using Kepil.Fund.Desk;
using Kepil.Fund.Proceedings;
using Kepil.Fund.Unscheduled;
using Kepil.Law;
using Kepil.Tests.Pages;
using Kepil.Tests.Unscheduled;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Kepil.Tests.Duties;

/// <summary>What the sample's branch owes: reports, a letter, a latent defect, a death, cases that no conclusion holds.</summary>
internal static class DutyCases
{
    public const long Provider = SampleRecords.BigProvider;

    private static int _words;

    /// <summary>Lines of the provider, the dearest first.</summary>
    public static (long Service, string Line, long Amount) Line(PagesHost host, int place) => host.Records.Query(
        "SELECT service_id, line_id, amount FROM known_service WHERE month = DATE '2026-10-01' AND provider_id = $1 ORDER BY amount DESC, service_id LIMIT 60", r => (r.Long(0), r.Text(1), r.Long(2)), Provider)[place];

    /// <summary>A finding on a line, shown now.</summary>
    /// <returns>The number of its proceeding.</returns>
    public static long Show(PagesHost host, int place, string code = "6.2", Death death = Death.None)
    {
        var (store, at, line) = (host.Services.GetRequiredService<ProceedingStore>(), host.Work.Now, Line(host, place));
        var finding = new ShowFinding(
            Actor.System, at, 0, line.Service * 1024, line.Service, Provider, code, CareForm.Drg, Detection.Potential, FoundBy.Algorithm, death, false, new(2026, 10, 20), line.Amount, line.Amount,
            Places.In(host.Work.RegionOf(Provider)!), at, at, "a1b2", at);
        Assert.Equal(1, store.Open([new(finding, new(2026, 10, 1), "rule", "{}", (line.Service * 100) + 7)], host.Work.Terms, "system").Opened);
        return store.OfLine(line.Service)[^1].Id;
    }

    /// <summary>The death of an infant on which the branch has decided: its conclusion is owed.</summary>
    public static long DeathOf(PagesHost host, int place)
    {
        var store = host.Services.GetRequiredService<ProceedingStore>();
        var id = Show(host, place, "9.0", Death.InfantInpatient);
        var state = store.Find(id)!;
        Assert.False(store.Act(id, new DecideCase(new(Party.BranchReviewer, state.Reviewer, state.Territory), host.Work.Now, Stage.BranchReview, false, "картадағы жазба бойынша", []), host.Work.Terms, "user:3").IsRefused);
        return id;
    }

    /// <summary>The report on the quarter that is over.</summary>
    public static long Quarter(PagesHost host)
    {
        var region = host.Work.RegionOf(Provider)!;
        host.Work.Store.FallDue("Q-" + region, BranchReports.Quarter(region, ReportWork.QuarterOf(LocalDay.Of(host.Work.Now)).AddMonths(-3), host.Work.Now, host.Work.Terms));
        return host.Work.Store.CaseOf("report", "Q-" + region)!.Id;
    }

    /// <summary>A signed conclusion on unconfirmed cases above both limits, with the paper of annex 4 beside it: a letter is owed.</summary>
    public static long Above(PagesHost host, string contract = "C-18", long cost = 400_000_000)
    {
        var (by, monitoring) = (host.Desk.Find(VisitCases.Expert)!, VisitCases.Open(host));
        var outcome = host.Work.Conclude(
            Word(host), new(by, true, null), monitoring, Provider,
            new(contract, CaseSamples.SentFacts with { Contracts = [new(contract, new(2025, 12, 28), [], 25_000_000_000)] }, [new("S-" + monitoring, "К-" + monitoring, CaseSamples.Person, new(2026, 9, 3), "specialist", ["5.1"], 100_000, false, false, cost)], [], null), "kk");
        Assert.Null(outcome.Receipt.Refusal);
        var beside = host.Work.Store.CaseOf("conclusion", CaseNumber.OfUnconfirmed(host.Work.Store.CaseOf(outcome.Receipt.CaseId)!.Number))!.Id;
        VisitCases.Sign(host, outcome.Receipt.CaseId);
        VisitCases.Sign(host, beside);
        host.Work.Limits.Run();
        return beside;
    }

    /// <summary>A case that stands in the register and in no conclusion.</summary>
    public static void Open(PagesHost host, int place, string contract = "C-18")
    {
        var (line, today) = (Line(host, place), LocalDay.Of(host.Work.Now));
        host.Work.Store.EnterAll([new(Show(host, place, "5.1"), "5.1", host.Work.RegionOf(Provider)!, Provider, "Емхана", contract, line.Line, CaseSamples.Person, new(2026, 10, 3), new(line.Amount), new(line.Amount), line.Service.ToString(null, null), today, today)], host.Work.Terms);
    }

    /// <summary>A latent defect of which the provider was not told yet.</summary>
    public static long Latent(PagesHost host, int place)
    {
        var outcome = host.Work.FindLatent(Word(host), new(host.Desk.Find(VisitCases.Expert), true, null), Provider, new(Line(host, place).Service, "C-18", "6.2", LocalDay.Of(host.Work.Now).AddDays(-10), true, "картада жазба жоқ", Line(host, place).Amount), "kk");
        Assert.Null(outcome.Receipt.Refusal);
        return outcome.Receipt.CaseId;
    }

    private static ReceivedWord Word(PagesHost host) => new(null, "user:3", "duty" + Interlocked.Increment(ref _words), "act", "hash", host.Work.Now);
}
