using System.Globalization;
using Kepil.Law;

namespace Kepil.Fund.Proceedings;

/// <summary>Agreements of one person that pay in full: some are looked at again before they are final.</summary>
public static partial class Procedure
{
    /// <summary>An agreement is final unless it is drawn or large; one that was drawn once stays drawn when the objection is filed anew, and a second one in a case that was looked at before goes to the head at once.</summary>
    [Law("MON-321:31.1")]
    [Law("MON-321:43.1")]
    [Law("MON-321:45.1")]
    [Law("MON-321:50.1")]
    private static Ruling Agreed(Proceeding state, DecideCase c, Terms terms, Due? conclusion = null)
    {
        var policies = terms.Policies;
        var (final, paragraph) = ReleaseOf(state.Stage, state.Track);
        var sample = state.Stage == Stage.FirstReview ? "release_sample_percent" : "local_release_percent";
        var draw = (int)(Assignment.Scatter(c.Seed ^ (ulong)state.Id) % 100);
        var limit = 100 * long.Parse(policies["release_sum_limit"], CultureInfo.InvariantCulture);
        // A death on which no code was put may cost its whole line.
        var atStake = state.Code.Length == 0 ? state.Billed : state.AtRisk;
        var cause = state.Looker != 0 || state.EarlierLooker is not null ? "looked_before" : atStake > limit ? "sum" : draw < int.Parse(policies[sample], CultureInfo.InvariantCulture) ? "sample" : null;
        if (cause is null)
        {
            return Noted(state, c, Step.Final(final, Effect.PayInFull), paragraph, terms, conclusion);
        }

        var waiting = state.Looker != 0 ? At(Stage.HeadDecision, Party.Fund, TermName.HeadDecision, LocalDay.Of(c.At), terms) : Queue(Stage.LookQueue, c.At, Effect.None);
        return Ruling.Of(
            Note(state, c, waiting, paragraph, terms, conclusion),
            new SecondLookOrdered(c.At, waiting, cause, draw, c.Seed, Ground.Of(paragraph, terms, "second_look",
                ("cause", cause), (sample, policies[sample]), ("release_sum_limit", policies["release_sum_limit"]))));
    }

    /// <summary>A second look that agrees lets the release stand; one that does not leaves the case to the head and withholds nothing.</summary>
    [Law("MON-321:31.1")]
    [Law("MON-321:43.1")]
    [Law("MON-321:45.1")]
    [Law("MON-321:50.1")]
    private static Ruling AtSecondLook(Proceeding state, DecideCase c, Terms terms)
    {
        var (final, paragraph) = ReleaseOf(state.Released, state.Track);
        return Noted(
            state, c,
            c.Agree ? Step.Final(final, Effect.PayInFull) : At(Stage.HeadDecision, Party.Fund, TermName.HeadDecision, LocalDay.Of(c.At), terms),
            paragraph, terms);
    }

    /// <summary>The head lets the agreement stand, or confirms in place of the one who agreed, and the provider may go on as after every confirmation.</summary>
    [Law("MON-321:31")]
    [Law("MON-321:43")]
    [Law("MON-321:45")]
    [Law("MON-321:50")]
    private static Ruling AtHead(Proceeding state, DecideCase c, Terms terms)
    {
        var (final, paragraph) = ReleaseOf(state.Released, state.Track);
        return c.Agree ? Noted(state, c, Step.Final(final, Effect.PayInFull), paragraph, terms) : state.Released switch
        {
            Stage.BranchReview => ConfirmedByBranch(state, c, terms, null),
            Stage.ReReview => Noted(state, c, At(Stage.AwaitingDisagreement, Party.Provider, TermName.DeathDisagreement, LocalDay.Of(c.At), terms), "MON-321:45.2", terms),
            _ => Noted(state, c, At(Stage.AwaitingRepeat, Party.Provider, TermName.RepeatObjection, LocalDay.Of(c.At), terms), "MON-321:31.2", terms),
        };
    }

    /// <summary>How a case ends by an agreement, and by which paragraph.</summary>
    private static (Stage Final, string Paragraph) ReleaseOf(Stage agreed, Track track) => agreed switch
    {
        Stage.BranchReview => (Stage.RejectedByBranch, track == Track.Death ? "MON-321:43.1" : "MON-321:50.1"),
        Stage.ReReview => (Stage.RejectedOnObjection, "MON-321:45.1"),
        _ => (Stage.RejectedAtFirst, "MON-321:31.1"),
    };
}
