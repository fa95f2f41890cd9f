using System.Globalization;
using System.Net;
using Kepil.Fund.Desk;
using Kepil.Fund.Office;
using Kepil.Fund.Proceedings;
using Kepil.Fund.Unscheduled;
using Kepil.Tests.Law;
using Kepil.Tests.Pages;
using Kepil.Tests.Proceedings;
using Kepil.Tests.Unscheduled;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Kepil.Tests.Desk;

/// <summary>Every cell of rights.md: each request as each role, as nobody and with a key, on the own affairs and on others'.</summary>
public sealed class RightsTests(RightsTests.Opened opened) : IClassFixture<RightsTests.Opened>
{
    private static readonly string[] Ownerships = ["own", "other provider", "other region", "own case", "other case"];

    private readonly PagesHost _host = opened.Host;

    public static TheoryData<string> Holders { get; } = [.. Enum.GetNames<Role>(), Rights.Nobody, Rights.Key];

    [Fact]
    public void Every_endpoint_of_the_running_application_is_declared_and_nothing_else_is()
    {
        var running = _host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().SelectMany(e =>
        {
            var needed = e.Metadata.GetMetadata<Needed>();
            return (e.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["ANY"]).Select(method => $"{method} {e.RoutePattern.RawText} needs {needed?.Right.ToString() ?? "nothing"}");
        });

        Assert.Equal(Rights.Endpoints.Select(e => $"{e.Name} needs {e.Right}").Order(StringComparer.Ordinal), running.Distinct().Order(StringComparer.Ordinal));
    }

    /// <summary>What may be looked at without an event in the journal, because it shows no patient; or because its page writes the event itself, once it knows what it shows.</summary>
    private static readonly string[] WithoutEvent =
    [
        "/", "/access", "/account", "/account/second-factor", "/board", "/board/{part}.xlsx", "/inbox", "/inbox.xlsx", "/keys", "/lists", "/lists/changes/{change:long}", "/lists/{name}", "/lists/{name}.xlsx", "/months", "/months/{month}", "/months/{month}/providers.xlsx", "/rules", "/rules.xlsx", "/rules/{rule}", "/users",
        "/desk", "/desk/bulk", "/entitle", "/duties/measures/{proceeding:long}", "/editions", "/monitorings/new", "/monitorings/new/{provider:long}", "/outages", "/outages/{outage:long}/letter", "/outages/{outage:long}/letter.docx", "/office/bulk/file", "/office/registers/template.xlsx", "/office/registers/{upload:long}/progress", "/office/statement",
        "/people", "/people/of/{token}", "/people/of/{token}/months.xlsx", "/people/of/{token}/payments.xlsx", "/people/files/brought/{hash}/progress", "/money", "/money.xlsx", "/money/execution", "/money/execution.xlsx", "/money/charges", "/money/providers/{provider:long}/invoices/{invoice:long}", "/money/providers/{provider:long}/invoices/{invoice:long}.docx", "/office/payments", "/money/providers/{provider:long}", "/money/providers/{provider:long}/orders.xlsx", "/money/providers/{provider:long}/orders/{order:long}", "/money/providers/{provider:long}/lines/{line:long}",
        "/money/providers/{provider:long}/acts/{run:long}", "/money/providers/{provider:long}/acts/{run:long}/{name}.{format}", "/money/files", "/money/files/{file:long}.{format}",
        "/purchase", "/purchase/plan.xlsx", "/purchase/{campaign:long}", "/purchase/{campaign:long}/plan.xlsx", "/purchase/{campaign:long}/applications", "/purchase/{campaign:long}/applications.xlsx", "/purchase/{campaign:long}/shares", "/purchase/{campaign:long}/shares.xlsx",
        "/purchase/{campaign:long}/shares/{row:long}", "/purchase/{campaign:long}/protocol", "/purchase/{campaign:long}/contracts", "/office/purchase", "/office/purchase/{campaign:long}", "/purchase/contracts/{provider:long}/{contract}",
        "/api/outages/", "/api/outages/{outage:long}/effect", "/api/proceedings/{proceeding:long}/receipts", "/api/users/{user:long}/hindrances",
        "/api/unscheduled/", "/api/unscheduled/claims", "/api/unscheduled/hiv-duties", "/api/unscheduled/letters", "/api/unscheduled/providers/{provider:long}/limits",
    ];

