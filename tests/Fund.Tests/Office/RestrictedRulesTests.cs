using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Kepil.Fund.Desk;
using Kepil.Fund.Inbox;
using Kepil.Fund.Proceedings;
using Kepil.Monitoring;
using Kepil.Tests.Desk;
using Kepil.Tests.Pages;
using Kepil.Tests.Proceedings;
using Kepil.Tests.Reviews;
using Xunit;

namespace Kepil.Tests.Office;

/// <summary>Two installations that differ in the text, the limits and the order of their rules alone give a provider the same bytes, wherever he looks and whatever he sends (paragraph 15).</summary>
public sealed class RestrictedRulesTests
{
    /// <summary>Words that stand in the rules of the one and of the other, and nowhere else.</summary>
    private static readonly string[] Canaries = ["Құралайсыз", "Көкжиектеме", "Zyrtaqylap", "Qumyrsqabel", "918273", "827364"];

    [Theory]
    [InlineData(Role.ProviderHead)]
    [InlineData(Role.ProviderClerk)]
    [Proves("MON-321:15")]
    public async Task A_provider_is_answered_the_same_whatever_the_rules_say_and_seek(Role role)
    {
        var (one, other) = (await SeenAsync(role, 0), await SeenAsync(role, 1));

        Assert.Equal(one.Keys, other.Keys);
        Assert.All(one, a => Assert.Equal(a.Value, other[a.Key]));
        Assert.True(one.Count > 30, $"only {one.Count} answers were compared");
        Assert.All(Expected(role), word => Assert.Contains(one.Keys, k => k.Contains(word, StringComparison.Ordinal)));
        foreach (var told in one.Values.Concat(other.Values).Select(Plain))
        {
            Assert.DoesNotContain(Canaries, c => told.Contains(c, StringComparison.OrdinalIgnoreCase));
            Assert.DoesNotContain(SampleRecords.Rules, r => told.Contains(r.Id, StringComparison.Ordinal));
        }
    }

    /// <summary>The comparison bites: an expert reads the limits, and what the one is told the other is not.</summary>
    [Fact]
    public async Task An_expert_of_the_two_is_answered_otherwise()
    {
        async Task<string> FindingAsync(int variant)
        {
            await using var host = await StartAsync(variant);
            using var expert = await host.ReaderAsync(Role.CentralExpert);
            return Plain(await expert.GetStringAsync($"/findings/{FindingOf(host)}?as=expert", TestContext.Current.CancellationToken));
        }

        var (one, other) = (await FindingAsync(0), await FindingAsync(1));

        Assert.Contains(Canaries[0], one, StringComparison.Ordinal);
        Assert.Contains(Canaries[4], one, StringComparison.Ordinal);
        Assert.DoesNotContain(Canaries[0], other, StringComparison.Ordinal);
        Assert.Contains(Canaries[5], other, StringComparison.Ordinal);
    }

    /// <summary>What is read: signs as they are, and numbers without the spaces between thousands.</summary>
    private static string Plain(string answer) => Regex.Replace(System.Net.WebUtility.HtmlDecode(answer), "(?<=\\d)[\u00a0\u202f ](?=\\d)", "");

    private static IEnumerable<string> Expected(Role role) =>
    [
        "GET /office", "GET /office/1", "GET /office/cases.xlsx", "GET /office/statement", "GET /findings/", "GET /months/2026-10/providers/", "findings.csv", "findings.xlsx", "GET /inbox", "GET /search", "POST /office/1/objection",
        "KEY GET /api/proceedings/1", "KEY GET /api/proceedings/1/decisions", "KEY GET /api/proceedings/1/receipts", "KEY POST /api/proceedings/2/objection", "KEY GET /openapi/v1.json", role == Role.ProviderHead ? "POST /office/1/objection/send" : "GET /office/registers",
    ];

