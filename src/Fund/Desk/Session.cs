using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;

namespace Kepil.Fund.Desk;

/// <summary>The time between sign-in and sign-out, kept in a sealed cookie: closed after a quarter of an hour without a request, after twelve hours in any case, and at once when the account changes.</summary>
public static class Session
{
    private const string Began = "began";

    private const string Stamp = "stamp";

    private const string Strong = "strong";

    /// <summary>Sets up Identity, cookies and the keys that seal them.</summary>
    /// <param name="services">Services of the application.</param>
    /// <param name="desk">Users and journal.</param>
    /// <param name="keys">Folder of the keys; null: keys that end with the process.</param>
    public static void Add(IServiceCollection services, DeskStore desk, string? keys)
    {
        var protection = services.AddDataProtection().SetApplicationName("kepil");
        if (keys is null)
        {
            protection.UseEphemeralDataProtectionProvider();
        }
        else
        {
            // Nobody but the owner of the folder reads what opens cookies and second factors.
            protection.PersistKeysToFileSystem(OperatingSystem.IsWindows() ? Directory.CreateDirectory(keys) : Directory.CreateDirectory(keys, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute));
        }

        services.AddSingleton(desk);
        services.AddScoped<SignIn>();
        services.AddScoped(s => Gate.VisitorOf(s.GetRequiredService<IHttpContextAccessor>().HttpContext!));
        services.AddIdentityCore<DeskUser>(identity =>
        {
            identity.User.AllowedUserNameCharacters = "";
            identity.Password.RequiredLength = 12;
            identity.Password.RequiredUniqueChars = 5;
            (identity.Password.RequireDigit, identity.Password.RequireLowercase, identity.Password.RequireUppercase, identity.Password.RequireNonAlphanumeric) = (false, false, false, false);
        }).AddUserStore<DeskUserStore>();
        var authentication = services.AddAuthentication(IdentityConstants.ApplicationScheme);
        authentication.AddCookie(IdentityConstants.ApplicationScheme, cookie =>
        {
            Sealed(cookie, "kepil-desk", desk.Clock, SignIn.MostIdle);
            cookie.SlidingExpiration = true;
            cookie.Events.OnValidatePrincipal = context => ValidateAsync(context, desk);
        });
        // Between password and code.
        authentication.AddCookie(IdentityConstants.TwoFactorUserIdScheme, cookie => Sealed(cookie, "kepil-code", desk.Clock, TimeSpan.FromMinutes(5)));
    }

    public static long UserOf(ClaimsPrincipal principal) =>
        long.TryParse(principal.FindFirstValue(ClaimTypes.NameIdentifier), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0;

    public static bool IsStrong(ClaimsPrincipal principal) => principal.HasClaim(Strong, "1");

    /// <summary>Begins a session.</summary>
    public static Task BeginAsync(HttpContext context, DeskUser user, bool strong, DateTimeOffset now) =>
        context.SignInAsync(IdentityConstants.ApplicationScheme, PrincipalOf(user, strong, now));

    /// <summary>Remembers for some minutes who gave the right password.</summary>
    public static Task AwaitCodeAsync(HttpContext context, DeskUser user, DateTimeOffset now) =>
        context.SignInAsync(IdentityConstants.TwoFactorUserIdScheme, PrincipalOf(user, false, now));

    /// <summary>Who gave the right password and owes the code; 0 when nobody does.</summary>
    public static async Task<long> AwaitedAsync(HttpContext context) =>
        await context.AuthenticateAsync(IdentityConstants.TwoFactorUserIdScheme) is { Succeeded: true, Principal: var principal } ? UserOf(principal) : 0;

    public static async Task EndAsync(HttpContext context)
    {
        await context.SignOutAsync(IdentityConstants.ApplicationScheme);
        await context.SignOutAsync(IdentityConstants.TwoFactorUserIdScheme);
    }

    private static ClaimsPrincipal PrincipalOf(DeskUser user, bool strong, DateTimeOffset now) => new(new ClaimsIdentity(
        [
            new(ClaimTypes.NameIdentifier, user.Id.ToString(CultureInfo.InvariantCulture)),
            new(Began, now.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture)),
            new(Stamp, user.Stamp),
            new(Strong, strong ? "1" : "0"),
        ], IdentityConstants.ApplicationScheme));

    private static void Sealed(CookieAuthenticationOptions cookie, string name, TimeProvider clock, TimeSpan length)
    {
        cookie.Cookie.Name = name;
        cookie.Cookie.HttpOnly = true;
        cookie.Cookie.SameSite = SameSiteMode.Lax;
        cookie.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        cookie.ExpireTimeSpan = length;
        cookie.TimeProvider = clock;
    }

    private static async Task ValidateAsync(CookieValidatePrincipalContext context, DeskStore desk)
    {
        var now = desk.Clock.GetUtcNow();
        var began = long.TryParse(context.Principal!.FindFirstValue(Began), NumberStyles.None, CultureInfo.InvariantCulture, out var ms) ? DateTimeOffset.FromUnixTimeMilliseconds(ms) : DateTimeOffset.MinValue;
        if (now - began > SignIn.MostSession
            || desk.Find(UserOf(context.Principal!)) is not { } user
            || SignIn.IsOff(user, now)
            || user.Stamp != context.Principal!.FindFirstValue(Stamp)
            || (user.IsDemo && !desk.IsDemo))
        {
            context.RejectPrincipal();
            await context.HttpContext.SignOutAsync(IdentityConstants.ApplicationScheme);
            return;
        }

        // The framework renews a cookie in the second half of its time only; here every request counts as presence.
        context.ShouldRenew = now - context.Properties.IssuedUtc > TimeSpan.FromMinutes(1);
    }
}
