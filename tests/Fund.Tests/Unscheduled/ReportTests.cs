using Kepil.Fund.Desk;
using Kepil.Fund.Documents;
using Kepil.Fund.Inbox;
using Kepil.Fund.Proceedings;
using Kepil.Fund.Unscheduled;
using Kepil.Law;
using Kepil.Tests.Documents;
using Kepil.Tests.Law;
using Kepil.Tests.Proceedings;
using Xunit;

namespace Kepil.Tests.Unscheduled;

/// <summary>Reports of branches filled from what is stored, on SQLite.</summary>
public sealed class ReportTests() : ReportCases(false);

/// <summary>The same on PostgreSQL.</summary>
public sealed class ReportPostgresTests() : ReportCases(true);

/// <summary>What reports must be on either database.</summary>
public abstract class ReportCases(bool postgres)
{
    [Fact]
    [Proves("MON-321:16")]
    public void The_quarter_falls_due_once_for_each_branch_and_its_sums_are_those_of_the_bills()
    {
        using var stand = new DutyStand(postgres);
        var lines = stand.Lines(5);
        var dice = new Random(20261005);
        foreach (var line in lines)
        {
            // Several findings of one line cost what the dearest costs, and one of them exceeds its bill.
            foreach (var code in new[] { "5.1", "3.3", "12.3", "10.0" }.Take(dice.Next(1, 5)))
            {
                stand.Show(line, code, code == "5.1" ? 3 * line.Amount : dice.NextInt64(0, line.Amount));
            }
        }

        var lost = stand.Show(stand.Lines(6)[5], "12.3", 1_000);
        stand.Proceedings.Act(lost, new FileObjection(new(Party.Provider, DutyStand.Provider, ""), stand.Now, stand.Now, "the visit took place", []), stand.Terms, "key:1");
        stand.Silence("2026-10-13");
        // A conclusion of unscheduled monitoring that took effect stands in the report too.
        foreach (var act in new ConclusionCommand[]
        {
            CaseSamples.Draft(stand.Now, DutyStand.Clerk, DutyStand.Provider, "C-1"), new SignConclusion(stand.Now, DutyStand.Clerk), new SendConclusion(stand.Now, DutyStand.Clerk, Channel.System),
            new AcceptConclusion(stand.Now, new(Party.Provider, DutyStand.Provider, "")),
        })
        {
            Assert.Null(stand.Store.Act(501, "C-1", act, stand.Terms).Refusal);
        }

        stand.Work.Run(Assert.Fail);
        Assert.Empty(stand.Store.Cases("report", 0, 100));

        stand.MoveTo("2027-01-01 00:01");
        Enumerable.Range(0, 3).Select(_ => stand.Another()).ToList().AsParallel().WithDegreeOfParallelism(3).ForAll(w => w.Reports.FallDue());
        Assert.Equal(["Q-55-2026-4", "Q-61-2026-4"], stand.Store.Cases("report", 0, 100).Select(c => c.Number).Order());
        var report = stand.Store.CaseOf("report", "Q-61-2026-4")!.Id;
        Assert.Null(stand.Work.PrepareReport(stand.Word(), stand.ExpertVisitor, report, "en").Receipt.Refusal);

        var state = stand.Store.ReportOf(report)!;
        var bill = stand.Proceedings.PayableOf(new(2026, 10, 1), DutyStand.Provider, lines.Sum(l => l.Amount) + stand.Lines(6)[5].Amount, "max");
        var conclusion = stand.Store.ConclusionOf(501)!.Applied!.Withheld.Tiyn;
        Assert.Equal(bill.Withheld + bill.Debt + conclusion, state.Rows.Sum(r => r.Sum.Tiyn));
        Assert.Equal(Naive(stand) + conclusion, state.Rows.Sum(r => r.Sum.Tiyn));
        Assert.True(bill.InDispute > 0);
        var paper = stand.Documents.Newest(CasePapers.SubjectOf("report", report))!;
        Assert.Contains(new Money(bill.Withheld + bill.Debt + conclusion).Digits(), string.Join('\n', ReadBack.Docx(stand.Documents.Files.Read(paper.Version.DocxHash))), StringComparison.Ordinal);
        Assert.Empty(ReadBack.Complaints(stand.Documents.Files.Read(paper.Version.XlsxHash), true));

        // The head is told that it is owed and, after ten working days of January, that it is late: each once, by its number.
        Assert.Equal("Q-61-2026-4", stand.Store.CaseOf(report)!.Number);
        var inbox = new InboxStore(stand.Desk);
        var round = new InboxRound(inbox, stand.Proceedings, stand.Desk, _ => stand.Terms, (now, users) => BranchNotes.Of(stand.Work.Owed(), now, users));
        round.Run();
        stand.MoveTo("2027-01-29");
        var watch = new UnscheduledWatch(stand.Store, stand.Clock, _ => stand.Terms);
        Assert.Equal(2, watch.Run().Closed);
        Assert.Equal(0, watch.Run().Closed);
        round.Run();
        round.Run();
        var head = stand.Desk.Users().Single(u => u.Role == Role.BranchHead).Id;
        var told = inbox.Of(head, 100).Where(n => n.CaseId == report).OrderBy(n => n.Kind).ToList();
        Assert.Equal([NoteKind.ReportOwed, NoteKind.FundActOverdue], told.Select(n => n.Kind));
        Assert.Equal(["№ Q-61-2026-4 ақпаратты 19.01.2027 дейін жіберу керек", "Мерзімі 19.01.2027 өтті: № Q-61-2026-4 ақпарат"], told.Select(n => NoteText.Of(n).Kk));
        Assert.Null(stand.Work.SendReport(stand.Word(), stand.ExpertVisitor, report, "en").Receipt.Refusal);
        Assert.Null(stand.Work.AcknowledgeReport(stand.Word(), stand.ExpertVisitor, report, new("12-3"), "en").Receipt.Refusal);
        Assert.Equal((ReportStage.Acknowledged, "12-3", true), (stand.Store.ReportOf(report)!.Stage, stand.Store.ReportOf(report)!.AcknowledgedBy, stand.Store.ReportOf(report)!.IsOverdue));
        Assert.DoesNotContain(stand.Work.Owed(), o => o.Id == report);
    }

