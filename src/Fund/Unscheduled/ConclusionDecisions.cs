using System.Globalization;
using Kepil.Fund.Proceedings;
using Kepil.Law;

namespace Kepil.Fund.Unscheduled;

/// <summary>What may be done with a conclusion at each stage, and what comes of it.</summary>
public static class Conclusions
{
    /// <summary>The events that an act brings, or why it is not taken; the state is nothing before the draft.</summary>
    public static Decided<ConclusionEvent> Decide(Conclusion? state, ConclusionCommand command, Terms terms)
    {
        if (command is DraftConclusion draft)
        {
            return state is null ? Draft(draft, terms) : Refusal.NotPossible(state.Stage.ToString());
        }

        if (state is null)
        {
            return Refusal.NotPossible("-");
        }

        if (command is CloseConclusionTerm)
        {
            return ConclusionTerms.Close(state, command.At, terms);
        }

        if (command is CountConclusionAgain)
        {
            return ConclusionTerms.CountAgain(state, command.At, terms);
        }

        return (state.Stage, command) switch
        {
            (_, _) when state.IsFinal => Refusal.Closed,
            (ConclusionStage.Drafted, SignConclusion c) => Sign(state, c, terms),
            (ConclusionStage.Drafted, DiscardConclusion c) => Discard(c, terms),
            (ConclusionStage.Signed or ConclusionStage.Sent, SendConclusion c) => Send(state, c, terms),
            (ConclusionStage.Sent, NoteReceipt c) => Receive(state, c, terms),
            (ConclusionStage.Sent, AcceptConclusion or ObjectToConclusion) => Answer(state, command, terms),
            (ConclusionStage.WithProvider, AcceptConclusion c) => Accept(state, c, terms),
            (ConclusionStage.WithProvider, ObjectToConclusion c) => Object(state, c, terms),
            (ConclusionStage.ListAwaited, ListObjections c) => List(state, c, terms),
            // What the branch notes from the post or its mail is the list that is awaited, once the provider has signed.
            (ConclusionStage.ListAwaited, ObjectToConclusion c) when c.By.Party != Party.Provider => List(state, new(c.At, c.By, c.Channel, c.Objections, c.PostedOn, c.Papers, c.ArrivedOn), terms),
            (ConclusionStage.Objected, ConsiderObjections c) => Consider(state, c, terms),
            (ConclusionStage.Considered, SendReply c) => Reply(state, c, terms),
            (ConclusionStage.Objected, SendReply) => UnscheduledRefusals.NotConsidered,
            (ConclusionStage.Replied, AppealResults c) => ConclusionAppeals.Appeal(state, c, terms),
            (ConclusionStage.Appealed, DecideAppeal c) => ConclusionAppeals.DecideAppeal(state, c, terms),
            (ConclusionStage.Objected or ConclusionStage.Considered or ConclusionStage.Replied, ObjectToConclusion) => Refusal.OncePerStage,
            _ => Refusal.NotPossible(state.Stage.ToString()),
        };
    }

    [Law("MON-321:54")]
    [Law("MON-321:10.2")]
    private static Decided<ConclusionEvent> Draft(DraftConclusion command, Terms terms)
    {
        if (command.By.Party is Party.Provider or Party.StateBody)
        {
            return Refusal.WrongParty;
        }

        if (command.Head.Signers.Count == 0)
        {
            return UnscheduledRefusals.NoTeam;
        }

        var isUnconfirmed = command.Head.Form == ConclusionForm.UnconfirmedCases;
        if (isUnconfirmed && (command.Lines.Count == 0 || command.Lines.Any(l => !l.Codes.Any(UnconfirmedCase.IsUnconfirmed))))
        {
            return UnscheduledRefusals.WrongForm;
        }

        var edition = terms.Law.Classification.On(terms.Today);
        foreach (var line in command.Lines)
        {
            if (line.Codes.FirstOrDefault(c => edition.Find(c) is null || !edition.Resolve(c, line.Form, terms.Policies).IsApplicable) is { } code)
            {
                return Refusal.CodeNotApplicable(code, line.Form.Word());
            }

            if (line.OnlySurvey && line.Codes.Any(UnconfirmedCase.IsUnconfirmed) && terms.Policies["survey_corroboration"] == "true")
            {
                return UnscheduledRefusals.SurveyAlone;
            }
        }

        if (command.Clauses.Any(c => IsDoubleUse(c, command.Lines) && (c.ConfirmedBy is null || terms.Policies["penalty_with_deduction"] == "exclude")))
        {
            return UnscheduledRefusals.DoubleUse;
        }

        var day = LocalDay.Of(command.At);
        var next = new NextAct(Party.Fund, TermName.ConclusionDrawing, terms.Of(TermName.ConclusionDrawing, day));
        var ground = Ground.Of(command.Head.Basis.ToString(), terms, "drafted",
            ("form", command.Head.Form.ToString()), ("lines", command.Lines.Count.ToString(CultureInfo.InvariantCulture)));
        return new ConclusionDrafted(command.At, ground, next, command.Head, new(command.Lines, command.Clauses, day));
    }

