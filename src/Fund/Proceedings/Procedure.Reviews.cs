using System.Globalization;
using Kepil.Law;

namespace Kepil.Fund.Proceedings;

/// <summary>What the Fund's reviewers and heads do: distribution, decisions, the guarded release.</summary>
public static partial class Procedure
{
    /// <summary>Names a reviewer by the route of the queue, or tells the head that nobody is free.</summary>
    [Law("MON-321:28")]
    [Law("MON-321:29")]
    [Law("MON-321:33")]
    [Law("MON-321:36")]
    [Law("MON-321:41")]
    [Law("MON-321:45")]
    [Law("MON-321:46.2")]
    [Law("MON-321:50")]
    private static Ruling Assign(Proceeding state, AssignReviewer c, Terms terms)
    {
        if (state.Stage.RouteOf() is not { } route)
        {
            return NotNow(state);
        }

        var need = NeedOf(state, route, terms.Policies);
        var chosen = Assignment.Choose(need, c.Staff, terms.Policies, c.Seed);
        var ground = Ground.Of(
            ParagraphOf(route, state), terms, chosen.Reviewer is null ? "nobody_free" : "assigned",
            ("route", route.ToString()), ("concession", chosen.Concession), ("candidates", chosen.Candidates.ToString(CultureInfo.InvariantCulture)),
            ("load", chosen.Reviewer?.Load.ToString(CultureInfo.InvariantCulture) ?? ""), ("r2_branch", terms.Policies["r2_branch"]),
            ("earlier", need.Earlier.ToString(CultureInfo.InvariantCulture)), ("refiled_reviewer", terms.Policies["refiled_reviewer"]));
        if (chosen.Reviewer is not { } reviewer)
        {
            // Asking again tells nobody anything new and must not push the head's term away.
            return state.Owner == Party.Fund ? Ruling.Of() : new NobodyWasFree(
                c.At, new(state.Stage, Party.Fund, Effect.None, TermName.Reassignment, terms.Of(TermName.Reassignment, LocalDay.Of(c.At))), route, chosen.LeftOut, ground);
        }

        var review = state.Stage.ReviewAfter();
        var (name, start) = TermOf(state, review, c.At, terms);
        return new ReviewerAssigned(
            c.At, new(review, review.ReviewerOf(), Effect.None, name, terms.Of(name, start)), route, reviewer.Id, reviewer.Region, chosen.Candidates, chosen.Drawn, c.Seed, ground);
    }

    /// <summary>The decision of the one with whom the case lies.</summary>
    private static Ruling DecideOn(Proceeding state, DecideCase c, Terms terms)
    {
        if (c.Stage != state.Stage)
        {
            return NotNow(state);
        }

        if (state.Stage is Stage.HeadDecision or Stage.KeptOpen)
        {
            // The head is no reviewer of this case and, where an agreement is looked at again, not of a region of the dispute.
            if (c.By.Party != Party.Fund || state.HadSay.Contains(c.By.Id) || (state.Stage == Stage.HeadDecision || state.Track != Track.Death) && state.ExcludedRegions.Contains(c.By.Region))
            {
                return Refusal.WrongPerson;
            }
        }
        else if (!state.Stage.IsReview())
        {
            return NotNow(state);
        }
        else if (c.By.Id != state.Reviewer || c.By.Party != state.Stage.ReviewerOf() || Moved(state, c.By, terms))
        {
            return Refusal.WrongPerson;
        }

        return Empty(c.Reasons) ? Refusal.WithoutReasons : state.Stage switch
        {
            Stage.BranchReview => AtBranch(state, c, terms),
            Stage.FirstReview => AtFirst(state, c, terms),
            Stage.SecondLook => AtSecondLook(state, c, terms),
            Stage.HeadDecision => AtHead(state, c, terms),
            Stage.KeptOpen => AtHeadOfSilence(state, c, terms),
            Stage.SecondReview => AtSecond(state, c, terms),
            Stage.ReReview => AtReReview(state, c, terms),
            _ => AtCentral(state, c, terms),
        };
    }

    /// <summary>Whether an employee has come into a region of the dispute, or has left the branch that decides, since the case was given to him.</summary>
    private static bool Moved(Proceeding state, Actor by, Terms terms) => state.Stage switch
    {
        Stage.FirstReview or Stage.SecondLook or Stage.SecondReview => state.ExcludedRegions.Contains(by.Region),
        Stage.BranchReview => by.Region != state.Territory,
        Stage.ReReview => by.Region != state.Territory && terms.Policies["p45_substitute"] != "other_branch",
        _ => false,
    };

