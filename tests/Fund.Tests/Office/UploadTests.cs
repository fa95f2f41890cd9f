using System.Globalization;
using System.Text;
using Kepil.Fund.Desk;
using Kepil.Fund.Office;
using Kepil.Fund.Proceedings;
using Kepil.Fund.Registers;
using Kepil.Fund.Rules;
using Kepil.Tests.Law;
using Kepil.Tests.Pages;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Kepil.Tests.Office;

/// <summary>Registers that people bring by hand: the check first, then the same way in as that of hospitals' systems.</summary>
public sealed class UploadTests : IAsyncLifetime
{
    private const string Head = "line_id;stated_id;care_form;package;contract;service_code;started_on;quantity;price;amount;diagnosis\r\n";

    private PagesHost _host = null!;
    private OfficeReader _reader = null!;

    private string Month => _host.Desk.Clock.GetUtcNow().AddMonths(-1).ToString("yyyy-MM", CultureInfo.InvariantCulture);

    public async ValueTask InitializeAsync()
    {
        _host = await PagesHost.StartAsync();
        _reader = await OfficeReader.OfAsync(_host);
    }

    public async ValueTask DisposeAsync()
    {
        _reader.Dispose();
        await _host.DisposeAsync();
    }

    [Fact]
    public async Task A_register_is_checked_handed_in_and_recognised_when_it_comes_again()
    {
        var file = Encoding.UTF8.GetBytes(Head + Row("A-1") + Row("A-2") + Row("A-3", person: "123"));
        var brought = await BringAsync("october.csv", file);
        await FollowAsync(brought.Path);
        var check = await _reader.GetAsync(brought.Path);
        var before = Submissions();
        var sent = await _reader.SendAsync(brought.Path, brought.Path + "/send");
        await FollowAsync(brought.Path);
        var receipt = await _reader.GetAsync(brought.Path);
        var again = await BringAsync("october-copy.csv", file);

        Assert.Equal("", string.Join(' ', new[] { "checked, not handed in", "Would be accepted", "B4", "A-1", "How to mend it" }.Where(text => !check.Contains(text, StringComparison.Ordinal))));
        Assert.Equal(0, before);
        Assert.Equal(brought.Path, sent.Path);
        Assert.Contains("handed in", receipt, StringComparison.Ordinal);
        Assert.Contains("Moment of arrival", receipt, StringComparison.Ordinal);
        Assert.Equal(1, Submissions());
        Assert.Equal(brought.Path + "?known=1", again.Path);
        Assert.Contains("was uploaded before", again.Html, StringComparison.Ordinal);
        using var errors = await _reader.AnswerAsync(brought.Path + "/errors.xlsx");
        Assert.Equal("PK", Encoding.ASCII.GetString((await errors.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)).AsSpan(0, 2)));
        Assert.Contains("october.csv", await _reader.GetAsync("/office/registers"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_hundred_thousand_rows_show_how_far_they_are_after_a_reload_too_and_all_rejections_can_be_read()
    {
        const int Rows = 100_000, EachWrong = 250;
        var text = new StringBuilder(Head, 8_000_000);
        for (var i = 1; i <= Rows; i++)
        {
            text.Append(Row(string.Create(CultureInfo.InvariantCulture, $"E-{i}"), i % EachWrong == 0 ? "123" : "800101300016"));
        }

        var brought = await BringAsync("year.csv", Encoding.UTF8.GetBytes(text.ToString()));
        var reloaded = "";
        await foreach (var word in _reader.FollowAsync(brought.Path + "/progress"))
        {
            Assert.DoesNotContain("\"over\":true", word, StringComparison.Ordinal);
            reloaded = await _reader.GetAsync(brought.Path);
            break;
        }

        var told = new List<UploadProgress>();
        await foreach (var word in _reader.FollowAsync(brought.Path + "/progress"))
        {
            told.Add(System.Text.Json.JsonSerializer.Deserialize<UploadProgress>(word, System.Text.Json.JsonSerializerOptions.Web)!);
        }

        Assert.Contains($"data-progress=\"{brought.Path}/progress\"", brought.Html, StringComparison.Ordinal);
        Assert.Contains($"data-progress=\"{brought.Path}/progress\"", reloaded, StringComparison.Ordinal);
        Assert.Contains("<progress max=\"100\"", reloaded, StringComparison.Ordinal);
        Assert.Equal(told.Select(t => t.Done).Order(), told.Select(t => t.Done));
        Assert.Equal(("checked", 100L, true), (told[^1].State, told[^1].Done, told[^1].Over));
        Assert.Contains(told, t => !t.Over);
        var check = await _reader.GetAsync(brought.Path);
        Assert.Contains("99,600", check, StringComparison.Ordinal);
        Assert.Contains("year.csv", await _reader.GetAsync("/office/registers"), StringComparison.Ordinal);
        // Row 250 stands in line 251 below the heads; the last wrong row is on the last page.
        Assert.Contains(">B251<", check, StringComparison.Ordinal);
        Assert.DoesNotContain(">B100001<", check, StringComparison.Ordinal);
        var last = await _reader.GetAsync(brought.Path + "?page=4");
        Assert.Contains(">B100001<", last, StringComparison.Ordinal);
        Assert.DoesNotContain(">B251<", last, StringComparison.Ordinal);
        Assert.Contains(">B100001<", await _reader.GetAsync(brought.Path + "?page=99"), StringComparison.Ordinal);
        using var errors = await _reader.AnswerAsync(brought.Path + "/errors.xlsx");
        using var book = new System.IO.Compression.ZipArchive(await errors.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
        using var sheet = new StreamReader(book.GetEntry("xl/worksheets/sheet1.xml")!.Open());
        var cells = await sheet.ReadToEndAsync(TestContext.Current.CancellationToken);
        Assert.InRange(System.Text.RegularExpressions.Regex.Count(cells, @"<(\w+:)?row\b"), Rows / EachWrong, (Rows / EachWrong) + 5);
    }

    [Fact]
    public async Task A_line_of_another_provider_and_a_file_that_is_none_are_refused_in_words()
    {
        var other = await BringAsync("other.csv", Encoding.UTF8.GetBytes("provider_id;" + Head + "990440000385;" + Row("B-1")));
        await FollowAsync(other.Path);
        var none = await BringAsync("none.xlsx", [0x50, 0x4B, 3, 4, 1, 2, 3]);
        await FollowAsync(none.Path);

        Assert.DoesNotContain(other.Path + "/send", await _reader.GetAsync(other.Path), StringComparison.Ordinal);
        Assert.Contains("file refused", await _reader.GetAsync(none.Path), StringComparison.Ordinal);
        Assert.Contains("No file was chosen", (await BringAsync("empty.csv", [])).Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Checks_stand_in_the_journal_and_a_provider_has_so_many_of_them_in_a_day()
    {
        var first = await BringAsync("first.csv", Encoding.UTF8.GetBytes(Head + Row("D-1")));
        await FollowAsync(first.Path);
        var noted = _host.Desk.Journal.Find(new(null, "RegisterChecked", null, null, null), 10);
        var most = int.Parse(TheLaw.Book.Policies.On(new(2026, 11, 5))["checks_a_day"], CultureInfo.InvariantCulture);
        for (var n = 1; n < most; n++)
        {
            _host.Desk.Journal.Append(noted[0].Actor, "RegisterChecked", noted[0].Subject);
        }

        var beyond = await BringAsync("second.csv", Encoding.UTF8.GetBytes(Head + Row("D-2")));
        await FollowAsync(beyond.Path);
        var page = await _reader.GetAsync(beyond.Path);

        Assert.Equal(first.Path[1..], Assert.Single(noted).Subject);
        Assert.Contains($"{most} checks by the rules were made today", page, StringComparison.Ordinal);
        Assert.Contains(beyond.Path + "/send", page, StringComparison.Ordinal);
        Assert.Equal(most, _host.Desk.Journal.Find(new(null, "RegisterChecked", null, null, null), 2 * most).Count);
    }

    [Fact]
    public async Task What_a_dead_server_left_at_work_is_taken_up_by_the_next_one()
    {
        OfficeStore store;
        using (var accounts = _host.Folder.Accounts.Context())
        {
            store = new(DeskSource.Of(accounts), _host.Desk.Clock);
        }

        var file = Encoding.UTF8.GetBytes(Head + Row("C-1"));
        RegisterUpload Left(string hash) => store.Add(new() { ProviderId = SampleRecords.BigProvider, FileName = "left.csv", FileHash = hash, State = "foreseeing", Month = Month }).Upload;
        var (whole, gone) = (Left("a"), Left("b"));
        var folder = Directory.CreateDirectory(_host.Folder.At("uploads", whole.Id.ToString("D8", CultureInfo.InvariantCulture), "file")).FullName;
        await File.WriteAllBytesAsync(Path.Combine(folder, "left.csv"), file, TestContext.Current.CancellationToken);

        using var stop = new CancellationTokenSource();
        var running = new UploadWatch(new(_host.Folder, TheLaw.Book, _host.Records, _host.Services.GetRequiredService<ProceedingStore>(), _host.Desk, _host.Services.GetRequiredService<TermsByDay>(), () => RuleCommands.Load(TheLaw.Book, new(2026, 11, 5)).Pack)).RunAsync(stop.Token);
        await FollowAsync($"/office/registers/{whole.Id}");
        await FollowAsync($"/office/registers/{gone.Id}");
        await stop.CancelAsync();
        await running;

        Assert.Equal(("checked", 1L), (store.Upload(whole.Id)!.State, store.Upload(whole.Id)!.Accepted));
        Assert.Contains("Upload the file again", await _reader.GetAsync($"/office/registers/{gone.Id}"), StringComparison.Ordinal);
    }

    [Fact]
    public void The_intake_recognises_every_head_of_the_template_in_every_language()
    {
        var heads = Vocabulary.Own.Heads("line");

        Assert.All(RegisterTemplate.Columns, column => Assert.All(new[] { "kk", "ru", "en" }, language =>
            Assert.Equal(column.Column, heads.GetValueOrDefault(Vocabulary.Compared(column.Head.In(language))))));
    }

    private Task<(string Path, string Html)> BringAsync(string name, byte[] content) =>
        _reader.BringAsync("/office/registers", "/office/registers", "register", name, content, ("month", Month));

    /// <summary>Follows the progress until nothing is at work any more.</summary>
    private async Task FollowAsync(string path)
    {
        using var answer = await _reader.AnswerAsync(path.Split('?')[0] + "/progress");
        Assert.Contains("\"over\":true", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    private int Submissions()
    {
        using var accounts = _host.Folder.Accounts.Context();
        return accounts.Submissions.Count();
    }

    private string Row(string line, string person = "800101300016") => $"{line};{person};specialist;mams;C-1;A02.001.000;{Month}-05;1;10000;10000;Z00.0\r\n";
}
