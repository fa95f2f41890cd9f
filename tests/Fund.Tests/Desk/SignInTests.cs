using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Kepil.Fund.Desk;
using Kepil.Tests.Pages;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Kepil.Tests.Desk;

/// <summary>The way to the desk and away from it, as readers go it, with a clock that the test moves.</summary>
public sealed class SignInTests : IAsyncLifetime
{
    private const string Password = "алма ағашы гүлдеді";

    private readonly MovedClock _clock = new(new(2026, 11, 2, 4, 0, 0, TimeSpan.Zero));
    private PagesHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await PagesHost.StartAsync(demo: false, clock: _clock);

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task The_first_administrator_is_made_by_the_code_and_only_once()
    {
        var code = _host.Desk.NewFirstCode();
        using var reader = _host.Reader(follow: false);

        Assert.Equal("/first-start", await To(reader.GetAsync("/sign-in", TestContext.Current.CancellationToken)));
        using var wrong = await FirstAsync(reader, "00000-00000-00000-00000");
        using var right = await FirstAsync(reader, code);

        Assert.Equal((HttpStatusCode.UnprocessableEntity, HttpStatusCode.Redirect), (wrong.StatusCode, right.StatusCode));
        Assert.Equal(Role.Administrator, Assert.Single(_host.Desk.Users()).Role);
        Assert.Null(_host.Desk.AddFirst(code, new DeskUser { SignInName = "x", FullName = "x" }));
        // Without a second factor the administrator goes no further than his own account.
        Assert.Equal("/account", await To(reader.GetAsync("/users", TestContext.Current.CancellationToken)));
    }

    [Fact]
    public async Task A_new_user_sets_a_password_and_a_second_factor_before_anything_else_opens()
    {
        using var administrator = await AdministratorAsync();
        using var added = await PagesHost.SendAsync(administrator, "/users", "/users", ("full", "Сарапшы"), ("name", "sarapshy"), ("role", "BranchExpert"), ("region", "61"));
        var once = Regex.Match(await added.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), "<strong class=\"id\">([a-z0-9]{16})</strong>").Groups[1].Value;
        using var reader = _host.Reader(follow: false);