    /// <summary>The territorial branch decides first on deaths and on code 11.0; its confirmation opens the way of objections.</summary>
    [Law("MON-321:42")]
    [Law("MON-321:43")]
    [Law("MON-321:43.1")]
    [Law("MON-321:43.2")]
    [Law("MON-321:50.1")]
    [Law("MON-321:50.2")]
    private static Ruling AtBranch(Proceeding state, DecideCase c, Terms terms)
    {
        var death = state.Track == Track.Death;
        if (state.Death == Death.InfantOutpatient && death && state.DocumentRequests == 0)
        {
            return Refusal.DocumentsNotRequested;
        }

        var infant = state.Death == Death.InfantOutpatient || state.Death == Death.InfantInpatient && terms.Policies["infant_in_hospital"] == "both_paths";
        var conclusion = death && (infant || terms.Policies["annex5_adults"] == "mandatory")
            ? terms.DueOf(TermName.MortalityConclusion, LocalDay.Of(c.At))
            : null;
        return c.Agree ? Agreed(state, c, terms, conclusion) : ConfirmedByBranch(state, c, terms, conclusion);
    }

    /// <summary>A confirmation by the branch, or by the head in its place, opens the way of objections; a death on which no algorithm pointed gets its code.</summary>
    private static Ruling ConfirmedByBranch(Proceeding state, DecideCase c, Terms terms, Due? conclusion)
    {
        if (state.Code.Length == 0)
        {
            if (string.IsNullOrEmpty(c.Code) || c.AtRisk is null)
            {
                return Refusal.CodeMissing;
            }

            var edition = terms.Law.Classification.On(LocalDay.Of(state.DetectedAt));
            if (edition.Find(c.Code) is null || !edition.Resolve(c.Code, state.Form, terms.Policies).IsApplicable)
            {
                return Refusal.CodeNotApplicable(c.Code, state.Form.Word());
            }
        }

        var death = state.Track == Track.Death;
        var name = death ? TermName.DeathObjection : TermName.NotInContractObjection;
        // A decision of the night or of a day off reaches the provider when the installation hands things over.
        var start = terms.Policies[death ? "p44_start" : "p50_objection_start"] == "decision_made" ? LocalDay.Of(c.At) : terms.RoutedOn(c.At);
        return Noted(state, c, At(Stage.AwaitingObjection, Party.Provider, name, start, terms), death ? "MON-321:43.2" : "MON-321:50.2", terms, conclusion);
    }

    /// <summary>Agreement pays in full; disagreement leaves the provider a repeat objection.</summary>
    [Law("MON-321:31")]
    [Law("MON-321:31.1")]
    [Law("MON-321:31.2")]
    private static Ruling AtFirst(Proceeding state, DecideCase c, Terms terms) => c.Agree
        ? Agreed(state, c, terms)
        : Noted(state, c, At(Stage.AwaitingRepeat, Party.Provider, TermName.RepeatObjection, LocalDay.Of(c.At), terms), "MON-321:31.2", terms);

    /// <summary>Where the installation wants a decision after silence, the head takes it.</summary>
    private static Ruling AtHeadOfSilence(Proceeding state, DecideCase c, Terms terms) => Noted(
        state, c,
        c.Agree ? Step.Final(Stage.RejectedByHead, Effect.PayInFull)
            : Step.Final(state.Track == Track.Death ? Stage.ConfirmedWithoutEscalation : Stage.ConfirmedWithoutRepeat, Effect.Reduce),
        state.Track == Track.Death ? "MON-321:46.1" : "MON-321:32", terms);

    /// <summary>A second disagreement reduces the sum; an agreement is not final, the central office decides.</summary>
    [Law("MON-321:34")]
    [Law("MON-321:34.1")]
    [Law("MON-321:34.2")]
    [Law("MON-321:35")]
    [Law("MON-321:36")]
    private static Ruling AtSecond(Proceeding state, DecideCase c, Terms terms) => Noted(
        state, c,
        c.Agree ? Queue(Stage.CentralQueue, c.At, Effect.None) : Step.Final(Stage.ConfirmedAtSecond, Effect.Reduce),
        c.Agree ? "MON-321:34.1" : "MON-321:34.2", terms);

    /// <summary>The employee who confirmed a death's finding looks again at what the provider says.</summary>
    [Law("MON-321:45.1")]
    [Law("MON-321:45.2")]
    private static Ruling AtReReview(Proceeding state, DecideCase c, Terms terms) => c.Agree
        ? Agreed(state, c, terms)
        : Noted(state, c, At(Stage.AwaitingDisagreement, Party.Provider, TermName.DeathDisagreement, LocalDay.Of(c.At), terms), "MON-321:45.2", terms);

