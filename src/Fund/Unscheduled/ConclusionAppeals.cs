using Kepil.Fund.Proceedings;
using Kepil.Law;

namespace Kepil.Fund.Unscheduled;

/// <summary>The provider's complaint to the state body against the reasoned reply, as the branch notes it.</summary>
[Law("MON-321:60")]
public static class ConclusionAppeals
{
    internal static Decided<ConclusionEvent> Appeal(Conclusion state, AppealResults command, Terms terms)
    {
        if (command.By.Party is not (Party.Provider or Party.Fund or Party.BranchReviewer) || command.By.Party == Party.Provider && command.By.Id != state.Head.ProviderId)
        {
            return Refusal.WrongParty;
        }

        if (state.Next!.IsOver(command.At))
        {
            return Refusal.TooLate(Due.Of(state.Next.Name, state.Next.Term));
        }

        var stays = terms.Policies["appeal_suspends"] == "true";
        var next = new NextAct(Party.StateBody, TermName.AppealAnswer, terms.Of(TermName.AppealAnswer, LocalDay.Of(command.At)));
        var ground = Ground.Of("MON-321:60", terms, "appealed", ("number", command.Number), ("stays", stays ? "yes" : "no"));
        return new ResultsAppealed(command.At, ground, next, command.Number, stays);
    }

    /// <summary>Upheld keeps what was taken, changed and cancelled give back the difference by an entry of its own.</summary>
    internal static Decided<ConclusionEvent> DecideAppeal(Conclusion state, DecideAppeal command, Terms terms)
    {
        if (command.By.Party is not (Party.StateBody or Party.Fund or Party.BranchReviewer))
        {
            return Refusal.WrongParty;
        }

        if (string.IsNullOrWhiteSpace(command.Document))
        {
            return Refusal.WithoutReasons;
        }

        ConclusionVersion? changed = command.Outcome switch
        {
            AppealOutcome.Cancelled => new([], [], LocalDay.Of(command.At)),
            AppealOutcome.Changed => new(command.Lines ?? state.Current.Lines, command.Clauses ?? state.Current.Clauses, LocalDay.Of(command.At)),
            _ => null,
        };
        if (changed is not null && !state.Current.CanBecome(changed))
        {
            return UnscheduledRefusals.CorrectionRaises;
        }

        var ground = Ground.Of("MON-321:60", terms, "appeal_" + command.Outcome.ToString().ToLowerInvariant(), ("document", command.Document));
        var decided = new AppealDecided(command.At, ground, null, command.Outcome, command.Document, changed);
        var after = changed is null ? state : state with { Versions = [.. state.Versions, changed] };
        if (state.Applied is not { } applied)
        {
            return new ConclusionEvent[] { decided, Conclusions.Apply(after, command.At, ground) };
        }

        var kept = Measures.Of(after.Current);
        var back = new Measures(applied.Withheld - kept.Withheld, applied.Penalties - kept.Penalties);
        return back == Measures.None ? decided : new ConclusionEvent[] { decided, new MeasuresReturned(command.At, ground, null, back) };
    }
}
