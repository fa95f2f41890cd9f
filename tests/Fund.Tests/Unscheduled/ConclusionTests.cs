using Kepil.Fund.Proceedings;
using Kepil.Fund.Unscheduled;
using Kepil.Law;
using Kepil.Tests.Law;
using Xunit;
using static Kepil.Tests.Unscheduled.Trial;

namespace Kepil.Tests.Unscheduled;

public sealed class ConclusionTests
{
    [Fact]
    [Proves("MON-321:55")]
    [Proves("MON-321:54")]
    public void It_is_signed_when_all_who_monitored_have_signed_and_is_sent_within_two_working_days()
    {
        var paper = new LedConclusion().Drafted("2025-09-11").Do(new SignConclusion(At("2025-09-11"), Clerk));
        Assert.Equal(ConclusionStage.Drafted, paper.Now.Stage);
        Assert.Equal("already_signed", paper.Refuses(new SignConclusion(At("2025-09-11"), Clerk)));
        Assert.Equal("wrong_person", paper.Refuses(new SignConclusion(At("2025-09-11"), Branch with { Id = 99 })));

        paper.Do(new SignConclusion(At("2025-09-12"), Branch));

        Assert.Equal(ConclusionStage.Signed, paper.Now.Stage);
        Assert.Equal((Party.Fund, TermName.ConclusionSending, TheLaw.Day("2025-09-16")), (paper.Now.Next!.Owner, paper.Now.Next.Name, paper.Now.Next.Term.Last));
    }

    [Fact]
    [Proves("MON-321:55.1")]
    public void In_the_system_it_is_received_as_it_is_published()
    {
        var paper = new LedConclusion().WithProvider("2025-09-12");

        Assert.Equal(TheLaw.Day("2025-09-12"), paper.Now.ReceivedOn);
        Assert.Equal(TheLaw.Day("2025-09-17"), paper.Now.ObjectionTerm!.Last);
        Assert.Equal(Party.Provider, paper.Now.Next!.Owner);
    }

    [Fact]
    [Proves("MON-321:55.2")]
    public void By_mail_it_is_received_when_confirmed_and_without_confirmation_it_is_sent_again_by_post()
    {
        var paper = new LedConclusion().Signed("2025-09-12").Do(new SendConclusion(At("2025-09-12"), Clerk, Channel.Electronic));
        Assert.Equal((Party.Fund, TermName.ReceiptResending, TheLaw.Day("2025-09-17")), (paper.Now.Next!.Owner, paper.Now.Next.Name, paper.Now.Next.Term.Last));

        paper.Do(new SendConclusion(At("2025-09-18"), Clerk, Channel.Post));
        Assert.Equal((Party.System, TermName.ReceiptDeemed, TheLaw.Day("2025-09-29")), (paper.Now.Next!.Owner, paper.Now.Next.Name, paper.Now.Next.Term.Last));

        paper.Do(new NoteReceipt(At("2025-09-25"), Clerk, TheLaw.Day("2025-09-23")));
        Assert.Equal(TheLaw.Day("2025-09-26"), paper.Now.ObjectionTerm!.Last);
    }

    [Fact]
    public void A_posted_letter_counts_as_received_on_its_day_however_late_somebody_looks()
    {
        var paper = new LedConclusion().Signed("2025-09-12").Do(
            new SendConclusion(At("2025-09-12"), Clerk, Channel.Post), new CloseConclusionTerm(At("2025-12-01"), Actor.System));

        Assert.Equal(TheLaw.Day("2025-09-22"), paper.Now.ReceivedOn);
        Assert.Equal(TheLaw.Day("2025-09-25"), paper.Now.ObjectionTerm!.Last);
    }

    [Fact]
    [Proves("MON-321:59")]
    public void Signed_without_objection_it_is_accepted_and_takes_effect_once()
    {
        var paper = new LedConclusion().WithProvider("2025-09-12", null, Line("S-1", 1_000), Line("S-2", 500, elsewhere: true)).Do(new AcceptConclusion(At("2025-09-16"), Provider));

        Assert.Equal(ConclusionStage.Accepted, paper.Now.Stage);
        Assert.Equal(Money.OfTenge(1_000), Assert.Single(paper.Applied).Measures.Withheld);
        Assert.Equal("MON-321:59", paper.Events[^1].Ground.Paragraph.ToString());
        Assert.Equal("closed", paper.Refuses(new AcceptConclusion(At("2025-09-16"), Provider)));
    }

