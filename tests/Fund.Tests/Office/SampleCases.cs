using System.Globalization;
using Kepil.Fund.Accounts;
using Kepil.Fund.Desk;
using Kepil.Fund.Proceedings;
using Kepil.Law;
using Kepil.Tests.Desk;
using Kepil.Tests.Pages;
using Microsoft.Extensions.DependencyInjection;

namespace Kepil.Tests.Office;

/// <summary>Cases on the findings of the sample's largest provider, at stages of all kinds.</summary>
public sealed class SampleCases
{
    private readonly PagesHost _host;
    private readonly TermsByDay _terms = new(LawBook.Open());

    private SampleCases(PagesHost host, ProceedingStore store) => (_host, Store) = (host, store);

    public ProceedingStore Store { get; }

    public DateOnly Today => LocalDay.Of(_host.Desk.Clock.GetUtcNow());

    /// <summary>Shows the findings of October: some so long ago that the term of objection ends today, the others now.</summary>
    public static SampleCases Open(PagesHost host)
    {
        var cases = new SampleCases(host, host.Services.GetRequiredService<ProceedingStore>());
        var month = SampleRecords.Month;
        using (var context = host.Folder.Accounts.Context())
        {
            var finished = host.Desk.Clock.GetUtcNow().AddDays(-20).ToUnixTimeMilliseconds();
            context.Runs.Add(new MonitoringRun { Id = 1, Month = month, StartedAt = finished, FinishedAt = finished, Engine = "test", PackHash = "", Edition = new(2025, 8, 1), Lines = 6000, Billed = 1_000_000_000_000, PotentialFindings = 900, GeneralFindings = 500, Digest = "", Path = "" });
            context.SaveChanges();
        }

        host.Desk.Add("system", new DeskUser { SignInName = "other-expert", NormalName = "OTHER-EXPERT", FullName = "Other Expert", Role = Role.BranchExpert, Region = "55", Stamp = "s" });
        var now = host.Desk.Clock.GetUtcNow();
        var early = Enumerable.Range(0, 20).Select(back => cases.Today.AddDays(-back)).FirstOrDefault(day => cases._terms.At(now).DueOf(TermName.Objection, day).Last == cases.Today, cases.Today);
        cases.Show(month, LocalDay.At(early, new(8, 0)), key => key % 5 == 0);
        cases.Show(month, now, _ => true);
        return cases;
    }

    /// <summary>The first case of the provider at a stage and with a sum.</summary>
    public long Case(Stage stage, Func<ProceedingRow, bool>? which = null)
    {
        using var db = Store.Context();
        var word = ProceedingJson.Word(stage);
        return db.Proceedings.Where(p => p.ProviderId == SampleRecords.BigProvider && p.Stage == word).OrderBy(p => p.Id).AsEnumerable().First(p => which?.Invoke(p) ?? true).Id;
    }

    /// <summary>A case on which the first reviewer has decided.</summary>
    public long Decided(bool agreed)
    {
        var id = Objected();
        Decide(id, agreed);
        return id;
    }

    /// <summary>Whoever reviews a case decides on it.</summary>
    public void Decide(long id, bool agreed)
    {
        var state = Store.Find(id)!;
        Do(id, new DecideCase(ReviewerOf(id), Now, state.Stage, agreed, "Бастапқы құжаттамада бұл қызмет туралы жазба жоқ.", [], 1));
    }

    public Actor ReviewerOf(long id) => Store.Find(id) is { } state ? new(state.Stage.ReviewerOf(), state.Reviewer, state.ReviewerRegion) : throw new ArgumentException($"There is no case {id}.");

    /// <summary>A case with an objection under review.</summary>
    public long Objected()
    {
        var id = Case(Stage.AwaitingObjection, p => p.AtRisk > 0 && p.Code != "11.0");
        Do(id, new FileObjection(new(Party.Provider, 2, ""), Now, Now, "Қызмет көрсетілген, жазбасы бар.", [new("ab12", "karta.pdf")]));
        return id;
    }

    /// <summary>A death in hospital with a finding, with the branch of its region.</summary>
    public long OpenDeath()
    {
        const long line = 900_001;
        var show = new ShowFinding(
            Actor.System, Now, 0, 900_001, line, SampleRecords.BigProvider, "1.1", CareForm.Drg, Detection.Potential, FoundBy.Algorithm, Death.Inpatient, false, Today.AddDays(-20), 100_000_00, 50_000_00,
            Places.In("61"), Now, Now, "a1b2", Now);
        Store.Open([new(show, SampleRecords.Month, "1.1-secret-rule", "", 1)], _terms.At(Now), "system");
        using var db = Store.Context();
        return db.Proceedings.Single(p => p.LineId == line).Id;
    }

    public DateTimeOffset Now => _host.Desk.Clock.GetUtcNow();

    public void Do(long id, ProceedingCommand command)
    {
        if (Store.Act(id, command, _terms.At(Now), "test").Refusal is { } refusal)
        {
            throw new InvalidOperationException(refusal.Text.En);
        }
    }

    private void Show(DateOnly month, DateTimeOffset at, Func<long, bool> key) =>
        new MonthNotice(_host.Folder, _host.Records, Store, new MovedClock(at), _terms.At, (_, _) => new Dictionary<long, DateOnly>()).Show(month, "Test", "system", at, only: f => f.Show.ProviderId == SampleRecords.BigProvider && key(f.Key));
}
