using Kepil.Fund.Desk;
using Kepil.Fund.Proceedings;
using Kepil.Fund.Unscheduled;
using Kepil.Tests.Documents;
using Kepil.Tests.Law;
using Xunit;

namespace Kepil.Tests.Unscheduled;

/// <summary>Conclusions on mortality filled from the proceedings of deaths, on SQLite.</summary>
public sealed class DeathTests() : DeathCases(false)
{
    [Theory]
    [InlineData("2026-01-05", "2026-10-04", "8 ай 29 күн")]
    [InlineData("2026-01-31", "2026-02-28", "1 ай 0 күн")]
    [InlineData("2026-01-31", "2026-03-01", "1 ай 1 күн")]
    [InlineData("2025-10-05", "2026-10-04", "11 ай 29 күн")]
    [InlineData("2025-10-05", "2026-10-05", "1 жас")]
    [InlineData("1960-10-06", "2026-10-05", "65 жас")]
    public void The_age_of_an_infant_is_told_in_months_and_days(string born, string died, string age) => Assert.Equal(age, DeathWork.AgeOf(TheLaw.Day(born), TheLaw.Day(died)));
}

/// <summary>The same on PostgreSQL.</summary>
public sealed class DeathPostgresTests() : DeathCases(true);

/// <summary>What conclusions on mortality must be on either database.</summary>
public abstract class DeathCases(bool postgres)
{
    private static readonly SentMortality Written = new(
        "реанимация", null, null, null, "шағымдары ауыр", "жағдайы ауыр", "талдаулар", "пневмония", "қарқынды терапия", null, "асқыну", "бақылау", [new("Сарапшыев А.", "неонатолог", "неонатология", "жоғары", null, "77")]);

    [Theory]
    [InlineData(Death.InfantInpatient)]
    [InlineData(Death.InfantOutpatient)]
    [Proves("MON-321:49")]
    public void Each_infant_death_gets_its_conclusion_filled_with_what_is_known(Death kind)
    {
        using var stand = new DutyStand(postgres);
        var line = stand.Lines(1)[0];
        var death = stand.Show(line, "9.0", line.Amount, kind);
        Assert.Equal("not_possible_now", Conclude(stand, death));
        Assert.Empty(stand.Documents.About(DeathWork.SubjectOf(death)));
        if (kind == Death.InfantOutpatient)
        {
            stand.Proceedings.Act(death, new RequestDocuments(Reviewer(stand, death), stand.Now, "the card"), stand.Terms, "user:3");
            stand.Proceedings.Act(death, new SendDocuments(new(Party.Provider, DutyStand.Provider, ""), stand.Now, stand.Now, [new("h", "card.pdf")]), stand.Terms, "key:1");
        }

        Assert.False(stand.Proceedings.Act(death, new DecideCase(Reviewer(stand, death), stand.Now, Stage.BranchReview, false, "by the protocol", []), stand.Terms, "user:3").IsRefused);
        Assert.Equal(death, Assert.Single(stand.Work.Deaths.Of(DutyStand.Region, true, 0, 10)).Id);
        Assert.Empty(stand.Work.Deaths.Of("55", false, 0, 10));
        Assert.Equal("mortality_facts_missing", Conclude(stand, death, Written with { Anamnesis = " " }));

        Assert.Null(Conclude(stand, death));

        Assert.True(stand.Proceedings.Find(death)!.HasConclusion);
        Assert.Empty(stand.Work.Deaths.Of(DutyStand.Region, true, 0, 10));
        var paper = stand.Documents.Newest(DeathWork.SubjectOf(death))!;
        Assert.Equal(paper.Version.DocxHash, stand.Proceedings.History(death).OfType<ConclusionAttached>().Single().Conclusion.Hash);
        var text = string.Join('\n', ReadBack.Docx(stand.Documents.Files.Read(paper.Version.DocxHash)));
        Assert.All(["Филиал сарапшысы", "Сарапшыев А., неонатолог, неонатология, жоғары, № 77", "реанимация", line.Person.ToString("D12", null), "J18.9", "пневмония", "9.0", "қаралуда", paper.Code.ToString()], word => Assert.Contains(word, text, StringComparison.Ordinal));
        Assert.Equal("not_possible_now", Conclude(stand, death));
        Assert.Single(stand.Documents.About(DeathWork.SubjectOf(death)));
    }

    [Fact]
    [Proves("MON-321:49")]
    public void The_branch_of_another_region_makes_no_conclusion()
    {
        using var stand = new DutyStand(postgres);
        var line = stand.Lines(1)[0];
        var death = stand.Show(line, "9.0", line.Amount, Death.Inpatient);
        stand.Proceedings.Act(death, new DecideCase(Reviewer(stand, death), stand.Now, Stage.BranchReview, false, "by the protocol", []), stand.Terms, "user:3");
        // Of an adult it may be made, and is not owed.
        Assert.Empty(stand.Work.Deaths.Of(DutyStand.Region, true, 0, 10));
        DemoUsers.AddOfBranch(stand.Desk, Role.BranchExpert, "55", TheLaw.Book.Regions);
        var elsewhere = stand.Desk.Users().Single(u => u.Role == Role.BranchExpert && u.Region == "55");

        Assert.Equal("wrong_party", stand.Work.ConcludeDeath(stand.Word(), new(elsewhere, true, null), death, Written, "en").Receipt.Refusal);
        Assert.Empty(stand.Documents.About(DeathWork.SubjectOf(death)));
        Assert.Null(Conclude(stand, death));
    }

    private static string? Conclude(DutyStand stand, long death, SentMortality? written = null) => stand.Work.ConcludeDeath(stand.Word(), stand.ExpertVisitor, death, written ?? Written, "en").Receipt.Refusal;

    private static Actor Reviewer(DutyStand stand, long death) => new(Party.BranchReviewer, stand.Proceedings.Find(death)!.Reviewer, DutyStand.Region);
}
