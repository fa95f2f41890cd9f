using System.Globalization;
using Kepil.Fund.Registers;
using Kepil.Law;

namespace Kepil.Fund.Contributions;

/// <summary>What becomes of the rows of a file beside those that the fund has: new, known already, or refused.</summary>
/// <param name="Known">Rows that say again what is known.</param>
public sealed record JudgedContributions(IReadOnlyList<Contribution> Payments, IReadOnlyList<PersonTime> Times, int Known, IReadOnlyList<Rejection> Rejections)
{
    private const string Pattern = "dd.MM.yyyy";

    /// <summary>Compares the rows of a file with persons, with one another and with what is stored.</summary>
    /// <param name="stored">Payments with a reference that the file names, as a payment or as one that is taken back.</param>
    /// <param name="known">What the sources say now of the persons of the file.</param>
    public static JudgedContributions Of(ReadContributions read, KnownPersons persons, IReadOnlyList<Contribution> stored, IReadOnlyList<PersonTime> known)
    {
        var rejections = new List<Rejection>(read.Rejections);
        return read.Holds == "contribution"
            ? OfPayments(read, persons, stored, rejections)
            : OfTimes(read, persons, known, rejections);
    }

    private static JudgedContributions OfPayments(ReadContributions read, KnownPersons persons, IReadOnlyList<Contribution> stored, List<Rejection> rejections)
    {
        void Reject(Contribution row, string head, string value, string reason, params (string Name, string Value)[] named) =>
            rejections.Add(new(read.File, row.Row, "", head, value, reason, named.ToDictionary(n => n.Name, n => n.Value)));

        var before = stored.ToDictionary(s => s.Key);
        var payments = stored.GroupBy(s => s.Reference).ToDictionary(g => g.Key, g => (g.First().PayerId, g.First().PaidOn));
        var left = stored.Where(s => s.Refunds is null).ToDictionary(s => s.Key, s => s.Sum);
        foreach (var refund in stored.Where(s => s.Refunds is not null))
        {
            TakeBack(left, refund);
        }

        var (taken, seen, again) = (new List<Contribution>(), new Dictionary<(string, long, string, DateOnly), int>(), 0);
        // Refunds come last: a file may hold a payment and, above it, its refund.
        foreach (var row in read.Payments.Where(p => p.Refunds is null).Concat(read.Payments.Where(p => p.Refunds is not null)))
        {
            var number = row.StatedId.ToString("D12", CultureInfo.InvariantCulture);
            if (persons.Find(row.StatedId) is not { } person)
            {
                Reject(row, "", number, "person_unknown");
            }
            else if (row.Month > person.Died)
            {
                Reject(row, "", $"{row.Month:yyyy-MM}", "month_after_death", ("died", person.Died.Value.ToString(Pattern, CultureInfo.InvariantCulture)));
            }
            else if (row.Month.AddMonths(1) <= person.BirthDate)
            {
                Reject(row, "", $"{row.Month:yyyy-MM}", "month_before_birth", ("born", person.BirthDate.ToString(Pattern, CultureInfo.InvariantCulture)));
            }
            else if (seen.TryGetValue(row.Key, out var first))
            {
                Reject(row, "", row.Reference, "payment_repeated", ("first", first.ToString(CultureInfo.InvariantCulture)));
            }
            else if (before.TryGetValue(row.Key, out var same))
            {
                seen[row.Key] = row.Row;
                if (row.Says(same))
                {
                    again++;
                }
                else
                {
                    Reject(row, "", row.Reference, "payment_differs", ("day", same.KnownAt.ToString(Pattern, CultureInfo.InvariantCulture)));
                }
            }
            else if (payments.TryGetValue(row.Reference, out var of) && of != (row.PayerId, row.PaidOn))
            {
                Reject(row, "", row.Reference, "reference_repeated");
            }
            else if (row.Refunds is not null && !left.ContainsKey(Refunded(row)))
            {
                Reject(row, "", row.Refunds, "refund_of_nothing");
            }
            else if (row.Refunds is not null && left[Refunded(row)] + row.Sum < Money.Zero)
            {
                Reject(row, "", (-row.Sum).ToString(), "refund_too_large", ("left", left[Refunded(row)].ToString()));
            }
            else
            {
                seen[row.Key] = row.Row;
                payments.TryAdd(row.Reference, (row.PayerId, row.PaidOn));
                if (row.Refunds is null)
                {
                    left[row.Key] = row.Sum;
                }
                else
                {
                    TakeBack(left, row);
                }

                taken.Add(row with { PersonId = person.PersonId });
            }
        }

        return new(taken, [], again, InOrder(rejections));
    }

    private static JudgedContributions OfTimes(ReadContributions read, KnownPersons persons, IReadOnlyList<PersonTime> known, List<Rejection> rejections)
    {
        var now = known.ToDictionary(k => k.Key, k => (k.To, k.Withdrawn));
        var (taken, seen, again) = (new List<PersonTime>(), new Dictionary<(long, string, string, DateOnly, string), int>(), 0);
        foreach (var row in read.Times)
        {
            if (persons.Find(row.StatedId) is not { } person)
            {
                rejections.Add(new(read.File, row.Row, "", "", row.StatedId.ToString("D12", CultureInfo.InvariantCulture), "person_unknown", new Dictionary<string, string>()));
                continue;
            }

            var named = row with { PersonId = person.PersonId };
            if (seen.TryGetValue(named.Key, out var first))
            {
                rejections.Add(new(read.File, row.Row, "", "", row.Word, "time_repeated", new Dictionary<string, string> { ["first"] = first.ToString(CultureInfo.InvariantCulture) }));
                continue;
            }

            seen[named.Key] = row.Row;
            if (now.TryGetValue(named.Key, out var same) && same == (row.To, row.Withdrawn))
            {
                again++;
            }
            else
            {
                taken.Add(named);
            }
        }

        return new([], taken, again, InOrder(rejections));
    }

    private static (string, long, string, DateOnly) Refunded(Contribution row) => row with { Reference = row.Refunds! } is var payment ? payment.Key : default;

    private static void TakeBack(Dictionary<(string, long, string, DateOnly), Money> left, Contribution refund)
    {
        var key = Refunded(refund);
        if (left.TryGetValue(key, out var sum))
        {
            left[key] = sum + refund.Sum;
        }
    }

    private static List<Rejection> InOrder(List<Rejection> rejections) => [.. rejections.OrderBy(r => r.Row)];
}
