namespace Kepil.Fund.Desk;

/// <summary>Something that one may or may not do; who may stands in rights.md.</summary>
public enum Right
{
    /// <summary>For everybody, signed in or not.</summary>
    Open,

    /// <summary>For everybody who signed in: the own account.</summary>
    Enter,

    /// <summary>Sums of a month without persons.</summary>
    SeeMonths,

    /// <summary>The month of a provider with its lines.</summary>
    SeeStatement,

    /// <summary>A finding with the facts of its line.</summary>
    SeeFinding,

    /// <summary>Rules, their names and reasons: restricted by paragraph 15.</summary>
    SeeRules,

    /// <summary>Looking for a provider, a line or a person.</summary>
    Search,

    /// <summary>Handing in an account-register from a hospital's system.</summary>
    SendRegister,

    /// <summary>Following the own findings from a hospital's system.</summary>
    SeeProceedings,

    /// <summary>Objecting to the own findings from a hospital's system.</summary>
    ObjectToFinding,

    /// <summary>Unscheduled monitoring with appeals and facts.</summary>
    SeeMonitorings,

    /// <summary>Conclusions and other papers of a case; the provider sees what was sent to it.</summary>
    SeeConclusions,

    /// <summary>Opening and leading unscheduled monitoring, writing, signing and sending conclusions.</summary>
    LeadMonitoring,

    /// <summary>Sending documents that were asked for, signing a conclusion for the provider, objecting to it.</summary>
    AnswerConclusion,

    /// <summary>Saying that unconfirmed cases show signs of a crime.</summary>
    TellCrime,

    /// <summary>Deciding that a contract is ended early.</summary>
    EndContract,

    /// <summary>Outages of the system and the cases whose terms they lengthen.</summary>
    SeeOutages,

    /// <summary>Entering an outage with the Fund's letter.</summary>
    EnterOutage,

    /// <summary>Confirming an outage that another person entered.</summary>
    ConfirmOutage,

    /// <summary>Absences and conflicts of interest of employees.</summary>
    ManageHindrances,

    /// <summary>The office of the own provider: its cases, papers and receipts.</summary>
    WorkInOffice,

    /// <summary>Acting on the own cases at the pages: objections, explanations, documents, withdrawals.</summary>
    AnswerFinding,

    /// <summary>Checking and handing in account-registers at the pages.</summary>
    HandInRegister,

    /// <summary>The head's board: load, deadlines and how decisions fare.</summary>
    SeeBoard,

    /// <summary>Taking a review from its reviewer, and confirming it as the second person.</summary>
    HandOver,

    /// <summary>Recording what the state body found on a mother's death, and that an explanation of a general finding was used.</summary>
    RecordResult,

    /// <summary>Letting silence confirm many cases at once after a standstill.</summary>
    ReleaseSilence,

    /// <summary>Letting a rule be shown that withholds a large share of a month's bill.</summary>
    ReleaseRule,

    /// <summary>The own inbox: what one was told, by which ways, and the own calendar.</summary>
    ReadInbox,

    /// <summary>Opening a person's data outside one's cases, with a reason and for some hours.</summary>
    OpenData,

    /// <summary>Seeing such openings: the own ones, those that one reviews, and for the auditor all.</summary>
    SeeOpenings,

    /// <summary>Saying whether such an opening was justified.</summary>
    ReviewOpening,

    /// <summary>Proposing changes of lists, trying rules, comparing editions.</summary>
    ChangeLists,

    /// <summary>Approving another's change of a list.</summary>
    ApproveLists,

    /// <summary>Opening the desk of reviewers, where each sees the cases that lie with him.</summary>
    OpenDesk,

    /// <summary>Reading and deciding a case that lies with oneself.</summary>
    ReviewCase,

    /// <summary>Balances of the Fund's books over all providers.</summary>
    SeeMoney,

    /// <summary>A provider's payments down to single services, and the papers of its months.</summary>
    SeePayments,

    /// <summary>Making the protocol of execution and the act of services of a month.</summary>
    MakeAct,

    /// <summary>Signing the act of services, each side for itself.</summary>
    SignAct,

    /// <summary>Payment files, details of accounts and statements.</summary>
    SeeFiles,

    /// <summary>Making, checking and approving payment files, changing details of accounts, taking statements in; the store wants different people.</summary>
    PayOut,

    /// <summary>Which package pays for a person's care: of a provider's people for its own patients, of a branch for those of its region.</summary>
    SeeEntitlement,

    /// <summary>Whether a person is insured on a day, what was paid for him and what he owes, with the reason for looking.</summary>
    SeeInsurance,

    /// <summary>Files of payments that were taken in, their refused rows, and what was taken back.</summary>
    SeePaymentFiles,

    /// <summary>Bringing, checking and taking in files of payments, of categories and of standings.</summary>
    BringPayments,

    /// <summary>The portrait of the uninsured with exact figures: a branch for its own region.</summary>
    SeePortrait,

    /// <summary>The list of people who are not insured, by number: a local body and a branch for their own place.</summary>
    SeeUninsured,

    /// <summary>What local bodies did so that people get insured, counted, with its effect.</summary>
    SeeLocalDuties,

    /// <summary>Entering what a local body did, correcting and taking back what was entered.</summary>
    EnterLocalDuty,

    /// <summary>The purchase of a year: plan, applications, share-out, protocol; a branch sees rows of its region.</summary>
    SeePurchase,

    /// <summary>Opening campaigns and making the commission's protocol.</summary>
    LeadPurchase,

    /// <summary>Confirming as the second person what another opened or made; the store wants different people.</summary>
    ConfirmPurchase,

    /// <summary>Applying for volumes of a campaign for the own provider.</summary>
    ApplyForPurchase,

    /// <summary>A contract with its months, what was executed and its changes.</summary>
    SeeContract,

    /// <summary>Proposing and deciding changes of contracts and their early end; the store wants different people.</summary>
    ChangeContract,

    /// <summary>Giving and taking accounts.</summary>
    ManageUsers,

    /// <summary>Giving and taking keys of hospitals' systems.</summary>
    ManageKeys,

    /// <summary>Reading who did and saw what.</summary>
    ReadJournal,
}

/// <summary>On whose affairs a right may be used.</summary>
[Flags]
public enum Scope
{
    None = 0,

    /// <summary>Those of the own provider.</summary>
    Own = 1,

    /// <summary>Those of providers of the own region.</summary>
    Region = 2,

    /// <summary>Cases that were assigned.</summary>
    Case = 4,

    All = 8,
}

/// <summary>Whose affairs a request touches.</summary>
/// <param name="ProviderId">The provider that billed.</param>
/// <param name="Region">The region of that provider.</param>
/// <param name="Assigned">Users to whom the case was assigned.</param>
public sealed record Owner(long? ProviderId, string? Region, IReadOnlyCollection<long> Assigned)
{
    /// <summary>Rows of several owners: each is shown or left out by itself.</summary>
    public static readonly Owner OfRows = new(null, null, []);
}
