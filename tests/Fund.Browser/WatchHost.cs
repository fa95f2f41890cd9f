using System.Globalization;
using Kepil.Fund.Desk;
using Kepil.Fund.Inbox;
using Kepil.Fund.Proceedings;
using Kepil.Fund.Unscheduled;
using Kepil.Law;
using Kepil.Tests.Pages;
using Kepil.Tests.Unscheduled;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Xunit;

[assembly: AssemblyFixture(typeof(Kepil.Tests.Browser.WatchHost))]

namespace Kepil.Tests.Browser;

/// <summary>Pages of its own with cases at many stages, notes, an opening and a change of a list.</summary>
public sealed class WatchHost : PageHost
{
    /// <summary>Another expert of the central office.</summary>
    public long Second => Whole(() => _second);

    private long _second;

    /// <summary>A month ago conclusions went to a provider, and since then the watch stood still.</summary>
    private readonly DemoClock _clock = new(TimeProvider.System.GetUtcNow().AddDays(-30));

    protected override Task<PagesHost> StartAsync() => PagesHost.StartAsync(clock: _clock);

    protected override Task FillAsync()
    {
        for (var i = 0; i < 6; i++)
        {
            VisitCases.Received(Pages);
        }

        new UnscheduledWatch(Pages.Work.Store, _clock, new TermsByDay(LawBook.Open()).At).Run();
        _clock.Set(TimeProvider.System.GetUtcNow());
        WatchedCases.Fill(Pages);
        _second = Pages.Desk.Users().Last(u => u.Role == Role.CentralExpert).Id;
        var store = Pages.Services.GetRequiredService<ProceedingStore>();
        // A mother's death that the state body examines, and a general finding that was explained: the head of the branch has the next word.
        var (moment, terms, like) = (_clock.GetUtcNow(), new TermsByDay(LawBook.Open()).At(_clock.GetUtcNow()), store.Row(1)!);
        var branch = Places.In(Pages.Desk.Find((long)Role.BranchHead + 1)!.Region!);
        store.Open(
            [.. new[] { Death.Maternal, Death.None }.Select((death, i) => new OpenedFinding(
                new ShowFinding(
                    Actor.System, moment, 0, like.FindingId, like.LineId, like.ProviderId, "1.1", CareForm.Drg, death == Death.None ? Detection.General : Detection.Potential, FoundBy.Algorithm, death, false, new(2026, 10, 1),
                    1_000_000_00, 100_000_00, branch, moment, moment, "a1b2", moment),
                new(2026, 10, 1), like.RuleId, "{}", 9000 + i))],
            terms, "system");
        store.Act(store.OfFund(null, 1)[0].Id + 1, new ExplainFinding(new(Party.Provider, 1, ""), moment, moment, "Жазба кешірек енгізілген.", []), terms, "user:1");
        Names["CASE"] = Word(store.OpenReviews()[0].Id);
        store.AskHandover(store.OpenReviews().First(r => r.Region == "62").Id, _second, $"user:{_second}", "Қызметкер демалыста", Pages.Desk.Clock.GetUtcNow());
        var person = Pages.Records.Query("SELECT person_id FROM finding ORDER BY finding_id LIMIT 1", r => r.Long(0))[0];
        Names["PERSON"] = person.ToString("D12", null);
        Pages.Services.GetRequiredService<DataOpenings>().Open(Pages.Desk.Find((long)Role.BranchExpert + 1)!, person, "Прокуратураның № 12 сұрауы бойынша", 4, Pages.Desk.Clock.GetUtcNow().AddDays(2));
        var changes = new Kepil.Fund.Rules.ListChanges(Pages.Desk, Pages.PackFolder);
        changes.Propose("rule_bounds", changes.Text("rule_bounds") + "trial_limit,5,2027-01-01,9999-12-31,a trial\n", "2027 жылға арналған бұйрық", Pages.Desk.Find((long)Role.Methodologist + 1)!, out _);
        Round();
        return Task.CompletedTask;
    }

    public void Round() => new InboxRound(
        Pages.Services.GetRequiredService<InboxStore>(), Pages.Services.GetRequiredService<ProceedingStore>(), Pages.Desk, at => new Terms(LawBook.Open(), LocalDay.Of(at)),
        (now, users) => OpeningNotes.Of(Pages.Services.GetRequiredService<DataOpenings>().Unreviewed(), now, users)).Run();
}
