using Kepil.Fund.Desk;
using Kepil.Fund.Findings;
using Kepil.Fund.Proceedings;
using Kepil.Law;
using Kepil.Monitoring;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;

namespace Kepil.Fund.Pages;

/// <summary>The way in and out, and the own account.</summary>
public static class SignInEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/sign-in", Ask).Needs(Right.Open);
        routes.MapPost("/sign-in", PasswordAsync).Needs(Right.Open);
        routes.MapGet("/sign-in/code", AskCodeAsync).Needs(Right.Open);
        routes.MapPost("/sign-in/code", CodeAsync).Needs(Right.Open);
        routes.MapGet("/first-start", (DeskStore desk) => desk.HasUsers() ? MessageEndpoints.NotFound() : First(null)).Needs(Right.Open);
        routes.MapPost("/first-start", FirstAsync).Needs(Right.Open);
        routes.MapGet("/demo-sign-in", (HttpContext context, DeskStore desk, LawBook law, IRecords records) => IsDemo(context, desk) ? DemoPage(desk, law, records) : MessageEndpoints.NotFound()).Needs(Right.Open);
        routes.MapPost("/demo-sign-in", DemoAsync).Needs(Right.Open);
        routes.MapPost("/demo-clock", MoveClock).Needs(Right.Open);
        routes.MapPost("/sign-out", SignOutAsync).Needs(Right.Enter);
        routes.MapGet("/account", (Visitor visitor) => Account(visitor)).Needs(Right.Enter);
        routes.MapGet("/account/second-factor", (Visitor visitor, SignIn signIn) => Factor(visitor, signIn, false)).Needs(Right.Enter);
        routes.MapPost("/account/second-factor", ConfirmAsync).Needs(Right.Enter);
        routes.MapPost("/account/password", ChangePasswordAsync).Needs(Right.Enter);
    }

    private static IResult Ask(string? to, DeskStore desk, HttpContext context) =>
        desk.HasUsers() ? SignInForm(to, null, IsDemo(context, desk)) : Results.Redirect("/first-start");

    private static async Task<IResult> PasswordAsync([FromForm] string? name, [FromForm] string? password, [FromForm] string? to, SignIn signIn, DeskStore desk, HttpContext context)
    {
        var (outcome, user) = await signIn.PasswordAsync(name?.Trim() ?? "", password ?? "");
        switch (outcome)
        {
            case SignInOutcome.SignedIn:
                await Session.BeginAsync(context, user!, false, desk.Clock.GetUtcNow());
                return Results.Redirect(Local(to));
            case SignInOutcome.NeedsCode:
                await Session.AwaitCodeAsync(context, user!, desk.Clock.GetUtcNow());
                return Results.Redirect("/sign-in/code?to=" + Uri.EscapeDataString(Local(to)));
            default:
                return SignInForm(to, outcome, IsDemo(context, desk));
        }
    }

    private static async Task<IResult> AskCodeAsync(string? to, HttpContext context) =>
        await Session.AwaitedAsync(context) == 0 ? Results.Redirect("/sign-in") : CodeForm(to, null);

    private static async Task<IResult> CodeAsync([FromForm] string? code, [FromForm] string? to, SignIn signIn, DeskStore desk, HttpContext context)
    {
        var id = await Session.AwaitedAsync(context);
        if (id == 0)
        {
            return Results.Redirect("/sign-in");
        }

        var (outcome, user) = signIn.Code(id, code ?? "");
        if (outcome != SignInOutcome.SignedIn)
        {
            return CodeForm(to, outcome);
        }

        await Session.EndAsync(context);
        await Session.BeginAsync(context, user!, true, desk.Clock.GetUtcNow());
        return Results.Redirect(Local(to));
    }

    private static async Task<IResult> FirstAsync([FromForm] string? code, [FromForm] string? full, [FromForm] string? name, [FromForm] string? password, UserManager<DeskUser> users, DeskStore desk, HttpContext context)
    {
        if (desk.HasUsers())
        {
            return MessageEndpoints.NotFound();
        }

        if (string.IsNullOrWhiteSpace(full) || string.IsNullOrWhiteSpace(name))
        {
            return First("First.Wrong");
        }

        var user = new DeskUser { SignInName = name.Trim(), NormalName = users.NormalizeName(name.Trim())!, FullName = full.Trim(), Role = Role.Administrator, Stamp = Guid.NewGuid().ToString("n") };
        if (!await IsGoodAsync(users, user, password))
        {
            return First("Password.Weak");
        }

        user.PasswordHash = users.PasswordHasher.HashPassword(user, password!);
        if (desk.AddFirst(code ?? "", user) is not { } added)
        {
            return First("First.Wrong");
        }

        await Session.BeginAsync(context, added, false, desk.Clock.GetUtcNow());
        return Results.Redirect("/account/second-factor");
    }

    private static async Task<IResult> DemoAsync([FromForm] long user, [FromForm] string? to, DeskStore desk, HttpContext context)
    {
        if (!IsDemo(context, desk) || desk.Find(user) is not { IsDemo: true } found)
        {
            return MessageEndpoints.NotFound();
        }

        desk.Change(found.Actor, "DemoSignedIn", found.Id, u => u.LastSeenAt = desk.Clock.GetUtcNow());
        await Session.BeginAsync(context, found, true, desk.Clock.GetUtcNow());
        return Results.Redirect(Local(to));
    }

    /// <summary>Moves the clock of a demo to the morning of a later working day, so that terms end before one's eyes.</summary>
    private static IResult MoveClock([FromForm] string? days, DeskStore desk, LawBook law, HttpContext context)
    {
        if (!IsDemo(context, desk) || days is not ("1" or "5") || !MayMove(desk, law))
        {
            return MessageEndpoints.NotFound();
        }

        var day = law.Calendar.AddWorkingDays(LocalDay.Of(desk.Clock.GetUtcNow()), days == "1" ? 1 : 5);
        ((DemoClock)desk.Clock).Set(LocalDay.At(day, new(9, 0)));
        desk.Journal.Append("system", "DemoClockMoved", "clock");
        return Results.Redirect("/demo-sign-in");
    }

    /// <summary>Time is moved in a demo alone, as far as the calendar of working days reaches.</summary>
    private static bool MayMove(DeskStore desk, LawBook law) => desk is { IsDemo: true, Clock: DemoClock } && LocalDay.Of(desk.Clock.GetUtcNow()).AddDays(21) < law.Calendar.Last;

    private static async Task<IResult> SignOutAsync(Visitor visitor, DeskStore desk, HttpContext context)
    {
        // A new stamp ends the session wherever a copy of its cookie lies.
        desk.Change(visitor.Actor, "SignedOut", visitor.User!.Id, u => u.Stamp = Guid.NewGuid().ToString("n"));
        await Session.EndAsync(context);
        return Results.Redirect("/sign-in");
    }

    private static IResult Factor(Visitor visitor, SignIn signIn, bool wrong)
    {
        if (visitor.User!.SecondFactorOn || visitor.User.IsDemo)
        {
            return Results.Redirect("/account");
        }

        var secret = signIn.Offer(visitor.User);
        return new RazorComponentResult<SecondFactorPage>(new Dictionary<string, object?>
        {
            [nameof(SecondFactorPage.Secret)] = secret,
            [nameof(SecondFactorPage.Address)] = Totp.Address(secret, visitor.User.SignInName),
            [nameof(SecondFactorPage.Wrong)] = wrong,
        });
    }

    private static async Task<IResult> ConfirmAsync([FromForm] string? code, Visitor visitor, SignIn signIn, DeskStore desk, HttpContext context)
    {
        if (signIn.Confirm(visitor.User!, code ?? "") is not { } user)
        {
            return Factor(visitor, signIn, true);
        }

        await Session.BeginAsync(context, user, true, desk.Clock.GetUtcNow());
        return Results.Redirect("/account");
    }

    private static async Task<IResult> ChangePasswordAsync([FromForm] string? old, [FromForm] string? fresh, Visitor visitor, UserManager<DeskUser> users, DeskStore desk, HttpContext context)
    {
        var user = visitor.User!;
        if (user.IsDemo || !await users.CheckPasswordAsync(user, old ?? ""))
        {
            return Account(visitor, "Account.Password.Wrong");
        }

        if (fresh == old || !await IsGoodAsync(users, user, fresh))
        {
            return Account(visitor, "Password.Weak");
        }

        var hash = users.PasswordHasher.HashPassword(user, fresh!);
        var changed = desk.Change(user.Actor, "PasswordChanged", user.Id, u => (u.PasswordHash, u.PasswordOnce, u.Stamp) = (hash, false, Guid.NewGuid().ToString("n")));
        await Session.BeginAsync(context, changed, visitor.Strong, desk.Clock.GetUtcNow());
        return Results.Redirect("/account");
    }

    /// <summary>Invented users sign in with one press, where everything is invented and only on the machine itself.</summary>
    private static bool IsDemo(HttpContext context, DeskStore desk) =>
        desk.IsDemo && context.Connection.RemoteIpAddress is { } address && System.Net.IPAddress.IsLoopback(address);

    private static async Task<bool> IsGoodAsync(UserManager<DeskUser> users, DeskUser user, string? password)
    {
        foreach (var validator in users.PasswordValidators)
        {
            if (!(await validator.ValidateAsync(users, user, password)).Succeeded)
            {
                return false;
            }
        }

        return !password!.Contains(user.SignInName, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>An address of this house; anything else leads home.</summary>
    private static string Local(string? to) => to is ['/', ..] && !to.StartsWith("//", StringComparison.Ordinal) && !to.Contains('\\', StringComparison.Ordinal) && !to.Any(char.IsControl) ? to : "/";

    private static RazorComponentResult<SignInPage> SignInForm(string? to, SignInOutcome? outcome, bool demo) => new(new Dictionary<string, object?>
    {
        [nameof(SignInPage.To)] = Local(to),
        [nameof(SignInPage.Outcome)] = outcome,
        [nameof(SignInPage.Demo)] = demo,
    })
    { StatusCode = outcome is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity };

    private static RazorComponentResult<SignInCodePage> CodeForm(string? to, SignInOutcome? outcome) => new(new Dictionary<string, object?>
    {
        [nameof(SignInCodePage.To)] = Local(to),
        [nameof(SignInCodePage.Outcome)] = outcome,
    })
    { StatusCode = outcome is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity };

    private static IResult First(string? wrong) => new RazorComponentResult<FirstStartPage>(new Dictionary<string, object?> { [nameof(FirstStartPage.Wrong)] = wrong })
    { StatusCode = wrong is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity };

    private static IResult DemoPage(DeskStore desk, LawBook law, IRecords records) => new RazorComponentResult<DemoSignInPage>(new Dictionary<string, object?>
    {
        [nameof(DemoSignInPage.Users)] = desk.Users().Where(u => u.IsDemo && u.OffAt is null).ToList(),
        [nameof(DemoSignInPage.ProviderOf)] = new Func<long, Provider>(new FindingStore(records).ProviderOf),
        [nameof(DemoSignInPage.Now)] = MayMove(desk, law) ? desk.Clock.GetUtcNow() : null,
    });

    private static RazorComponentResult<AccountPage> Account(Visitor visitor, string? wrong = null) => new(new Dictionary<string, object?>
    {
        [nameof(AccountPage.User)] = visitor.User,
        [nameof(AccountPage.Wrong)] = wrong,
    })
    { StatusCode = wrong is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity };
}
