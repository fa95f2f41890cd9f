using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;

namespace Kepil.Fund.Desk;

/// <summary>What came of an attempt to sign in.</summary>
public enum SignInOutcome
{
    /// <summary>The session may begin.</summary>
    SignedIn,

    /// <summary>The password is right; now the code of the second factor.</summary>
    NeedsCode,

    /// <summary>Name, password or code is wrong; which of them is not said.</summary>
    Wrong,

    /// <summary>Too many attempts: closed for a while.</summary>
    Locked,

    /// <summary>The account is off, or slept for too long.</summary>
    Off,
}

/// <summary>Password, code, failures and long absence: who may sit down at the desk.</summary>
public sealed class SignIn(DeskStore desk, UserManager<DeskUser> users, IDataProtectionProvider protection)
{
    /// <summary>Failed attempts in a row after which the account is closed for a while.</summary>
    public const int MostFailures = 5;

    /// <summary>How long it is closed the first time; each further time twice as long.</summary>
    public static readonly TimeSpan FirstLock = TimeSpan.FromMinutes(15);

    /// <summary>Days without a sign-in after which an account is off.</summary>
    public const int MostIdleDays = 60;

    /// <summary>A session without a request for as long is over.</summary>
    public static readonly TimeSpan MostIdle = TimeSpan.FromMinutes(15);

    /// <summary>No session lasts longer than this.</summary>
    public static readonly TimeSpan MostSession = TimeSpan.FromHours(12);

    private readonly IDataProtector _seal = protection.CreateProtector("Kepil.SecondFactor");

    private DateTimeOffset Now => desk.Clock.GetUtcNow();

    /// <summary>Whether an account is off at a moment: by the administrator, or because nobody used it.</summary>
    public static bool IsOff(DeskUser user, DateTimeOffset now) => user.OffAt is not null || now - user.LastSeenAt > TimeSpan.FromDays(MostIdleDays);

    /// <summary>How long an account is closed after so many failures in a row.</summary>
    public static TimeSpan? LockAfter(int failures) =>
        failures == 0 || failures % MostFailures != 0 ? null : FirstLock * Math.Min(Math.Pow(2, (failures / MostFailures) - 1), 64);

    /// <summary>The first step: name and password.</summary>
    public async Task<(SignInOutcome Outcome, DeskUser? User)> PasswordAsync(string name, string password)
    {
        var user = desk.FindByName(users.NormalizeName(name) ?? "");
        if (user is null)
        {
            // As slow as for a name that is there, so that names cannot be found out.
            users.PasswordHasher.HashPassword(new DeskUser { SignInName = name, FullName = name }, password);
            return (SignInOutcome.Wrong, null);
        }

        if (Attempt(user) is { } refused)
        {
            return (refused, null);
        }

        if (!await users.CheckPasswordAsync(user, password))
        {
            return (Locked(user.Id), null);
        }

        return user.SecondFactorOn ? (SignInOutcome.NeedsCode, user) : (SignInOutcome.SignedIn, Seen(user));
    }

    /// <summary>The second step: the code of the telephone.</summary>
    public (SignInOutcome Outcome, DeskUser? User) Code(long id, string code)
    {
        if (desk.Find(id) is not { SecondFactor: not null, SecondFactorOn: true } user)
        {
            return (SignInOutcome.Wrong, null);
        }

        if (Attempt(user) is { } refused)
        {
            return (refused, null);
        }

        return Totp.StepOf(_seal.Unprotect(user.SecondFactor), code, Now, user.LastStep) is { } step ? (SignInOutcome.SignedIn, Seen(user, step)) : (Locked(user.Id), null);
    }

    /// <summary>A secret for the telephone, not yet in force; the one that was offered before stays until it is confirmed.</summary>
    public string Offer(DeskUser user)
    {
        if (user is { SecondFactorOn: false, SecondFactor: { } offered })
        {
            return _seal.Unprotect(offered);
        }

        var secret = Totp.NewSecret();
        desk.Change(user.Actor, "SecondFactorOffered", user.Id, u => u.SecondFactor = _seal.Protect(secret));
        return secret;
    }

    /// <summary>Puts the offered secret in force when the code shows that the telephone has it.</summary>
    public DeskUser? Confirm(DeskUser user, string code) =>
        user is { SecondFactorOn: false, SecondFactor: { } offered } && Totp.StepOf(_seal.Unprotect(offered), code, Now, user.LastStep) is { } step
            ? desk.Change(user.Actor, "SecondFactorSet", user.Id, u => (u.SecondFactorOn, u.LastStep) = (true, step))
            : null;

    /// <summary>Each attempt counts before it is judged, so that many at once are as many.</summary>
    private SignInOutcome? Attempt(DeskUser user)
    {
        if (IsOff(user, Now))
        {
            return SignInOutcome.Off;
        }

        var refused = false;
        desk.Change(user.Actor, "SignInTried", user.Id, u =>
        {
            refused = u.LockedUntil > Now;
            if (!refused)
            {
                u.Failures++;
                u.LockedUntil = LockAfter(u.Failures) is { } length ? Now + length : u.LockedUntil;
            }
        });
        return refused ? SignInOutcome.Locked : null;
    }

    private SignInOutcome Locked(long id) => desk.Find(id)!.LockedUntil > Now ? SignInOutcome.Locked : SignInOutcome.Wrong;

    private DeskUser Seen(DeskUser user, long? step = null) => desk.Change(user.Actor, "SignedIn", user.Id, u =>
    {
        (u.Failures, u.LockedUntil, u.LastSeenAt) = (0, null, Now);
        u.LastStep = step ?? u.LastStep;
    });
}