    [Fact]
    [Proves("MON-321:57")]
    public void Silence_until_the_last_moment_counts_as_acceptance_and_then_no_objection_is_taken()
    {
        var paper = new LedConclusion().WithProvider("2025-09-12");
        Assert.Equal("term_runs", paper.Refuses(new CloseConclusionTerm(At("2025-09-17 23:59"), Actor.System)));

        paper.Do(new CloseConclusionTerm(At("2025-09-18 00:00"), Actor.System));

        Assert.Empty(paper.Applied);
        Assert.Equal("too_late", paper.Refuses(new ObjectToConclusion(At("2025-09-18"), Provider, Channel.System, ["late"])));
        Assert.Equal("too_late", paper.Refuses(new AcceptConclusion(At("2025-09-18"), Provider)));
        Assert.Equal("term_runs", paper.Refuses(new CloseConclusionTerm(At("2025-09-29 23:59"), Actor.System)));

        paper.Do(new CloseConclusionTerm(At("2025-09-30 00:00"), Actor.System));

        Assert.Equal(ConclusionStage.DeemedAccepted, paper.Now.Stage);
        Assert.Single(paper.Applied);
        Assert.Equal("closed", paper.Refuses(new ObjectToConclusion(At("2025-09-30"), Provider, Channel.System, ["late"])));
        Assert.Equal("closed", paper.Refuses(new CloseConclusionTerm(At("2025-10-01"), Actor.System)));
    }

    [Fact]
    [Proves("MON-321:56")]
    [Proves("MON-321:56.1")]
    [Proves("MON-321:56.2")]
    public void An_objection_is_taken_until_midnight_and_not_a_moment_later()
    {
        var paper = new LedConclusion().WithProvider("2025-09-12");

        Assert.Null(paper.Try(new ObjectToConclusion(At("2025-09-17 23:59"), Provider, Channel.Electronic, ["no"])).Refusal);
        Assert.Equal("too_late", paper.Refuses(new ObjectToConclusion(At("2025-09-18 00:00"), Provider, Channel.System, ["no"])));
        Assert.Equal("wrong_party", paper.Refuses(new ObjectToConclusion(At("2025-09-15"), Provider with { Id = 1 }, Channel.System, ["no"])));
    }

    [Fact]
    public void A_list_that_comes_after_the_day_of_signing_is_flagged_or_refused_by_the_policy()
    {
        var objection = new ObjectToConclusion(At("2025-09-15"), Provider, Channel.System, []);
        var list = new ListObjections(At("2025-09-16"), Provider, Channel.System, ["no"]);
        var soft = new LedConclusion().WithProvider("2025-09-12").Do(objection, list);
        var strict = new LedConclusion(TheLaw.Book.Policies.With("list_same_day", "refuse", TheLaw.Day("2025-08-01"))).WithProvider("2025-09-12").Do(objection);

        Assert.True(soft.Now.ListWasLate);
        Assert.Equal("list_too_late", strict.Refuses(list));
        Assert.Equal(ConclusionStage.DeemedAccepted, strict.Do(new CloseConclusionTerm(At("2025-09-18"), Actor.System), new CloseConclusionTerm(At("2025-09-30"), Actor.System)).Now.Stage);
    }

    [Fact]
    [Proves("MON-321:56")]
    public void After_the_signature_the_branch_notes_a_list_that_was_posted_on_that_day_and_it_is_not_late()
    {
        var paper = new LedConclusion().WithProvider("2025-09-12").Do(new ObjectToConclusion(At("2025-09-15"), Provider, Channel.System, []));
        Assert.Equal("not_possible_now", paper.Refuses(new ObjectToConclusion(At("2025-09-16"), Provider, Channel.System, ["no"])));
        Assert.Equal("empty_list", paper.Refuses(new ObjectToConclusion(At("2025-09-16"), Clerk, Channel.Post, [" "], TheLaw.Day("2025-09-15"))));

        paper.Do(new ObjectToConclusion(At("2025-09-16"), Clerk, Channel.Post, ["no"], TheLaw.Day("2025-09-15")));

        Assert.Equal((ConclusionStage.Objected, false), (paper.Now.Stage, paper.Now.ListWasLate));
    }