    [Fact]
    [Proves("MON-321:17")]
    public void A_marked_finding_is_reported_to_the_state_body_within_ten_working_days_disputed_or_not()
    {
        using var stand = new DutyStand(postgres);
        var line = stand.Lines(1)[0];
        var marked = stand.Show(line, "12.3", line.Amount);
        stand.MoveTo("2026-10-07");

        Assert.Equal("without_reasons", stand.Work.MarkForMeasures(stand.Word(), stand.ExpertVisitor, marked, new(" "), "en").Receipt.Refusal);
        var report = stand.Work.MarkForMeasures(stand.Word(), stand.ExpertVisitor, marked, new("no licence"), "en").Receipt.CaseId;
        Assert.Equal("closed", stand.Work.MarkForMeasures(stand.Word(), stand.ExpertVisitor, marked, new("again"), "en").Receipt.Refusal);
        Assert.Null(stand.Work.PrepareReport(stand.Word(), stand.ExpertVisitor, report, "en").Receipt.Refusal);

        var state = stand.Store.ReportOf(report)!;
        Assert.Equal(TheLaw.Day("2026-10-19"), state.Term.Last);
        var row = Assert.Single(state.Rows);
        Assert.Equal((marked, true, line.Amount, "no licence"), (row.FindingId, row.IsDisputed, row.Sum.Tiyn, row.What));
        var text = string.Join('\n', ReadBack.Docx(stand.Documents.Files.Read(stand.Documents.Newest(CasePapers.SubjectOf("report", report))!.Version.DocxHash)));
        Assert.Contains("дауланып жатыр", text, StringComparison.Ordinal);

        // Put together anew after it became final, it is a corrected version.
        stand.Silence("2026-10-14");
        Assert.Null(stand.Work.PrepareReport(stand.Word(), stand.ExpertVisitor, report, "en").Receipt.Refusal);
        Assert.False(stand.Store.ReportOf(report)!.Rows[0].IsDisputed);
        Assert.Equal(2L, stand.Documents.Newest(CasePapers.SubjectOf("report", report))!.Version.Version);
    }

    /// <summary>What confirmed cases take: on each line the dearest of those confirmed by silence, out of their events.</summary>
    private static long Naive(DutyStand stand)
    {
        using var db = stand.Proceedings.Context();
        var taken = new Dictionary<long, long>();
        foreach (var id in db.Proceedings.Select(p => p.Id).ToList())
        {
            var history = stand.Proceedings.History(id);
            if (history.OfType<SilenceConfirmed>().Any() && history[0] is FindingShown shown)
            {
                taken[shown.LineId] = Math.Max(taken.GetValueOrDefault(shown.LineId), shown.AtRisk);
            }
        }

        return taken.Values.Sum();
    }
}
