using Kepil.Fund.Inbox;
using Kepil.Fund.Proceedings;
using Kepil.Fund.Unscheduled;
using Kepil.Law;
using Kepil.Tests.Law;
using Kepil.Tests.Proceedings;
using Kepil.Tests.Unscheduled;
using Xunit;

namespace Kepil.Tests.Inbox;

/// <summary>A day off that becomes known moves running terms: each stands in the journal with both last moments, and those whose act it is are told.</summary>
public sealed class MovedNotesTests : IDisposable
{
    private readonly string _law = TheLaw.Copy();

    public void Dispose() => Directory.Delete(_law, true);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    [Proves("MON-321:9.1")]
    public void Another_calendar_moves_running_terms_once_and_those_concerned_are_told(bool postgres)
    {
        // The government moves a day off to Friday the 19th; nobody knows before the 18th.
        var file = Path.Combine(_law, "calendar", "2025.yaml");
        File.WriteAllText(file, File.ReadAllText(file).Replace("worked:\n", "  - { on: 2025-09-19, because: 2025-09-20, known: 2025-09-18 }\nworked:\n", StringComparison.Ordinal));
        var terms = new TermsByDay(LawBook.Open(_law));
        using var trial = new TrialInbox(postgres);
        var papers = UnscheduledStore.Of(trial.Desk);
        int Round() => new InboxRound(trial.Inbox, trial.Cases, trial.Desk, terms.At).Run();
        void Watch()
        {
            new ProceedingWatch(trial.Cases, trial.Clock, terms.At).Run();
            new UnscheduledWatch(papers, trial.Clock, terms.At).Run();
        }

        trial.Open(2);
        trial.MoveTo("2025-09-16 10:00");
        var at = trial.Clock.GetUtcNow();
        foreach (var act in new ConclusionCommand[]
        {
            new DraftConclusion(at, Trial.Clerk, Trial.Head() with { ProviderId = TrialInbox.Provider, Signers = [7] }, [Trial.Line()], []), new SignConclusion(at, Trial.Clerk), new SendConclusion(at, Trial.Clerk, Channel.System),
        })
        {
            Assert.Null(papers.Act(1, "75/1", act, terms.At(at)).Refusal);
        }

        Watch();
        Round();
        Assert.Equal((TheLaw.Day("2025-09-22"), TheLaw.Day("2025-09-19")), (trial.Cases.Find(1)!.Due!.Last, papers.ConclusionOf(1)!.Next!.Term.Last));
        Assert.DoesNotContain(NoteKind.TermMoved, trial.Told(trial.OfProvider));

        trial.MoveTo("2025-09-18 10:00");
        for (var round = 0; round < 3; round++)
        {
            Watch();
            Round();
        }

        Assert.Equal((TheLaw.Day("2025-09-23"), TheLaw.Day("2025-09-22")), (trial.Cases.Find(1)!.Due!.Last, papers.ConclusionOf(1)!.Next!.Term.Last));
        var moved = Assert.Single(trial.Cases.History(1).OfType<TermExtended>());
        Assert.Equal(("MON-321:26", "calendar"), (moved.Ground.Paragraph.ToString(), moved.Ground.Inputs["cause"]));
        Assert.Contains(moved.To!.Term!.Skipped, d => d.Day == TheLaw.Day("2025-09-19"));
        Assert.Single(papers.ConclusionEvents(1).OfType<TermsMoved>());

        var told = trial.Inbox.Of(trial.OfProvider, 100).Where(n => n.Kind == NoteKind.TermMoved).Select(n => NoteText.Of(n).En).Order(StringComparer.Ordinal).ToList();
        Assert.Equal(["A term moved: 2 cases, from 22.09.2025 to 23.09.2025", "A term moved: case No. 75/1, from 19.09.2025 to 22.09.2025"], told);
        Assert.DoesNotContain(NoteKind.TermMoved, trial.Told(trial.Reviewer));

        var journal = trial.Desk.Journal.Read().Where(e => e.Act is "TermsCountedAgain" or "TermsMoved").ToList();
        Assert.Equal(["TermsCountedAgain", "TermsMoved"], journal.Select(e => e.Act).Order(StringComparer.Ordinal));
        Assert.All(journal, e => Assert.Contains("\"moved\":[{\"id\":1,", e.Detail, StringComparison.Ordinal));
        // The last moments before and after: the nights after the 22nd and the 23rd of September in Kazakhstan.
        Assert.All(new[] { moved.From.EndsAt, moved.To.Term.EndsAt }, moment => Assert.Contains(moment.ToString("yyyy-MM-dd'T'HH:mm:ss", null), journal.Single(e => e.Act == "TermsCountedAgain").Detail, StringComparison.Ordinal));
        Assert.True(trial.Desk.Journal.Verify([]).IsSound);
    }
}
