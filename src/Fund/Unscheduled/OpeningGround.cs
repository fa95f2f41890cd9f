using Kepil.Law;

namespace Kepil.Fund.Unscheduled;

/// <summary>The eight grounds on which unscheduled monitoring is opened, by their subparagraphs.</summary>
[System.Text.Json.Serialization.JsonConverter(typeof(WordConverter<OpeningGround>))]
public enum OpeningGround
{
    [Law("MON-321:51.1")]
    UnconfirmedCases = 1,

    [Law("MON-321:51.2")]
    ConsumerAppeal = 2,

    [Law("MON-321:51.3")]
    HealthLawBreached = 3,

    [Law("MON-321:51.4")]
    AuthorisedBodyAppeal = 4,

    [Law("MON-321:51.5")]
    RiskAnalysis = 5,

    [Law("MON-321:51.6")]
    ContractBreached = 6,

    [Law("MON-321:51.7")]
    ProviderVolumeAppeal = 7,

    [Law("MON-321:51.8")]
    StateBodyAppeal = 8,
}

/// <summary>Who turned to the Fund with an appeal.</summary>
[System.Text.Json.Serialization.JsonConverter(typeof(WordConverter<Appellant>))]
public enum Appellant
{
    NaturalPerson,
    Organisation,
    StateBody,
}

/// <summary>An appeal as it was registered, with what tells who wrote it and what it is about.</summary>
/// <param name="Number">Number under which it was registered.</param>
/// <param name="OrganisationNumber">The number of an organisation; nothing for others.</param>
/// <param name="Letter">Number of the letter of a state body.</param>
/// <param name="Signed">Whether it bears an electronic signature that holds.</param>
/// <param name="Substance">What the appeal is about.</param>
public sealed record Appeal(
    string Number, DateOnly RegisteredOn, Appellant From, string? Name = null, string? Contact = null,
    string? OrganisationNumber = null, string? Letter = null, bool Signed = false, string? Substance = null)
{
    /// <summary>Whether nobody can be told to have written it, as the policy reads it.</summary>
    [Law("MON-321:52.1")]
    public bool IsAnonymous(PoliciesOnDay policies) =>
        !Signed && (policies["anon_rule"] == "signature_only" || string.IsNullOrWhiteSpace(Name) || string.IsNullOrWhiteSpace(From switch
        {
            Appellant.NaturalPerson => Contact,
            Appellant.Organisation => OrganisationNumber,
            _ => Letter,
        }));

    /// <summary>Whether it says what the matter is: one word at least.</summary>
    [Law("MON-321:52.2")]
    public bool HasSubstance => Substance is not null && Substance.Any(char.IsLetter);
}

/// <summary>What follows from a ground of opening.</summary>
public static class OpeningGrounds
{
    /// <summary>The subparagraph that a ground stands in.</summary>
    public static Citation Citation(OpeningGround ground) => new("MON-321", "51." + (int)ground);

    /// <summary>Whether the ground is an appeal, which can be anonymous, be empty and be withdrawn.</summary>
    public static bool IsAppeal(OpeningGround ground) =>
        ground is OpeningGround.ConsumerAppeal or OpeningGround.AuthorisedBodyAppeal or OpeningGround.ProviderVolumeAppeal or OpeningGround.StateBodyAppeal;

    /// <summary>Whether the Fund may open anew on it after an appeal was withdrawn: what it has seen by itself.</summary>
    public static bool IsOfTheFund(OpeningGround ground) =>
        ground is OpeningGround.UnconfirmedCases or OpeningGround.HealthLawBreached or OpeningGround.ContractBreached;
}