    [Fact]
    public void Whatever_is_looked_at_is_an_event_unless_it_shows_no_patient()
    {
        var silent = _host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods.Contains("GET") == true && e.Metadata.GetMetadata<Needed>() is { Seen: null, Right: not Right.Open }).Select(e => e.RoutePattern.RawText!);

        var wrong = silent.Except(WithoutEvent).Select(path => path + " shows what nobody is noted to have seen").Concat(WithoutEvent.Except(silent).Select(path => path + " is gone or noted by now")).ToList();
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    /// <summary>A form may be answered with a page that shows a patient, such as the same page with what is wrong: that is a look, whoever the form is from.</summary>
    [Fact]
    public void Whatever_a_form_is_answered_with_is_an_event_too()
    {
        var forms = _host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods.Contains("GET") == false && e.Metadata.GetMetadata<Needed>() is { Seen: null, Right: not (Right.Open or Right.Enter) }).ToList();

        Assert.True(forms.Count > 60, $"only {forms.Count} forms");
        Assert.Empty(forms.Where(e => e.Metadata.GetMetadata<NotedAnswer>() is null).Select(e => e.RoutePattern.RawText));
        // One that writes its answer by hand would go around what notes it.
        Assert.Empty(forms.Where(e => e.Metadata.GetMetadata<System.Reflection.MethodInfo>()?.ReturnType is not { } answer || answer == typeof(void) || answer == typeof(Task) || answer == typeof(ValueTask)).Select(e => e.RoutePattern.RawText));
        Assert.Equal(["/entitle"], forms.Where(e => e.Metadata.GetMetadata<JournalAnswer>() is not null).Select(e => e.RoutePattern.RawText));
    }

    [Theory]
    [InlineData(Role.ProviderClerk, "/office/bulk/file", "/office/bulk/file")]
    [InlineData(Role.Auditor, "/journal", "/journal/check")]
    public async Task A_form_that_is_answered_with_a_page_is_noted_and_not_answered_if_it_cannot_be_noted(Role role, string page, string form)
    {
        await using var host = await PagesHost.StartAsync();
        using var reader = await host.ReaderAsync(role, follow: false);

        using var answer = await PagesHost.SendAsync(reader, page, form, ("head", "none"));
        var seen = host.Desk.Journal.Newest(1)[0];
        Assert.Equal(("AnswerSeen", form[1..], $"user:{(int)role + 1}"), (seen.Act, seen.Subject, seen.Actor));
        Assert.Contains($"action=\"{form}\"", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);

        var token = System.Text.RegularExpressions.Regex.Match(await reader.GetStringAsync(page, TestContext.Current.CancellationToken), "name=\"__RequestVerificationToken\"[^>]*value=\"([^\"]+)\"").Groups[1].Value;
        Break(host);
        using var fields = new FormUrlEncodedContent([new("head", "none"), new("__RequestVerificationToken", token)]);
        using var refused = await reader.PostAsync(new Uri(form, UriKind.Relative), fields, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        Assert.DoesNotContain($"action=\"{form}\"", await refused.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    /// <summary>From now on nothing can be written into the journal.</summary>
    private static void Break(PagesHost host)
    {
        using var context = host.Folder.Accounts.Context();
        using var connection = DeskSource.Of(context).Open();
        using var command = connection.CreateCommand();
        command.CommandText = "CREATE TRIGGER broken BEFORE INSERT ON journal BEGIN SELECT RAISE(ABORT, 'the disk is full'); END";
        command.ExecuteNonQuery();
    }

    [Fact]
    public void Whoever_sees_persons_or_gives_accounts_needs_a_second_factor() =>
        Assert.All(Enum.GetValues<Role>(), role => Assert.True(Rights.NeedsSecondFactor(role), role.ToString()));

    [Theory]
    [MemberData(nameof(Holders))]
    public async Task Every_request_is_answered_or_refused_as_declared(string holder)
    {
        var wrong = new List<string>();
        using var reader = await ReaderAsync(holder);
        foreach (var endpoint in Rights.Endpoints)
        {
            foreach (var ownership in endpoint.Whose is "–" or "rows" ? ["own"] : Ownerships)
            {
                if (AddressOf(endpoint, holder, ownership) is not { } address)
                {
                    continue;
                }

                using var request = new HttpRequestMessage(new HttpMethod(endpoint.Name.Split(' ')[0]), address);
                using var answer = await reader.SendAsync(request, TestContext.Current.CancellationToken);
                var body = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
                var sentToSignIn = answer.StatusCode == HttpStatusCode.Redirect && answer.Headers.Location!.OriginalString.StartsWith("/sign-in?", StringComparison.Ordinal);
                var refused = answer.StatusCode is HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized || sentToSignIn;
                if (refused == Granted(endpoint, holder, ownership))
                {
                    wrong.Add($"{endpoint.Name}, {ownership}: {(int)answer.StatusCode}");
                }

                if (refused && opened.Secrets.FirstOrDefault(s => body.Contains(s, StringComparison.Ordinal)) is { } told)
                {
                    wrong.Add($"{endpoint.Name}, {ownership}: the refusal tells '{told}'");
                }
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Fact]
    public async Task A_finding_that_is_not_there_is_refused_like_one_that_is_not_open()
    {
        using var reader = await _host.ReaderAsync(Role.ProviderHead, follow: false);
        string[] answers = ["", ""];
        foreach (var (i, id) in new[] { opened.Finding("other region"), 99_999_999 }.Index())
        {
            using var answer = await reader.GetAsync(new Uri($"/findings/{id}", UriKind.Relative), TestContext.Current.CancellationToken);
            answers[i] = $"{answer.StatusCode} {await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)}".Replace(id.ToString(CultureInfo.InvariantCulture), "", StringComparison.Ordinal);
        }

        Assert.Equal(answers[0], answers[1]);
    }

    [Fact]
    public async Task A_search_shows_only_what_may_be_seen()
    {
        using var expert = await _host.ReaderAsync(Role.BranchExpert);
        var foreign = opened.Provider("other region").ToString("D12", CultureInfo.InvariantCulture);
        var own = SampleRecords.BigProvider.ToString("D12", CultureInfo.InvariantCulture);
        var line = _host.Records.Query("SELECT k.line_id FROM known_service AS k JOIN finding AS f ON f.service_id = k.service_id AND f.provider_id = $1 ORDER BY 1 LIMIT 1", r => r.Text(0), opened.Provider("other region"))[0];

        Assert.Contains("/providers/" + own, await expert.GetStringAsync("/search?q=" + own, TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.DoesNotContain("/providers/" + foreign, await expert.GetStringAsync("/search?q=" + foreign, TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.DoesNotContain("/findings/", await expert.GetStringAsync("/search?q=" + Uri.EscapeDataString(line), TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_sees_a_finding_stands_in_the_journal()
    {
        using var expert = await _host.ReaderAsync(Role.CentralExpert);
        var path = $"findings/{opened.Finding("own")}";

        await expert.GetStringAsync($"/{path}?lang=en", TestContext.Current.CancellationToken);

        var seen = _host.Desk.Journal.Newest(1)[0];
        Assert.Equal(("FindingSeen", path, $"user:{(int)Role.CentralExpert + 1}"), (seen.Act, seen.Subject, seen.Actor));
        Assert.Contains("lang=en", seen.Detail, StringComparison.Ordinal);
        Assert.True(_host.Desk.Journal.Verify([]).IsSound);
    }

    [Fact]
    public async Task What_cannot_be_noted_is_not_shown()
    {
        await using var host = await PagesHost.StartAsync();
        using var expert = await host.ReaderAsync(Role.CentralExpert);
        Break(host);
        foreach (var path in new[] { $"/findings/{opened.Finding("own")}", "/months/2026-10/providers/190140000018", "/months/2026-10/providers/190140000018/findings.csv", "/search?q=190140000018" })
        {
            using var answer = await expert.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
            var body = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
            Assert.DoesNotContain(opened.Secrets, s => body.Contains(s, StringComparison.Ordinal));
        }
    }

    /// <summary>What rights.md says of a cell, read by other eyes than those of the desk.</summary>
    private static bool Granted(DeclaredEndpoint endpoint, string holder, string ownership)
    {
        var lines = File.ReadAllLines(Path.Combine(Repository.Root, "src", "Fund", "Desk", "rights.md")).Where(l => l.StartsWith('|')).Select(l => l.Split('|')[1..^1].Select(c => c.Trim()).ToList()).ToList();
        var cell = lines.Single(l => l[0] == endpoint.Right.ToString())[lines[0].IndexOf(holder)];
        return cell.Split(", ").Any(word => word switch
        {
            "all" => true,
            "own" => ownership == "own",
            "region" => ownership is "own" or "other provider",
            "case" => ownership == "own case",
            _ => false,
        });
    }

    private string? AddressOf(DeclaredEndpoint endpoint, string holder, string ownership)
    {
        var pattern = endpoint.Name.Split(' ')[1];
        if (ownership.EndsWith("case", StringComparison.Ordinal))
        {
            var user = Enum.TryParse<Role>(holder, out var role) ? (int)role + 1 : 0;
            if (endpoint.Whose == "case")
            {
                opened.Lie(opened.Proceeding(ownership), ownership == "own case" ? user : 99);
            }
            else if (endpoint.Whose != "finding")
            {
                return null;
            }

            opened.Assign(opened.Finding("other region"), ownership == "own case" ? user : 99);
        }
        else
        {
            opened.Assign(0, 0);
        }

        var address = pattern.Replace("{month}", "2026-10", StringComparison.Ordinal).Replace("{kind}", "csv", StringComparison.Ordinal)
            .Replace("{paragraph}", "27", StringComparison.Ordinal).Replace("{documentName}", "v1", StringComparison.Ordinal).Replace("{code}", endpoint.Whose == "paper" ? opened.Paper(ownership) : "none", StringComparison.Ordinal).Replace("{format}", "docx", StringComparison.Ordinal)
            .Replace("{monitoring:long}", endpoint.Whose == "monitoring" ? opened.Case("monitoring", ownership).ToString(CultureInfo.InvariantCulture) : "1", StringComparison.Ordinal)
            .Replace("{conclusion:long}", endpoint.Whose == "conclusion" ? opened.Case("conclusion", ownership).ToString(CultureInfo.InvariantCulture) : "1", StringComparison.Ordinal).Replace("{change}", "on", StringComparison.Ordinal)
            .Replace("{user:long}", endpoint.Whose == "user" ? opened.User(ownership).ToString(CultureInfo.InvariantCulture) : "1", StringComparison.Ordinal).Replace("{outage:long}", "1", StringComparison.Ordinal).Replace("{key:long}", "1", StringComparison.Ordinal)
            .Replace("{part}", "loads", StringComparison.Ordinal).Replace("{handover:long}", "1", StringComparison.Ordinal).Replace("{opening:long}", "1", StringComparison.Ordinal).Replace("{rule}", "none", StringComparison.Ordinal)
            .Replace("{name}", "none", StringComparison.Ordinal).Replace("{change:long}", "1", StringComparison.Ordinal).Replace("{secret}", "none", StringComparison.Ordinal).Replace("{token}", "none", StringComparison.Ordinal).Replace("{trial:long}", "1", StringComparison.Ordinal)
            .Replace("{report:long}", endpoint.Whose == "report" ? opened.Report(ownership).ToString(CultureInfo.InvariantCulture) : "1", StringComparison.Ordinal)
            .Replace("{latent:long}", endpoint.Whose == "latent" ? opened.Case("latent", ownership).ToString(CultureInfo.InvariantCulture) : "1", StringComparison.Ordinal)
            .Replace("{region}", opened.Host.Work.RegionOf(opened.Provider(ownership)), StringComparison.Ordinal)
            .Replace("{provider:long}", opened.Provider(ownership).ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("{hash}", "none", StringComparison.Ordinal)
            .Replace("{case:long}", opened.Proceeding(ownership).ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("{proceeding:long}", opened.Proceeding(ownership).ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("{upload:long}", opened.Upload(ownership).ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("{order:long}", "1", StringComparison.Ordinal).Replace("{line:long}", "1", StringComparison.Ordinal).Replace("{run:long}", "1", StringComparison.Ordinal).Replace("{file:long}", "1", StringComparison.Ordinal)
            .Replace("{contract}", "none", StringComparison.Ordinal).Replace("{campaign:long}", "1", StringComparison.Ordinal).Replace("{row:long}", "1", StringComparison.Ordinal).Replace("{protocol:long}", "1", StringComparison.Ordinal).Replace("{person:long}", "1", StringComparison.Ordinal).Replace("{detail:long}", "1", StringComparison.Ordinal).Replace("{invoice:long}", "1", StringComparison.Ordinal).Replace("{rejection:long}", "1", StringComparison.Ordinal).Replace("{duty:long}", "1", StringComparison.Ordinal).Replace("{outcome}", "dropped", StringComparison.Ordinal).Replace("{step}", "checked", StringComparison.Ordinal)
            .Replace("{hash}", "none", StringComparison.Ordinal).Replace("{draft}", "none", StringComparison.Ordinal).Replace("{receipt:long}", "1", StringComparison.Ordinal)
            .Replace("/{act}", endpoint.Name.Contains("/office/", StringComparison.Ordinal) ? "/objection" : "/MON-321", StringComparison.Ordinal)
            .Replace("{finding:long}", opened.Finding(ownership).ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
        Assert.DoesNotContain('{', address);
        return endpoint.Whose == "key" ? address + "?provider=" + opened.Provider(ownership).ToString(CultureInfo.InvariantCulture) : address;
    }

    private async Task<HttpClient> ReaderAsync(string holder)
    {
        if (Enum.TryParse<Role>(holder, out var role))
        {
            return await _host.ReaderAsync(role, follow: false);
        }

        var reader = _host.Reader(follow: false);
        if (holder == Rights.Key)
        {
            reader.DefaultRequestHeaders.Authorization = new("Bearer", _host.Desk.AddKey("system", 0, SampleRecords.BigProvider, "test").Text);
        }

        return reader;
    }

    /// <summary>The pages, opened once, and whose affairs are whose.</summary>
    public sealed class Opened : IAsyncLifetime
    {
        private (long Finding, long User) _assigned;

        public PagesHost Host { get; private set; } = null!;

        /// <summary>Numbers, names and lines that stand only where case data stands.</summary>
        public IReadOnlyList<string> Secrets { get; private set; } = [];

        public async ValueTask InitializeAsync()
        {
            Host = await PagesHost.StartAsync();
            Host.Services.GetRequiredService<Assignments>().OfFinding = finding => finding == _assigned.Finding ? [_assigned.User] : [];
            Secrets =
            [
                .. new[] { "own", "other provider", "other region" }.SelectMany(o => Host.Records.Query("SELECT DISTINCT line_id FROM known_service WHERE provider_id = $1 AND length(line_id) > 4 LIMIT 50", r => r.Text(0), Provider(o))),
                "емханасы", "Поликлиника", "ауруханасы", "••••••", "5.1-service-after-death",
            ];
        }

        /// <summary>A monitoring of that provider, or a conclusion that was sent to it, made when it is first asked for.</summary>
        public long Case(string kind, string ownership)
        {
            var (store, provider) = (Host.Work.Store, Provider(ownership));
            if (store.Cases(kind, 0, 100).FirstOrDefault(c => c.ProviderId == provider) is { } known)
            {
                return known.Id;
            }

            var clerk = new Actor(Party.Fund, 5, Host.Work.RegionOf(provider)!);
            var (at, terms, id) = (Host.Work.Now, Host.Work.Terms, store.NextId());
            if (kind == "monitoring")
            {
                Assert.Null(store.Act(id, "M-" + id, new OpenMonitoring(at, clerk, provider, clerk.Region, OpeningGround.RiskAnalysis, null, "facts", [5]), terms).Refusal);
                return id;
            }

            if (kind == "latent")
            {
                var facts = new LatentFacts(provider, "C-1", "1", "6.1", LocalDay.Of(at).AddDays(-30), false, true, "no record", clerk.Region, "hash");
                Assert.Null(store.Lead(id, "L-" + id, clerk, _ => LatentDefects.Find(facts, at, terms)).Refusal);
                return id;
            }

            foreach (var act in new ConclusionCommand[] { CaseSamples.Draft(at, clerk, provider, "C-" + id), new SignConclusion(at, clerk), new SendConclusion(at, clerk, Channel.Electronic) })
            {
                Assert.Null(store.Act(id, "C-" + id, act, terms).Refusal);
            }

            Host.Work.Papers.MakeAll();
            return id;
        }

        /// <summary>A report of the branch of that provider.</summary>
        public long Report(string ownership)
        {
            var (region, at) = (Host.Work.RegionOf(Provider(ownership))!, Host.Work.Now);
            Host.Work.Store.FallDue("Q-" + region, BranchReports.Quarter(region, new(2026, 7, 1), at, Host.Work.Terms));
            return Host.Work.Store.CaseOf("report", "Q-" + region)!.Id;
        }

        public string Paper(string ownership) => Host.Work.Papers.ConclusionOf(Case("conclusion", ownership))!.Entry.Code;

        /// <summary>An employee of the branch, or of another one.</summary>
        public long User(string ownership)
        {
            if (ownership is "own" or "other provider")
            {
                return (int)Role.BranchExpert + 1;
            }

            return (Host.Desk.Users().FirstOrDefault(u => u.SignInName == "elsewhere")
                ?? Host.Desk.Add("system", new DeskUser { SignInName = "elsewhere", NormalName = "ELSEWHERE", FullName = "Elsewhere", Role = Role.BranchExpert, Region = "55", Stamp = "s", IsDemo = true })).Id;
        }

        public void Assign(long finding, long user) => _assigned = (finding, user);

        /// <summary>Lets the review of a proceeding lie with a user.</summary>
        public void Lie(long proceeding, long user)
        {
            using var db = Host.Services.GetRequiredService<ProceedingStore>().Context();
            var row = db.Proceedings.Find(proceeding)!;
            row.Reviewer = user == 0 ? null : user;
            db.SaveChanges();
        }

        public long Provider(string ownership) => ownership switch
        {
            "own" => SampleRecords.BigProvider,
            "other provider" => Host.Records.Query("SELECT MIN(p.provider_id) FROM provider AS p JOIN finding AS f ON f.provider_id = p.provider_id WHERE p.region = '61' AND p.provider_id <> $1", r => r.Long(0), SampleRecords.BigProvider)[0],
            _ => Host.Records.Query("SELECT MIN(p.provider_id) FROM provider AS p JOIN finding AS f ON f.provider_id = p.provider_id WHERE p.region = '55'", r => r.Long(0))[0],
        };

        public long Finding(string ownership) => Host.Records.Query("SELECT MIN(finding_id) FROM finding WHERE month = DATE '2026-10-01' AND provider_id = $1", r => r.Long(0), Provider(ownership))[0];

        /// <summary>A proceeding of that provider, opened when it is first asked for.</summary>
        public long Proceeding(string ownership)
        {
            var store = Host.Services.GetRequiredService<ProceedingStore>();
            var place = Array.IndexOf(Ownerships, ownership) + 1;
            var at = Host.Desk.Clock.GetUtcNow();
            var finding = TrialCase.Finding(places: Places.In(Host.Work.RegionOf(Provider(ownership))!)) with { At = at, ProviderId = Provider(ownership), LineId = place, DetectedAt = at, ShownAt = at, SnapshotAt = at };
            store.Open([new(finding, new(2026, 10, 1), "rule", "{}", 1)], new TermsByDay(TheLaw.Book).At(at), "system");
            using var db = store.Context();
            return db.Proceedings.Single(p => p.LineId == place).Id;
        }

        /// <summary>An upload of that provider, brought when it is first asked for.</summary>
        public long Upload(string ownership)
        {
            using var accounts = Host.Folder.Accounts.Context();
            var hash = "upload of " + ownership;
            return new OfficeStore(DeskSource.Of(accounts), Host.Desk.Clock).Add(new() { ProviderId = Provider(ownership), FileName = "own.csv", FileHash = hash, State = "checked" }).Upload.Id;
        }

        public ValueTask DisposeAsync() => Host.DisposeAsync();
    }
}
