using System.Text.Json;
using Kepil.Law;

namespace Kepil.Insurance;

/// <summary>Which package pays for a person's care: a pure function of facts and of law/packages.yaml.</summary>
public sealed class Entitlements(LawBook law)
{
    private static readonly Dictionary<Standing, string> StandingWords = Enum.GetValues<Standing>().ToDictionary(s => s, s => JsonNamingPolicy.SnakeCaseLower.ConvertName(s.ToString()));

    private readonly Packages packages = law.Packages;

    /// <summary>The answer for a person and a need.</summary>
    /// <exception cref="LawGapException">The day lies before the packages that are held.</exception>
    /// <exception cref="ArgumentException">The kind of care, the level, the circumstance or the diagnosis is not known.</exception>
    [Law("SLIDES-FUND-PACKAGES:6.3")]
    [Law("SLIDES-FUND-PACKAGES:5.17")]
    public Entitlement Of(Patient patient, CareNeed need)
    {
        var (kind, level) = Checked(need);
        var judging = new Judging(law, patient, need);
        var judged = judging.All(need.Care);
        var guaranteed = judged.FirstOrDefault(j => j.Holds && j.Line.Package == Package.Guaranteed)?.Line;
        var insurance = judged.FirstOrDefault(j => j.Holds && j.Line.Package == Package.Insurance)?.Line;
        var choice = guaranteed is not null && insurance is { Yields: false };
        var line = choice ? (judging.Reading("package_both") == "insurance" ? insurance : guaranteed) : guaranteed ?? insurance;

        // The answer names the readings on which it rests, not those of lines that play no part.
        var telling = line is null ? judging : new Judging(law, patient, need);
        if (line is not null)
        {
            _ = telling.Judge(line, need.Care);
            _ = choice ? telling.Reading("package_both") : null;
        }

        return Told(need, line, judged, level, ReferralOf(kind, level, need, telling), telling);
    }

    /// <summary>What helps when neither package pays; nothing when one does.</summary>
    [Law("SLIDES-FUND-PACKAGES:3.9")]
    public IReadOnlyList<WayOut> WhatHelps(Patient patient, CareNeed need)
    {
        var now = Of(patient, need);
        if (now.Line is not null)
        {
            return [];
        }

        var ways = new List<WayOut>();
        if (patient.Standing is null && Of(patient with { Standing = Standing.Citizen }, need).Line is { } asCitizen)
        {
            ways.Add(new(Remedy.ShowStanding, asCitizen, null, packages.Receivers[0].Law[0]));
        }

        if (!patient.Insured && Of(patient with { Insured = true }, need).Line is { } asInsured)
        {
            ways.Add(new(Remedy.BecomeInsured, asInsured, null, new("OSMS", "5.3-2")));
        }

        if (need.Urgency == Urgency.Planned && Of(patient, need with { Urgency = Urgency.Emergency }).Line is { } asEmergency)
        {
            ways.Add(new(Remedy.Emergency, asEmergency, null, asEmergency.Law[0]));
        }

        foreach (var occasion in packages.Occasions.Where(o => o.Name != need.Occasion))
        {
            if (Of(patient, need with { Occasion = occasion.Name }).Line is { } then)
            {
                ways.Add(new(Remedy.Occasion, then, occasion, occasion.Law[0]));
            }
        }

        ways.AddRange(now.Judged.Where(j => j.Unmet is [Unmet.Group] or [Unmet.Insured, Unmet.Group]).Select(j => new WayOut(Remedy.Group, j.Line, null, j.Line.Law[0])));
        ways.Add(new(Remedy.PayOneself, null, null, new("PAID-170")));
        return ways;
    }

    private (CareKind Kind, CareLevel Level) Checked(CareNeed need)
    {
        if (need.Day < packages.FirstDay)
        {
            throw new LawGapException("packages", need.Day, new(
                $"пакеттердің мазмұны {packages.FirstDay:yyyy-MM-dd} күнінен бастап белгілі (law/packages.yaml)",
                $"содержание пакетов известно с {packages.FirstDay:yyyy-MM-dd} (law/packages.yaml)",
                $"the contents of the packages are held from {packages.FirstDay:yyyy-MM-dd} on; add earlier ones to law/packages.yaml"));
        }

        var kind = packages.FindKind(need.Care) ?? throw new ArgumentException($"'{need.Care}' is no kind of care. One of {string.Join(", ", packages.Care.Select(c => c.Name))}.", nameof(need));
        if (need.Level is { } asked && !kind.Levels.Contains(asked))
        {
            throw new ArgumentException($"{kind.Name} is not given on the {asked} level.", nameof(need));
        }

        if (need.Occasion is { } occasion && packages.FindOccasion(occasion) is null)
        {
            throw new ArgumentException($"'{occasion}' is no circumstance. One of {string.Join(", ", packages.Occasions.Select(o => o.Name))}.", nameof(need));
        }

        return DiseaseList.Spelled(need.Diagnosis) == need.Diagnosis
            ? (kind, need.Level ?? kind.Levels[0])
            : throw new ArgumentException($"'{need.Diagnosis}' is no code of ICD-10 with its dot, for instance I10 or B18.1.", nameof(need));
    }

    [Law("SLIDES-FUND-PACKAGES:1.2")]
    [Law("SLIDES-FUND-PACKAGES:1.3")]
    private ReferralNeed ReferralOf(CareKind kind, CareLevel level, CareNeed need, Judging judging)
    {
        if (need.Urgency == Urgency.Emergency || !kind.ByReferral || level == CareLevel.First)
        {
            return new(false, []);
        }

        return level == CareLevel.Second && judging.Reading("package_referral") == "third_only" ? new(false, []) : new(true, packages[level].ReferredFrom);
    }

