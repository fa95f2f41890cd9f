using System.Globalization;
using Kepil.Fund.Proceedings;
using Kepil.Law;

namespace Kepil.Fund.Unscheduled;

/// <summary>The contract to which unconfirmed cases belong, as far as the limits ask.</summary>
/// <param name="Until">Last day of its term.</param>
/// <param name="EndedOn">Day on which it ended before its time.</param>
/// <param name="IsSole">Whether the provider is the only one of its kind in the administrative unit, with what proves it.</param>
public sealed record ContractTerm(string Number, DateOnly From, DateOnly Until, DateOnly? EndedOn = null, SoleProvider? IsSole = null)
{
    public bool IsInForce(DateOnly day) => From <= day && day <= Until && (EndedOn is null || day <= EndedOn);
}

/// <summary>Why a provider counts as the only one in an administrative unit.</summary>
/// <param name="Entry">Number of the row in the register of sole providers; nothing where it is only declared.</param>
public sealed record SoleProvider(string District, string Kind, string? Entry, DateOnly From, DateOnly? To);

/// <summary>A person of the Fund has seen signs of a crime.</summary>
/// <param name="Role">In which role: lawyer or security_officer.</param>
public sealed record CrimeSigns(long By, string Role, DateOnly On, string Reasons);

/// <summary>A signed conclusion on unconfirmed cases, as the limits see it.</summary>
/// <param name="Earlier">Cases of the provider in conclusions signed before, whatever the contract.</param>
public sealed record SignedCases(
    string Number, long ProviderId, DateOnly SignedOn, ContractTerm Contract, IReadOnlyList<UnconfirmedCase> Cases,
    IReadOnlyList<UnconfirmedCase> Earlier, CrimeSigns? Crime = null);

/// <summary>One reason why law enforcement is told, with its own term.</summary>
/// <param name="Sum">What was counted together.</param>
/// <param name="Limit">What it exceeds; nothing for signs of a crime.</param>
/// <param name="Month">The month for which it was counted; nothing for a contract.</param>
public sealed record ThresholdGround(Ground Ground, Money Sum, Money? Limit, DateOnly? Month, Term Term);

/// <summary>The one letter to law enforcement after a conclusion, with all its grounds.</summary>
public sealed record LawEnforcementNotice(string Conclusion, long ProviderId, IReadOnlyList<ThresholdGround> Grounds)
{
    /// <summary>The term that ends first.</summary>
    public Term Latest => Grounds.MinBy(g => g.Term.EndsAt)!.Term;
}

/// <summary>A repeat above the limit in a later month: a ground for ending the contract early, or the reason why it is none.</summary>
/// <param name="BlockedBy">The sole provider who is exempt; nothing where the ground stands.</param>
public sealed record TerminationGround(string Contract, Ground Ground, DateOnly FirstMonth, DateOnly LaterMonth, SoleProvider? BlockedBy)
{
    public bool Stands => BlockedBy is null;
}

/// <summary>What a signed conclusion sets off.</summary>
public sealed record ThresholdOutcome(LawEnforcementNotice? Notice, TerminationGround? Termination);

/// <summary>The limits of 200 and 800 monthly indices on unconfirmed cases.</summary>
public static class Thresholds
{
    /// <summary>The word of a ground that is no sum.</summary>
    public const string CrimeOutcome = "signs_of_crime";

    /// <summary>Weighs a conclusion on the day of its signing.</summary>
    public static ThresholdOutcome Weigh(SignedCases signed, Terms terms)
    {
        var law = new Scales(signed, terms);
        var grounds = new List<ThresholdGround>();
        grounds.AddRange(MonthGrounds(law));
        if (ContractGround(law) is { } contract)
        {
            grounds.Add(contract);
        }

        if (signed.Crime is { } crime)
        {
            grounds.Add(CrimeOf(signed.Number, signed.SignedOn, signed.Cases, crime, terms));
        }

        var notice = grounds.Count == 0 ? null : new LawEnforcementNotice(signed.Number, signed.ProviderId, grounds);
        return new(notice, Repeat(law));
    }

    /// <summary>Whether somebody may say that there are signs of a crime.</summary>
    public static bool MayTellCrime(CrimeSigns signs, PoliciesOnDay policies) =>
        signs.Role == policies["crime_flag_role"] && !string.IsNullOrWhiteSpace(signs.Reasons);

    [Law("MON-321:19.2")]
    private static IEnumerable<ThresholdGround> MonthGrounds(Scales law)
    {
        foreach (var month in law.Signed.Cases.Select(law.MonthOf).Distinct().Order())
        {
            var counted = law.OfProvider.Where(c => law.MonthOf(c) == month).ToList();
            var limit = law.Limit("unconfirmed_month_limit", counted);
            var sum = law.Sum(counted);
            if (sum > limit)
            {
                yield return law.Exceeded("19.2", TermName.LawEnforcementByMonth, sum, limit, month);
            }
        }
    }

    [Law("MON-321:20.1")]
    [Law("MON-321:20.2")]
    private static ThresholdGround? ContractGround(Scales law)
    {
        var counted = law.Policies["k800"] == "single_conclusion" ? law.Signed.Cases : law.InScope;
        if (law.Signed.Cases.Count == 0)
        {
            return null;
        }

        var limit = law.Limit("unconfirmed_contract_limit", counted);
        var sum = law.Sum(counted);
        var paragraph = law.Signed.Contract.IsInForce(law.Signed.SignedOn) ? "20.1" : "20.2";
        return sum > limit ? law.Exceeded(paragraph, TermName.LawEnforcementByContract, sum, limit, null) : null;
    }

