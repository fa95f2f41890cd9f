using Kepil.Fund.Proceedings;

namespace Kepil.Tests.Proceedings;

internal enum NaiveUnit
{
    Worked,
    Calendar,
    Month,
}

/// <summary>A term as the order or its reading says it, written down by hand and not read from the law folder.</summary>
/// <param name="OfProvider">The provider's time.</param>
/// <param name="FromTheDay">Whether the order says "from the day" (күннен бастап).</param>
/// <param name="Policy">The reading that gives the length where the order gives none.</param>
internal sealed record NaiveTerm(TermName Name, int Length, NaiveUnit Unit = NaiveUnit.Worked, bool OfProvider = false, bool FromTheDay = false, string? Policy = null);

/// <summary>All terms that have a length, by hand.</summary>
internal static class NaiveTerms
{
    /// <summary>In the order of the names.</summary>
    public static readonly IReadOnlyList<NaiveTerm> All =
    [
        new(TermName.Objection, 5, OfProvider: true, FromTheDay: true),
        new(TermName.Review, 5),
        new(TermName.RepeatObjection, 3, OfProvider: true),
        new(TermName.SecondReview, 3),
        new(TermName.CentralReview, 3),
        new(TermName.DeathBranchReview, 5, Policy: "p43_days"),
        new(TermName.DeathObjection, 5, OfProvider: true),
        new(TermName.DeathReview, 3),
        new(TermName.DeathDisagreement, 3, OfProvider: true),
        new(TermName.DeathCentralReview, 3),
        new(TermName.MortalityConclusion, 5, Policy: "annex5_days"),
        new(TermName.NotInContractReview, 5, Policy: "p50_days"),
        new(TermName.NotInContractObjection, 5, OfProvider: true, FromTheDay: true),
        new(TermName.DocumentReply, 3, OfProvider: true, Policy: "doc_request_reply_days"),
        new(TermName.SecondLook, 2, Policy: "release_check_days"),
        new(TermName.HeadDecision, 2, Policy: "head_decision_days"),
        new(TermName.Reassignment, 1, Policy: "reviewer_timeout_reassign_days"),
        new(TermName.EscalationToCentral, 5, Policy: "reviewer_timeout_central_days"),
        new(TermName.StateBodyResult, 30, Policy: "maternal_result_days"),
        new(TermName.VisitNotice, 1),
        new(TermName.SuspensionNotice, 3),
        new(TermName.TerminationNotice, 1),
        new(TermName.StateBodyReport, 10, FromTheDay: true),
        new(TermName.LawEnforcementByMonth, 10, FromTheDay: true),
        new(TermName.LawEnforcementByContract, 10, FromTheDay: true),
        new(TermName.HiddenDefectNotice, 1, NaiveUnit.Month, FromTheDay: true),
        new(TermName.ConclusionDrawing, 5, Policy: "annex5_days"),
        new(TermName.UnconfirmedConclusionSending, 2, FromTheDay: true),
        new(TermName.ConclusionSending, 2, FromTheDay: true),
        new(TermName.ConclusionObjection, 3, OfProvider: true),
        new(TermName.ConclusionSilence, 3, OfProvider: true),
        new(TermName.ConclusionReply, 3),
        new(TermName.ReceiptResending, 3, Policy: "receipt_resend_days"),
        new(TermName.ReceiptDeemed, 10, NaiveUnit.Calendar, Policy: "receipt_deemed_days"),
        new(TermName.UnscheduledLength, 30, Policy: "unscheduled_max_days"),
        new(TermName.Appeal, 3, NaiveUnit.Month, OfProvider: true, Policy: "appeal_months"),
        new(TermName.AppealAnswer, 20, Policy: "appeal_answer_days"),
        new(TermName.HivConclusion, 10, Policy: "hiv_days"),
        new(TermName.OutageLetter, 1, Policy: "outage_letter_days"),
    ];

    /// <summary>The term by another reading.</summary>
    /// <param name="contractDays">What the contract says, where the reading leaves it to the contract.</param>
    public static NaiveTerm By(NaiveTerm term, string policy, string value, int contractDays) =>
        policy == "month_rule" && term.Name == TermName.HiddenDefectNotice ? term with { Length = 30, Unit = NaiveUnit.Calendar }
        : term.Policy != policy ? term
        : term with { Length = value == "contract" ? contractDays : int.Parse(value, null) };

    /// <summary>The last day by a count of days one by one; outages touch working days alone.</summary>
    public static DateOnly Last(this NaiveDays days, NaiveTerm term, DateOnly start, DateOnly today, ISet<DateOnly> down) => term.Unit switch
    {
        NaiveUnit.Calendar => days.LastOfDays(start, term.Length, today),
        NaiveUnit.Month => days.LastOfMonths(start, term.Length, today),
        _ => days.Last(start, term.Length, today, down),
    };
}