    /// <summary>The central office decides last.</summary>
    [Law("MON-321:37")]
    [Law("MON-321:37.1")]
    [Law("MON-321:37.2")]
    [Law("MON-321:38")]
    [Law("MON-321:47")]
    [Law("MON-321:47.1")]
    [Law("MON-321:47.2")]
    [Law("MON-321:47.3")]
    private static Ruling AtCentral(Proceeding state, DecideCase c, Terms terms) => Noted(
        state, c,
        c.Agree ? Step.Final(Stage.RejectedByCentral, Effect.PayInFull) : Step.Final(Stage.ConfirmedByCentral, Effect.Reduce),
        (state.Track == Track.Death, c.Agree) switch
        {
            (true, true) => "MON-321:47.1",
            (true, false) => "MON-321:47.2",
            _ => "MON-321:37",
        },
        terms);

    private static Ruling Noted(Proceeding state, DecideCase c, Step to, string paragraph, Terms terms, Due? conclusion = null) => Note(state, c, to, paragraph, terms, conclusion);

    private static CaseDecided Note(Proceeding state, DecideCase c, Step to, string paragraph, Terms terms, Due? conclusion = null)
    {
        var first = state.Code.Length == 0 && !c.Agree && state.Stage is (Stage.BranchReview or Stage.HeadDecision);
        var ground = Ground.Of(paragraph, terms, c.Agree ? "rejected" : "confirmed",
            ("stage", Word(state.Stage)), ("code", first ? c.Code! : state.Code), ("effect", to.Effect.ToString()), ("overdue", state.IsOverdue ? "true" : "false"));
        return new(c.At, to, state.Stage, c.By, c.Agree, c.Reasons.Trim(), c.Papers, state.Due!, ground, first ? c.Code : null, first ? c.AtRisk : null, conclusion);
    }

    private static Need NeedOf(Proceeding state, Route route, PoliciesOnDay policies)
    {
        // Where the head confirmed in place of the branch's employee, that employee decides on the objection only if nobody else of the branch can.
        var overruled = route == Route.SameEmployee && state.Head != 0;
        return new(
            route, state.ProviderId, state.Territory, state.ExcludedRegions,
            route is Route.Territory or Route.SameEmployee ? new HashSet<long>() : state.HadSay,
            overruled ? state.PassedOverPersons.Append(state.BranchReviewer).ToHashSet() : state.PassedOverPersons,
            state.FirstRegion, route == Route.SameEmployee && !overruled ? state.BranchReviewer : 0,
            policies["refiled_reviewer"] != "same" ? 0 : route == Route.SecondLook ? state.EarlierLooker ?? 0 : state.EarlierReviewer);
    }

    private static string ParagraphOf(Route route, Proceeding state) => route switch
    {
        Route.Territory => state.Track == Track.Death ? "MON-321:41" : "MON-321:50",
        Route.OtherRegion => "MON-321:29",
        Route.SecondLook => ReleaseOf(state.Released, state.Track).Paragraph,
        Route.SecondPerson => "MON-321:33",
        Route.SameEmployee => "MON-321:45",
        _ => state.Track == Track.Death ? "MON-321:46.2" : "MON-321:36",
    };

    /// <summary>The term of a second look: that of the review itself while it leaves as much time, so that by it neither is told from the other.</summary>
    private static (TermName Name, DateOnly Start) LookTerm(Proceeding state, DateTimeOffset received, DateTimeOffset at, Terms terms)
    {
        var (today, review) = (LocalDay.Of(at), terms.ReviewStart(state.DetectedAt, received, at));
        return state.Released == Stage.FirstReview && terms.Of(TermName.Review, review).Last >= terms.Of(TermName.SecondLook, today).Last ? (TermName.Review, review) : (TermName.SecondLook, today);
    }

    /// <summary>The term of a review; of one that was missed before, what is left until the central office is told.</summary>
    private static (TermName Name, DateOnly Start) TermOf(Proceeding state, Stage review, DateTimeOffset at, Terms terms)
    {
        if (state.OverdueSince is { } since)
        {
            var today = LocalDay.Of(at);
            return (TermName.EscalationToCentral, terms.Of(TermName.EscalationToCentral, since).Last > today ? since : today);
        }

        var received = state.ObjectionReceivedAt ?? state.Since;
        var death = state.Track == Track.Death;
        return review switch
        {
            Stage.BranchReview => (death ? TermName.DeathBranchReview : TermName.NotInContractReview, LocalDay.Of(state.Since)),
            Stage.FirstReview => (TermName.Review, terms.ReviewStart(state.DetectedAt, received, at)),
            Stage.SecondLook => LookTerm(state, received, at, terms),
            Stage.SecondReview => (TermName.SecondReview, terms.UnstatedStart(received, at)),
            Stage.ReReview => (TermName.DeathReview, terms.UnstatedStart(received, at)),
            _ => (death ? TermName.DeathCentralReview : TermName.CentralReview, death ? terms.UnstatedStart(received, at) : terms.UnstatedStart(state.Since, at)),
        };
    }
}
