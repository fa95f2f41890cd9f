namespace Kepil.Fund.Findings;

/// <summary>A finding with all that is needed to see how its sum came about.</summary>
/// <param name="Finding">The finding.</param>
/// <param name="Evidence">Its evidence values.</param>
/// <param name="Cell">The cell of the classification that was applied.</param>
/// <param name="Base">Tiyn of the line or of the norm.</param>
/// <param name="Service">The line with its facts.</param>
/// <param name="Provider">Who billed it.</param>
/// <param name="OnTheLine">All findings on the same line, the largest first.</param>
/// <param name="Line">What the line was billed and what is withheld of it.</param>
public sealed record Explanation(
    FindingRow Finding,
    string Evidence,
    string Cell,
    long Base,
    ServiceFacts? Service,
    Provider Provider,
    IReadOnlyList<FindingRow> OnTheLine,
    Sums Line)
{
    public Arithmetic? Arithmetic => Finding.IsGeneral ? null : Findings.Arithmetic.Of(Cell, Base, Finding.Sum);
}

/// <summary>A billed line with the facts of the day when it was accepted.</summary>
public sealed record ServiceFacts(
    string LineId,
    string Package,
    string CareForm,
    string? Contract,
    string? ServiceCode,
    DateOnly StartedOn,
    DateOnly EndedOn,
    int? StartedMinute,
    int Quantity,
    long Price,
    long Amount,
    string? Diagnosis,
    long? DoctorId,
    int? BedDays,
    string? DrgCode,
    long PersonId,
    DateOnly? BirthDate,
    string? Sex)
{
    public string? ServiceNameKk { get; init; }

    public string? ServiceNameRu { get; init; }

    public string? DiagnosisName { get; init; }
}
