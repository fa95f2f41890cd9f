using System.Text.RegularExpressions;
using Kepil.Insurance;
using Kepil.Law;

namespace Kepil.Tests.Insurance;

/// <summary>The packages once more, as a plain table of cases that reads no file: what the slides say under the readings that hold unless the installation chose otherwise.</summary>
internal static class PackagesNaive
{
    private static readonly Regex Rare = On("B55|D56\\.[0124]|D57\\.[012]|D59\\.5|D61\\.9|D69\\.3|D76\\.0|D8[0-4]|E53\\.1|E74\\.0|E75\\.2|E76\\.[012]|E80\\.2|E83\\.0|E84\\.8|E85\\.0|E88\\.0|G12\\.2|G35|G40\\.4|G93\\.4|I27\\.0|J84|K5[01]|L10|L13\\.0|M08\\.2|M31\\.[348]|M32\\.1|M33|Q78\\.0");
    private static readonly Regex SocialAlways = On("A1[5-9]|B2[0-4]|B18\\.[0128]|B19|K74|C[0-8].|C9[0-7]|D0.|D3[7-9]|D4[0-8]|F..|I2[123]|G3[012567]");
    private static readonly Regex SocialBefore = On("E1[0-4]|G80|I0[0125-9]|M12\\.3|M35\\.3|M3[0-6]");
    private static readonly Regex SocialFrom2026 = On("G40|I6[0-4]");
    private static readonly Regex Chronic = On("I1[0-5]|I20|I25|I4[89]|I50|I69|J4[45]|K2[567]|K86|N18|E0[35]");
    private static readonly Regex Dangerous = On("A0[01]|A1[567]|A19|A2[0124]|A36|A39|A80|A82|A9.|B03|B05|B5[0-4]|J09|U04|U07\\.[12]");
    private static readonly Regex Contact = On("Z20|Z22|Z29\\.0");
    private static readonly Regex Epidemic = On("A00|A20|A80|A9[5678]|B05|J09|J1[01]|U04|U07\\.[12]");
    private static readonly Regex HivTuberculosis = On("A1[5-9]|B2[0-4]|Z11\\.[14]|Z20\\.[16]|Z21|R75");
    private static readonly Regex Tuberculosis = On("A1[5-9]");

    /// <summary>G: the guaranteed volume, I: insurance, -: neither.</summary>
    public static char Answer(Patient p, CareNeed n) => Guaranteed(p, n, n.Care) ? 'G' : Insured(p, n, n.Care) ? 'I' : '-';

    private static bool Social(CareNeed n) => SocialAlways.IsMatch(n.Diagnosis) || (n.Day.Year < 2026 ? SocialBefore : SocialFrom2026).IsMatch(n.Diagnosis);

    private static bool Uses(Patient p) => p.Insured && p.Standing is (Standing.Citizen or Standing.Qandas or Standing.PermanentForeigner or Standing.PermanentStateless or Standing.TemporaryForeigner or Standing.TreatyForeigner);

    private static bool Guaranteed(Patient p, CareNeed n, string care)
    {
        var d = n.Diagnosis;
        var (dangerous, rare, chronic, social) = (Dangerous.IsMatch(d), Rare.IsMatch(d), Chronic.IsMatch(d), Social(n));
        var emergency = n.Urgency == Urgency.Emergency;
        var right = p.Standing switch
        {
            null => false,
            Standing.TemporaryForeigner or Standing.AsylumSeeker => dangerous || Contact.IsMatch(d),
            _ => true,
        };
        return right && care switch
        {
            "ambulance" or "phc_visit" or "screening" or "immunisation" or "healthy_life" or "reproductive_health" or "pregnancy_care" or "epidemic_measures" => true,
            "palliative" or "nursing_care" or "blood" or "donor" or "foreign_specialist" or "ambulance_medicines" or "vaccines" => true,
            "air_ambulance" => n.Occasion is "no_means" or "specialist_brought" or "patient_brought" or "organs_brought",
            "consultation" or "diagnostics" or "procedure" => emergency || social || chronic || rare || HivTuberculosis.IsMatch(d),
            "observation" => social || rare || HivTuberculosis.IsMatch(d),
            "mobile_brigade" or "home_hospital" => Epidemic.IsMatch(d) && !Uses(p),
            "day_hospital" => social || chronic || rare || (emergency && !Uses(p)),
            "hospital" => dangerous || social || chronic || rare || (emergency && !Uses(p)),
            "admission_ward" => dangerous || rare || (emergency && (social || chronic || !Uses(p))),
            "isolation" => dangerous || Contact.IsMatch(d),
            "rehabilitation" => Tuberculosis.IsMatch(d),
            "pathology" => Guaranteed(p, n, "consultation") || Guaranteed(p, n, "day_hospital") || Guaranteed(p, n, "hospital"),
            "treatment_abroad" => p.Standing == Standing.Citizen,
            "day_hospital_medicines" => rare || Guaranteed(p, n, "day_hospital") || Guaranteed(p, n, "home_hospital"),
            "hospital_medicines" => rare || Guaranteed(p, n, "hospital") || Guaranteed(p, n, "admission_ward"),
            "outpatient_medicines" => social || rare,
            "child_accompaniment" => WithAdult(p, n) && Guaranteed(p, n, "hospital"),
            "mother_meals" => p.Age < 1 && Guaranteed(p, n, "hospital"),
            _ => false,
        };
    }

    private static bool Insured(Patient p, CareNeed n, string care) => Uses(p) && care switch
    {
        "consultation" or "diagnostics" or "procedure" or "observation" or "medical_examination" or "day_hospital" or "hospital" or "rehabilitation" or "pathology" or "donor" => true,
        "day_hospital_medicines" or "hospital_medicines" or "outpatient_medicines" => true,
        "mobile_brigade" or "home_hospital" => Epidemic.IsMatch(n.Diagnosis),
        "admission_ward" => n.Urgency == Urgency.Emergency,
        "dental" when p.Age < 18 || p.Categories.Contains("pregnant") => true,
        "dental" => n.Urgency == Urgency.Emergency && (Social(n) || Dangerous.IsMatch(n.Diagnosis)
            || p.Categories.Any(c => c is "veteran" or "disabled" or "honoured_mother" or "social_assistance" or "pensioner" or "carer_of_child" or "carer_of_group_one")),
        "child_accompaniment" => WithAdult(p, n),
        "mother_meals" => p.Age < 1,
        _ => false,
    };

    private static bool WithAdult(Patient p, CareNeed n) => p.Age < 5 || (p.Age < 18 && n.Occasion == "extra_care");

    /// <summary>Three characters name a group with all its codes.</summary>
    private static Regex On(string codes) => new($"^({codes})", RegexOptions.CultureInvariant | RegexOptions.Compiled);
}
