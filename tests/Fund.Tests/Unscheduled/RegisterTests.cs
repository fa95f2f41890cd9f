using Kepil.Fund.Desk;
using Kepil.Fund.Documents;
using Kepil.Fund.Proceedings;
using Kepil.Fund.Unscheduled;
using Kepil.Law;
using Kepil.Tests.Documents;
using Kepil.Tests.Law;
using Xunit;

namespace Kepil.Tests.Unscheduled;

/// <summary>The register of unconfirmed cases filled from proceedings, on SQLite.</summary>
public sealed class RegisterTests() : RegisterCases(false);

/// <summary>The same on PostgreSQL.</summary>
public sealed class RegisterPostgresTests() : RegisterCases(true);

/// <summary>What the register must be on either database.</summary>
public abstract class RegisterCases(bool postgres)
{
    [Fact]
    [Proves("MON-321:18.1")]
    [Proves("MON-321:A2")]
    public void What_became_final_stands_in_the_register_once_whoever_enters_it()
    {
        using var stand = new DutyStand(postgres);
        var lines = stand.Lines(6);
        stand.Show(lines[0], "5.1", 3 * lines[0].Amount);
        // The same service under a second code is the same case.
        stand.Show(lines[0], "5.0", lines[0].Amount);
        stand.Show(lines[1], "5.0", lines[1].Amount);
        stand.Show(lines[2], "12.3", lines[2].Amount);
        var disputed = stand.Show(lines[3], "5.1", lines[3].Amount);
        stand.Proceedings.Act(disputed, new FileObjection(new(Party.Provider, DutyStand.Provider, ""), stand.Now, stand.Now, "the visit took place", []), stand.Terms, "key:1");
        Assert.Equal(0, stand.Work.Registers.Enter());
        stand.Silence("2026-10-13");

        var works = Enumerable.Range(0, 4).Select(_ => stand.Another()).ToList();
        var entered = works.AsParallel().WithDegreeOfParallelism(4).Sum(w => w.Registers.Enter());

        var rows = stand.Store.Register();
        Assert.Equal(2, entered);
        Assert.Equal(Naive(stand), rows.Select(r => (r.Service, r.PersonId, r.Cost.Tiyn, r.ServedOn, r.ConfirmedOn!.Value)).Order());
        Assert.All(rows, r => Assert.Equal(("C-18", DutyStand.Region), (r.Contract, r.Region)));
        Assert.True(stand.Desk.Journal.Verify([]).IsSound);
    }

    [Fact]
    [Proves("MON-321:A2")]
    public void The_paper_of_a_month_is_made_when_it_is_over_once_and_corrected_when_a_row_comes_later()
    {
        using var stand = new DutyStand(postgres);
        var lines = stand.Lines(3);
        stand.Show(lines[0], "5.1", lines[0].Amount);
        stand.Silence("2026-10-13");
        stand.Work.Run(Assert.Fail);
        Assert.Null(stand.Work.Registers.PaperOf(DutyStand.Region, new(2026, 10, 1)));

        stand.MoveTo("2026-11-01 00:05");
        Enumerable.Range(0, 3).Select(_ => stand.Another()).ToList().AsParallel().WithDegreeOfParallelism(3).ForAll(w => w.Registers.IssueEnded());

        var paper = stand.Work.Registers.PaperOf(DutyStand.Region, new(2026, 10, 1))!;
        Assert.Single(stand.Documents.About(RegisterWork.SubjectOf(DutyStand.Region, new(2026, 10, 1))));
        Assert.Equal(1, paper.Version.Version);
        var text = string.Join('\n', ReadBack.Docx(stand.Documents.Files.Read(paper.Version.DocxHash)));
        Assert.All(
            [lines[0].Person.ToString("D12", null), lines[0].Service.ToString(null, null), new Money(lines[0].Amount).Digits(), paper.Code.ToString(), paper.Version.JournalHead, paper.Entry.Number.Printed()],
            word => Assert.Contains(word, text, StringComparison.Ordinal));
        Assert.Empty(ReadBack.Complaints(stand.Documents.Files.Read(paper.Version.DocxHash), false));
        Assert.Empty(ReadBack.Complaints(stand.Documents.Files.Read(paper.Version.XlsxHash), true));

        var day = TheLaw.Day("2026-10-31");
        stand.Store.Enter(stand.Store.Register()[0] with { FindingId = 999, Service = "999", DetectedOn = day, ConfirmedOn = day }, stand.Terms);
        Assert.Equal(1, stand.Work.Registers.IssueEnded());
        Assert.Equal(0, stand.Work.Registers.IssueEnded());
        Assert.Equal((paper.Code, 2L), (stand.Work.Registers.PaperOf(DutyStand.Region, new(2026, 10, 1))!.Code, stand.Work.Registers.PaperOf(DutyStand.Region, new(2026, 10, 1))!.Version.Version));

        Assert.Equal(1, stand.Store.Strike([999], day));
        Assert.Equal(0, stand.Store.Strike([999], day));
        Assert.Equal(1, stand.Work.Registers.IssueEnded());
        Assert.Single(stand.Store.Register());
    }

