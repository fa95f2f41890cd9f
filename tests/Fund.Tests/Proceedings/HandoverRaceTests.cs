using Kepil.Fund.Proceedings;
using Xunit;

namespace Kepil.Tests.Proceedings;

/// <summary>Two heads who answer the same wish at the same moment, on both databases.</summary>
public sealed class HandoverRaceTests
{
    private const int Wishes = 25;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    [Proves("MON-321:28")]
    public async Task One_answer_wins_and_the_other_head_is_told(bool postgres)
    {
        using var trial = new TrialStore(postgres);
        trial.Open(Wishes);
        trial.MoveTo("2025-09-16");
        for (var id = 1; id <= Wishes; id++)
        {
            trial.Object(id, trial.Now);
            Assert.Null(trial.Store.AskHandover(id, 800, "user:800", "ill", trial.Now));
        }

        var terms = trial.Terms;
        foreach (var wish in trial.Store.Handovers())
        {
            using var both = new Barrier(2);
            Refusal? Answer(long head, bool confirmed)
            {
                var store = trial.Another();
                both.SignalAndWait(TestContext.Current.CancellationToken);
                return store.AnswerHandover(wish.Id, head, $"user:{head}", confirmed, terms, trial.Now);
            }

            var answers = await Task.WhenAll(Task.Run(() => Answer(801, true)), Task.Run(() => Answer(802, false)));

            Assert.Equal("handover_answered", Assert.Single(answers.OfType<Refusal>()).Reason);
            var (kept, taken) = (trial.Store.Handover(wish.Id)!, trial.Store.History(wish.ProceedingId).OfType<ReviewTakenBack>().Count());
            Assert.Equal(answers[0] is null ? ("confirmed", 801L, 1) : ("refused", 802L, 0), (kept.Answer, kept.AnsweredBy!.Value, taken));
        }

        Assert.True(trial.Journal.Verify([]).IsSound);
    }
}
