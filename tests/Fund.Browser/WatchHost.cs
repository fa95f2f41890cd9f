using System.Globalization;
using Kepil.Fund.Desk;
using Kepil.Fund.Inbox;
using Kepil.Fund.Proceedings;
using Kepil.Fund.Unscheduled;
using Kepil.Fund.Verbs;
using Kepil.Law;
using Kepil.Tests.Pages;
using Kepil.Tests.Unscheduled;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Xunit;

[assembly: AssemblyFixture(typeof(Kepil.Tests.Browser.WatchHost))]

namespace Kepil.Tests.Browser;

/// <summary>Pages of its own with cases at many stages, notes, an opening and a change of a list.</summary>
public sealed class WatchHost : IPageHost, IAsyncLifetime
{
    private IPlaywright? _playwright;
    private IBrowser? _browser;
    private long _case;
    private string _person = "";

    public PagesHost Pages { get; private set; } = null!;

    /// <summary>Another expert of the central office.</summary>
    public long Second { get; private set; }

    public async ValueTask InitializeAsync()
    {
        // A month ago conclusions went to a provider, and since then the watch stood still.
        var now = TimeProvider.System.GetUtcNow();
        var clock = new DemoClock(now.AddDays(-30));
        Pages = await PagesHost.StartAsync(clock: clock);
        for (var i = 0; i < 6; i++)
        {
            VisitCases.Received(Pages);
        }

        new UnscheduledWatch(Pages.Work.Store, clock, new TermsByDay(LawBook.Open()).At).Run();
        clock.Set(now);
        WatchedCases.Fill(Pages);
        Second = Pages.Desk.Users().Last(u => u.Role == Role.CentralExpert).Id;
        var store = Pages.Services.GetRequiredService<ProceedingStore>();
        // A mother's death that the state body examines, and a general finding that was explained: the head of the branch has the next word.
        var (moment, terms, like) = (clock.GetUtcNow(), new TermsByDay(LawBook.Open()).At(clock.GetUtcNow()), store.Row(1)!);
        var branch = Places.In(Pages.Desk.Find((long)Role.BranchHead + 1)!.Region!);
        store.Open(
            [.. new[] { Death.Maternal, Death.None }.Select((death, i) => new OpenedFinding(
                new ShowFinding(
                    Actor.System, moment, 0, like.FindingId, like.LineId, like.ProviderId, "1.1", CareForm.Drg, death == Death.None ? Detection.General : Detection.Potential, FoundBy.Algorithm, death, false, new(2026, 10, 1),
                    1_000_000_00, 100_000_00, branch, moment, moment, "a1b2", moment),
                new(2026, 10, 1), like.RuleId, "{}", 9000 + i))],
            terms, "system");
        store.Act(store.OfFund(null, 1)[0].Id + 1, new ExplainFinding(new(Party.Provider, 1, ""), moment, moment, "Жазба кешірек енгізілген.", []), terms, "user:1");
        _case = store.OpenReviews()[0].Id;
        store.AskHandover(store.OpenReviews().First(r => r.Region == "62").Id, Second, $"user:{Second}", "Қызметкер демалыста", Pages.Desk.Clock.GetUtcNow());
        var person = Pages.Records.Query("SELECT person_id FROM finding ORDER BY finding_id LIMIT 1", r => r.Long(0))[0];
        _person = person.ToString("D12", null);
        Pages.Services.GetRequiredService<DataOpenings>().Open(Pages.Desk.Find((long)Role.BranchExpert + 1)!, person, "Прокуратураның № 12 сұрауы бойынша", 4, Pages.Desk.Clock.GetUtcNow().AddDays(2));
        var changes = new Kepil.Fund.Rules.ListChanges(Pages.Desk, Pages.PackFolder);
        changes.Propose("rule_bounds", changes.Text("rule_bounds") + "trial_limit,5,2027-01-01,9999-12-31,a trial\n", "2027 жылға арналған бұйрық", Pages.Desk.Find((long)Role.Methodologist + 1)!, out _);
        Round();
        // A busy machine needs more than the five seconds that are usual; whoever is quick does not wait.
        Assertions.SetDefaultExpectTimeout(30_000);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Environment.GetEnvironmentVariable("KEPIL_CHROMIUM") is { Length: > 0 } named ? named : "/usr/bin/chromium",
            Args = ["--no-sandbox", "--disable-gpu"],
        });
    }

    public void Round() => new InboxRound(
        Pages.Services.GetRequiredService<InboxStore>(), Pages.Services.GetRequiredService<ProceedingStore>(), Pages.Desk, at => new Terms(LawBook.Open(), LocalDay.Of(at)),
        (now, users) => OpeningNotes.Of(Pages.Services.GetRequiredService<DataOpenings>().Unreviewed(), now, users)).Run();

    public string Named(string address) => address.Replace("CASE", _case.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal).Replace("PERSON", _person, StringComparison.Ordinal);

    public Task<IBrowserContext> ReaderAsync(string language, string theme, Role role, bool scripts = true) => ReaderAsync(language, theme, (long)role + 1, scripts);

    public async Task<IBrowserContext> ReaderAsync(string language, string theme, long user, bool scripts = true)
    {
        var context = await _browser!.NewContextAsync(new() { BaseURL = Pages.Address.ToString(), ViewportSize = new() { Width = 1366, Height = 768 }, ReducedMotion = ReducedMotion.Reduce, JavaScriptEnabled = scripts });
        await context.AddCookiesAsync([
            new() { Name = "kepil-lang", Value = language, Url = Pages.Address.ToString() },
            new() { Name = "kepil-theme", Value = theme, Url = Pages.Address.ToString() },
        ]);
        await BrowserHost.SignInAsync(context, user);
        return context;
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
        await Pages.DisposeAsync();
    }
}