    private static async Task<IReadOnlyDictionary<string, string>> SeenAsync(Role role, int variant)
    {
        await using var host = await StartAsync(variant);
        ReviewCases.AddExpert(host, "Серік Сарапшы", "35");
        ReviewCases.Open(host, 6);
        ReviewCases.Object(host, [3, 4, 5]);
        ReviewCases.Decide(host, 4, false, "Құжат жоқ.");
        ReviewCases.Decide(host, 5, true, "Құжат бар.");
        new InboxRound(new InboxStore(host.Desk), ReviewCases.StoreOf(host), host.Desk, _ => ReviewCases.TermsOf(host)).Run();
        var own = SampleRecords.BigProvider;
        var seen = new SeenByReader(
            host,
            [
                "/", "/account", "/inbox", "/office", "/office?view=answer", "/office?view=all", "/office/cases.xlsx", "/office/statement", "/office/payments", "/office/conclusions", "/office/registers", "/office/registers/template.xlsx", "/office/bulk/file",
                .. Enumerable.Range(1, 6).Select(id => $"/office/{id}"), $"/months/2026-10/providers/{own}", $"/months/2026-10/providers/{own}/findings.csv", $"/months/2026-10/providers/{own}/findings.xlsx",
                $"/findings/{FindingOf(host)}", $"/search?q={own}", $"/findings/{FindingOf(host)}?as=expert", "/entitle", "/rules", "/rules.xlsx", "/lists", "/months/2026-10", "/board", "/journal", $"/money/providers/{own}", "/api/proceedings/1",
            ],
            ["/office/1", "/office/2", "/office/3", "/office/4", "/office/5", "/office/6", "/office/cases", "/office/statement", "/inbox", "/account"]);
        using var reader = await host.ReaderAsync(role);
        await seen.FollowAsync(reader, 0);
        await seen.SendAsync(reader, "/office/1/objection", "/office/1/objection", ("reasons", "Жазба қызметті растайды."), ("version", "0"), ("go", "check"));
        await seen.SendAsync(reader, "/office/1/objection", "/office/1/objection/send", ("reasons", "Жазба қызметті растайды."), ("version", "1"));
        await seen.SendAsync(reader, "/office", "/office/bulk", ("case", "6"));
        await seen.SendAsync(reader, "/office/bulk/file", "/office/bulk/file", ("anyway", "0"));
        await KeyAsync(host, seen);

        // What was noted of the provider's own acts, and the files that came of them, tell no more than the answers do.
        Assert.DoesNotContain(host.Desk.Journal.Read(), e => Canaries.Any(c => $"{e.Subject} {e.Detail}".Contains(c, StringComparison.OrdinalIgnoreCase)));
        foreach (var file in Directory.EnumerateFiles(host.Folder.Path, "*", SearchOption.AllDirectories).Where(f => f.Contains("/papers/", StringComparison.Ordinal) || f.Contains("/documents/", StringComparison.Ordinal) || f.EndsWith(".log", StringComparison.Ordinal)))
        {
            var text = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
            Assert.DoesNotContain(Canaries, c => text.Contains(c, StringComparison.OrdinalIgnoreCase));
        }

        return seen.Answers;
    }

    /// <summary>The same by the key of a hospital's system.</summary>
    private static async Task KeyAsync(PagesHost host, SeenByReader seen)
    {
        using var system = host.Reader();
        system.DefaultRequestHeaders.Authorization = new("Bearer", host.Desk.AddKey("system", 0, SampleRecords.BigProvider, "test").Text);
        foreach (var path in new[] { "/api/proceedings/?month=2026-10", "/api/proceedings/1", "/api/proceedings/1?lang=en", "/api/proceedings/4", "/api/proceedings/1/decisions", "/api/proceedings/1/receipts", "/openapi/v1.json", "/api/unscheduled/conclusions/1" })
        {
            using var answer = await system.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
            await seen.NoteAsync("KEY GET " + path, answer);
        }

        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/proceedings/2/objection") { Content = JsonContent.Create(new SentAct("the record shows the visit", [])) };
        request.Headers.Add("Idempotency-Key", "a");
        using var objected = await system.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.True(objected.IsSuccessStatusCode);
        await seen.NoteAsync("KEY POST /api/proceedings/2/objection", objected);
    }

    private static long FindingOf(PagesHost host) => host.Records.Query("SELECT MIN(finding_id) FROM finding WHERE month = DATE '2026-10-01' AND provider_id = $1 AND code <> '2.0'", r => r.Long(0), SampleRecords.BigProvider)[0];

    /// <summary>The pages over findings of one of the two packs: what the provider is told as the reason is the same in both, all else of the rules is not.</summary>
    private static async Task<PagesHost> StartAsync(int variant)
    {
        var (word, latin, limit) = (Canaries[variant], Canaries[2 + variant], Canaries[4 + variant]);
        Kepil.Law.Wording Said(string text) => new($"{word} {text}", $"{latin} {text}", $"{latin} {text}");
        var rules = SampleRecords.Rules.Select(r => r with
        {
            File = r.File with
            {
                Title = Said("атауы"),
                Reason = r.File.Evidence,
                Evidence = Said("{limit_days}"),
                HonestReasons = new Dictionary<string, IReadOnlyList<string>> { ["kk"] = [word], ["ru"] = [latin], ["en"] = [latin] },
                Sql = $"SELECT {limit} AS {latin}",
                Chapter = word,
                LookBack = 10 + variant,
                Statistical = variant == 1,
                TextHash = latin,
            },
            Columns = [.. r.Columns, new EvidenceColumn("limit_days", "bigint")],
        });
        var host = await PagesHost.StartAsync(clock: new MovedClock(TrialCase.Moment("2026-11-02")), rules: [.. variant == 0 ? rules : rules.Reverse()]);
        host.Records.Query($"UPDATE finding SET evidence = evidence || chr(31) || '{limit}' RETURNING finding_id", r => r.Long(0));
        return host;
    }
}