    [Fact]
    [Proves("MON-321:19.1")]
    [Proves("MON-321:19.2")]
    [Proves("MON-321:20.3")]
    public void A_conclusion_out_of_the_register_is_weighed_when_it_is_signed_and_its_letter_has_all_grounds()
    {
        using var stand = new DutyStand(postgres);
        // More than 200 indices in October, and again in November.
        var lines = stand.Lines(6);
        foreach (var line in lines.Take(3))
        {
            stand.Show(line, "5.1", 3 * line.Amount);
        }

        stand.Silence("2026-10-13");
        var first = stand.Concluded();
        Assert.Equal("nothing_unconfirmed", stand.Work.ConcludeUnconfirmed(stand.Word(), stand.ExpertVisitor, DutyStand.Provider, new("C-18", CaseSamples.SentFacts, [DutyStand.Expert]), "en").Receipt.Refusal);
        Enumerable.Range(0, 3).Select(_ => stand.Another()).ToList().AsParallel().WithDegreeOfParallelism(3).ForAll(w => w.Limits.Run());

        var number = stand.Store.CaseOf(first)!.Number;
        var month = lines.Take(3).Sum(l => l.Amount);
        var limit = 200 * 432_500L;
        Assert.True(month > limit, $"{month} tiyn");
        var ground = Assert.Single(stand.Store.OutcomeOf(number)!.Notice!.Grounds);
        Assert.Equal((month, limit, TheLaw.Day("2026-10-28")), (ground.Sum.Tiyn, ground.Limit!.Value.Tiyn, ground.Term.Last));
        Assert.Equal(Money.Zero, stand.Store.ConclusionOf(first)!.Current.Withheld);
        var letter = stand.Documents.Newest(LimitWork.SubjectOf(first))!;
        Assert.Contains(new Money(month).Digits(), string.Join('\n', ReadBack.Docx(stand.Documents.Files.Read(letter.Version.DocxHash))), StringComparison.Ordinal);

        // Signs of a crime are one more ground of the same letter, each with its own days.
        var lawyer = new Visitor(stand.Desk.Users().Single(u => u.Role == Role.Lawyer), true, null);
        Assert.Equal("wrong_person", stand.Work.TellCrime(stand.Word(), stand.ExpertVisitor, first, new("forged signatures"), "en").Receipt.Refusal);
        Assert.Null(stand.Work.TellCrime(stand.Word(), lawyer, first, new("forged signatures"), "en").Receipt.Refusal);
        Assert.Equal("crime_known", stand.Work.TellCrime(stand.Word(), lawyer, first, new("again"), "en").Receipt.Refusal);
        Assert.Equal(["MON-321:19.2", "MON-321:19.2"], stand.Store.OutcomeOf(number)!.Notice!.Grounds.Select(g => g.Ground.Paragraph.ToString()));
        Assert.Equal((letter.Code, 2L), (stand.Documents.Newest(LimitWork.SubjectOf(first))!.Code, stand.Documents.Newest(LimitWork.SubjectOf(first))!.Version.Version));
        Assert.Null(stand.Work.SendLetter(stand.Word(), stand.ExpertVisitor, first, "en").Receipt.Refusal);
        Assert.Equal("no_letter_owed", stand.Work.SendLetter(stand.Word(), stand.ExpertVisitor, first, "en").Receipt.Refusal);

        stand.MoveTo("2026-11-03");
        foreach (var line in lines.Skip(3))
        {
            stand.Show(line, "5.1", 3 * line.Amount);
        }

        stand.Silence("2026-11-12");
        var second = stand.Concluded();
        stand.Work.Run(Assert.Fail);
        var outcome = stand.Store.OutcomeOf(stand.Store.CaseOf(second)!.Number)!;
        Assert.True(outcome.Termination!.Stands);
        Assert.Equal((TheLaw.Day("2026-10-01"), TheLaw.Day("2026-11-01")), (outcome.Termination.FirstMonth, outcome.Termination.LaterMonth));
        var standing = stand.Work.Limits.Of(DutyStand.Provider).Single(l => l.Paragraph.Paragraph == "20.1");
        Assert.Equal((lines.Sum(l => l.Amount), 800 * 432_500L), (standing.Sum.Tiyn, standing.Limit.Tiyn));
        Assert.Equal(standing.IsAbove, outcome.Notice!.Grounds.Any(g => g.Ground.Paragraph.Paragraph == "20.1"));

        var central = new Visitor(stand.Desk.Users().Single(u => u.Role == Role.CentralExpert), true, null);
        Assert.Equal("without_reasons", stand.Work.EndContract(stand.Word(), central, second, new(" "), "en").Receipt.Refusal);
        Assert.Null(stand.Work.EndContract(stand.Word(), central, second, new("repeated"), "en").Receipt.Refusal);
        Assert.Equal("closed", stand.Work.EndContract(stand.Word(), central, second, new("repeated"), "en").Receipt.Refusal);
        Assert.False(stand.Work.Limits.TermOf(DutyStand.Provider, "C-18", TheLaw.Day("2026-11-13")).IsInForce(TheLaw.Day("2026-11-13")));
        Assert.True(stand.Desk.Journal.Verify([]).IsSound);
    }

