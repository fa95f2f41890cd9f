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
    string? MedicineCode,
    long PersonId,
    DateOnly? BirthDate,
    string? Sex)
{
    /// <summary>What was rendered: a service, a group of cases or a medicine; nothing when the line names none.</summary>
    public string? Code => new[] { ServiceCode, DrgCode, MedicineCode }.FirstOrDefault(c => !string.IsNullOrEmpty(c));

    public bool IsMedicine => string.IsNullOrEmpty(ServiceCode) && string.IsNullOrEmpty(DrgCode) && !string.IsNullOrEmpty(MedicineCode);

    /// <summary>Name of what was rendered, by its register.</summary>
    public string? NameKk { get; init; }

    public string? NameRu { get; init; }

    public string? DiagnosisName { get; init; }
}