    /// <summary>The ground that signs of a crime are, whatever the sum; its days run from the signing of the conclusion.</summary>
    /// <exception cref="ArgumentException">The one who tells them may not, or gives no reasons.</exception>
    public static ThresholdGround CrimeOf(string conclusion, DateOnly signedOn, IReadOnlyList<UnconfirmedCase> cases, CrimeSigns crime, Terms terms)
    {
        if (!MayTellCrime(crime, terms.Policies))
        {
            throw new ArgumentException($"Signs of a crime are told by the {terms.Policies["crime_flag_role"]}, with reasons.", nameof(crime));
        }

        var ground = Proceedings.Ground.Of("MON-321:19.2", terms, CrimeOutcome, ("conclusion", conclusion), ("role", crime.Role), ("reasons", crime.Reasons));
        return new(ground, cases.Aggregate(Money.Zero, (sum, c) => sum + c.Weighed(terms.Policies)), null, null, terms.Of(TermName.LawEnforcementByMonth, signedOn));
    }

    /// <summary>Two months of one contract above the limit, the later one touched by this conclusion, while the contract is in force.</summary>
    [Law("MON-321:20.3")]
    private static TerminationGround? Repeat(Scales law)
    {
        if (!law.Signed.Contract.IsInForce(law.Signed.SignedOn))
        {
            return null;
        }

        var above = law.InScope.GroupBy(law.MonthOf)
            .Where(g => law.Sum(g) > law.Limit("unconfirmed_repeat_limit", [.. g]))
            .Select(g => g.Key).Order().ToList();
        var touched = law.Signed.Cases.Select(law.MonthOf).ToHashSet();
        var pair = (from later in above
                    from first in above
                    where first < later && (touched.Contains(later) || touched.Contains(first))
                        && (law.Policies["repeat_rule"] != "consecutive" || first.AddMonths(1) == later)
                    select (first, later)).Order().Cast<(DateOnly, DateOnly)?>().FirstOrDefault();
        if (pair is not var (one, two))
        {
            return null;
        }

        var sole = law.Signed.Contract.IsSole is { } s && s.From <= law.Signed.SignedOn && (s.To is null || law.Signed.SignedOn <= s.To)
            && (s.Entry is not null || law.Policies["sole_provider_register"] == "declared") ? s : null;
        var ground = law.Ground("20.3", sole is null ? "termination_ground" : "sole_provider_exempt",
            ("contract", law.Signed.Contract.Number), ("first_month", Scales.Text(one)), ("later_month", Scales.Text(two)), ("sole_provider", sole?.District ?? ""));
        return new(law.Signed.Contract.Number, ground, one, two, sole);
    }

    /// <summary>The cases of one signing with the law of its day.</summary>
    private sealed class Scales
    {
        private readonly Terms terms;

        public Scales(SignedCases signed, Terms terms)
        {
            Signed = signed;
            this.terms = terms;
            Policies = terms.Policies;
            OfProvider = [.. signed.Earlier.Where(c => c.ProviderId == signed.ProviderId).Concat(signed.Cases).DistinctBy(c => c.FindingId)];
            InScope = Policies["threshold_scope"] == "provider" ? OfProvider : [.. OfProvider.Where(c => c.Contract == signed.Contract.Number)];
        }

        public SignedCases Signed { get; }

        public PoliciesOnDay Policies { get; }

        public IReadOnlyList<UnconfirmedCase> OfProvider { get; }

        public IReadOnlyList<UnconfirmedCase> InScope { get; }

        public DateOnly MonthOf(UnconfirmedCase one) => one.Month(Policies, Signed.SignedOn);

        public Money Sum(IEnumerable<UnconfirmedCase> cases) => cases.Aggregate(Money.Zero, (sum, c) => sum + c.Weighed(Policies));

        /// <summary>So many monthly indices of the year of the latest case that is counted.</summary>
        public Money Limit(string name, IReadOnlyCollection<UnconfirmedCase> counted) =>
            terms.Law.Parameters.Sum("mci", counted.Max(c => c.IndexOn(Policies))) * terms.Law.Parameters.Value(name, Signed.SignedOn);

        public Term Term(TermName name) => terms.Of(name, Signed.SignedOn);

        public Ground Ground(string paragraph, string outcome, params ReadOnlySpan<(string Name, string Value)> inputs) =>
            Proceedings.Ground.Of("MON-321:" + paragraph, terms, outcome, inputs);

        public ThresholdGround Exceeded(string paragraph, TermName term, Money sum, Money limit, DateOnly? month)
        {
            var ground = Ground(paragraph, "law_enforcement_is_told",
                ("conclusion", Signed.Number), (month is null ? "contract" : "month", month is { } m ? Text(m) : Signed.Contract.Number),
                ("sum_tiyn", Tiyn(sum)), ("limit_tiyn", Tiyn(limit)));
            return new(ground, sum, limit, month, Term(term));
        }

        private static string Tiyn(Money sum) => sum.Tiyn.ToString(CultureInfo.InvariantCulture);

        public static string Text(DateOnly month) => month.ToString("yyyy-MM", CultureInfo.InvariantCulture);
    }
}
