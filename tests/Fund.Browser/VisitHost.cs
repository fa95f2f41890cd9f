using System.Globalization;
using Kepil.Fund.Desk;
using Kepil.Fund.Office;
using Kepil.Fund.Proceedings;
using Kepil.Fund.Unscheduled;
using Kepil.Fund.Visits;
using Kepil.Tests.Documents;
using Kepil.Tests.Duties;
using Kepil.Tests.Pages;
using Kepil.Tests.Unscheduled;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Xunit;

[assembly: AssemblyFixture(typeof(Kepil.Tests.Browser.VisitHost))]

namespace Kepil.Tests.Browser;

/// <summary>Unscheduled monitorings at all stages, the signing program on this machine, and a real browser in front of the pages.</summary>
public sealed class VisitHost : PageHost
{
    /// <summary>Begins five weeks ago, in an earlier month.</summary>
    private readonly DemoClock _clock = new(TimeProvider.System.GetUtcNow().AddDays(-35));

    private TrialAuthority? _authority;
    private SigningProgram? _program;

    internal TrialAuthority Authority => Whole(() => _authority!);

    internal SigningProgram Program => Whole(() => _program!);

    protected override async Task<PagesHost> StartAsync()
    {
        _authority = new();
        _program = await SigningProgram.StartAsync();
        var pages = await PagesHost.StartAsync(clock: _clock, program: _program.Address);
        Directory.CreateDirectory(pages.Folder.At("trust"));
        File.Copy(Path.Combine(_authority.Folder, "root.cer"), Path.Combine(pages.Folder.At("trust"), "root.cer"));
        return pages;
    }