    [Fact]
    public void A_list_posted_in_time_is_taken_when_it_arrives_and_silence_waits_for_the_post()
    {
        var paper = new LedConclusion().Signed("2025-09-12").Do(
            new SendConclusion(At("2025-09-12"), Clerk, Channel.Post), new NoteReceipt(At("2025-09-15"), Clerk, TheLaw.Day("2025-09-15")), new CloseConclusionTerm(At("2025-09-19"), Actor.System));
        Assert.Equal(ConclusionStage.WithProvider, paper.Now.Stage);
        Assert.Equal("too_late", paper.Refuses(new ObjectToConclusion(At("2025-09-24"), Provider, Channel.System, ["no"])));
        Assert.Equal("too_late", paper.Refuses(new ObjectToConclusion(At("2025-09-24"), Clerk, Channel.Post, ["no"], TheLaw.Day("2025-09-19"))));

        paper.Do(new ObjectToConclusion(At("2025-09-24"), Clerk, Channel.Post, ["no"], TheLaw.Day("2025-09-18")));

        Assert.Equal(ConclusionStage.Objected, paper.Now.Stage);
        Assert.Empty(paper.Applied);
    }

    [Fact]
    [Proves("MON-321:58")]
    public void The_branch_corrects_what_it_accepts_and_the_old_version_stays()
    {
        var paper = new LedConclusion().Objected("2025-09-12", "2025-09-16");
        Assert.Equal((Party.BranchReviewer, TheLaw.Day("2025-09-19")), (paper.Now.Next!.Owner, paper.Now.Next.Term.Last));
        Assert.Equal("without_reasons", paper.Refuses(new ConsiderObjections(At("2025-09-17"), Branch, " ")));
        Assert.Equal("wrong_person", paper.Refuses(new ConsiderObjections(At("2025-09-17"), Branch with { Region = "10" }, "yes")));
        Assert.Equal("correction_raises", paper.Refuses(new ConsiderObjections(At("2025-09-17"), Branch, "yes", [Line(tenge: 1_001)])));
        Assert.Equal("not_considered", paper.Refuses(new SendReply(At("2025-09-17"), Branch)));

        paper.Do(new ConsiderObjections(At("2025-09-17"), Branch, "the card shows it", [Line(tenge: 400)]));
        Assert.Empty(paper.Applied);
        paper.Do(new SendReply(At("2025-09-18"), Branch));

        Assert.Equal([Money.OfTenge(1_000), Money.OfTenge(400)], paper.Now.Versions.Select(v => v.Withheld));
        Assert.Equal(Money.OfTenge(400), Assert.Single(paper.Applied).Measures.Withheld);
    }

    [Fact]
    public void A_branch_that_is_late_withholds_nothing_and_is_flagged_once()
    {
        var paper = new LedConclusion().Objected("2025-09-12", "2025-09-16").Do(new CloseConclusionTerm(At("2025-09-20"), Actor.System));

        Assert.True(paper.Now.IsOverdue);
        Assert.Equal(ConclusionStage.Objected, paper.Now.Stage);
        Assert.Empty(paper.Applied);
        Assert.Equal("closed", paper.Refuses(new CloseConclusionTerm(At("2025-09-21"), Actor.System)));
        Assert.Equal(ConclusionStage.Considered, paper.Do(new ConsiderObjections(At("2025-09-22"), Branch, "late")).Now.Stage);
    }

    [Fact]
    [Proves("MON-321:60")]
    public void What_the_state_body_takes_off_is_given_back_by_an_entry_of_its_own()
    {
        var paper = new LedConclusion().Replied("2025-09-12", "2025-09-16", "2025-09-18").Do(new AppealResults(At("2025-10-01"), Provider, "A-5"));
        Assert.Equal(Party.StateBody, paper.Now.Next!.Owner);

        paper.Do(new DecideAppeal(At("2025-10-20"), Clerk, AppealOutcome.Changed, "D-1", [Line(tenge: 300)]));

        Assert.Equal((ConclusionStage.Final, Money.OfTenge(1_000), Money.OfTenge(700)), (paper.Now.Stage, paper.Now.Applied!.Withheld, paper.Now.Returned.Withheld));
    }

    [Fact]
    [Proves("MON-321:60")]
    public void Without_an_appeal_within_three_months_it_is_final()
    {
        var paper = new LedConclusion().Replied("2025-09-12", "2025-09-16", "2025-09-18");
        Assert.Equal(TheLaw.Day("2025-12-18"), paper.Now.Next!.Term.Last);
        Assert.Equal("too_late", paper.Refuses(new AppealResults(At("2025-12-19"), Provider, "A-5")));

        Assert.Equal(ConclusionStage.Final, paper.Do(new CloseConclusionTerm(At("2025-12-19"), Actor.System)).Now.Stage);
        Assert.Single(paper.Applied);
    }

