using Kepil.Law;

namespace Kepil.Fund.Purchase;

/// <summary>By how much a month of a contract changes.</summary>
/// <param name="Month">First day of the month.</param>
/// <param name="Volume">Units more, or fewer where it is below zero.</param>
/// <param name="Sum">Funds more or less.</param>
public sealed record MonthChange(long ProviderId, string Contract, string Package, string CareForm, DateOnly Month, long Volume, Money Sum);

/// <summary>What a change of contracts says.</summary>
/// <param name="Ground">Why, in words: the agreement, the act, the decision.</param>
/// <param name="Paragraph">The provision, where it is one of the law; MON-321:20.3 for a repeat above the limit of unconfirmed cases.</param>
/// <param name="EndsOn">Last day of a contract that is ended early.</param>
/// <param name="Before">All lines of the contracts before it.</param>
/// <param name="After">All their lines after it.</param>
public sealed record ChangeTerms(string Ground, string? Paragraph, DateOnly? EndsOn, IReadOnlyList<MonthChange> Months, IReadOnlyList<RegisterLine> Before, IReadOnlyList<RegisterLine> After);

/// <summary>A change of contracts: proposed by one person, confirmed or refused by another, then entered in the register.</summary>
/// <param name="Kind">agreement, reallocation or termination.</param>
/// <param name="Confirmed">Nothing while nobody decided.</param>
/// <param name="Entered">Whether its lines stand in the register.</param>
public sealed record ContractChange(long Id, string Kind, ChangeTerms Terms, string MadeBy, DateTimeOffset MadeAt, bool? Confirmed, string? Reason, string? DecidedBy, bool Entered)
{
    /// <summary>What one contract gains or loses by it.</summary>
    public Money SumOf(long provider, string contract) => SumOf(Terms.After, provider, contract) - SumOf(Terms.Before, provider, contract);

    private static Money SumOf(IEnumerable<RegisterLine> lines, long provider, string contract) =>
        new(lines.Where(l => l.ProviderId == provider && l.Contract == contract).Sum(l => (l.Sum ?? 0) * ((l.To.Year - l.From.Year) * 12 + l.To.Month - l.From.Month + 1)));
}

/// <summary>Lines of contracts as a change leaves them.</summary>
public static class ChangedLines
{
    /// <summary>Adds changes of months to lines. A line of several months is cut where a month of it changes; its first part keeps its number.</summary>
    /// <exception cref="PurchaseRefusedException">A month would fall below zero, or its line names no sum.</exception>
    public static IReadOnlyList<RegisterLine> With(IReadOnlyList<RegisterLine> lines, IEnumerable<MonthChange> changes)
    {
        var now = lines.ToList();
        foreach (var change in changes)
        {
            var (first, last) = (change.Month, change.Month.AddMonths(1).AddDays(-1));
            var at = now.FindIndex(l => l.ProviderId == change.ProviderId && l.Contract == change.Contract && l.Package == change.Package && l.CareForm == change.CareForm && l.ServiceCode is null && l.From <= last && l.To >= first);
            if (at < 0)
            {
                if (change.Volume < 0 || change.Sum < Money.Zero)
                {
                    throw Below(change);
                }

                now.Add(new(null, change.Contract, change.ProviderId, change.Package, change.CareForm, null, first, last, change.Volume, change.Sum.Tiyn));
                continue;
            }

            var line = now[at];
            if (line is not { Quantity: { } quantity, Sum: { } sum } || quantity + change.Volume < 0 || sum + change.Sum.Tiyn < 0)
            {
                throw Below(change);
            }

            now.RemoveAt(at);
            var parts = new List<RegisterLine>();
            if (line.From < first)
            {
                parts.Add(line with { To = first.AddDays(-1) });
            }

            parts.Add(line with { From = line.From > first ? line.From : first, To = line.To < last ? line.To : last, Quantity = quantity + change.Volume, Sum = sum + change.Sum.Tiyn });
            if (line.To > last)
            {
                parts.Add(line with { From = last.AddDays(1) });
            }

            now.InsertRange(at, parts.Select((p, i) => i == 0 ? p : p with { Id = null }));
        }

        return now;
    }

    /// <summary>Lines of contracts that end on a day: what lies after it is no more.</summary>
    /// <exception cref="PurchaseRefusedException">The day is not within their term.</exception>
    public static IReadOnlyList<RegisterLine> Until(IReadOnlyList<RegisterLine> lines, DateOnly day) =>
        lines.Count > 0 && lines.Min(l => l.From) <= day && day < lines.Max(l => l.To)
            ? [.. lines.Where(l => l.From <= day).Select(l => l.To > day ? l with { To = day } : l)]
            : throw new PurchaseRefusedException(new("Тоқтату күні шарттың мерзімі ішінде болуы керек.", "День расторжения должен быть внутри срока договора.", "The day of the end must lie within the term of the contract."));

    /// <summary>What lines plan for a month of a form of care.</summary>
    public static (long Volume, long Sum) Of(IEnumerable<RegisterLine> lines, long provider, string contract, string package, string form, DateOnly month)
    {
        var found = lines.Where(l => l.ProviderId == provider && l.Contract == contract && l.Package == package && l.CareForm == form && l.From < month.AddMonths(1) && l.To >= month).ToList();
        return (found.Sum(l => l.Quantity ?? 0), found.Sum(l => l.Sum ?? 0));
    }

    private static PurchaseRefusedException Below(MonthChange change) => new(new(
        $"{change.Contract}: {change.Month:MM.yyyy} айының жоспары одан аз. Азайтуды кішірейтіңіз.",
        $"{change.Contract}: план {change.Month:MM.yyyy} меньше. Уменьшите снижаемую часть.",
        $"{change.Contract}: the plan of {change.Month:MM.yyyy} is smaller than that. Take off less."));
}
