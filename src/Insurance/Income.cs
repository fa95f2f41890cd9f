using Kepil.Law;

namespace Kepil.Insurance;

/// <summary>By which relation something is paid for a person and a month.</summary>
public enum IncomeKind
{
    /// <summary>Wages: the employee's contribution is withheld, the employer pays a deduction of his own; foreign legal entities and branches alike.</summary>
    Wages,

    /// <summary>Income of a civil-law contract.</summary>
    CivilContract,

    /// <summary>An individual entrepreneur, for himself.</summary>
    Entrepreneur,

    /// <summary>A notary, lawyer, bailiff or mediator in private practice, for himself.</summary>
    PrivatePractice,

    /// <summary>One who pays for himself, also a citizen who lives abroad.</summary>
    SelfPayer,

    /// <summary>The single aggregate payment in a city of republican or oblast significance, to 2023.</summary>
    AggregateCity,

    /// <summary>The single aggregate payment elsewhere, to 2023.</summary>
    AggregateElsewhere,

    /// <summary>The single payment of small business from its payroll.</summary>
    SinglePayment,

    /// <summary>Income of the special regime through an internet platform, from 2026.</summary>
    Platform,

    /// <summary>The State, for a person of its categories.</summary>
    State,

    /// <summary>The budget of the region, for a person of its categories, from 2026.</summary>
    LocalBudget,

    /// <summary>Pay of military servants, special state bodies and law enforcement: nothing is due.</summary>
    ExemptService,
}

/// <summary>What a person is to the country, as far as the insurance asks.</summary>
public enum Standing
{
    Citizen,
    Qandas,
    PermanentForeigner,
    PermanentStateless,

    /// <summary>A foreigner who by a treaty pays and receives like a citizen.</summary>
    TreatyForeigner,
    TemporaryForeigner,
    Refugee,
    AsylumSeeker,
}

/// <summary>Income of one kind from one payer for one month.</summary>
/// <param name="Payer">Number of the payer, as the file has it; empty for those who pay for themselves.</param>
/// <param name="Sum">What was earned; the declared income of an entrepreneur; for a local budget the average wage of the region; else nothing.</param>
public sealed record Income(IncomeKind Kind, string Payer, Money Sum);

/// <summary>How one sum that is due came about: base times per cent.</summary>
/// <param name="Base">The part of the income, or the fixed sum, that is counted.</param>
/// <param name="Percent">Exact per cent of the base.</param>
/// <param name="Capped">The income was larger than what is counted.</param>
/// <param name="Values">The legal values that were used.</param>
/// <param name="Policies">The readings that were followed where the law is silent.</param>
public sealed record DueStep(Money Base, decimal Percent, bool Capped, IReadOnlyList<ParameterValue> Values, IReadOnlyList<Policy> Policies)
{
    /// <summary>Whether a value or a reading behind it is still to be compared with the official text.</summary>
    public bool Unverified => Values.Any(v => v.Confidence is not Confidence.High) || Policies.Any(p => p.Unverified);
}

/// <summary>What is due for one income.</summary>
/// <param name="Contribution">What the person pays, or what is withheld from him, or what a budget pays for him.</param>
/// <param name="Deduction">What the employer pays of his own.</param>
/// <param name="ContributionStep">How the contribution came about; nothing where none is due.</param>
/// <param name="DeductionStep">How the deduction came about; nothing where none is due.</param>
public sealed record Due(Income Income, Money Contribution, Money Deduction, DueStep? ContributionStep, DueStep? DeductionStep);

/// <summary>What is due for a person and a month, income by income.</summary>
public sealed record MonthDues(Month Month, IReadOnlyList<Due> Lines)
{
    public Money Contribution => Lines.Aggregate(Money.Zero, (sum, line) => sum + line.Contribution);

    public Money Deduction => Lines.Aggregate(Money.Zero, (sum, line) => sum + line.Deduction);
}
