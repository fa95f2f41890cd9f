namespace Kepil.Fund.Desk;

/// <summary>What somebody is at the desk; each has one role.</summary>
public enum Role
{
    /// <summary>Hands registers in and reads what became of them.</summary>
    ProviderClerk,

    /// <summary>Besides answers for the provider: objects and signs.</summary>
    ProviderHead,

    /// <summary>Judges objections and monitors the providers of a region.</summary>
    BranchExpert,

    /// <summary>Heads a branch of the Fund.</summary>
    BranchHead,

    /// <summary>Decides last, in the central office.</summary>
    CentralExpert,

    /// <summary>Owns rules and lists.</summary>
    Methodologist,

    /// <summary>Prepares contracts' penalties and terminations.</summary>
    Lawyer,

    /// <summary>Sees everything and changes nothing.</summary>
    Auditor,

    /// <summary>Gives and takes accounts and keys; reads no patients.</summary>
    Administrator,

    /// <summary>An employee of an akimat: works with the uninsured people of its region or district.</summary>
    LocalBody,
}

/// <summary>One who signs in.</summary>
public sealed class DeskUser
{
    public long Id { get; set; }

    public required string SignInName { get; set; }

    /// <summary>The name for sign-in without the difference of small and capital letters.</summary>
    public string NormalName { get; set; } = "";

    public required string FullName { get; set; }

    public Role Role { get; set; }

    /// <summary>Two digits of the КАТО: the branch of an employee; of a local body four where it is that of a district; null for the central office and for providers.</summary>
    public string? Region { get; set; }

    /// <summary>The organisation of a provider's clerk or head.</summary>
    public long? ProviderId { get; set; }

    public string? PasswordHash { get; set; }

    /// <summary>The password was given by the administrator and opens nothing but the page that changes it.</summary>
    public bool PasswordOnce { get; set; }

    /// <summary>Changes with everything that must end sessions that are open.</summary>
    public string Stamp { get; set; } = "";

    /// <summary>The secret of the second factor, sealed with the keys of the folder.</summary>
    public string? SecondFactor { get; set; }

    public bool SecondFactorOn { get; set; }

    /// <summary>The half-minute whose code was used last, so that no code opens twice.</summary>
    public long LastStep { get; set; }

    /// <summary>Attempts since the last one that succeeded.</summary>
    public int Failures { get; set; }

    public DateTimeOffset? LockedUntil { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>The last sign-in; until there is one, the moment at which the account was made.</summary>
    public DateTimeOffset LastSeenAt { get; set; }

    public DateTimeOffset? OffAt { get; set; }

    /// <summary>Invented for a demonstration; nobody may sign in as such a one anywhere else.</summary>
    public bool IsDemo { get; set; }

    public bool IsOfProvider => Role is Role.ProviderClerk or Role.ProviderHead;

    public bool IsOfBranch => Role is Role.BranchExpert or Role.BranchHead;

    public bool IsOfLocalBody => Role == Role.LocalBody;

    /// <summary>Who this is in the journal.</summary>
    public string Actor => FormattableString.Invariant($"user:{Id}");
}

/// <summary>Days on which somebody is away, both included.</summary>
public sealed class Absence
{
    public long Id { get; set; }

    public long UserId { get; set; }

    public DateOnly FromDay { get; set; }

    public DateOnly ToDay { get; set; }
}

/// <summary>A provider whose affairs somebody must not judge, with the reason that was declared.</summary>
public sealed class ConflictOfInterest
{
    public long UserId { get; set; }

    public long ProviderId { get; set; }

    public required string Reason { get; set; }

    public DateTimeOffset DeclaredAt { get; set; }
}

/// <summary>The key with which a hospital's system speaks for its provider; only its hash is kept.</summary>
public sealed class ProviderKey
{
    public long Id { get; set; }

    public long ProviderId { get; set; }

    /// <summary>What the administrator calls it.</summary>
    public required string Name { get; set; }

    public required string KeyHash { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public long CreatedBy { get; set; }

    public DateTimeOffset? RevokedAt { get; set; }

    /// <summary>Who this is in the journal.</summary>
    public string Actor => FormattableString.Invariant($"key:{Id}");
}

/// <summary>A word about the whole database, for instance that it is a demonstration.</summary>
public sealed class DeskMark
{
    public required string Name { get; set; }

    public required string Value { get; set; }
}
