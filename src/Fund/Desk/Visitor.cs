namespace Kepil.Fund.Desk;

/// <summary>Who asks for a page: somebody who signed in, a hospital's system, or nobody.</summary>
/// <param name="User">Who signed in.</param>
/// <param name="Strong">With a second factor too.</param>
/// <param name="Key">The key of a hospital's system.</param>
public sealed record Visitor(DeskUser? User, bool Strong, ProviderKey? Key)
{
    public static readonly Visitor Nobody = new(null, false, null);

    /// <summary>Who this is in the journal.</summary>
    public string Actor => User?.Actor ?? Key?.Actor ?? "nobody";

    /// <summary>The column of rights.md that counts.</summary>
    public string Holder => User?.Role.ToString() ?? (Key is null ? Rights.Nobody : Rights.Key);

    /// <summary>What still stands between the sign-in and the work: a password given by another, a second factor not yet set up.</summary>
    public bool IsReady => User is null || (!User.PasswordOnce && (Strong || !Rights.NeedsSecondFactor(User.Role)));

    /// <summary>Whether the right is there at all, on whoever's affairs.</summary>
    public bool May(Right right) => (IsReady || right is Right.Open or Right.Enter) && Rights.Of(right, Holder) != Scope.None;

    /// <summary>Whether the right is there on these affairs.</summary>
    public bool May(Right right, Owner? owner)
    {
        if (!May(right))
        {
            return false;
        }

        var scope = Rights.Of(right, Holder);
        return scope.HasFlag(Scope.All)
            || ReferenceEquals(owner, Owner.OfRows)
            || (owner is not null
                && ((scope.HasFlag(Scope.Own) && owner.ProviderId is { } provider && provider == (User?.ProviderId ?? Key?.ProviderId))
                    || (scope.HasFlag(Scope.Region) && owner.Region is { } region && region == User?.Region)
                    || (scope.HasFlag(Scope.Case) && User is not null && owner.Assigned.Contains(User.Id))));
    }
}
