namespace Kepil.Fund.Findings;

/// <summary>A finding with all that is needed to see how its sum came about.</summary>
/// <param name="Finding">The finding.</param>
/// <param name="Run">The run that made it.</param>
/// <param name="Evidence">Its evidence values.</param>
/// <param name="Cell">The cell of the classification that was applied.</param>
/// <param name="Base">Tiyn of the line or of the norm.</param>
/// <param name="Service">The line with its facts.</param>
/// <param name="Provider">Who billed it.</param>
/// <param name="OnTheLine">All findings on the same line, the largest first.</param>
/// <param name="Line">What the line was billed and what is withheld of it.</param>
public sealed record Explanation(
    FindingRow Finding,
    long Run,
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

    /// <summary>What the registers said when the line was accepted.</summary>
    public required KnownFacts Known { get; init; }
}

/// <summary>What the registers of persons, insurance, licences, staff, contracts and tariffs said of a line when it was accepted. A register that was not loaded says nothing.</summary>
/// <param name="AttachedTo">БИН of the provider of primary care to which the person was attached.</param>
/// <param name="Tariff">Tiyn.</param>
/// <param name="Region">КАТО of the region in which the provider works.</param>
public sealed record KnownFacts(
    bool? PersonKnown,
    DateOnly? DeathDate,
    bool? Insured,
    bool? Abroad,
    long? AttachedTo,
    DateOnly? AttachedOn,
    bool? Licensed,
    bool? DoctorCertified,
    string? DoctorSpecialty,
    bool? Contracted,
    long? Tariff,
    string? Region)
{
    /// <summary>The facts by the keys of their words, in the order in which one looks at them.</summary>
    public IEnumerable<(string Key, object Value)> Told()
    {
        (string Key, object? Value)[] all =
        [
            ("Fact.PersonKnown", PersonKnown), ("Fact.Died", DeathDate), ("Fact.Insured", Insured), ("Fact.Abroad", Abroad), ("Fact.AttachedTo", AttachedTo), ("Fact.AttachedOn", AttachedOn),
            ("Fact.Licensed", Licensed), ("Fact.Certified", DoctorCertified), ("Fact.Specialty", DoctorSpecialty), ("Fact.Contracted", Contracted), ("Fact.Tariff", Tariff), ("Fact.Region", Region),
        ];
        return all.Where(f => f.Value is not null and not "").Select(f => (f.Key, f.Value!));
    }
}
