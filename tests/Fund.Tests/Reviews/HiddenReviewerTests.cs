using Kepil.Fund.Desk;
using Kepil.Fund.Inbox;
using Kepil.Fund.Proceedings;
using Kepil.Tests.Desk;
using Kepil.Tests.Pages;
using Kepil.Tests.Proceedings;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Kepil.Tests.Reviews;

/// <summary>Two histories that differ in what a reviewer must not learn give him the same bytes, whatever he opens and sends.</summary>
public sealed class HiddenReviewerTests
{
    private const string Reasons = "Құжат жоқ, дәрігердің қолтаңбасы салынбаған.";

    /// <summary>The first reviewers of the two histories: other names, numbers and branches.</summary>
    private static readonly (string Name, string Region)[] Firsts = [("Айгүл Алғашқы", "10"), ("Бекболат Бірінші", "47")];

    [Fact]
    [Proves("MON-321:33")]
    public async Task The_second_reviewer_is_answered_the_same_whoever_reviewed_first()
    {
        var (one, other) = (await SeenBySecondAsync(0), await SeenBySecondAsync(1));

        Same(one, other);
        Assert.True(one.Count > 25, $"only {one.Count} answers were compared");
        Assert.Contains(Reasons, System.Net.WebUtility.HtmlDecode(one["GET /desk/1"]), StringComparison.Ordinal);
        Assert.Contains(one.Keys, k => k.StartsWith("GET /desk/1/papers/", StringComparison.Ordinal));
        Assert.Contains(one.Keys, k => k.StartsWith("GET /calendar/", StringComparison.Ordinal));
        foreach (var (name, _) in Firsts)
        {
            Assert.DoesNotContain(one.Values, a => System.Net.WebUtility.HtmlDecode(a).Contains(name.Split(' ')[0], StringComparison.Ordinal));
        }
    }

    [Fact]
    [Proves("MON-321:31.1")]
    public async Task A_second_look_is_answered_as_a_first_review_is() => Same(await SeenByLookerAsync(false), await SeenByLookerAsync(true));

    /// <summary>The comparison bites: whoever reviewed first, or did not, is answered otherwise.</summary>
    [Fact]
    public async Task An_expert_who_reviewed_first_is_answered_otherwise_than_one_who_did_not()
    {
        async Task<string> InboxAsync(int first)
        {
            await using var host = await StartAsync();
            ReachSecond(host, first);
            using var reader = await host.ReaderAsync(Expert(host, 0).Id);
            var seen = new SeenByReader(host);
            await seen.FetchAsync(reader, "/inbox", "/inbox");
            return Assert.Single(seen.Answers).Value;
        }

        var (did, didNot) = (await InboxAsync(0), await InboxAsync(1));

        Assert.NotEqual(did, didNot);
        Assert.Contains("/desk/1", did, StringComparison.Ordinal);
        Assert.DoesNotContain("/desk/1", didNot, StringComparison.Ordinal);
    }

    private static async Task<IReadOnlyDictionary<string, string>> SeenBySecondAsync(int first)
    {
        await using var host = await StartAsync();
        ReachSecond(host, first);
        return await SeenAsync(host, Second(host));
    }

    /// <summary>The second of the experts has the case: as its first reviewer, or to look at the agreement that another gave at the same moment.</summary>
    private static async Task<IReadOnlyDictionary<string, string>> SeenByLookerAsync(bool looks)
    {
        await using var host = await StartAsync();
        var store = ReviewCases.StoreOf(host);
        using (var db = store.Context())
        {
            // So large a release is always looked at again.
            db.Proceedings.ExecuteUpdate(set => set.SetProperty(p => p.AtRisk, 200_000_000));
        }

        if (looks)
        {
            Only(host, Expert(host, 0), () => ReviewCases.Object(host, [1], new Paper(new string('c', 64), "epikriz.pdf")));
            Only(host, Second(host), () => ReviewCases.Decide(host, 1, true, "Жазба қызметті растайды."), except: Expert(host, 0));
        }
        else
        {
            Only(host, Second(host), () => ReviewCases.Object(host, [1], new Paper(new string('c', 64), "epikriz.pdf")));
        }

        Assert.Equal((looks ? Stage.SecondLook : Stage.FirstReview, Second(host).Id), (store.Find(1)!.Stage, store.Find(1)!.Reviewer));
        return await SeenAsync(host, Second(host));
    }

