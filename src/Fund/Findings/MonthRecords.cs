namespace Kepil.Fund.Findings;

/// <summary>What a group of lines was billed and what findings would take of it.</summary>
/// <param name="Lines">Lines of registers.</param>
/// <param name="Billed">Tiyn that the providers ask for.</param>
/// <param name="AtRisk">Tiyn that potential findings would withhold, never more than billed.</param>
/// <param name="Debt">Tiyn beyond the bill that the providers would owe.</param>
public readonly record struct Sums(long Lines, long Billed, long AtRisk, long Debt)
{
    public long Payable => Billed - AtRisk;

    public static Sums operator +(Sums a, Sums b) => new(a.Lines + b.Lines, a.Billed + b.Billed, a.AtRisk + b.AtRisk, a.Debt + b.Debt);
}

/// <summary>A form of care or a package with its sums.</summary>
public sealed record SumsBy(string Key, Sums Sums);

/// <summary>A code of the classification with its findings and what they weigh.</summary>
/// <param name="Code">Code of the classification.</param>
/// <param name="Findings">Potential findings with this code.</param>
/// <param name="Lines">Lines on which this code is the one that counts.</param>
/// <param name="AtRisk">Tiyn of those lines that would be withheld.</param>
/// <param name="Debt">Tiyn beyond their bills.</param>
public sealed record SumsByCode(string Code, long Findings, long Lines, long AtRisk, long Debt)
{
    public long Sum => AtRisk + Debt;
}

/// <summary>What a code weighs in a form of care.</summary>
public sealed record CodeInForm(string Code, string Form, long Lines, long Sum);

/// <summary>A code of findings that never change money.</summary>
public sealed record GeneralCode(string Code, long Findings, long Lines);

/// <summary>A provider as the register of providers knows it.</summary>
public sealed record Provider(long Id, string? NameKk, string? NameRu);

/// <summary>A provider with its sums and findings of a month.</summary>
public sealed record SumsByProvider(Provider Provider, Sums Sums, long Findings);

/// <summary>How many lines came in, were pointed at, weigh money, and exceed their bill.</summary>
public readonly record struct LineCounts(long All, long Found, long AtRisk, long InDebt);

/// <summary>A month of the whole fund.</summary>
public sealed record MonthOverview(
    DateOnly Month,
    Sums Sums,
    LineCounts Lines,
    IReadOnlyList<SumsByCode> Codes,
    IReadOnlyList<CodeInForm> Heat,
    IReadOnlyList<SumsBy> Forms,
    IReadOnlyList<SumsBy> Packages,
    IReadOnlyList<SumsByProvider> Providers,
    IReadOnlyList<GeneralCode> General);

/// <summary>A provider's month.</summary>
public sealed record Statement(
    DateOnly Month,
    Provider Provider,
    Sums Sums,
    LineCounts Lines,
    IReadOnlyList<SumsByCode> Codes,
    IReadOnlyList<SumsBy> Forms,
    IReadOnlyList<GeneralCode> General);

/// <summary>Which findings of a provider are asked for.</summary>
public sealed record FindingFilter(string? Code = null, string? Form = null, string? Kind = null)
{
    public bool IsEmpty => Code is null && Form is null && Kind is null;
}

/// <summary>A finding with the line that it points at, as a row of a list; what is withheld and owed is zero when another finding counts on the line.</summary>
public sealed record FindingRow(
    long Id,
    string Code,
    string Kind,
    string RuleId,
    DateOnly Month,
    long ProviderId,
    long ServiceId,
    long PersonId,
    string CareForm,
    bool Counts,
    long Sum,
    long AtRisk,
    long Debt)
{
    public bool IsGeneral => Kind == "general";

    /// <summary>The line, when the records still hold it.</summary>
    public BilledLine? Line { get; init; }
}

/// <summary>The part of a line that a list shows.</summary>
public sealed record BilledLine(long ServiceId, string LineId, DateOnly StartedOn, string? ServiceCode, long Amount);

/// <summary>The number and the sums of the findings that a filter lets through.</summary>
public readonly record struct FindingTotals(long Findings, long AtRisk, long Debt);

/// <summary>Findings of a rule in the newest runs and what they put at risk or in debt.</summary>
public sealed record RuleWeight(string RuleId, long Findings, long Sum);
