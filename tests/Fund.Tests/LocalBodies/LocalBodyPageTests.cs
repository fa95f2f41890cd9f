using System.Net;
using System.Text.RegularExpressions;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using Kepil.Fund.Desk;
using Kepil.Fund.LocalBodies;
using Kepil.Tests.Desk;
using Kepil.Tests.Pages;
using Kepil.Tests.Proceedings;
using Xunit;

namespace Kepil.Tests.LocalBodies;

/// <summary>A local body sees the people of its place and no others, enters what it did, and corrects it without anything being lost.</summary>
public sealed class LocalBodyPageTests(LocalBodyPageTests.Opened opened) : IClassFixture<LocalBodyPageTests.Opened>
{
    private readonly PagesHost _host = opened.Host;

    [Theory]
    [InlineData("kk", "Ешқашан жарна төленбеген")]
    [InlineData("ru", "Взносы никогда не платились")]
    [InlineData("en", "Nothing was ever paid")]
    public async Task The_list_shows_a_page_of_people_with_group_and_reason(string language, string reason)
    {
        using var worker = await _host.ReaderAsync(Role.LocalBody);

        var page = WebUtility.HtmlDecode(await worker.GetStringAsync($"/uninsured?lang={language}", TestContext.Current.CancellationToken));
        Assert.Contains(reason, page, StringComparison.Ordinal);
        Assert.Equal(UninsuredView.Size, Regex.Count(page, "name=\"person\""));
        Assert.DoesNotMatch("(href|action)=\"[^\"]*[0-9]{12}", page);
        // Those who are no longer on the list are gone from it; the last page holds the rest of the region.
        Assert.DoesNotContain(SampleLists.Numbers[2], page, StringComparison.Ordinal);
        Assert.Equal(66 - UninsuredView.Size, Regex.Count(await worker.GetStringAsync("/uninsured?page=2", TestContext.Current.CancellationToken), "name=\"person\""));
        Assert.Equal(20, Regex.Count(await worker.GetStringAsync($"/uninsured?place={_host.Region()}48&reason=irregular", TestContext.Current.CancellationToken), "name=\"person\""));
    }

    [Fact]
    public async Task Nobody_sees_another_place_and_who_looked_stands_in_the_journal()
    {
        var district = opened.District;
        using var worker = await _host.ReaderAsync(district.Id);
        async Task<HttpStatusCode> Status(HttpClient reader, string address)
        {
            using var answer = await reader.GetAsync(new Uri(address, UriKind.Relative), TestContext.Current.CancellationToken);
            return answer.StatusCode;
        }

        foreach (var path in new[] { "/uninsured", "/uninsured.xlsx", "/uninsured/changes", "/uninsured/changes.xlsx", "/uninsured/duties", "/portrait/own" })
        {
            Assert.NotEqual(HttpStatusCode.Forbidden, await Status(worker, path));
            Assert.NotEqual(HttpStatusCode.Forbidden, await Status(worker, $"{path}?place={district.Region}"));
            Assert.Equal(HttpStatusCode.Forbidden, await Status(worker, $"{path}?place={district.Region![..2]}"));
            Assert.Equal(HttpStatusCode.Forbidden, await Status(worker, $"{path}?place={district.Region![..2]}10"));
        }

        // Eight people live in the other district; of the one who moved there it is told that he left, not where he went.
        var page = await worker.GetStringAsync("/uninsured", TestContext.Current.CancellationToken);
        Assert.All(SampleLists.Numbers.Skip(60), n => Assert.DoesNotContain(n, page, StringComparison.Ordinal));
        var changes = WebUtility.HtmlDecode(await worker.GetStringAsync("/uninsured/changes?lang=en", TestContext.Current.CancellationToken));
        Assert.Equal(["Entered", "Entered", "Left", "Left", "Left"], Regex.Matches(changes, "data-label=\"Change\">(\\w+)<").Select(m => m.Groups[1].Value));
        Assert.Matches($"{SampleLists.Numbers[60]}</th>.*>Moved</td>.*data-label=\"To\">–</td>", changes);

        using var central = await _host.ReaderAsync(Role.CentralExpert);
        Assert.Equal(HttpStatusCode.Forbidden, await Status(central, "/uninsured"));
        Assert.Equal(HttpStatusCode.OK, await Status(central, "/uninsured/duties"));
        await worker.GetStringAsync("/uninsured?lang=ru", TestContext.Current.CancellationToken);
        var seen = _host.Desk.Journal.Newest(1)[0];
        Assert.Equal(("UninsuredSeen", district.Actor), (seen.Act, seen.Actor));
        Assert.True(_host.Desk.Journal.Verify([]).IsSound);
    }