    private static bool IsDoubleUse(ConclusionClause clause, IReadOnlyList<ConclusionLine> lines) =>
        clause.Service is not null && clause.Penalty > Money.Zero && lines.Any(l => l.Service == clause.Service && l.Sum > Money.Zero);

    /// <summary>All who monitored sign; the last signature is the day of signing.</summary>
    [Law("MON-321:55")]
    private static Decided<ConclusionEvent> Sign(Conclusion state, SignConclusion command, Terms terms)
    {
        if (!state.Head.Signers.Contains(command.By.Id) || command.By.Party is Party.Provider or Party.StateBody or Party.System)
        {
            return Refusal.WrongPerson;
        }

        if (state.SignedBy.Contains(command.By.Id))
        {
            return UnscheduledRefusals.AlreadySigned;
        }

        var signed = new ConclusionSigned(command.At, Ground.Of("MON-321:55", terms, "signed", ("by", Id(command.By.Id))), state.Next, command.By.Id);
        if (!state.Head.Signers.All(s => s == command.By.Id || state.SignedBy.Contains(s)))
        {
            return signed;
        }

        var day = LocalDay.Of(command.At);
        var name = state.Head.Form == ConclusionForm.UnconfirmedCases ? TermName.UnconfirmedConclusionSending : TermName.ConclusionSending;
        var next = new NextAct(Party.Fund, name, terms.Of(name, day));
        return new ConclusionEvent[] { signed, new ConclusionSignedByAll(command.At, Ground.Of("MON-321:55", terms, "signed_by_all"), next, day) };
    }

    /// <summary>A draft is the Fund's own: nobody else gives it up.</summary>
    [Law("MON-321:7.3")]
    private static Decided<ConclusionEvent> Discard(DiscardConclusion command, Terms terms) => command.By.Party is Party.Provider or Party.StateBody
        ? Refusal.WrongParty
        : new ConclusionDiscarded(command.At, Ground.Of("MON-321:7.3", terms, "discarded"), null);

    /// <summary>In the system it is received as it is published; elsewhere receipt is confirmed or, by post, deemed.</summary>
    [Law("MON-321:55")]
    [Law("MON-321:55.1")]
    [Law("MON-321:55.2")]
    private static Decided<ConclusionEvent> Send(Conclusion state, SendConclusion command, Terms terms)
    {
        if (command.By.Party is Party.Provider or Party.StateBody)
        {
            return Refusal.WrongParty;
        }

        var day = LocalDay.Of(command.At);
        var place = command.Channel switch { Channel.System => "55.1", Channel.Electronic => "55.2", _ => "55.3" };
        var ground = Ground.Of("MON-321:" + place, terms, "sent", ("channel", command.Channel.ToString()),
            ("late", state.Next!.IsOver(command.At) && state.Stage == ConclusionStage.Signed ? "yes" : "no"));
        if (command.Channel == Channel.System)
        {
            var sent = state with { SentOn = day };
            var arrival = ConclusionTerms.Arrived(sent, command.At, day, "publication", terms);
            return new ConclusionEvent[] { new ConclusionSent(command.At, ground, arrival.Next, command.Channel, day), arrival };
        }

        return new ConclusionSent(command.At, ground, ConclusionTerms.AwaitingReceipt(command.Channel, day, terms), command.Channel, day);
    }

    private static Decided<ConclusionEvent> Receive(Conclusion state, NoteReceipt command, Terms terms) =>
        command.On < state.SentOn || command.On > LocalDay.Of(command.At) || command.By.Party is Party.StateBody
            ? Refusal.NotPossible(state.Stage.ToString())
            : ConclusionTerms.Arrived(state, command.At, command.On, state.SentBy == Channel.Post ? "notification" : "confirmation", terms);