    [Fact]
    [Proves("MON-321:20.3")]
    public void The_contract_of_a_sole_provider_is_not_ended_and_law_enforcement_is_told_all_the_same()
    {
        using var stand = new DutyStand(postgres);
        Assert.Null(stand.Work.NoteSole(stand.Word(), DutyStand.Provider, new("Сайрам ауданы", "стационар", "12", new(2026, 1, 1), null), "en").Receipt.Refusal);
        var lines = stand.Lines(12);
        foreach (var line in lines.Take(6))
        {
            stand.Show(line, "5.1", line.Amount);
        }

        stand.Silence("2026-10-13");
        stand.Concluded();
        stand.Work.Run(Assert.Fail);
        stand.MoveTo("2026-11-03");
        foreach (var line in lines.Skip(6))
        {
            stand.Show(line, "5.1", line.Amount);
        }

        stand.Silence("2026-11-12");
        var second = stand.Concluded();
        stand.Work.Run(Assert.Fail);

        var outcome = stand.Store.OutcomeOf(stand.Store.CaseOf(second)!.Number)!;
        Assert.NotNull(outcome.Notice);
        Assert.Equal("12", outcome.Termination!.BlockedBy!.Entry);
        Assert.Equal("no_termination_ground", stand.Work.EndContract(stand.Word(), new(stand.Desk.Users().Single(u => u.Role == Role.CentralExpert), true, null), second, new("repeated"), "en").Receipt.Refusal);
    }

    /// <summary>The register computed anew out of events and records alone.</summary>
    private static IEnumerable<(string Service, long Person, long Cost, DateOnly On, DateOnly Confirmed)> Naive(DutyStand stand)
    {
        using var db = stand.Proceedings.Context();
        var seen = new HashSet<long>();
        var rows = new List<(string, long, long, DateOnly, DateOnly)>();
        foreach (var id in db.Proceedings.Select(p => p.Id).Order().ToList())
        {
            var (shown, silence) = ((FindingShown)stand.Proceedings.History(id)[0], stand.Proceedings.History(id).OfType<SilenceConfirmed>().SingleOrDefault());
            if (silence is not null && shown.Code.StartsWith("5.", StringComparison.Ordinal) && seen.Add(shown.LineId))
            {
                rows.Add(stand.Records.Query(
                    "SELECT person_id, amount, ended_on FROM known_service WHERE service_id = $1", r => (shown.LineId.ToString(null, null), r.Long(0), r.Long(1), r.Day(2), LocalDay.Of(silence.At)), shown.LineId)[0]);
            }
        }

        return rows.Order();
    }
}
