using Kepil.Fund.Proceedings;
using Kepil.Law;
using Kepil.Tests.Law;
using Xunit;

namespace Kepil.Tests.Proceedings;

/// <summary>What one employee of the territorial branch releases by himself is looked at again outside the region.</summary>
public sealed class LocalReleaseTests
{
    /// <summary>A death that the branch rejects, one with which it agrees on the objection, and code 11.0.</summary>
    public static TheoryData<string, string, string> Releases { get; } = new()
    {
        { "death", "MON-321:43.1", "rejected_by_branch" }, { "objected death", "MON-321:45.1", "rejected_on_objection" }, { "not in contract", "MON-321:50.1", "rejected_by_branch" },
    };

    [Theory]
    [MemberData(nameof(Releases))]
    [Proves("MON-321:43.1")]
    [Proves("MON-321:45.1")]
    [Proves("MON-321:50.1")]
    public void About_ten_in_a_hundred_are_drawn_and_nobody_of_the_region_looks(string way, string paragraph, string end)
    {
        var drawn = 0;
        for (ulong seed = 0; seed < 2000; seed++)
        {
            var trial = Agreed(way, seed);
            if (trial.State.Stage == Stage.SecondLook)
            {
                drawn++;
                var ordered = trial.History.OfType<SecondLookOrdered>().Single();
                Assert.Equal(("sample", paragraph, "10"), (ordered.Cause, ordered.Ground.Paragraph.ToString(), ordered.Ground.Inputs["local_release_percent"]));
                Assert.NotEqual("75", trial.State.ReviewerRegion);
                Assert.Equal(Effect.None, trial.State.Effect);
                trial.Decide("2025-09-24", agree: true);
            }

            Assert.Equal((end, Effect.PayInFull), (ProceedingJson.Word(trial.State.Stage), trial.State.Effect));
        }

        Assert.InRange(drawn, 150, 250);
    }

    [Theory]
    [MemberData(nameof(Releases))]
    [Proves("MON-321:43.1")]
    [Proves("MON-321:45.1")]
    [Proves("MON-321:50.1")]
    public void A_large_release_is_always_looked_at_and_no_view_withholds_by_itself(string way, string paragraph, string end)
    {
        var trial = Agreed(way, 1, atRisk: 1_000_000_01);

        Assert.Equal("sum", trial.History.OfType<SecondLookOrdered>().Single().Cause);
        trial.Decide("2025-09-24", agree: false);
        Assert.Equal((Stage.HeadDecision, Effect.None), (trial.State.Stage, trial.State.Effect));
        Assert.Equal("wrong_person", trial.Do(new DecideCase(new(Party.Fund, 802, "75"), TrialCase.Moment("2025-09-25"), Stage.HeadDecision, true, "seen", [])).Refusal?.Reason);
        trial.Decide("2025-09-25", agree: true);
        Assert.Equal((end, Effect.PayInFull), (ProceedingJson.Word(trial.State.Stage), trial.State.Effect));
        Assert.Contains(paragraph, trial.History.OfType<CaseDecided>().Select(d => d.Ground.Paragraph.ToString()));
    }

    [Fact]
    [Proves("MON-321:43.2")]
    public void A_head_who_confirms_a_death_without_a_code_has_to_name_one()
    {
        var trial = new TrialCase();
        trial.Do(TrialCase.Finding(code: "", death: Death.InfantInpatient) with { Billed = 2_000_000_00 });
        trial.Decide("2025-09-16", agree: true);
        trial.Decide("2025-09-17", agree: false);

        Assert.Equal("code_missing", trial.Decide("2025-09-18", agree: false).Refusal?.Reason);
        Assert.False(trial.Decide("2025-09-18", agree: false, code: "9.0").IsRefused);
        Assert.Equal((Stage.AwaitingObjection, "9.0", 1000L), (trial.State.Stage, trial.State.Code, trial.State.AtRisk));
    }

    /// <summary>Nothing that the provider can see or try tells a look from the review before it.</summary>
    [Theory]
    [MemberData(nameof(Releases))]
    [Proves("MON-321:33")]
    public void The_provider_cannot_tell_a_look_from_a_review(string way, string paragraph, string end)
    {
        var reviewed = Agreed(way, 1, agree: false);
        var looked = Agreed(way, 1, atRisk: 2_000_000_00);
        Assert.NotEmpty(paragraph + end);
        Assert.Equal(Stage.SecondLook, looked.State.Stage);
        foreach (var _ in Enumerable.Range(0, 2))
        {
            Assert.Equal(Seen(reviewed), Seen(looked));
            Assert.Equal(Tried(reviewed), Tried(looked));
            looked.Decide("2025-09-24", agree: false);
        }
    }

    /// <summary>A case in which the territorial employee agreed, or is about to.</summary>
    private static TrialCase Agreed(string way, ulong seed, long atRisk = 12_345_00, bool agree = true)
    {
        var trial = new TrialCase(sample: "10");
        trial.Do(TrialCase.Finding(code: way == "not in contract" ? "11.0" : "9.0", death: way == "not in contract" ? Death.None : Death.Inpatient, atRisk: atRisk));
        if (way == "objected death")
        {
            trial.Decide("2025-09-16", agree: false);
            trial.Object("2025-09-17");
        }

        if (agree)
        {
            trial.Do(new DecideCase(trial.Reviewer(), TrialCase.Moment("2025-09-18"), trial.State.Stage, true, "the illness was not curable", [], seed));
        }

        return trial;
    }

    private static string Seen(TrialCase trial) =>
        System.Text.Json.JsonSerializer.Serialize(trial.State.For(Party.Provider, trial.History, trial.TermsAt(TrialCase.Moment("2025-09-19")).Policies), ProceedingJson.Options);

    private static string Tried(TrialCase trial)
    {
        var at = TrialCase.Moment("2025-09-19");
        return string.Join(' ', new ProceedingCommand[] { new FileObjection(TrialCase.Provider, at, at, "reasons", []), new WithdrawObjection(TrialCase.Provider, at, at, ""), new SendDocuments(TrialCase.Provider, at, at, []) }
            .Select(c => trial.Copy().Do(c).Refusal?.Reason ?? "taken"));
    }
}