    /// <summary>Who answers a paper has received it, whether or not the Fund has noted that; the day of his answer counts as the day of receipt.</summary>
    [Law("MON-321:56")]
    private static Decided<ConclusionEvent> Answer(Conclusion state, ConclusionCommand command, Terms terms)
    {
        var today = LocalDay.Of(command.At);
        var on = command is ObjectToConclusion c ? Counted(c.At, c.By, c.Channel, c.PostedOn, c.ArrivedOn, terms) : today;
        if (on < state.SentOn)
        {
            return Refusal.NotPossible(state.Stage.ToString());
        }

        var received = ConclusionTerms.Arrived(state, command.At, on, "answer", terms);
        var decided = Decide(Conclusion.Apply(state, received), command, terms);
        return decided.Refusal is null ? new ConclusionEvent[] { received }.Concat(decided.Events).ToArray() : decided;
    }

    [Law("MON-321:59")]
    private static Decided<ConclusionEvent> Accept(Conclusion state, AcceptConclusion command, Terms terms)
    {
        if (!IsOfProvider(state, command.By))
        {
            return Refusal.WrongParty;
        }

        if (!state.ObjectionTerm!.Includes(command.At))
        {
            return Refusal.TooLate(Due.Of(TermName.ConclusionObjection, state.ObjectionTerm));
        }

        var ground = Ground.Of("MON-321:59", terms, "accepted", ("signed_by", Id(command.By.Id)));
        return new ConclusionEvent[] { new SignedWithoutObjection(command.At, ground, null), Apply(state, command.At, ground) };
    }

    [Law("MON-321:56")]
    [Law("MON-321:56.1")]
    [Law("MON-321:56.2")]
    private static Decided<ConclusionEvent> Object(Conclusion state, ObjectToConclusion command, Terms terms)
    {
        if (!MayBring(state, command.By, command.Channel))
        {
            return Refusal.WrongParty;
        }

        if (!InTime(state, command.At, command.By, command.Channel, command.PostedOn, command.ArrivedOn, terms))
        {
            return Refusal.TooLate(Due.Of(TermName.ConclusionObjection, state.ObjectionTerm!));
        }

        var day = Counted(command.At, command.By, command.Channel, command.PostedOn, command.ArrivedOn, terms);
        if (command.Objections.Any(o => !string.IsNullOrWhiteSpace(o)))
        {
            return Listed(state, command.At, day, command.Channel, command.Objections, false, terms, command.Papers);
        }

        if (command.By.Party != Party.Provider || command.Channel == Channel.Post)
        {
            return UnscheduledRefusals.EmptyList;
        }

        var next = new NextAct(Party.Provider, TermName.ConclusionObjection, state.ObjectionTerm!);
        return new SignedWithObjection(command.At, Ground.Of("MON-321:56", terms, "list_awaited"), next, day);
    }

    [Law("MON-321:56")]
    private static Decided<ConclusionEvent> List(Conclusion state, ListObjections command, Terms terms)
    {
        if (!MayBring(state, command.By, command.Channel))
        {
            return Refusal.WrongParty;
        }

        if (!command.Objections.Any(o => !string.IsNullOrWhiteSpace(o)))
        {
            return UnscheduledRefusals.EmptyList;
        }

        if (!InTime(state, command.At, command.By, command.Channel, command.PostedOn, command.ArrivedOn, terms))
        {
            return Refusal.TooLate(Due.Of(TermName.ConclusionObjection, state.ObjectionTerm!));
        }

        var day = Counted(command.At, command.By, command.Channel, command.PostedOn, command.ArrivedOn, terms);
        var late = day > state.ObjectedOn;
        return late && terms.Policies["list_same_day"] == "refuse"
            ? UnscheduledRefusals.ListTooLate
            : Listed(state, command.At, day, command.Channel, command.Objections, late, terms, command.Papers);
    }

    private static Decided<ConclusionEvent> Listed(Conclusion state, DateTimeOffset at, DateOnly day, Channel by, IReadOnlyList<string> objections, bool late, Terms terms, IReadOnlyList<Paper>? papers = null)
    {
        var start = terms.Policies["review_start"] == "filed" ? day : terms.RoutedOn(at);
        var next = new NextAct(ConclusionTerms.ReviewerOf(state, terms), TermName.ConclusionReply, terms.Of(TermName.ConclusionReply, start));
        var ground = Ground.Of("MON-321:56", terms, "objected", ("channel", by.ToString()), ("list_was_late", late ? "yes" : "no"));
        return new ObjectionsListed(at, ground, next, day, by, [.. objections.Where(o => !string.IsNullOrWhiteSpace(o))], late, papers);
    }

