using System.Globalization;
using Kepil.Fund.Proceedings;
using Kepil.Law;

namespace Kepil.Fund.Unscheduled;

/// <summary>The terms of a conclusion: when it counts as received, until when the provider answers, what silence brings.</summary>
public static class ConclusionTerms
{
    /// <summary>The branch at the provider's location considers objections, unless the policy leaves papers of the central office to it.</summary>
    internal static Party ReviewerOf(Conclusion state, Terms terms) =>
        state.Head.OfCentralOffice && terms.Policies["central_conclusion_branch"] == "central_office" ? Party.CentralReviewer : Party.BranchReviewer;

    /// <summary>Whether the provider may object to it at all, and so whether it can take anything.</summary>
    internal static bool IsOpenToObjection(ConclusionHead head, PoliciesOnDay policies) =>
        head.Form == ConclusionForm.UnconfirmedCases ? policies["annex3_path"] == "conclusion"
        : head.Kind == MonitoringKind.Unscheduled || policies["hiv_path"] == "conclusion";

    /// <summary>By post the letter counts as received after some days; without confirmation anything else is sent again by post.</summary>
    internal static NextAct AwaitingReceipt(Channel channel, DateOnly sentOn, Terms terms) =>
        channel == Channel.Post && terms.Policies["receipt_rules"] == "by_channel"
            ? new(Party.System, TermName.ReceiptDeemed, terms.Of(TermName.ReceiptDeemed, sentOn))
            : new(Party.Fund, TermName.ReceiptResending, terms.Of(TermName.ReceiptResending, sentOn));

    /// <summary>What arrival brings: the provider's three days, or the end where no objection is foreseen.</summary>
    [Law("MON-321:56")]
    internal static ConclusionEvent Arrived(Conclusion state, DateTimeOffset at, DateOnly on, string how, Terms terms)
    {
        var start = terms.Policies["p56_start"] switch { "fund_signing" => state.SignedOn!.Value, "sending" => state.SentOn!.Value, _ => on };
        var ground = Ground.Of("MON-321:56", terms, "received", ("how", how), ("on", Day(on)), ("p56_start", terms.Policies["p56_start"]));
        if (!IsOpenToObjection(state.Head, terms.Policies))
        {
            return new ConclusionDelivered(at, ground, null, on);
        }

        var term = ObjectionTerm(start, terms);
        return new ConclusionReceived(at, ground, new(Party.Provider, TermName.ConclusionObjection, term), on, term);
    }

    /// <summary>The three days of paragraph 56 and those of paragraph 57 are one time; the longer would hold if they ever differed.</summary>
    [Law("MON-321:57")]
    private static Term ObjectionTerm(DateOnly start, Terms terms)
    {
        var objection = terms.Of(TermName.ConclusionObjection, start);
        var silence = terms.Of(TermName.ConclusionSilence, start);
        return silence.Last > objection.Last ? silence : objection;
    }

    /// <summary>What the end of the running term brings; before its end nothing.</summary>
    internal static Decided<ConclusionEvent> Close(Conclusion state, DateTimeOffset at, Terms terms)
    {
        if (state.Next is not { } next)
        {
            return Refusal.Closed;
        }

        if (!next.IsOver(at))
        {
            return Refusal.NotYet(Due.Of(next.Name, next.Term));
        }

        // An outage that nobody told this case of lengthens the term instead of ending it.
        if (CountAgain(state, at, terms) is { Events.Count: > 0 } longer)
        {
            return longer;
        }

        return (state.Stage, next.Name) switch
        {
            (ConclusionStage.Sent, TermName.ReceiptDeemed) => Arrived(state, at, next.Term.Last, "deemed", terms),
            (ConclusionStage.WithProvider or ConclusionStage.ListAwaited, _) => Silence(state, next, at, terms),
            (ConclusionStage.Replied, TermName.Appeal) => WindowClosed(state, at, terms),
            (ConclusionStage.Objected, TermName.ConclusionReply) when terms.Policies["reviewer_timeout"] == "reject_finding" => DroppedForSilence(state, at, terms),
            _ when state.IsOverdue => Refusal.Closed,
            _ => new ConclusionTermMissed(at, Missed(next, terms), next, next.Name),
        };
    }