    private Entitlement Told(CareNeed need, PackageLine? line, IReadOnlyList<JudgedLine> judged, CareLevel level, ReferralNeed referral, Judging judging)
    {
        var right = line is null ? null : judging.RightTo(line.Package, need.Care);
        // What decided: the line that pays, or all lines of the kind where none does.
        var decisive = line is null ? judged.Select(j => j.Line).ToList() : [line];
        var lists = line is null ? [] : judging.ListsThatHold(line, right);
        var places = decisive.SelectMany(l => l.Law).Concat(right?.Law ?? packages.Receivers.SelectMany(r => r.Law))
            .Concat(referral.Needed || level == CareLevel.Third ? packages[level].Law : [])
            .Concat(line?.Only.Occasions.Where(o => o == need.Occasion).SelectMany(o => packages.FindOccasion(o)!.Law) ?? [])
            .Distinct().ToList();
        var unverified = decisive.Exists(l => l.Confidence != Confidence.High)
            || lists.Any(l => l.On(need.Day) is not { Confidence: Confidence.High })
            || (line is null && decisive.Exists(l => l.Only.Diseases.Count > 0))
            || decisive.SelectMany(l => l.Only.Groups).Any(g => packages.Group(g).Confidence != Confidence.High)
            || judging.Read.Any(p => p.Unverified);
        return new(need, line, judged, level, referral, right, lists, places, [.. judging.Read], unverified);
    }

    /// <summary>One person and one need held against the lines; the readings that were asked for are kept.</summary>
    private sealed class Judging(LawBook law, Patient patient, CareNeed need)
    {
        private readonly Packages packages = law.Packages;
        private readonly string? standing = patient.Standing is { } known ? StandingWords[known] : null;
        private readonly List<Policy> read = [];

        public IReadOnlyList<Policy> Read => read;

        public string Reading(string name)
        {
            var policy = law.Policies[name];
            if (!read.Contains(policy))
            {
                read.Add(policy);
            }

            return policy.On(need.Day);
        }

        public IReadOnlyList<JudgedLine> All(string care) => [.. packages.LinesOf(care).Select(l => Judge(l, care))];

        public JudgedLine Judge(PackageLine line, string care) => new(line, [.. Failing(line, care)]);

        /// <summary>By which group of receivers the person has the right to a package for this care.</summary>
        public Receivers? RightTo(Package package, string care) => packages.Receivers.FirstOrDefault(r => r.Package == package && Receives(r, care));

        public List<DiseaseList> ListsThatHold(PackageLine line, Receivers? right) =>
            [.. line.Only.Diseases.Concat(right?.Diseases ?? []).Distinct().Select(packages.DiseaseList).Where(l => !l.IsHeld || On(l))];

        private IEnumerable<Unmet> Failing(PackageLine line, string care)
        {
            var only = line.Only;
            if (!line.InForce(need.Day))
            {
                yield return Unmet.InForce;
            }

            if (RightTo(line.Package, care) is null)
            {
                yield return line.Package == Package.Insurance && !patient.Insured ? Unmet.Insured : Unmet.Receiver;
            }

            if (only.Uninsured && UsesInsurance())
            {
                yield return Unmet.Uninsured;
            }

            if (only.Urgency is { } urgency && urgency != need.Urgency)
            {
                yield return Unmet.Urgency;
            }

            if (only.Diseases.Count > 0 && !only.Diseases.Any(Holds))
            {
                yield return Unmet.Disease;
            }

            if (only.Groups.Count > 0 && !only.Groups.Any(g => Belongs(packages.Group(g))))
            {
                yield return Unmet.Group;
            }

            if (only.Below is { } below && patient.Age >= below)
            {
                yield return Unmet.Age;
            }

            if (only.Occasions.Count > 0 && (need.Occasion is null || !only.Occasions.Contains(need.Occasion)))
            {
                yield return Unmet.Occasion;
            }

            if (only.Standings.Count > 0 && (standing is null || !only.Standings.Contains(standing)))
            {
                yield return Unmet.Standing;
            }

            if (only.Policy is { } policy && Reading(policy.Name) != policy.Value)
            {
                yield return Unmet.Policy;
            }

            if (only.Follows.Count > 0 && !only.Follows.Any(c => packages.LinesOf(c).Any(l => l.Package == line.Package && !Failing(l, c).Any())))
            {
                yield return Unmet.Follows;
            }
        }

        private bool UsesInsurance() => patient.Insured && standing is not null && packages.Receivers.Any(r => r.Package == Package.Insurance && r.Standings.Contains(standing));

        [Law("SLIDES-FUND-PACKAGES:3.6")]
        private bool Receives(Receivers group, string care)
        {
            if (standing is null || (group.Package == Package.Insurance && !patient.Insured))
            {
                return false;
            }

            var limited = group.Diseases.Count > 0;
            var named = group.Package == Package.Guaranteed && patient.Standing == Standing.TreatyForeigner
                ? limited == (Reading("package_treaty_foreigner") == "part")
                : group.Standings.Contains(standing);
            return named && (!limited || (
                (group.Diseases.Any(Holds) || (On(packages.DiseaseList("contact")) && Reading("package_part_contact") == "with_contacts"))
                && (group.NarrowCare.Contains(care) || Reading("package_part_care") == "all_care")));
        }

        private bool Belongs(PersonGroup group) =>
            (group.Below is { } below && patient.Age < below) || group.Categories.Any(c => patient.Categories.Contains(c)) || group.Diseases.Any(Holds);

        private bool Holds(string list) => packages.DiseaseList(list) is var found && (found.IsHeld ? On(found) : Reading("package_unheld_list") == "open");

        private bool On(DiseaseList list) => list.On(need.Day)?.Holds(need.Diagnosis) ?? false;
    }
}