    [Law("MON-321:58")]
    private static Decided<ConclusionEvent> Consider(Conclusion state, ConsiderObjections command, Terms terms)
    {
        if (command.By.Party != state.Next!.Owner || command.By.Party == Party.BranchReviewer && command.By.Region != state.Head.Branch)
        {
            return Refusal.WrongPerson;
        }

        if (string.IsNullOrWhiteSpace(command.Reasons))
        {
            return Refusal.WithoutReasons;
        }

        var day = LocalDay.Of(command.At);
        ConclusionVersion? corrected = null;
        if (command.Lines is not null || command.Clauses is not null)
        {
            corrected = new(command.Lines ?? state.Current.Lines, command.Clauses ?? state.Current.Clauses, day);
            if (!state.Current.CanBecome(corrected))
            {
                return UnscheduledRefusals.CorrectionRaises;
            }
        }

        var next = terms.Policies["p58_reply"] == "same_term"
            ? state.Next
            : state.Next with { Term = terms.Of(TermName.ConclusionReply, day) };
        var ground = Ground.Of("MON-321:58", terms, corrected is null ? "upheld" : "corrected", ("by", Id(command.By.Id)));
        return new ObjectionsConsidered(command.At, ground, next, command.By.Id, command.Reasons.Trim(), corrected);
    }

    /// <summary>With the reply the conclusion stands as corrected or upheld; measures take effect unless the policy waits for an appeal.</summary>
    [Law("MON-321:58")]
    private static Decided<ConclusionEvent> Reply(Conclusion state, SendReply command, Terms terms)
    {
        if (command.By.Party != state.Next!.Owner || command.By.Party == Party.BranchReviewer && command.By.Region != state.Head.Branch)
        {
            return Refusal.WrongPerson;
        }

        var next = new NextAct(Party.Provider, TermName.Appeal, terms.Of(TermName.Appeal, LocalDay.Of(command.At)));
        var ground = Ground.Of("MON-321:58", terms, state.Versions.Count > 1 ? "replied_corrected" : "replied_upheld");
        var replied = new ReplySent(command.At, ground, next);
        return terms.Policies["apply_on_reply"] == "true"
            ? new ConclusionEvent[] { replied, Apply(state, command.At, ground) with { Next = next } }
            : replied;
    }

    /// <summary>What the conclusion takes, as it stands now.</summary>
    internal static MeasuresApplied Apply(Conclusion state, DateTimeOffset at, Ground ground) => new(at, ground, null, Measures.Of(state.Current));

    private static bool IsOfProvider(Conclusion state, Actor by) => by.Party == Party.Provider && by.Id == state.Head.ProviderId;

    /// <summary>The provider itself, or the branch that notes what came to it by post or by mail.</summary>
    private static bool MayBring(Conclusion state, Actor by, Channel channel) =>
        IsOfProvider(state, by) || channel is Channel.Post or Channel.Electronic && by.Party is Party.Fund or Party.BranchReviewer;

    /// <summary>The day that counts: of the postmark or of arrival as the policy says; what was sent in the system arrived when it was sent, and a day to come counts for nothing.</summary>
    private static DateOnly Counted(DateTimeOffset at, Actor by, Channel channel, DateOnly? postedOn, DateOnly? arrivedOn, Terms terms)
    {
        var today = LocalDay.Of(at);
        var told = by.Party == Party.Provider ? null
            : channel == Channel.Post && terms.Policies["posted_objection"] == "posting_day" ? postedOn ?? arrivedOn
            : arrivedOn;
        return told is { } day && day <= today ? day : today;
    }

    private static bool InTime(Conclusion state, DateTimeOffset at, Actor by, Channel channel, DateOnly? postedOn, DateOnly? arrivedOn, Terms terms) =>
        state.ObjectionTerm!.Includes(at) || Counted(at, by, channel, postedOn, arrivedOn, terms) <= state.ObjectionTerm.Last;

    private static string Id(long id) => id.ToString(CultureInfo.InvariantCulture);
}
