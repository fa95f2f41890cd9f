using Kepil.Law;

namespace Kepil.Fund.Proceedings;

/// <summary>How a finding came about: by an algorithm without effect on money, by one with effect, or by people and analysis.</summary>
[Law("MON-321:11")]
public enum Detection
{
    General,
    Potential,
    Additional,
}

/// <summary>Where an additional finding was made; every other one is made by an algorithm.</summary>
[Law("MON-321:14")]
public enum FoundBy
{
    Algorithm,
    Review,
    UnscheduledMonitoring,
    Analytics,
}

/// <summary>Whether a case is a death that current monitoring covers, and which.</summary>
public enum Death
{
    None,
    Inpatient,
    InfantInpatient,
    InfantOutpatient,

    /// <summary>Examined by the state body and left out of the Fund's monitoring.</summary>
    Maternal,

    /// <summary>An infant's accident outside hospital, left out of the Fund's monitoring.</summary>
    InfantAccident,
}

/// <summary>The way that a finding goes.</summary>
public enum Track
{
    Potential,
    Death,
    NotInContract,
    General,
    Additional,

    /// <summary>Goes on in unscheduled monitoring.</summary>
    Unscheduled,

    /// <summary>Found after payment: goes on as a hidden defect.</summary>
    Hidden,

    /// <summary>A death that the Fund does not monitor, without a finding on it.</summary>
    NotMonitored,
}

/// <summary>The track of a finding with the ground on which it was chosen.</summary>
public sealed record TrackChoice(Track Track, bool Held, Ground Ground)
{
    /// <summary>The first guard that fits decides, in the order of the list.</summary>
    [Law("MON-321:13")]
    [Law("MON-321:14")]
    [Law("MON-321:40.1")]
    [Law("MON-321:40.2")]
    [Law("MON-321:50")]
    public static TrackChoice Of(ShowFinding finding, Terms terms)
    {
        var policies = terms.Policies;
        var covered = finding.Death is Proceedings.Death.Inpatient or Proceedings.Death.InfantInpatient or Proceedings.Death.InfantOutpatient;
        TrackChoice Chosen(Track track, string paragraph, bool held = false) => new(track, held, Ground.Of(paragraph, terms, track.ToString(),
            ("detection", finding.Detection.ToString()), ("found_by", finding.FoundBy.ToString()), ("death", finding.Death.ToString()),
            ("code", finding.Code), ("paid", finding.Paid ? "true" : "false")));

        if (finding.Detection == Detection.General)
        {
            return Chosen(Track.General, "MON-321:12");
        }

        if (finding.Detection == Detection.Additional && policies["additional_effect"] is var effect && effect != "by_payment_state")
        {
            return Chosen(effect == "never" ? Track.General : Track.Additional, "MON-321:14");
        }

        if (finding.Paid)
        {
            return Chosen(Track.Hidden, "MON-321:53");
        }

        if (finding.Detection == Detection.Additional)
        {
            return finding.FoundBy == FoundBy.Review && policies["additional_in_review"] == "new_item"
                ? Chosen(Track.Additional, "MON-321:14")
                : Chosen(Track.Unscheduled, "MON-321:14");
        }

        if (covered && (finding.Code.Length > 0 || policies["p40_all"] == "true") && (finding.Code != "11.0" || policies["death_beats_11"] == "true"))
        {
            return Chosen(Track.Death, finding.Death == Proceedings.Death.Inpatient ? "MON-321:40.1" : "MON-321:40.2");
        }

        if (finding.Code.Length == 0)
        {
            return Chosen(Track.NotMonitored, finding.Death == Proceedings.Death.InfantAccident ? "MON-321:40.2" : "MON-321:40.1");
        }

        return finding.Code == "11.0"
            ? Chosen(Track.NotInContract, "MON-321:50")
            : Chosen(Track.Potential, "MON-321:13", held: finding.Death == Proceedings.Death.Maternal && policies["maternal_potential"] == "hold");
    }
}

/// <summary>Regions in which a provider is at home, by the two digits of the КАТО.</summary>
/// <param name="Bases">Regions of all its production bases.</param>
public sealed record Places(string ContractRegion, string LegalRegion, string ServiceRegion, IReadOnlyList<string> Bases)
{
    public static Places In(string region) => new(region, region, region, [region]);

    /// <summary>The region of the branch that the order calls the one at the provider's location.</summary>
    public string Territory(PoliciesOnDay policies) => policies["territory"] == "legal_address" ? LegalRegion : ServiceRegion;

    /// <summary>Regions whose employees do not review, sorted, with commas between.</summary>
    public string Excluded(PoliciesOnDay policies) => policies["exclude_regions"] == "contract_region"
        ? ContractRegion
        : string.Join(',', Bases.Append(ContractRegion).Append(ServiceRegion).Distinct().Order(StringComparer.Ordinal));
}
