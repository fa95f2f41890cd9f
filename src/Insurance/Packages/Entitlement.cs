using Kepil.Law;

namespace Kepil.Insurance;

/// <summary>A condition of a line that does not hold.</summary>
public enum Unmet
{
    /// <summary>The line is not in force on the day.</summary>
    InForce,

    /// <summary>The package is not given to the person's standing.</summary>
    Receiver,

    /// <summary>The person is not insured.</summary>
    Insured,

    /// <summary>The line is for those who do not use the insurance.</summary>
    Uninsured,

    /// <summary>Planned where only emergencies are paid, or the other way round.</summary>
    Urgency,

    /// <summary>The diagnosis is on none of the lists.</summary>
    Disease,

    /// <summary>The person belongs to none of the groups.</summary>
    Group,

    /// <summary>The person is too old.</summary>
    Age,

    /// <summary>The circumstance is not told, or is another one.</summary>
    Occasion,

    /// <summary>The line itself is for others by their standing.</summary>
    Standing,

    /// <summary>The open question is read otherwise.</summary>
    Policy,

    /// <summary>The package does not pay for the care that this goes with.</summary>
    Follows,
}

/// <summary>A line held against a person and his need.</summary>
/// <param name="Unmet">What does not hold; nothing: the line pays.</param>
public sealed record JudgedLine(PackageLine Line, IReadOnlyList<Unmet> Unmet)
{
    public bool Holds => Unmet.Count == 0;
}

/// <summary>Whether a referral is needed, and from which levels it may come.</summary>
public sealed record ReferralNeed(bool Needed, IReadOnlyList<CareLevel> From);

/// <summary>Which package pays for care, by which line, and why.</summary>
/// <param name="Line">The line that pays; nothing when neither package does.</param>
/// <param name="Judged">Every line of the kind of care, in the order of the file: those that hold, and why the others do not.</param>
/// <param name="Level">The level of care that was asked for, or the usual one.</param>
/// <param name="Receivers">By which group of receivers the person has the right to the package; nothing when neither pays.</param>
/// <param name="Lists">The lists of diseases on which the answer rests.</param>
/// <param name="Law">The places that were applied; never none.</param>
/// <param name="Policies">The readings that were followed where the sources are silent.</param>
/// <param name="Unverified">The answer rests on a line, a list or a reading that was not compared with the official text.</param>
public sealed record Entitlement(
    CareNeed Need,
    PackageLine? Line,
    IReadOnlyList<JudgedLine> Judged,
    CareLevel Level,
    ReferralNeed Referral,
    Receivers? Receivers,
    IReadOnlyList<DiseaseList> Lists,
    IReadOnlyList<Citation> Law,
    IReadOnlyList<Policy> Policies,
    bool Unverified)
{
    public Package? Pays => Line?.Package;
}

/// <summary>What a person can do when neither package pays.</summary>
public enum Remedy
{
    /// <summary>Insurance would pay: the lawful ways to it are those of <see cref="WaysToInsurance"/>.</summary>
    BecomeInsured,

    /// <summary>In an emergency it would be paid for.</summary>
    Emergency,

    /// <summary>It depends on a circumstance that was not told.</summary>
    Occasion,

    /// <summary>No register says what the person is to the country.</summary>
    ShowStanding,

    /// <summary>It is paid for certain groups only.</summary>
    Group,

    /// <summary>As a paid service.</summary>
    PayOneself,
}

/// <summary>A way to the care that was asked for.</summary>
/// <param name="Line">The line that would pay.</param>
/// <param name="Occasion">The circumstance that would have to be told.</param>
public sealed record WayOut(Remedy Remedy, PackageLine? Line, Occasion? Occasion, Citation Law);
