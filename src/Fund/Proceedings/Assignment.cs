using Kepil.Law;

namespace Kepil.Fund.Proceedings;

/// <summary>Among whom a reviewer is looked for.</summary>
public enum Route
{
    /// <summary>The branch at the provider's location.</summary>
    Territory,

    /// <summary>A branch of another region: the first review of an objection.</summary>
    OtherRegion,

    /// <summary>Like the first review, another person: the blind second look at an agreement.</summary>
    SecondLook,

    /// <summary>Another employee outside the region of the dispute: the review of a repeat objection.</summary>
    SecondPerson,

    /// <summary>The employee who first confirmed.</summary>
    SameEmployee,
    Central,
}

/// <summary>What the distribution has to know of a case.</summary>
/// <param name="Excluded">Regions whose employees do not review.</param>
/// <param name="Barred">Persons who had a say already and must not have another.</param>
/// <param name="PassedOver">Persons from whom the case was taken; they are chosen only if nobody else can be.</param>
/// <param name="AvoidRegion">The branch of the first reviewer, empty if there is none.</param>
/// <param name="Same">The employee who first confirmed; zero if there is none.</param>
/// <param name="Earlier">With whom this review lay before the objection was taken back and filed anew; zero if with nobody.</param>
public sealed record Need(
    Route Route, long ProviderId, string Territory, IReadOnlySet<string> Excluded, IReadOnlySet<long> Barred, IReadOnlySet<long> PassedOver, string AvoidRegion, long Same, long Earlier);

/// <summary>The outcome of a distribution: the reviewer, or why there is none.</summary>
/// <param name="Candidates">How many could have been chosen.</param>
/// <param name="Drawn">How many of them had the least load.</param>
/// <param name="Concession">What had to be given up to find somebody: same_branch, substitute, passed_over; empty if nothing.</param>
/// <param name="LeftOut">How many employees were left out, by the reason.</param>
public sealed record Assignment(Employee? Reviewer, int Candidates, int Drawn, string Concession, IReadOnlyDictionary<string, int> LeftOut)
{
    /// <summary>The least loaded of those whom the route allows; between equals the seed decides.</summary>
    [Law("MON-321:28")]
    [Law("MON-321:29")]
    [Law("MON-321:33")]
    [Law("MON-321:45")]
    public static Assignment Choose(Need need, IEnumerable<Employee> staff, PoliciesOnDay policies, ulong seed)
    {
        var leftOut = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var fit = new List<Employee>();
        foreach (var employee in staff.OrderBy(e => e.Id))
        {
            if (WhyNot(need, employee, policies) is { } reason)
            {
                leftOut[reason] = leftOut.GetValueOrDefault(reason) + 1;
            }
            else
            {
                fit.Add(employee);
            }
        }

        var concession = "";
        if (need.Route == Route.SameEmployee)
        {
            // The order names the person; another is a substitute, however free.
            if (fit.Find(e => e.Id == need.Same && e.Region == need.Territory && !need.PassedOver.Contains(e.Id)) is { } same)
            {
                return new(same, 1, 1, "", leftOut);
            }

            concession = "substitute";
            fit.RemoveAll(e => policies["p45_substitute"] == "other_branch" ? e.Region == need.Territory : e.Region != need.Territory);
        }

        // Whoever takes an objection back and files it anew does not draw another reviewer by it.
        if (fit.Find(e => e.Id == need.Earlier && !need.PassedOver.Contains(e.Id)) is { } earlier)
        {
            return new(earlier, 1, 1, concession, leftOut);
        }

        if (need.Route == Route.SecondPerson && fit.Exists(e => e.Region != need.AvoidRegion))
        {
            fit.RemoveAll(e => e.Region == need.AvoidRegion);
        }
        else if (need.Route == Route.SecondPerson && fit.Count > 0)
        {
            concession = "same_branch";
        }

        if (fit.Exists(e => !need.PassedOver.Contains(e.Id)))
        {
            fit.RemoveAll(e => need.PassedOver.Contains(e.Id));
        }
        else if (fit.Count > 0)
        {
            concession = concession.Length == 0 ? "passed_over" : concession + ",passed_over";
        }

        if (fit.Count == 0)
        {
            return new(null, 0, 0, "", leftOut);
        }

        var least = fit.Min(e => e.Load);
        var equal = fit.FindAll(e => e.Load == least);
        return new(equal[(int)(Scatter(seed) % (ulong)equal.Count)], fit.Count, equal.Count, concession, leftOut);
    }

    /// <summary>Spreads the bits of a random number, so that neighbouring numbers draw unlike each other.</summary>
    public static ulong Scatter(ulong seed)
    {
        unchecked
        {
            var mixed = seed + 0x9E3779B97F4A7C15;
            mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
            mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
            return mixed ^ (mixed >> 31);
        }
    }

    private static string? WhyNot(Need need, Employee employee, PoliciesOnDay policies) =>
        employee.Away ? "away"
        : employee.Conflicts.Contains(need.ProviderId) ? "conflict"
        : need.Barred.Contains(employee.Id) ? "had_a_say"
        : need.Route switch
        {
            Route.Central => employee.Central ? null : "not_central",
            _ when employee.Central => "central",
            Route.Territory => employee.Region == need.Territory ? null : "other_region",
            Route.SameEmployee => null,
            _ when need.Excluded.Contains(employee.Region) => "region_of_dispute",
            Route.SecondPerson => policies["r2_branch"] == "forbid_same" && employee.Region == need.AvoidRegion ? "branch_of_first" : null,
            _ => null,
        };
}
