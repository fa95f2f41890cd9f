using System.Globalization;
using System.Security.Cryptography;
using Kepil.Fund.Desk;
using Kepil.Law;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;

namespace Kepil.Fund.Pages;

/// <summary>Accounts and keys in the hands of the administrator.</summary>
public static class AdministrationEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/users", (DeskStore desk) => UserList(desk, null, null)).Needs(Right.ManageUsers);
        routes.MapPost("/users", Add).Needs(Right.ManageUsers);
        routes.MapPost("/users/{user:long}/{change}", Change).Needs(Right.ManageUsers);
        routes.MapGet("/keys", (DeskStore desk) => KeyList(desk, null, null)).Needs(Right.ManageKeys);
        routes.MapPost("/keys", AddKey).Needs(Right.ManageKeys);
        routes.MapPost("/keys/{key:long}/revoke", RevokeKey).Needs(Right.ManageKeys);
    }

    private static IResult Add([FromForm] string? full, [FromForm] string? name, [FromForm] string? role, [FromForm] string? region, [FromForm] string? district, [FromForm] string? provider, DeskStore desk, UserManager<DeskUser> users, LawBook law, Visitor visitor)
    {
        if (string.IsNullOrWhiteSpace(full) || string.IsNullOrWhiteSpace(name) || !Enum.TryParse<Role>(role, out var asked) || !Enum.IsDefined(asked))
        {
            return UserList(desk, null, "Users.Wrong");
        }

        var user = new DeskUser { SignInName = name.Trim(), NormalName = users.NormalizeName(name.Trim())!, FullName = full.Trim(), Role = asked, Stamp = Guid.NewGuid().ToString("n"), PasswordOnce = true };
        user.Region = (user.IsOfBranch || user.IsOfLocalBody) && region is not null && law.Regions.Find(region) is { } found ? found.Code : null;
        if (user is { IsOfLocalBody: true, Region: not null } && district is { Length: > 0 })
        {
            user.Region = district is { Length: 4 } && district.All(char.IsAsciiDigit) && district.StartsWith(user.Region, StringComparison.Ordinal) ? district : null;
        }

        user.ProviderId = user.IsOfProvider ? SearchWords.Identity(provider ?? "") : null;
        if (((user.IsOfBranch || user.IsOfLocalBody) && user.Region is null) || (user.IsOfProvider && user.ProviderId is null))
        {
            return UserList(desk, null, "Users.Wrong");
        }

        if (desk.FindByName(user.NormalName) is not null)
        {
            return UserList(desk, null, "Users.Taken");
        }

        var password = NewPassword();
        user.PasswordHash = users.PasswordHasher.HashPassword(user, password);
        desk.Add(visitor.Actor, user);
        return UserList(desk, (user.SignInName, password), null);
    }

    private static IResult Change(
        long user, string change, [FromForm] string? from, [FromForm] string? to, [FromForm] string? provider, [FromForm] string? reason, DeskStore desk, UserManager<DeskUser> users, Visitor visitor)
    {
        if (desk.Find(user) is not { } found)
        {
            return MessageEndpoints.NotFound();
        }

        // Every change ends the sessions that are open.
        DeskUser Changed(string act, Action<DeskUser> how) => desk.Change(visitor.Actor, act, user, u =>
        {
            how(u);
            u.Stamp = Guid.NewGuid().ToString("n");
        });
        switch (change)
        {
            case "off" when user != visitor.User!.Id:
                Changed("UserSwitchedOff", u => u.OffAt = desk.Clock.GetUtcNow());
                break;
            case "on":
                Changed("UserSwitchedOn", u => (u.OffAt, u.LockedUntil, u.Failures, u.LastSeenAt) = (null, null, 0, desk.Clock.GetUtcNow()));
                break;
            case "factor":
                Changed("SecondFactorTaken", u => (u.SecondFactor, u.SecondFactorOn) = (null, false));
                break;
            case "password":
                var password = NewPassword();
                var hash = users.PasswordHasher.HashPassword(found, password);
                Changed("PasswordGiven", u => (u.PasswordHash, u.PasswordOnce) = (hash, true));
                return UserList(desk, (found.SignInName, password), null);
            case "absence" when DayOf(from) is { } first && DayOf(to) is { } last && first <= last:
                desk.AddAbsence(visitor.Actor, user, first, last);
                break;
            case "conflict" when SearchWords.Identity(provider ?? "") is { } number && !string.IsNullOrWhiteSpace(reason):
                desk.AddConflict(visitor.Actor, user, number, reason.Trim());
                break;
            default:
                return UserList(desk, null, "Users.Wrong");
        }

        return Results.Redirect("/users");
    }

    private static IResult AddKey([FromForm] string? provider, [FromForm] string? name, DeskStore desk, Visitor visitor)
    {
        if (SearchWords.Identity(provider ?? "") is not { } number || string.IsNullOrWhiteSpace(name))
        {
            return KeyList(desk, null, "Keys.Wrong");
        }

        return KeyList(desk, desk.AddKey(visitor.Actor, visitor.User!.Id, number, name.Trim()).Text, null);
    }

    private static IResult RevokeKey(long key, DeskStore desk, Visitor visitor)
    {
        if (desk.Keys().All(k => k.Id != key))
        {
            return MessageEndpoints.NotFound();
        }

        desk.RevokeKey(visitor.Actor, key);
        return Results.Redirect("/keys");
    }

    /// <summary>A password for one sign-in, in signs that are not taken for one another.</summary>
    private static string NewPassword() => RandomNumberGenerator.GetString("abcdefghijkmnpqrstuvwxyz23456789", 16);

    private static DateOnly? DayOf(string? text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    private static RazorComponentResult<UsersPage> UserList(DeskStore desk, (string Name, string Password)? once, string? wrong) => new(new Dictionary<string, object?>
    {
        [nameof(UsersPage.Users)] = desk.Users(),
        [nameof(UsersPage.Once)] = once,
        [nameof(UsersPage.Wrong)] = wrong,
    })
    { StatusCode = wrong is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity };

    private static RazorComponentResult<KeysPage> KeyList(DeskStore desk, string? once, string? wrong) => new(new Dictionary<string, object?>
    {
        [nameof(KeysPage.Keys)] = desk.Keys(),
        [nameof(KeysPage.Once)] = once,
        [nameof(KeysPage.Wrong)] = wrong,
    })
    { StatusCode = wrong is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity };
}