    protected override Task FillAsync()
    {
        // Above the limit in two months: grounds to end contracts.
        DutyCases.Above(Pages);
        DutyCases.Above(Pages, "C-77");
        DutyCases.Above(Pages, "C-78");
        _clock.Set(TimeProvider.System.GetUtcNow());
        var open = VisitCases.Open(Pages, OpeningGround.StateBodyAppeal);
        VisitCases.Do(Pages, open, new AskForDocuments(Pages.Work.Now, VisitCases.Clerk(Pages), "К-17/26 картасы", Channel.System));
        VisitCases.Do(Pages, open, new PlanVisit(Pages.Work.Now, VisitCases.Clerk(Pages), LocalDay.Of(Pages.Work.Now).AddDays(20), "Түркістан, Үлгі көшесі, 1", [VisitCases.Expert]));
        var suspended = VisitCases.Open(Pages);
        VisitCases.Do(Pages, suspended, new PlanVisit(Pages.Work.Now, VisitCases.Clerk(Pages), LocalDay.Of(Pages.Work.Now).AddDays(20), "Түркістан, Үлгі көшесі, 1", [VisitCases.Expert]));
        VisitCases.Do(Pages, suspended, new InterruptMonitoring(Pages.Work.Now, VisitCases.Clerk(Pages), InterruptionCause.CourtDecision, "№ 2-114", LocalDay.Of(Pages.Work.Now), LocalDay.Of(Pages.Work.Now).AddDays(30), true));
        var (drafted, received, objected) = (VisitCases.Conclude(Pages, VisitCases.Open(Pages)), VisitCases.Received(Pages), VisitCases.Objected(Pages));
        var listed = VisitCases.Received(Pages);
        VisitCases.Do(Pages, listed, new ObjectToConclusion(Pages.Work.Now, new(Party.Provider, SampleRecords.BigProvider, ""), Channel.System, []));
        VisitCases.Do(Pages, open, new NoteWay(Pages.Work.Now, VisitCases.Clerk(Pages), MonitoringWay.DataStudy, "ауруханалар бюросының порталы"));
        VisitCases.Do(Pages, open, new AskPatient(Pages.Work.Now, VisitCases.Clerk(Pages), CaseSamples.Person, SurveyWay.Phone, "+7 701 000 00 00", LocalDay.Of(Pages.Work.Now), [new("Сіз келдіңіз бе?", "Жоқ")], true));
        var answered = VisitCases.Received(Pages);
        using (var accounts = Pages.Folder.Accounts.Context())
        {
            new OfficeStore(DeskSource.Of(accounts), Pages.Desk.Clock).Save(SampleRecords.BigProvider, AnswerDraft.SubjectOf(answered), new AnswerDraft("word", false), 0, (long)Role.ProviderHead + 1);
        }

        var quarter = DutyCases.Quarter(Pages);
        var (marked, unmarked) = (DutyCases.Show(Pages, 0), DutyCases.Show(Pages, 1));
        var expert = new Visitor(Pages.Desk.Find(VisitCases.Expert), true, null);
        var measures = Pages.Work.MarkForMeasures(new(null, "user:3", "host-measures", "measures", "hash", Pages.Work.Now), expert, marked, new("лицензиясыз көрсетілген көмек"), "kk").Receipt.CaseId;
        Pages.Work.PrepareReport(new(null, "user:3", "host-report", "preparation", "hash", Pages.Work.Now), expert, measures, "kk");
        var unconfirmed = DutyCases.Above(Pages);
        DutyCases.Above(Pages, "C-77");
        DutyCases.Above(Pages, "C-78");
        DutyCases.Open(Pages, 2);
        var (death, latent, told) = (DutyCases.DeathOf(Pages, 3), DutyCases.Latent(Pages, 4), DutyCases.Latent(Pages, 5));
        var concluded = DutyCases.DeathOf(Pages, 8);
        Assert.Null(Pages.Work.ConcludeDeath(
            new(null, "user:3", "host-death", "conclusion", "hash", Pages.Work.Now), expert, concluded,
            new("реанимация", LocalDay.Of(Pages.Work.Now).AddDays(-40), LocalDay.Of(Pages.Work.Now).AddDays(-10), "өлім жағдайы", "ауыр", "ауыр", "талдаулар", "пневмония", "терапия", null, "асқыну", "бақылау", [new("Сарапшыев А.", "неонатолог", null, null, null, null)]), "kk").Receipt.Refusal);
        Pages.Work.TellLatent(new(null, "user:3", "host-latent", "notice", "hash", Pages.Work.Now), expert, told, new(Channel.System), "kk");
        Pages.Records.Query("UPDATE known_service SET care_form = 'hiv', started_on = $2, ended_on = $2 WHERE service_id = $1 RETURNING service_id", r => r.Long(0), DutyCases.Line(Pages, 6).Service, new DateOnly(Pages.Work.Terms.Today.Year, Pages.Work.Terms.Today.Month, 1).AddDays(-3));
        Pages.Work.Papers.MakeAll();
        var code = Pages.Work.Papers.ConclusionOf(received)!.Code;
        var outage = Pages.Services.GetRequiredService<OutageStore>().Enter(new(Pages.Work.Now.AddDays(-2), Pages.Work.Now.AddDays(-1), "17-02/5", LocalDay.Of(Pages.Work.Now)), "ақпараттық жүйе", "ақау", 6, Pages.Work.Now).Entry!.Id;
        // An hour of a Sunday: it has a letter and lengthens nothing.
        var sunday = Enumerable.Range(1, 7).Select(back => LocalDay.Of(Pages.Work.Now).AddDays(-back)).First(d => d.DayOfWeek == DayOfWeek.Sunday);
        var letter = Pages.Services.GetRequiredService<OutageStore>().Enter(new(LocalDay.At(sunday, new(10, 0)), LocalDay.At(sunday, new(11, 0)), "17-02/4", LocalDay.Of(Pages.Work.Now)), "ақпараттық жүйе", "ақау", 6, Pages.Work.Now).Entry!.Id;
        Pages.Services.GetRequiredService<OutageStore>().Decide(letter, true, "", 5, Pages.Work.Now);
        foreach (var (name, number) in new[] { ("LETTER", letter), ("OPEN", open), ("SUSPENDED", suspended), ("DRAFTED", drafted), ("RECEIVED", received), ("OBJECTED", objected), ("LISTED", listed), ("ANSWERED", answered), ("OUTAGE", outage),
                     ("QUARTER", quarter), ("MEASURES", measures), ("UNMARKED", unmarked), ("DEATH", death), ("LATENT", latent), ("TOLD", told) })
        {
            Names[name] = number.ToString(CultureInfo.InvariantCulture);
        }

        Names["PAPER"] = code.ToString();
        Names["ANNEX3"] = Pages.Work.Papers.ConclusionOf(unconfirmed)!.Code.ToString();
        Names["ANNEX5"] = Pages.Work.Deaths.PaperOf(concluded)!.Code.ToString();
        Names["MONTH"] = LocalDay.Of(Pages.Work.Now).ToString("yyyy-MM", CultureInfo.InvariantCulture);
        Names["SERVED"] = Pages.Work.Store.Register().Last().Service;
        Names["SERVICE"] = DutyCases.Line(Pages, 7).Line;
        return Task.CompletedTask;
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        if (_program is not null)
        {
            await _program.DisposeAsync();
        }

        _authority?.Dispose();
    }
}