    [Fact]
    public void By_the_policy_measures_wait_until_the_time_for_an_appeal_is_over()
    {
        var paper = new LedConclusion(TheLaw.Book.Policies.With("apply_on_reply", "after_appeal", TheLaw.Day("2025-08-01"))).Replied("2025-09-12", "2025-09-16", "2025-09-18");
        Assert.Empty(paper.Applied);

        Assert.Single(paper.Do(new CloseConclusionTerm(At("2025-12-19"), Actor.System)).Applied);
    }

    [Fact]
    [Proves("MON-321:9.1")]
    public void An_outage_confirmed_later_moves_the_running_term_once()
    {
        var day = new Outage(At("2025-09-16 08:00"), At("2025-09-16 18:00"), "1", TheLaw.Day("2025-09-17"));
        var again = new Outage(At("2025-09-16 09:00"), At("2025-09-16 19:00"), "2", TheLaw.Day("2025-09-17"));
        var paper = new LedConclusion(null, [day, again]);
        paper.Drafted("2025-09-12").Do(new SignConclusion(At("2025-09-12"), Clerk), new SignConclusion(At("2025-09-12"), Branch));
        var before = new LedConclusion().WithProvider("2025-09-12");

        var step = Conclusions.Decide(before.Now, new CountConclusionAgain(At("2025-09-17"), Actor.System), TermsOn(At("2025-09-17"), null, [day, again]));
        var moved = Conclusion.Apply(before.Now, step.Events[0]);

        Assert.Equal(TheLaw.Day("2025-09-18"), moved.ObjectionTerm!.Last);
        Assert.Empty(Conclusions.Decide(moved, new CountConclusionAgain(At("2025-09-17"), Actor.System), TermsOn(At("2025-09-17"), null, [day, again])).Events);
        Assert.Equal(TheLaw.Day("2025-09-17"), paper.Now.Next!.Term.Last);
    }

    [Fact]
    [Proves("MON-321:10.2")]
    public void One_fact_brings_a_withholding_and_a_penalty_only_when_a_person_confirmed_it()
    {
        var clause = new ConclusionClause("C-1", "4.2", "no record", Money.OfTenge(50), "S-1");
        DraftConclusion Draft(ConclusionClause c) => new(At("2025-09-11"), Clerk, Head(), [Line()], [c]);

        Assert.Equal("double_use", new LedConclusion().Refuses(Draft(clause)));
        Assert.Null(new LedConclusion().Try(Draft(clause with { ConfirmedBy = 7 })).Refusal);
        Assert.Equal("double_use", new LedConclusion(TheLaw.Book.Policies.With("penalty_with_deduction", "exclude", TheLaw.Day("2025-08-01"))).Refuses(Draft(clause with { ConfirmedBy = 7 })));
    }

    [Fact]
    public void A_code_that_does_not_apply_and_a_patients_word_alone_are_refused()
    {
        Assert.Equal("code_not_applicable", new LedConclusion().Refuses(new DraftConclusion(At("2025-09-11"), Clerk, Head(), [Line(code: "5.2")], [])));
        Assert.Equal("survey_alone", new LedConclusion().Refuses(new DraftConclusion(At("2025-09-11"), Clerk, Head(), [Line(survey: true)], [])));
        Assert.Equal("wrong_form", new LedConclusion().Refuses(new DraftConclusion(At("2025-09-11"), Clerk, Head(ConclusionForm.UnconfirmedCases), [Line(code: "6.1")], [])));
    }

    [Fact]
    [Proves("MON-321:19.1")]
    [Proves("MON-321:54")]
    public void Unconfirmed_cases_stand_in_both_papers_and_are_counted_once()
    {
        ConclusionLine[] found = [Line("S-1", 1_000), Line("S-2", 300, "6.1")];
        var policies = TheLaw.Book.Policies;

        var both = ConclusionPapers.Of(found, policies.On(TheLaw.Day("2025-09-12")));
        var one = ConclusionPapers.Of(found, policies.With("c3_c4", "annex_3_only", TheLaw.Day("2025-08-01")).On(TheLaw.Day("2025-09-12")));

        Assert.Equal((2, 1), (both.Contract.Count, both.Unconfirmed.Count));
        Assert.Equal((1, 1), (one.Contract.Count, one.Unconfirmed.Count));
        foreach (var (contract, unconfirmed) in new[] { both, one })
        {
            Assert.Equal(Money.OfTenge(1_300), new ConclusionVersion(contract, [], default).Withheld + new ConclusionVersion(unconfirmed, [], default).Withheld);
        }
    }
}
