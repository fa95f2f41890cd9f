using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Kepil.Fund;
using Kepil.Fund.Accounts;
using Kepil.Fund.Coverage;
using Kepil.Fund.Desk;
using Kepil.Fund.Documents;
using Kepil.Fund.Duties;
using Kepil.Fund.LocalBodies;
using Kepil.Fund.Office;
using Kepil.Fund.Oversight;
using Kepil.Fund.Pages;
using Kepil.Fund.Payments;
using Kepil.Fund.PaymentFiles;
using Kepil.Fund.People;
using Kepil.Fund.Portrait;
using Kepil.Fund.Proceedings;
using Kepil.Fund.Purchase;
using Kepil.Fund.Reviews;
using Kepil.Fund.Rules;
using Kepil.Fund.Unscheduled;
using Kepil.Fund.Visits;
using Kepil.Law;
using Kepil.Monitoring;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;

namespace Kepil.Tests.Pages;

/// <summary>The pages over the sample records, with a desk of their own, listening on a free port of this machine.</summary>
public sealed partial class PagesHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly SampleRecords _records;
    private readonly FundFolder _folder;

    private PagesHost(WebApplication app, SampleRecords records, FundFolder folder, DeskStore desk, CaseWork work) => (_app, _records, _folder, Desk, Work) = (app, records, folder, desk, work);

    public CaseWork Work { get; }

    public SampleRecords Records => _records;

    public DeskStore Desk { get; }

    public FundFolder Folder => _folder;

    public IServiceProvider Services => _app.Services;

    public Uri Address => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    /// <param name="empty">No month was monitored yet.</param>
    /// <param name="demo">With invented users, one for each role; else nobody is there.</param>
    /// <param name="clock">The time of sessions and of the journal.</param>
    /// <param name="program">Where the signing program of a browser answers.</param>
    /// <param name="rules">The rules whose findings the pages show; those of the sample without it.</param>
    public static async Task<PagesHost> StartAsync(bool empty = false, bool demo = true, TimeProvider? clock = null, string program = VisitDesk.SigningProgram, IReadOnlyList<LoadedRule>? rules = null)
    {
        var records = new SampleRecords(empty);
        var law = LawBook.Open();
        var folder = FundFolder.Open(Directory.CreateTempSubdirectory("kepil-pages-").FullName, "sqlite");
        DeskStore desk;
        using (var context = folder.Accounts.Context())
        {
            desk = new DeskStore(DeskSource.Of(context), clock ?? TimeProvider.System);
        }

        if (demo)
        {
            DemoUsers.Add(desk, SampleRecords.BigProvider, empty ? "61" : records.Query("SELECT region FROM provider WHERE provider_id = $1", r => r.Text(0), SampleRecords.BigProvider)[0], law.Regions);
        }

        var app = FundWeb.Build(["--urls", "http://127.0.0.1:0"], records, law, rules ?? SampleRecords.Rules, desk, folder);
        IntakeEndpoints.Map(app, folder, law);
        ProceedingEndpoints.Map(app, folder, records, app.Services.GetRequiredService<ProceedingStore>(), desk.Clock);
        OutageEndpoints.Map(app, app.Services.GetRequiredService<ProceedingStore>(), desk.Clock);
        OfficeEndpoints.Map(app, folder, law, records, app.Services.GetRequiredService<ProceedingStore>(), desk, () => RuleCommands.Load(law, DateOnly.FromDateTime(desk.Clock.GetUtcNow().DateTime)).Pack);
        ReviewEndpoints.Map(app, folder, law, records, desk);
        app.Services.GetRequiredService<ReceiptDoor>().Tell();
        var documents = new DocumentStore(folder.Accounts, folder.Path, desk.Clock, "http://127.0.0.1");
        DocumentEndpoints.Map(app, documents, desk.Clock);
        var work = new CaseWork(folder, records, desk, UnscheduledStore.Of(desk), documents, new CmsVerifier(folder.At("trust")), app.Services.GetRequiredService<TermsByDay>());
        UnscheduledEndpoints.Map(app, work);
        var visits = new VisitDesk(work, desk, records, folder, app.Services.GetRequiredService<ProceedingStore>(), program);
        VisitEndpoints.Map(app, visits);
        DutyEndpoints.Map(app, visits);
        PersonEndpoints.Map(app, new(folder, law, desk));
        MoneyEndpoints.Map(app, new MoneyDesk(folder, desk, law, records, documents, work.Verifier));
        CoverageEndpoints.Map(app, folder, law, records, desk);
        PortraitEndpoints.Map(app, law, desk);
        PurchaseEndpoints.Map(app, new(folder, desk, law, records));
        LocalBodyEndpoints.Map(app, folder, law, desk);
        BroughtFileEndpoints.Map(app, new(folder, law, desk));
        MethodEndpoints.Map(app, folder, law, Pack(folder));
        await app.StartAsync();
        return new PagesHost(app, records, folder, desk, work);
    }

    /// <summary>A reader who has not signed in.</summary>
    public HttpClient Reader(bool follow = true) =>
        new(new HttpClientHandler { AutomaticDecompression = DecompressionMethods.All, AllowAutoRedirect = follow }) { BaseAddress = Address };

    /// <summary>A reader signed in as the invented user of a role.</summary>
    public Task<HttpClient> ReaderAsync(Role role, bool follow = true) => ReaderAsync((long)role + 1, follow);

    /// <summary>A reader signed in as an invented user.</summary>
    public async Task<HttpClient> ReaderAsync(long user, bool follow = true)
    {
        var reader = Reader(follow);
        using var answer = await SendAsync(reader, "/demo-sign-in", "/demo-sign-in", ("user", user.ToString(CultureInfo.InvariantCulture)), ("to", "/account"));
        return (int)answer.StatusCode < 400 ? reader : throw new InvalidOperationException($"User {user} could not sign in: {answer.StatusCode}");
    }

    /// <summary>Sends a form as a reader does who opened its page before.</summary>
    public static async Task<HttpResponseMessage> SendAsync(HttpClient reader, string page, string action, params (string Name, string Value)[] fields)
    {
        var token = Token().Match(await reader.GetStringAsync(page)).Groups[1].Value;
        using var form = new FormUrlEncodedContent([.. fields.Select(f => KeyValuePair.Create(f.Name, f.Value)), KeyValuePair.Create("__RequestVerificationToken", token)]);
        return await reader.PostAsync(new Uri(action, UriKind.Relative), form);
    }

    /// <summary>A pack of its own, whose lists a test may change.</summary>
    public string PackFolder => Path.Combine(_folder.Path, "pack");

    private static string Pack(FundFolder folder)
    {
        var pack = Path.Combine(folder.Path, "pack");
        foreach (var file in Directory.GetFiles(RulePack.FindFolder(), "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(pack, Path.GetRelativePath(RulePack.FindFolder(), file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        return pack;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        _records.Dispose();
        Directory.Delete(_folder.Path, true);
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\"[^>]*value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
