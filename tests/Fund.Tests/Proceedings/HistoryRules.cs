using Kepil.Fund.Proceedings;
using Xunit;

namespace Kepil.Tests.Proceedings;

/// <summary>What holds for a whole history, read from its events alone.</summary>
internal static class HistoryRules
{
    public static void Check(Proceeding state, IReadOnlyList<ProceedingEvent> history)
    {
        var replayed = Proceeding.Replay(history);
        // The table keeps moments to the millisecond, the events as the clock gave them.
        replayed = replayed with { Since = Millisecond(replayed.Since), ObjectionReceivedAt = replayed.ObjectionReceivedAt is { } came ? Millisecond(came) : null };
        Assert.Equal(replayed with { FrozenAt = state.FrozenAt, ShownAt = state.ShownAt, DetectedAt = state.DetectedAt }, state);
        var shown = Assert.IsType<FindingShown>(history[0]);
        Assert.True(shown.SnapshotAt <= shown.ShownAt);
        Assert.True(history.Count(e => e.To is { Effect: not Effect.None }) <= 1, "money moved twice");
        Assert.True(history.Count(e => e is SilenceConfirmed) <= 1, "silence confirmed twice");
        Assert.True(shown.Track != Track.General || history.All(e => e.To is null or { Effect: Effect.None }), "a general finding moved money");

        ProceedingEvent? before = null;
        var confirmedFirst = 0L;
        var first = "";
        foreach (var e in history)
        {
            switch (e)
            {
                case CaseDecided decided:
                    Assert.False(string.IsNullOrWhiteSpace(decided.Reasons));
                    Assert.True(decided.Stage is Stage.BranchReview or Stage.ReReview || decided.By.Region != "75", $"{decided.By.Id} of the region decided at {decided.Stage}");
                    Assert.True(decided.Stage is not (Stage.BranchReview or Stage.ReReview) || decided.By.Region == "75", $"{decided.By.Id} of another region decided at {decided.Stage}");
                    Assert.True(decided.To!.Effect != Effect.Reduce || !decided.Agreed);
                    if (decided.Stage == Stage.BranchReview && !decided.Agreed)
                    {
                        confirmedFirst = decided.By.Id;
                    }

                    if (decided.Stage == Stage.FirstReview)
                    {
                        first = $"{decided.By.Id}";
                    }

                    Assert.True(decided.Stage != Stage.SecondReview || $"{decided.By.Id}" != first, "the same person reviewed twice");
                    Assert.True(decided.Stage != Stage.SecondReview || !decided.Agreed || decided.To.Stage == Stage.CentralQueue, "the central office was passed over");
                    break;
                case ReviewerAssigned { Route: Route.SameEmployee } assigned:
                    Assert.True(confirmedFirst == 0 || assigned.Reviewer == confirmedFirst || assigned.Ground.Inputs["concession"].Contains("substitute", StringComparison.Ordinal), "another employee without a word");
                    break;
                case ObjectionFiled filed:
                    Assert.True(filed.Due.Includes(filed.ReceivedAt), "an objection was taken late");
                    break;
                case SilenceConfirmed silent:
                    Assert.True(!silent.Due.Includes(silent.At), "silence confirmed before the end of the term");
                    break;
                case ReviewOverdue or ReviewTakenBack or CaseEscalated or NobodyWasFree:
                    Assert.Equal(Effect.None, e.To!.Effect);
                    break;
            }

            Assert.False(before?.To is { } stood && stood.Stage.IsFinal() && e.To is not null, "something followed the end");
            before = e.To is null ? before : e;
        }
    }

    private static DateTimeOffset Millisecond(DateTimeOffset moment) => DateTimeOffset.FromUnixTimeMilliseconds(moment.ToUnixTimeMilliseconds());
}