    private static async Task<PagesHost> StartAsync()
    {
        var host = await PagesHost.StartAsync(clock: new MovedClock(TrialCase.Moment("2026-11-02")));
        foreach (var (name, region) in Firsts.Append(("Серік Кейінгі", "35")))
        {
            ReviewCases.AddExpert(host, name, region);
        }

        // The branches of the two are not equally large, and one of them has a head.
        ReviewCases.AddExpert(host, "Дәурен Көмекші", "10");
        host.Desk.Add("system", new DeskUser { SignInName = "head-10", NormalName = "HEAD-10", FullName = "Ғалым Басшы", Role = Role.BranchHead, Region = "10", Stamp = "head-10", IsDemo = true });
        ReviewCases.Open(host, 2);
        return host;
    }

    /// <summary>One of the two reviews first and confirms, the provider objects again, and the second reviewer has the case.</summary>
    private static void ReachSecond(PagesHost host, int first)
    {
        var clock = (MovedClock)host.Desk.Clock;
        Only(host, Expert(host, first), () => ReviewCases.Object(host, [1]));
        Round(host);
        clock.Move(TimeSpan.FromDays(1));
        ReviewCases.Decide(host, 1, false, Reasons, KeptPaper(host, $"{Firsts[first].Name}.pdf"));
        clock.Move(TimeSpan.FromHours(1));
        Only(host, Second(host), () => ReviewCases.Object(host, [1], new Paper(new string('b', 64), "epikriz.pdf")), except: Expert(host, first));
        Assert.Equal((Stage.SecondReview, Second(host).Id), (ReviewCases.StoreOf(host).Find(1)!.Stage, ReviewCases.StoreOf(host).Find(1)!.Reviewer));
        Round(host);
    }

    private static async Task<IReadOnlyDictionary<string, string>> SeenAsync(PagesHost host, DeskUser who)
    {
        Round(host);
        using var reader = await host.ReaderAsync(who.Id);
        var seen = new SeenByReader(host);
        await seen.FollowAsync(reader, 1);
        using (var made = await PagesHost.SendAsync(reader, "/inbox", "/inbox/calendar"))
        {
            var address = System.Text.RegularExpressions.Regex.Match(await made.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), @"/calendar/[^\s""<]+\.ics").Value;
            await seen.FetchAsync(reader, "/calendar/own.ics", address);
        }

        await seen.SendAsync(reader, "/desk/1", "/desk/1/draft", ("since", "0"), ("reasons", "жазылып жатыр"));
        await seen.SendAsync(reader, "/desk/1", "/desk/1/person", ("why", "салыстыру"));
        await seen.SendAsync(reader, "/desk/1", "/desk/1/decision", ("version", "1"), ("reasons", "жазылды"), ("outcome", "confirm"));
        if (ReviewCases.StoreOf(host).Find(1)!.Stage != Stage.SecondReview)
        {
            await seen.SendAsync(reader, "/desk/1", "/desk/1/request", ("what", "құжат"));
        }

        return seen.Answers;
    }

    private static void Same(IReadOnlyDictionary<string, string> one, IReadOnlyDictionary<string, string> other)
    {
        Assert.Equal(one.Keys, other.Keys);
        Assert.All(one, a => Assert.Equal(a.Value, other[a.Key]));
    }

    /// <summary>Lets something happen while one of the experts alone can be named.</summary>
    /// <param name="except">Who must not be chosen anyway, and whom the lists therefore may name or not.</param>
    private static void Only(PagesHost host, DeskUser who, Action happens, DeskUser? except = null)
    {
        foreach (var other in host.Desk.Users().Where(u => u.Role == Role.BranchExpert && u.Id != who.Id && u.Id != except?.Id))
        {
            host.Desk.AddConflict("system", other.Id, SampleRecords.BigProvider, "туысы істейді");
        }

        happens();
        using var desk = host.Desk.Context();
        desk.Conflicts.ExecuteDelete();
    }

    private static DeskUser Expert(PagesHost host, int place) => host.Desk.Users().Single(u => u.FullName == Firsts[place].Name);

    private static DeskUser Second(PagesHost host) => host.Desk.Users().Single(u => u.FullName == "Серік Кейінгі");

    private static Paper KeptPaper(PagesHost host, string name)
    {
        var stage = host.Folder.Stage();
        var file = Path.Combine(stage, "paper");
        File.WriteAllText(file, "a copy of the record");
        host.Folder.Keep(file, "papers", "", "", out var hash);
        Directory.Delete(stage, true);
        return new(hash, name);
    }

    private static void Round(PagesHost host) => new InboxRound(new InboxStore(host.Desk), ReviewCases.StoreOf(host), host.Desk, _ => ReviewCases.TermsOf(host)).Run();
}
