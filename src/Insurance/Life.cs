using Kepil.Law;

namespace Kepil.Insurance;

/// <summary>Birth and, where there was one, death.</summary>
public sealed record Lifetime(DateOnly Born, DateOnly? Died = null);

/// <summary>Days on which a person had a standing, both ends included; open when no end is known.</summary>
public sealed record StandingTime(Standing Standing, DateOnly From, DateOnly? To = null)
{
    public bool Covers(DateOnly day) => From <= day && (To is null || day <= To);

    public bool Touches(Month month) => From <= month.Last && (To is null || month.First <= To);
}

/// <summary>Days on which a person was in a category, both ends included, and who says so.</summary>
/// <param name="Category">Code word of law/categories.yaml.</param>
/// <param name="Source">The register that named the person.</param>
public sealed record CategoryTime(string Category, DateOnly From, DateOnly? To = null, string Source = "")
{
    public bool Covers(DateOnly day) => From <= day && (To is null || day <= To);
}

/// <summary>Money that came in for a person and a month.</summary>
/// <param name="Kind">By which relation; wages: contribution and deduction together.</param>
/// <param name="For">The month that is paid.</param>
/// <param name="Sum">What reached the Fund.</param>
public sealed record PaidMonth(IncomeKind Kind, Month For, Money Sum, DateOnly PaidOn);

/// <summary>A self-payer's payment for the year ahead, under its own purpose.</summary>
public sealed record Prepayment(Money Sum, DateOnly PaidOn);

/// <summary>A self-payer's payment that names no month: it closes arrears first.</summary>
public sealed record OpenPayment(Money Sum, DateOnly PaidOn);

/// <summary>What the Fund was told, and when: a later word under the same number replaces the earlier, an empty one takes it back.</summary>
public sealed record Told<T>(string Number, DateTimeOffset KnownAt, T? Fact)
    where T : class;

/// <summary>What is held about a person: the facts that bear on whether he is insured.</summary>
public sealed record Life(
    Lifetime? Lifetime,
    IReadOnlyList<StandingTime> Standings,
    IReadOnlyList<CategoryTime> Categories,
    IReadOnlyList<PaidMonth> Payments,
    IReadOnlyList<Prepayment> Prepayments)
{
    /// <summary>Payments that name no month.</summary>
    public IReadOnlyList<OpenPayment> OpenPayments { get; init; } = [];
}

/// <summary>All that was ever told about a person, each word with the moment at which it became known.</summary>
public sealed record LifeFacts(
    IReadOnlyList<Told<Lifetime>> Lifetimes,
    IReadOnlyList<Told<StandingTime>> Standings,
    IReadOnlyList<Told<CategoryTime>> Categories,
    IReadOnlyList<Told<PaidMonth>> Payments,
    IReadOnlyList<Told<Prepayment>> Prepayments)
{
    /// <summary>Payments that name no month.</summary>
    public IReadOnlyList<Told<OpenPayment>> OpenPayments { get; init; } = [];

    /// <summary>The facts as they were known at a moment, that moment included.</summary>
    public Life AsKnownAt(DateTimeOffset moment) => new(
        Newest(Lifetimes, moment).FirstOrDefault(),
        Newest(Standings, moment),
        Newest(Categories, moment),
        Newest(Payments, moment),
        Newest(Prepayments, moment))
    {
        OpenPayments = Newest(OpenPayments, moment),
    };

    /// <summary>Of two words told at the same moment the one that stands later holds.</summary>
    private static List<T> Newest<T>(IReadOnlyList<Told<T>> told, DateTimeOffset moment)
        where T : class
    {
        var newest = new Dictionary<string, Told<T>>(StringComparer.Ordinal);
        foreach (var word in told)
        {
            if (word.KnownAt <= moment && (!newest.TryGetValue(word.Number, out var before) || before.KnownAt <= word.KnownAt))
            {
                newest[word.Number] = word;
            }
        }

        return [.. newest.Values.Select(w => w.Fact).OfType<T>()];
    }
}
