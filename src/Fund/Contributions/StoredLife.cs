using System.Globalization;
using Kepil.Fund.Accounts;
using Kepil.Insurance;
using Kepil.Law;

namespace Kepil.Fund.Contributions;

/// <summary>All that the fund was ever told about a person, put as the insurance asks for it.</summary>
public static class StoredLife
{
    private static readonly Dictionary<string, IncomeKind> Kinds = Enum.GetValues<IncomeKind>()
        .Select(k => (Word: System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(k.ToString()), Kind: k))
        // What the employer pays and what he withholds make one payment for the month.
        .Append((Contribution.Deduction, IncomeKind.Wages)).ToDictionary(k => k.Item1, k => k.Item2);

    private static readonly Dictionary<string, Standing> Standings =
        Enum.GetValues<Standing>().ToDictionary(s => System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(s.ToString()));

    /// <returns>Nothing when the register of persons does not know the number.</returns>
    public static LifeFacts? Of(FundFolder folder, ContributionStore store, long number)
    {
        return ToldPerson.Of(folder, number) is { } person ? Of(person, store.PaidFor(person.Numbers), store.TimesOf(person.Numbers)) : null;
    }

    /// <summary>The life of a person of whom no register said when it learnt something.</summary>
    public static LifeFacts Of(KnownPerson person, IReadOnlyList<Contribution> paid, IReadOnlyList<PersonTime> times) => Of(ToldPerson.Of(person), paid, times);

    /// <summary>The life of a person from the facts that are held about him.</summary>
    /// <param name="times">What the sources said, the last word last.</param>
    public static LifeFacts Of(ToldPerson person, IReadOnlyList<Contribution> paid, IReadOnlyList<PersonTime> times)
    {
        // What came under an older number is his from the day on which the numbers were known to be one person's.
        DateTimeOffset Since(long number, DateTimeOffset knownAt) => person.MergedAt.TryGetValue(number, out var merged) && merged > knownAt ? merged : knownAt;
        return Put(person, [.. paid.Select(p => p with { KnownAt = Since(p.PersonId, p.KnownAt) })], [.. times.Select(t => t with { KnownAt = Since(t.PersonId, t.KnownAt) })]);
    }

    private static LifeFacts Put(ToldPerson person, IReadOnlyList<Contribution> paid, IReadOnlyList<PersonTime> times) => new(
        person.Lifetimes,
        [.. times.Where(t => t.Kind == PersonTime.Standing).Select(t => new Told<StandingTime>(NumberOf(t), t.KnownAt, t.Withdrawn ? null : new(Standings[t.Word], t.From, t.To)))],
        [.. times.Where(t => t.Kind == PersonTime.Category).Select(t => new Told<CategoryTime>(NumberOf(t), t.KnownAt, t.Withdrawn ? null : new(t.Word, t.From, t.To, t.Source)))],
        [.. paid.Where(p => !p.NamesNoMonth).Select(p => new Told<PaidMonth>(NumberOf(p, p.Reference), p.KnownAt, new(Kinds[p.Kind], Month.Of(p.Month), p.Sum, p.PaidOn)))],
        Whole(paid, Contribution.YearAhead, (sum, on) => new Prepayment(sum, on)))
    {
        OpenPayments = Whole(paid, Contribution.ArrearsFirst, (sum, on) => new OpenPayment(sum, on)),
    };

    /// <summary>A refund of a payment that names no month changes what was told of it: what was paid back was never paid.</summary>
    private static List<Told<T>> Whole<T>(IReadOnlyList<Contribution> all, string kind, Func<Money, DateOnly, T> fact)
        where T : class
    {
        var paid = all.Where(p => p.Kind == kind).OrderBy(p => p.KnownAt).ToList();
        var told = paid.Where(p => p.Refunds is null).Select(p => new Told<T>(NumberOf(p, p.Reference), p.KnownAt, fact(p.Sum, p.PaidOn))).ToList();
        var left = paid.Where(p => p.Refunds is null).ToDictionary(p => NumberOf(p, p.Reference), p => p);
        foreach (var refund in paid.Where(p => p.Refunds is not null))
        {
            var number = NumberOf(refund, refund.Refunds!);
            left[number] = left[number] with { Sum = left[number].Sum + refund.Sum };
            told.Add(new(number, refund.KnownAt, left[number].Sum > Money.Zero ? fact(left[number].Sum, left[number].PaidOn) : null));
        }

        return told;
    }

    private static string NumberOf(Contribution paid, string reference) => string.Create(CultureInfo.InvariantCulture, $"{reference}|{paid.StatedId}|{paid.Kind}|{(paid.NamesNoMonth ? "" : paid.Month.ToString("yyyy-MM", CultureInfo.InvariantCulture))}");

    private static string NumberOf(PersonTime time) => string.Create(CultureInfo.InvariantCulture, $"{time.PersonId}|{time.Word}|{time.From:yyyy-MM-dd}|{time.Source}");
}