    [Law("MON-321:57")]
    private static Decided<ConclusionEvent> Silence(Conclusion state, NextAct next, DateTimeOffset at, Terms terms)
    {
        if (WaitForPost(state, next, at, terms) is { } wait)
        {
            return new PostAwaited(at, Ground.Of("MON-321:56.3", terms, "post_awaited", ("term_ended", Day(state.ObjectionTerm!.Last)), ("silence_waits", terms.Policies["silence_waits"])), wait);
        }

        if (terms.Policies["no_signature_no_answer"] == "ask_again" && !state.AskedAgain)
        {
            var again = ObjectionTerm(Later(state.ObjectionTerm!.Last, LocalDay.Of(at).AddDays(-1)), terms);
            return new AnswerAskedAgain(at, Ground.Of("MON-321:57", terms, "asked_again"), new(Party.Provider, TermName.ConclusionObjection, again), again);
        }

        var ground = Ground.Of("MON-321:57", terms, "deemed_accepted", ("term_ended", Day(state.ObjectionTerm!.Last)), ("signed_with_objection", state.ObjectedOn is null ? "no" : "without a list"));
        return new ConclusionEvent[] { new ConclusionDeemedAccepted(at, ground, null), Conclusions.Apply(state, at, ground) };
    }

    /// <summary>
    /// A list that the provider gave to the post in time is an objection in time, by whatever channel the Fund sent the paper; nobody can call that silence before the letter had its days.
    /// Where the end of the wait itself was missed, because the system stood still and nobody could note what came, the wait goes on from the day it was missed.
    /// </summary>
    /// <returns>The wait that begins now; nothing where silence may be told.</returns>
    [Law("MON-321:56.3")]
    private static NextAct? WaitForPost(Conclusion state, NextAct next, DateTimeOffset at, Terms terms)
    {
        var waits = terms.Policies["silence_waits"] switch { "every_conclusion" => true, "sent_by_post" => state.SentBy == Channel.Post, _ => false };
        var noticed = LocalDay.Of(at).AddDays(-1);
        if (!waits || next.Name == TermName.ReceiptDeemed && noticed <= next.Term.Last)
        {
            return null;
        }

        return new(Party.System, TermName.ReceiptDeemed, terms.Of(TermName.ReceiptDeemed, Later(next.Term.Last, noticed)));
    }

    private static DateOnly Later(DateOnly one, DateOnly other) => one > other ? one : other;

    private static Decided<ConclusionEvent> WindowClosed(Conclusion state, DateTimeOffset at, Terms terms)
    {
        var ground = Ground.Of("MON-321:60", terms, "no_appeal");
        var closed = new AppealWindowClosed(at, ground, null);
        return state.Applied is null ? new ConclusionEvent[] { closed, Conclusions.Apply(state, at, ground) } : closed;
    }

    /// <summary>By a policy that is not the default: objections that the branch does not consider in time count as accepted.</summary>
    private static Decided<ConclusionEvent> DroppedForSilence(Conclusion state, DateTimeOffset at, Terms terms)
    {
        var ground = Ground.Of("MON-321:58", terms, "dropped_for_silence", ("reviewer_timeout", terms.Policies["reviewer_timeout"]));
        var empty = new ConclusionVersion([], [], LocalDay.Of(at));
        return new ObjectionsConsidered(at, ground, state.Next! with { Term = terms.Of(TermName.ConclusionReply, LocalDay.Of(at)) }, 0, "reviewer_timeout", empty);
    }

    private static Ground Missed(NextAct next, Terms terms) => Ground.Of(
        TermSource.All.TryGetValue(next.Name, out var source) ? source.Paragraph : "MON-321:54", terms, "term_missed",
        ("owner", next.Owner.ToString()), ("term", next.Name.ToString()), ("last", Day(next.Term.Last)));

    /// <summary>An outage confirmed later moves the end of the running term, once for each day.</summary>
    [Law("MON-321:9.1")]
    internal static Decided<ConclusionEvent> CountAgain(Conclusion state, DateTimeOffset at, Terms terms)
    {
        if (state.Next is not { } next)
        {
            return Refusal.Closed;
        }

        if (next.Name != TermName.ConclusionObjection && !TermSource.All.ContainsKey(next.Name))
        {
            return new Decided<ConclusionEvent>([], null);
        }

        var again = next.Name == TermName.ConclusionObjection ? ObjectionTerm(next.Term.Start, terms) : terms.Of(next.Name, next.Term.Start);
        if (again.Last <= next.Term.Last)
        {
            return new Decided<ConclusionEvent>([], null);
        }

        var cause = MovedTerms.CauseOf(again, terms);
        var ground = Ground.Of(cause == "outage" ? "MON-321:9.1" : TermSource.All[next.Name].Paragraph, terms, "term_moved",
            ("cause", cause), ("from", Day(next.Term.Last)), ("to", Day(again.Last)), ("letters", string.Join(", ", terms.Outages.Select(o => o.LetterNumber).Distinct())));
        return new TermsMoved(at, ground, next with { Term = again }, next.Name == TermName.ConclusionObjection ? again : state.ObjectionTerm, new(next.Name, next.Term, again));
    }

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