    [Fact]
    public async Task What_was_done_is_entered_corrected_and_taken_back_and_every_word_stays()
    {
        using var worker = await _host.ReaderAsync(Role.LocalBody);
        var store = LocalDutyStore.Of(_host.Desk);
        const string Day = "2026-11-19";
        async Task<HttpStatusCode> Send(string action, params (string, string)[] fields)
        {
            using var answer = await PagesHost.SendAsync(worker, "/uninsured/duties", action, fields);
            return answer.StatusCode;
        }

        Assert.Equal(HttpStatusCode.OK, await Send("/uninsured/duties", ("kind", "call"), ("day", Day), ("person", SampleLists.Numbers[4]), ("person", SampleLists.Numbers[5])));
        Assert.Equal(HttpStatusCode.OK, await Send("/uninsured/duties", ("kind", "meeting"), ("day", Day), ("people", "35"), ("fund", "yes"), ("of", "self_payer"), ("note", "Базар")));
        foreach (var wrong in new (string, string)[][]
        {
            [("kind", "call"), ("day", Day)], [("kind", "call"), ("day", Day), ("person", SampleLists.Numbers[4]), ("person", SampleLists.Numbers[69])], [("kind", "party"), ("day", Day)],
            [("kind", "meeting"), ("day", "2099-01-01")], [("kind", "meeting"), ("day", Day), ("people", "-3")], [("kind", "meeting"), ("day", Day), ("note", SampleLists.Numbers[4])], [("kind", "meeting"), ("day", Day), ("of", "insured")],
        })
        {
            Assert.Equal(HttpStatusCode.UnprocessableEntity, await Send("/uninsured/duties", wrong));
        }

        var (meeting, call) = (store.Of("").First(d => d.Kind == "meeting"), store.Of("").First(d => d.Kind == "call"));
        Assert.Equal((2L, 35L, true, "self_payer"), (call.People, meeting.People, meeting.WithFund, meeting.OfKind));
        Assert.Contains(WebUtility.HtmlDecode(await worker.GetStringAsync("/uninsured?lang=en", TestContext.Current.CancellationToken)).Split("<tr>"), r => r.Contains(SampleLists.Numbers[4], StringComparison.Ordinal) && r.Contains("Call, ", StringComparison.Ordinal));

        Assert.Equal(HttpStatusCode.OK, await Send($"/uninsured/duties/{meeting.Id}/correct", ("day", Day), ("people", "40"), ("note", "Базар, мектеп")));
        Assert.Equal(HttpStatusCode.NotFound, await Send($"/uninsured/duties/{meeting.Id}/correct", ("day", Day), ("people", "50")));
        Assert.Equal(HttpStatusCode.OK, await Send($"/uninsured/duties/{call.Id}/correct", ("day", Day), ("note", "кешке")));
        var corrected = store.Of("").First(d => d.Kind == "call");
        Assert.Equal((2L, call.Id), (corrected.People, corrected.Replaces));
        Assert.Equal(HttpStatusCode.OK, await Send($"/uninsured/duties/{corrected.Id}/withdraw"));
        Assert.Equal(["meeting"], store.Of("").Select(d => d.Kind));
        Assert.Empty(store.Touched());

        // An entry of another place is not there for the worker of a district.
        using var other = await _host.ReaderAsync(opened.District.Id);
        using var refused = await PagesHost.SendAsync(other, "/uninsured/duties", $"/uninsured/duties/{store.Of("")[0].Id}/withdraw");
        Assert.Equal(HttpStatusCode.NotFound, refused.StatusCode);
        Assert.Equal(["LocalDutyWithdrawn", "LocalDutyCorrected", "LocalDutyCorrected", "LocalDutyEntered", "LocalDutyEntered"], _host.Desk.Journal.Newest(60).Where(e => e.Act is "LocalDutyEntered" or "LocalDutyCorrected" or "LocalDutyWithdrawn").Select(e => e.Act));
    }

    [Fact]
    public async Task The_file_holds_the_whole_place_and_nothing_but_what_the_work_needs()
    {
        using var worker = await _host.ReaderAsync(Role.LocalBody);

        using var file = await worker.GetStreamAsync("/uninsured.xlsx?lang=en", TestContext.Current.CancellationToken);
        using var content = new MemoryStream();
        await file.CopyToAsync(content, TestContext.Current.CancellationToken);
        using var book = SpreadsheetDocument.Open(content, false);
        var rows = book.WorkbookPart!.WorksheetParts.SelectMany(s => s.Worksheet!.Descendants<Row>()).Select(r => r.Descendants<Cell>().Select(c => c.InnerText).ToList()).ToList();

        Assert.Contains(rows, r => r.SequenceEqual(["Number", "KATO", "Place", "Age", "Sex", "Group", "Reason"]));
        Assert.Equal(66, rows.Count(r => SampleLists.Numbers.Contains(r[0])));
    }

    /// <summary>The pages with two lists, and a worker of one district.</summary>
    public sealed class Opened : IAsyncLifetime
    {
        public PagesHost Host { get; private set; } = null!;

        public DeskUser District { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            Host = await PagesHost.StartAsync(clock: new MovedClock(TrialCase.Moment("2026-11-20")));
            SampleLists.Fill(Host, Host.Region());
            District = Host.Desk.Add("system", new DeskUser { SignInName = "district", NormalName = "DISTRICT", FullName = "Аудан", Role = Role.LocalBody, Region = Host.Region() + "48", Stamp = "s", IsDemo = true });
        }

        public ValueTask DisposeAsync() => Host.DisposeAsync();
    }
}

/// <summary>Where the invented people of the pages work.</summary>
internal static class HostRegion
{
    public static string Region(this PagesHost host) => host.Desk.Find((long)Role.LocalBody + 1)!.Region!;
}
