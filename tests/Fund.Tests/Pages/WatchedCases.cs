using System.Globalization;
using Kepil.Fund.Desk;
using Kepil.Fund.Proceedings;
using Kepil.Law;
using Microsoft.Extensions.DependencyInjection;

namespace Kepil.Tests.Pages;

/// <summary>Employees of three branches and cases of the sample month at many stages, so that the pages of those who work with cases have something to show.</summary>
public static class WatchedCases
{
    /// <summary>Cases that are opened.</summary>
    public const int Opened = 160;

    private static readonly DateOnly Month = SampleRecords.Month;

    /// <summary>Opens the cases and lets people act on them during the last days.</summary>
    public static void Fill(PagesHost host)
    {
        var law = LawBook.Open();
        var store = host.Services.GetRequiredService<ProceedingStore>();
        var terms = new TermsByDay(law);
        foreach (var (region, n) in new[] { "62", "62", "35", "35", "71", "", "" }.Select((r, i) => (r, i)))
        {
            var name = $"expert-{n}";
            host.Desk.Add("system", new DeskUser
            {
                SignInName = name, NormalName = name.ToUpperInvariant(), FullName = $"Қызметкер {n + 1}", Role = region.Length == 0 ? Role.CentralExpert : Role.BranchExpert,
                Region = region.Length == 0 ? null : region, Stamp = Guid.NewGuid().ToString("n", CultureInfo.InvariantCulture), IsDemo = true,
            });
        }

        var now = host.Desk.Clock.GetUtcNow();
        var calendar = law.Calendar;
        var shown = LocalDay.At(calendar.AddWorkingDays(LocalDay.Of(now), -4), new(9, 0));
        var places = host.Records.Query("SELECT provider_id, MAX(region) FROM provider GROUP BY 1", r => (r.Long(0), r.Text(1))).ToDictionary();
        var findings = host.Records.Query(
            $"SELECT f.finding_id, f.rule_id, f.code, f.service_id, f.provider_id, f.care_form, f.sum FROM finding AS f WHERE f.month = DATE '2026-10-01' AND f.kind = 'potential' AND f.sum > 0 AND f.code NOT IN ('11.0') ORDER BY f.finding_id LIMIT {Opened}",
            r => new OpenedFinding(
                new ShowFinding(
                    Actor.System, shown, 0, r.Long(0), r.Long(3), r.Long(4), r.Text(2), CareForms.Parse(r.Text(5)), Detection.Potential, FoundBy.Algorithm, Death.None, false, Month,
                    1_000_000_00, Math.Min(r.Long(6), 900_000_00), Places.In(places.GetValueOrDefault(r.Long(4), "61")), shown, shown, "a1b2", shown),
                Month, r.Text(1), "{}", r.Long(0)));
        store.Open(findings, terms.At(shown), "system");
        List<long> ids;
        using (var db = store.Context())
        {
            ids = [.. db.Proceedings.OrderBy(p => p.Id).Select(p => p.Id)];
        }

        foreach (var (id, i) in ids.Select((id, i) => (id, i)))
        {
            void Act(ProceedingCommand command) => store.Act(id, command, terms.At(command.At), "user:1");
            void Object(DateTimeOffset at) => Act(new FileObjection(new(Party.Provider, 1, ""), at, at, "Жазбалар қызметтің көрсетілгенін растайды.", []));
            void Decide(DateTimeOffset at, bool agree)
            {
                var state = store.Find(id)!;
                if (state.Stage.IsReview())
                {
                    Act(new DecideCase(new(state.Stage.ReviewerOf(), state.Reviewer, state.ReviewerRegion), at, state.Stage, agree, "Іс материалдары қаралды.", []));
                }
            }

            if (i % 4 == 3)
            {
                continue;
            }

            Object(shown.AddHours(1));
            if (i % 3 != 0)
            {
                Decide(shown.AddHours(2), agree: i % 5 == 0);
                Object(shown.AddHours(3));
                if (i % 2 == 0)
                {
                    Decide(shown.AddHours(4), agree: i % 7 == 0);
                }
            }
        }
    }
}
