using Kepil.Law;

namespace Kepil.Fund.Proceedings;

/// <summary>The terms of the order and of the readings where it is silent.</summary>
public enum TermName
{
    /// <summary>A step that the system takes on the same day.</summary>
    SameDay,
    Objection,
    Review,
    RepeatObjection,
    SecondReview,
    CentralReview,
    DeathBranchReview,
    DeathObjection,
    DeathReview,
    DeathDisagreement,
    DeathCentralReview,
    MortalityConclusion,
    NotInContractReview,
    NotInContractObjection,
    DocumentReply,
    SecondLook,
    HeadDecision,
    Reassignment,
    EscalationToCentral,
    StateBodyResult,
    PeriodEnd,
    VisitNotice,
    SuspensionNotice,
    TerminationNotice,
    StateBodyReport,
    LawEnforcementByMonth,
    LawEnforcementByContract,
    HiddenDefectNotice,
    ConclusionDrawing,
    UnconfirmedConclusionSending,
    ConclusionSending,
    ConclusionObjection,
    ConclusionSilence,
    ConclusionReply,
    ReceiptResending,
    ReceiptDeemed,
    UnscheduledLength,
    Appeal,
    AppealAnswer,
    HivConclusion,
    OutageLetter,

    /// <summary>The quarterly report; a policy says whether it is counted in working or in calendar days.</summary>
    QuarterReport,
}

/// <summary>Where the length of a term stands and whose time it is.</summary>
/// <param name="Parameter">Name in law/parameters, where the order gives the length.</param>
/// <param name="Policy">Name in law/policies.yaml, where the order is silent.</param>
/// <param name="OfProvider">The provider's time, which an outage prolongs only where the policy says so.</param>
public sealed record TermSource(string Paragraph, string? Parameter, string? Policy, bool OfProvider)
{
    /// <summary>Every term whose length is read from the law folder.</summary>
    public static readonly IReadOnlyDictionary<TermName, TermSource> All = new Dictionary<TermName, TermSource>
    {
        [TermName.Objection] = ByLaw("MON-321:26", "objection_term", provider: true),
        [TermName.Review] = ByLaw("MON-321:30", "review_term"),
        [TermName.RepeatObjection] = ByLaw("MON-321:32", "repeat_objection_term", provider: true),
        [TermName.SecondReview] = ByLaw("MON-321:34", "second_review_term"),
        [TermName.CentralReview] = ByLaw("MON-321:37", "central_review_term"),
        [TermName.DeathBranchReview] = ByPolicy("MON-321:43", "p43_days"),
        [TermName.DeathObjection] = ByLaw("MON-321:44.1", "death_objection_term", provider: true),
        [TermName.DeathReview] = ByLaw("MON-321:45", "death_review_term"),
        [TermName.DeathDisagreement] = ByLaw("MON-321:46.1", "death_disagreement_term", provider: true),
        [TermName.DeathCentralReview] = ByLaw("MON-321:47", "death_central_review_term"),
        [TermName.MortalityConclusion] = ByPolicy("MON-321:49", "annex5_days"),
        [TermName.NotInContractReview] = ByPolicy("MON-321:50", "p50_days"),
        [TermName.NotInContractObjection] = ByLaw("MON-321:26", "objection_term", provider: true),
        [TermName.DocumentReply] = ByPolicy("MON-321:42", "doc_request_reply_days", provider: true),
        [TermName.SecondLook] = ByPolicy("MON-321:31.1", "release_check_days"),
        [TermName.HeadDecision] = ByPolicy("MON-321:31.1", "head_decision_days"),
        [TermName.Reassignment] = ByPolicy("MON-321:30", "reviewer_timeout_reassign_days"),
        [TermName.EscalationToCentral] = ByPolicy("MON-321:30", "reviewer_timeout_central_days"),
        [TermName.StateBodyResult] = ByPolicy("MON-321:40.1", "maternal_result_days"),
        [TermName.VisitNotice] = ByLaw("MON-321:7.1", "visit_notice"),
        [TermName.SuspensionNotice] = ByLaw("MON-321:7.2", "suspension_notice"),
        [TermName.TerminationNotice] = ByLaw("MON-321:7.3", "termination_notice"),
        [TermName.StateBodyReport] = ByLaw("MON-321:17", "state_body_term"),
        [TermName.LawEnforcementByMonth] = ByLaw("MON-321:19.2", "unconfirmed_month_term"),
        [TermName.LawEnforcementByContract] = ByLaw("MON-321:20.1", "unconfirmed_contract_term"),
        [TermName.HiddenDefectNotice] = ByLaw("MON-321:53", "hidden_defect_notice"),
        [TermName.ConclusionDrawing] = ByPolicy("MON-321:54", "annex5_days"),
        [TermName.UnconfirmedConclusionSending] = ByLaw("MON-321:55", "conclusion_sending_term"),
        [TermName.ConclusionSending] = ByLaw("MON-321:55", "conclusion_sending_term"),
        [TermName.ConclusionObjection] = ByLaw("MON-321:56", "conclusion_objection_term", provider: true),
        [TermName.ConclusionSilence] = ByLaw("MON-321:57", "conclusion_silence_term", provider: true),
        [TermName.ConclusionReply] = ByLaw("MON-321:58", "conclusion_reply_term"),
        [TermName.ReceiptResending] = ByPolicy("MON-321:55", "receipt_resend_days"),
        [TermName.ReceiptDeemed] = ByPolicy("MON-321:55", "receipt_deemed_days"),
        [TermName.UnscheduledLength] = ByPolicy("MON-321:54", "unscheduled_max_days"),
        [TermName.Appeal] = ByPolicy("MON-321:60", "appeal_months", provider: true),
        [TermName.AppealAnswer] = ByPolicy("MON-321:60", "appeal_answer_days"),
        [TermName.HivConclusion] = ByPolicy("MON-321:39", "hiv_days"),
        [TermName.OutageLetter] = ByPolicy("MON-321:9.2", "outage_letter_days"),
    };

    private static TermSource ByLaw(string paragraph, string parameter, bool provider = false) => new(paragraph, parameter, null, provider);

    private static TermSource ByPolicy(string paragraph, string policy, bool provider = false) => new(paragraph, null, policy, provider);
}
