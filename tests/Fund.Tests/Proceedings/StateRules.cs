using Kepil.Fund.Proceedings;
using Xunit;

namespace Kepil.Tests.Proceedings;

/// <summary>What holds for every case after every command, by the model and by itself.</summary>
internal static class StateRules
{
    private static readonly Dictionary<string, Stage[]> Places = new()
    {
        ["branch"] = [Stage.BranchQueue, Stage.BranchReview], ["documents"] = [Stage.AwaitingDocuments], ["held"] = [Stage.Held],
        ["await objection"] = [Stage.AwaitingObjection], ["first"] = [Stage.ReviewQueue, Stage.FirstReview], ["look"] = [Stage.LookQueue, Stage.SecondLook], ["head"] = [Stage.HeadDecision],
        ["await repeat"] = [Stage.AwaitingRepeat], ["second"] = [Stage.RepeatQueue, Stage.SecondReview], ["again"] = [Stage.ReReviewQueue, Stage.ReReview],
        ["await disagreement"] = [Stage.AwaitingDisagreement], ["central"] = [Stage.CentralQueue, Stage.CentralReview], ["recorded"] = [Stage.Recorded], ["explained"] = [Stage.Explained],
    };

    /// <summary>A case to which something happened.</summary>
    /// <param name="exact">Whether this was the only case that was given to somebody, so that loads can be compared.</param>
    public static void Check(NaiveProcedure model, NaiveCase of, Proceeding? before, Proceeding state, bool exact)
    {
        if (of.IsReview && state.Reviewer != of.Reviewer)
        {
            Given(model, of, state, exact);
        }

        Same(of, state);

        // S1: nobody free is a named escalation, never a quiet breach and never somebody who could have been named.
        if (of.IsReview && state.Reviewer == 0 && state.Owner == Party.Fund)
        {
            Assert.Contains(state.Due!.Name, new[] { TermName.Reassignment });
        }

        // D2: a running term never becomes shorter.
        if (before is { Due: { } was } && state is { Due: { } now } && was.Name == now.Name && was.Start == now.Start && before.Since == state.Since)
        {
            Assert.True(now.Last >= was.Last, "a term became shorter");
        }

        // W1: an end is an end.
        Assert.True(before is null || !before.IsFinal || before.Stage == state.Stage && before.Effect == state.Effect, "a final state moved");
        // W3, I3: an overdue review takes nothing.
        Assert.True(!state.IsOverdue || state.Effect == Effect.None);
    }

    /// <summary>The product's case is where the model's is.</summary>
    public static void Same(NaiveCase of, Proceeding state)
    {
        if (!(Places.TryGetValue(of.At, out var stages) ? stages.Contains(state.Stage) : of.At == ProceedingJson.Word(state.Stage)))
        {
            Assert.Fail($"the model says {of.At}, the product {state.Stage}");
        }

        Assert.Equal(of.Money, state.Effect switch { Effect.Reduce => "reduced", Effect.PayInFull => "full", _ => "open" });
        // W9: an owner and a term, unless it has ended.
        Assert.Equal(of.IsFinal, state.Due is null);
        Assert.Equal(of.IsFinal, state.IsFinal);
        Assert.Equal(of.IsLate, state.IsOverdue);
        if (!of.IsFinal && !(of.IsReview && (of.IsLate || of.Reviewer == 0)))
        {
            if (of.Last != state.Due!.Last)
            {
                Assert.Fail($"the model's term at {of.At} from {of.From} ends on {of.Last}, the product's on {state.Due.Last} ({state.Due.Name} from {state.Due.Start})");
            }

            Assert.Equal(NaiveProcedure.End(of), state.Due.EndsAt);
        }

        Assert.Equal(of.IsWithProvider, state.Stage.IsWithProvider());
        Assert.True(!of.IsWithProvider || state.Owner == Party.Provider);
    }

    /// <summary>M2: billed is payable, withheld and in dispute; what exceeds a line is debt; M3: general findings take nothing.</summary>
    public static void Money(IEnumerable<NaiveCase> cases, PayableSums sums)
    {
        var (withheld, most, debt) = ((Int128)0, (Int128)0, (Int128)0);
        foreach (var line in cases.Where(c => c.Way != "general").GroupBy(c => c.Line))
        {
            Int128 Largest(Func<NaiveCase, bool> counts) => line.Where(counts).Select(c => (Int128)c.Risk).DefaultIfEmpty().Max();
            var bill = (Int128)line.First().Bill;
            var taken = Largest(c => c.Money == "reduced");
            withheld += Int128.Min(taken, bill);
            debt += Int128.Max(0, taken - bill);
            most += Int128.Min(bill, Largest(c => c.Money == "reduced" || !c.IsFinal));
        }

        Assert.Equal((withheld, most - withheld, debt), ((Int128)sums.Withheld, (Int128)sums.InDispute, (Int128)sums.Debt));
        Assert.Equal((Int128)sums.Billed, (Int128)sums.Payable + sums.Withheld + sums.InDispute);
        Assert.True(sums.Payable >= 0);
    }

    /// <summary>S1, S2: the one who was named is one of those whom the route allows, and none of them had less to do.</summary>
    public static void Given(NaiveProcedure model, NaiveCase of, Proceeding state, bool exact)
    {
        if (of.Reviewer != 0)
        {
            of.TakenFrom.Add(of.Reviewer);
            of.Reviewer = 0;
        }

        if (state.Reviewer == 0)
        {
            return;
        }

        var fit = model.Eligible(of);
        Assert.True(fit.Exists(e => e.Id == state.Reviewer), $"{state.Reviewer} was given what only {string.Join(", ", fit.Select(e => e.Id))} may review at {of.At}");
        if (exact)
        {
            int Load(long id) => model.Cases.Values.Count(c => c != of && c.Reviewer == id);
            Assert.True(fit.TrueForAll(e => Load(e.Id) >= Load(state.Reviewer)), $"{state.Reviewer} had more to do than another at {of.At}");
        }

        model.Given(of, state.Reviewer);
    }
}
