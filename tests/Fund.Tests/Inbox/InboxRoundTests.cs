using Kepil.Fund.Inbox;
using Kepil.Fund.Proceedings;
using Kepil.Tests.House;
using Xunit;

namespace Kepil.Tests.Inbox;

/// <summary>Who is told what, when, and only once.</summary>
public sealed class InboxRoundTests
{
    [Fact]
    public void A_reviewer_is_told_on_arrival_before_the_end_and_on_the_last_morning_each_once()
    {
        using var trial = new TrialInbox();
        trial.Open(1);
        trial.Object(1);
        trial.Round();
        Assert.Equal([NoteKind.ReviewArrived], trial.Told(trial.Reviewer));
        var last = LocalDay.Of(trial.Cases.Find(1)!.Due!.EndsAt.AddTicks(-1));
        Assert.Equal(new DateOnly(2025, 9, 22), last);

        foreach (var moment in new[] { "2025-09-17 09:00", "2025-09-18 07:59", "2025-09-18 08:00", "2025-09-18 20:00", "2025-09-19 08:00", "2025-09-21 12:00", "2025-09-22 07:00", "2025-09-22 08:01", "2025-09-22 23:00" })
        {
            trial.MoveTo(moment);
            trial.Round();
            trial.Round();
        }

        Assert.Equal([NoteKind.ReviewArrived, NoteKind.TwoDaysLeft, NoteKind.OneDayLeft, NoteKind.LastDay], trial.Told(trial.Reviewer));
    }

    [Fact]
    public void Cases_that_end_together_come_to_a_reviewer_as_one_note()
    {
        using var trial = new TrialInbox();
        trial.Open(3);
        trial.Object(1);
        trial.Object(2);
        trial.Round();
        trial.Inbox.Read(trial.Reviewer, null);
        trial.Object(3);

        trial.Round();

        var note = Assert.Single(trial.Inbox.Of(trial.Reviewer, 10));
        Assert.Equal((NoteKind.ReviewArrived, 3L, (long?)null), (note.Kind, note.Count, note.ReadAt));
        Assert.Contains("3 іс", NoteText.Of(note).Kk, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_late_is_told_to_the_reviewer_and_the_head_of_his_branch()
    {
        using var trial = new TrialInbox();
        trial.Open(1);
        trial.Object(1);
        trial.MoveTo("2025-09-23 01:00");
        new ProceedingWatch(trial.Cases, trial.Clock, _ => trial.Terms).Run("test");

        trial.Round();

        Assert.Contains(NoteKind.ReviewOverdue, trial.Told(trial.Reviewer));
        Assert.Equal([NoteKind.ReviewOverdue], trial.Told(trial.Head));
        Assert.Empty(trial.Told(trial.OtherHead));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_month_of_findings_is_one_note_for_the_provider_and_unread_again_when_there_are_more(bool postgres)
    {
        using var trial = new TrialInbox(postgres);
        trial.Open(30);
        trial.Round();
        var note = Assert.Single(trial.Inbox.Of(trial.OfProvider, 10));
        Assert.Equal((NoteKind.AnswerAwaited, 30L), (note.Kind, note.Count));
        trial.Inbox.Read(trial.OfProvider, note.Id);
        Assert.Equal(0, trial.Inbox.Unread(trial.OfProvider));

        trial.Open(40);
        trial.Round();

        Assert.Equal((1, 40L), (trial.Inbox.Unread(trial.OfProvider), Assert.Single(trial.Inbox.Of(trial.OfProvider, 10)).Count));
    }

    [Fact, Proves("MON-321:27")]
    public void The_provider_learns_of_the_final_decision()
    {
        using var trial = new TrialInbox();
        trial.Open(2);
        trial.MoveTo("2025-09-23 01:00");
        new ProceedingWatch(trial.Cases, trial.Clock, _ => trial.Terms).Run("test");

        trial.Round();

        Assert.Contains(trial.Inbox.Of(trial.OfProvider, 10), n => n.Kind == NoteKind.Confirmed && n.Count == 2);
    }

    [Fact]
    public void A_handover_waits_in_the_inbox_of_those_who_may_confirm_it_and_not_of_the_one_who_asked()
    {
        using var trial = new TrialInbox();
        trial.Open(1);
        trial.Object(1);
        trial.Cases.AskHandover(1, 900, "user:900", "ill", trial.Clock.GetUtcNow());

        trial.Round();

        Assert.Equal([NoteKind.HandoverWaits], trial.Told(trial.Head));
        Assert.Empty(trial.Told(trial.OtherHead));
    }
}