        Assert.Equal("/months/2026-10", await SignInAsync(reader, "sarapshy", once, "/months/2026-10"));
        Assert.Equal("/account", await To(reader.GetAsync("/months/2026-10", TestContext.Current.CancellationToken)));
        using var weak = await PagesHost.SendAsync(reader, "/account", "/account/password", ("old", once), ("fresh", "short"));
        using var changed = await PagesHost.SendAsync(reader, "/account", "/account/password", ("old", once), ("fresh", Password));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, HttpStatusCode.Redirect), (weak.StatusCode, changed.StatusCode));
        Assert.Equal("/account", await To(reader.GetAsync("/months/2026-10", TestContext.Current.CancellationToken)));
        await SetUpFactorAsync(reader);
        Assert.Equal(HttpStatusCode.OK, await Status(reader, "/months/2026-10"));
        Assert.Equal(HttpStatusCode.Forbidden, await Status(reader, "/users"));
    }

    [Fact]
    public async Task A_code_opens_once_and_only_after_the_password()
    {
        var secret = Add(Role.CentralExpert);
        using var first = _host.Reader(follow: false);
        using var second = _host.Reader(follow: false);

        Assert.Equal("/sign-in", await To(first.GetAsync("/sign-in/code", TestContext.Current.CancellationToken)));
        Assert.Equal("/sign-in/code?to=%2Flaw", await SignInAsync(first, "user", Password, "/law"));
        Assert.Equal("/sign-in/code?to=%2F", await SignInAsync(second, "user", Password));
        Assert.Equal("/law", await CodeAsync(first, Code(secret), "/law"));
        Assert.Equal("422", await CodeAsync(second, Code(secret)));
        Assert.Equal(HttpStatusCode.OK, await Status(first, "/rules"));
        Assert.Equal(HttpStatusCode.Redirect, await Status(second, "/rules"));
        _clock.Move(TimeSpan.FromSeconds(30));
        Assert.Equal("/", await CodeAsync(second, Code(secret)));
    }

    [Fact]
    public async Task Five_failures_close_the_account_for_a_while_and_each_time_for_longer()
    {
        Add(Role.Lawyer, factor: false);
        using var reader = _host.Reader(follow: false);
        for (var i = 0; i < SignIn.MostFailures; i++)
        {
            Assert.Equal("422", await SignInAsync(reader, "user", "wrong"));
        }

        Assert.Equal("422", await SignInAsync(reader, "user", Password));
        _clock.Move(TimeSpan.FromMinutes(14));
        Assert.Equal("422", await SignInAsync(reader, "USER", Password));
        _clock.Move(TimeSpan.FromMinutes(1));
        for (var i = 0; i < SignIn.MostFailures; i++)
        {
            Assert.Equal("422", await SignInAsync(reader, "user", "wrong"));
        }

        _clock.Move(TimeSpan.FromMinutes(29));
        Assert.Equal("422", await SignInAsync(reader, "user", Password));
        _clock.Move(TimeSpan.FromMinutes(1));
        Assert.Equal("/", await SignInAsync(reader, "user", Password));
        Assert.Equal(0, _host.Desk.Find(1)!.Failures);
    }

    [Fact]
    public async Task Many_guesses_at_once_are_no_more_than_five()
    {
        Add(Role.Lawyer, factor: false);

        var guesses = await Task.WhenAll(Enumerable.Range(0, 20).Select(async _ =>
        {
            using var reader = _host.Reader(follow: false);
            return await SignInAsync(reader, "user", "wrong");
        }));

        Assert.All(guesses, g => Assert.Equal("422", g));
        Assert.Equal(SignIn.MostFailures, _host.Desk.Find(1)!.Failures);
    }

    [Fact]
    public async Task A_session_ends_after_a_quarter_of_an_hour_of_silence()
    {
        using var reader = await SignedInAsync();
        for (var i = 0; i < 4; i++)
        {
            _clock.Move(TimeSpan.FromMinutes(14));
            Assert.Equal(HttpStatusCode.OK, await Status(reader, "/account"));
        }

        _clock.Move(TimeSpan.FromMinutes(15) + TimeSpan.FromSeconds(1));
        Assert.Equal(HttpStatusCode.Redirect, await Status(reader, "/account"));
    }

    [Fact]
    public async Task No_session_lasts_longer_than_twelve_hours()
    {
        using var reader = await SignedInAsync();
        for (var minutes = 0; minutes < 12 * 60; minutes += 10)
        {
            Assert.Equal(HttpStatusCode.OK, await Status(reader, "/account"));
            _clock.Move(TimeSpan.FromMinutes(10));
        }

        Assert.Equal(HttpStatusCode.OK, await Status(reader, "/account"));
        _clock.Move(TimeSpan.FromMinutes(1));
        Assert.Equal(HttpStatusCode.Redirect, await Status(reader, "/account"));
    }

    [Fact]
    public async Task An_account_that_nobody_used_for_sixty_days_is_off()
    {
        Add(Role.Lawyer, factor: false);
        using var reader = _host.Reader(follow: false);
        _clock.Move(TimeSpan.FromDays(60));
        Assert.Equal("/", await SignInAsync(reader, "user", Password));
        _clock.Move(TimeSpan.FromDays(60) + TimeSpan.FromMinutes(1));
        Assert.Equal("422", await SignInAsync(reader, "user", Password));
    }

    [Fact]
    public async Task Signing_out_ends_the_session_wherever_its_cookie_was_copied()
    {
        using var reader = await SignedInAsync();
        using var page = await reader.GetAsync("/account", TestContext.Current.CancellationToken);
        _clock.Move(TimeSpan.FromMinutes(2));
        using var renewed = await reader.GetAsync("/account", TestContext.Current.CancellationToken);
        using var thief = new HttpClient(new HttpClientHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = _host.Address };
        thief.DefaultRequestHeaders.Add("Cookie", renewed.Headers.GetValues("Set-Cookie").Single(c => c.StartsWith("kepil-desk=", StringComparison.Ordinal)).Split(';')[0]);

        Assert.Equal(HttpStatusCode.OK, await Status(thief, "/account"));
        using var away = await PagesHost.SendAsync(reader, "/account", "/sign-out");

        Assert.Equal(HttpStatusCode.Redirect, away.StatusCode);
        Assert.Equal((HttpStatusCode.Redirect, HttpStatusCode.Redirect), (await Status(reader, "/account"), await Status(thief, "/account")));
    }

    [Fact]
    public async Task A_change_by_the_administrator_ends_open_sessions_at_once()
    {
        using var reader = await SignedInAsync();
        Assert.Equal(HttpStatusCode.OK, await Status(reader, "/account"));

        _host.Desk.Change("system", "UserSwitchedOff", 1, u => u.OffAt = _clock.GetUtcNow());

        Assert.Equal(HttpStatusCode.Redirect, await Status(reader, "/account"));
    }

    [Theory]
    [InlineData("//evil.example/")]
    [InlineData("https://evil.example/")]
    [InlineData("/\\evil.example")]
    [InlineData("")]
    public async Task A_sign_in_leads_nowhere_but_into_the_house(string to)
    {
        Add(Role.Lawyer, factor: false);
        using var reader = _host.Reader(follow: false);

        Assert.Equal("/", await SignInAsync(reader, "user", Password, to));
    }

    [Fact]
    public async Task A_form_from_elsewhere_is_not_taken()
    {
        using var reader = await SignedInAsync();
        using var form = new FormUrlEncodedContent([KeyValuePair.Create("code", "1")]);

        using var answer = await reader.PostAsync("/sign-out", form, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(HttpStatusCode.OK, await Status(reader, "/account"));
    }

    [Fact]
    public async Task Nobody_signs_in_as_an_invented_user_where_nothing_is_invented()
    {
        _host.Desk.Add("system", new DeskUser { SignInName = "demo", NormalName = "DEMO", FullName = "demo", Role = Role.CentralExpert, Stamp = "s", IsDemo = true });
        using var reader = _host.Reader(follow: false);

        Assert.Equal(HttpStatusCode.NotFound, await Status(reader, "/demo-sign-in"));
        using var answer = await PagesHost.SendAsync(reader, "/sign-in", "/demo-sign-in", ("user", "1"));
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task A_key_is_shown_once_and_kept_as_a_hash()
    {
        using var administrator = await AdministratorAsync();

        using var made = await PagesHost.SendAsync(administrator, "/keys", "/keys", ("provider", "190140000018"), ("name", "MIS"));
        var key = Regex.Match(await made.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), "kepil_[0-9a-f]{64}").Value;

        Assert.Equal(190140000018, _host.Desk.FindKey(key)!.ProviderId);
        Assert.DoesNotContain(key, await administrator.GetStringAsync("/keys", TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.DoesNotContain(key[6..], string.Concat(_host.Desk.Journal.Read().Select(e => e.Detail)) + _host.Desk.Keys()[0].KeyHash, StringComparison.Ordinal);
        using var revoked = await PagesHost.SendAsync(administrator, "/keys", "/keys/1/revoke");
        Assert.Null(_host.Desk.FindKey(key));
    }

    [Fact]
    public async Task Days_away_and_conflicts_of_interest_are_kept_and_noted()
    {
        using var administrator = await AdministratorAsync();

        using var away = await PagesHost.SendAsync(administrator, "/users", "/users/1/absence", ("from", "2026-12-01"), ("to", "2026-12-14"));
        using var conflict = await PagesHost.SendAsync(administrator, "/users", "/users/1/conflict", ("provider", "190140000018"), ("reason", "туысы жұмыс істейді"));
        using var wrong = await PagesHost.SendAsync(administrator, "/users", "/users/1/absence", ("from", "2026-12-14"), ("to", "2026-12-01"));

        Assert.Equal((new DateOnly(2026, 12, 1), new DateOnly(2026, 12, 14)), (_host.Desk.AbsencesOf(1).Single().FromDay, _host.Desk.AbsencesOf(1).Single().ToDay));
        Assert.Equal((190140000018, "туысы жұмыс істейді"), (_host.Desk.ConflictsOf(1).Single().ProviderId, _host.Desk.ConflictsOf(1).Single().Reason));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
        Assert.Equal(["AbsenceAdded", "ConflictDeclared"], _host.Desk.Journal.Read().Select(e => e.Act).Where(a => a is "AbsenceAdded" or "ConflictDeclared"));
        Assert.True(_host.Desk.Journal.Verify([]).IsSound);
    }

    /// <summary>A user with the password of this class; gives the secret of the second factor.</summary>
    private string Add(Role role, bool factor = true)
    {
        var user = new DeskUser { SignInName = "user", NormalName = "USER", FullName = "Пайдаланушы", Role = role, Stamp = "s" };
        user.PasswordHash = new PasswordHasher<DeskUser>().HashPassword(user, Password);
        user = _host.Desk.Add("system", user);
        if (!factor)
        {
            return "";
        }

        var secret = Totp.NewSecret();
        var kept = _host.Services.GetRequiredService<IDataProtectionProvider>().CreateProtector("Kepil.SecondFactor").Protect(secret);
        _host.Desk.Change("system", "SecondFactorSet", user.Id, u => (u.SecondFactor, u.SecondFactorOn) = (kept, true));
        return secret;
    }

    private async Task<HttpClient> SignedInAsync()
    {
        Add(Role.Lawyer, factor: false);
        var reader = _host.Reader(follow: false);
        Assert.Equal("/", await SignInAsync(reader, "user", Password));
        return reader;
    }

    private async Task<HttpClient> AdministratorAsync()
    {
        var reader = _host.Reader(follow: false);
        using var first = await FirstAsync(reader, _host.Desk.NewFirstCode());
        Assert.Equal(HttpStatusCode.Redirect, first.StatusCode);
        await SetUpFactorAsync(reader);
        return reader;
    }

    private async Task SetUpFactorAsync(HttpClient reader)
    {
        var page = await reader.GetStringAsync("/account/second-factor", TestContext.Current.CancellationToken);
        var secret = Regex.Match(page, "secret=([A-Z2-7]{32})").Groups[1].Value;
        Assert.Contains(string.Join(' ', secret.Chunk(4).Select(c => new string(c))), page, StringComparison.Ordinal);
        using var wrong = await PagesHost.SendAsync(reader, "/account/second-factor", "/account/second-factor", ("code", "000000"));
        using var set = await PagesHost.SendAsync(reader, "/account/second-factor", "/account/second-factor", ("code", Code(secret)));
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Redirect), (wrong.StatusCode, set.StatusCode));
    }

    private string Code(string secret) => Totp.CodeOf(secret, Totp.StepAt(_clock.GetUtcNow()));

    private static Task<HttpResponseMessage> FirstAsync(HttpClient reader, string code) =>
        PagesHost.SendAsync(reader, "/first-start", "/first-start", ("code", code), ("full", "Бірінші Әкімші"), ("name", "akimshi"), ("password", Password));

    /// <summary>Where a sign-in leads, or the status of its refusal.</summary>
    private static async Task<string> SignInAsync(HttpClient reader, string name, string password, string to = "/") =>
        await To(PagesHost.SendAsync(reader, "/sign-in", "/sign-in", ("name", name), ("password", password), ("to", to)));

    private static async Task<string> CodeAsync(HttpClient reader, string code, string to = "/") =>
        await To(PagesHost.SendAsync(reader, "/sign-in/code", "/sign-in/code", ("code", code), ("to", to)));

    private static async Task<string> To(Task<HttpResponseMessage> asked)
    {
        using var answer = await asked;
        return answer.Headers.Location?.OriginalString ?? ((int)answer.StatusCode).ToString(CultureInfo.InvariantCulture);
    }

    private static async Task<HttpStatusCode> Status(HttpClient reader, string path)
    {
        using var answer = await reader.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }
}
