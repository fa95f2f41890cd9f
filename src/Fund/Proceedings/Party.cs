namespace Kepil.Fund.Proceedings;

/// <summary>Who owes the next act, and in whose capacity somebody acts.</summary>
public enum Party
{
    Provider,

    /// <summary>The first reviewer of an objection, or the employee of the territorial branch.</summary>
    BranchReviewer,
    SecondReviewer,
    CentralReviewer,

    /// <summary>The Fund outside a review: a head who assigns, a methodologist, a clerk.</summary>
    Fund,
    StateBody,

    /// <summary>What the system does by itself.</summary>
    System,
}

/// <summary>Who acts: nobody in particular when the system does.</summary>
/// <param name="Id">The account; zero for the system.</param>
/// <param name="Region">Region of the branch, or of the provider; empty for the central office and the system.</param>
public sealed record Actor(Party Party, long Id, string Region)
{
    public static readonly Actor System = new(Party.System, 0, "");
}

/// <summary>An employee of the Fund as far as the distribution of reviews may look.</summary>
/// <param name="Conflicts">Providers with whom a conflict of interest was declared.</param>
/// <param name="Load">Reviews that wait for a decision.</param>
public sealed record Employee(long Id, string Region, bool Central, bool Away, IReadOnlySet<long> Conflicts, int Load);
