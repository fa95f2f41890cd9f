using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using Kepil.Fund.Contributions;
using Kepil.Fund.Desk;
using Kepil.Tests.Contributions;
using Kepil.Tests.Pages;
using Xunit;

namespace Kepil.Tests.PaymentFiles;

/// <summary>Files of payments on pages: checked without a change, taken in with a receipt, every bad row named and kept, refunds told at the file that they take back.</summary>
public sealed class PaymentFilePageTests(PaymentFilePageTests.Opened opened) : IClassFixture<PaymentFilePageTests.Opened>
{
    private readonly PagesHost _host = opened.Host;

    [Fact]
    public async Task A_file_with_every_fault_is_checked_taken_in_and_its_rows_are_named()
    {
        using var central = await _host.ReaderAsync(Role.CentralExpert);
        string adult = TrialContributions.Adult, child = TrialContributions.Child, employer = TrialContributions.Employer;
        var rows = new[]
        {
            $"P-1;{employer};{adult};жалақы;2026-05;1700;10.06.2026;", $"P-1;{employer};{adult};жалақы;2026-05;1700;10.06.2026;", $"P-2;{employer};{adult};жалақы;2026-06;-5;10.07.2026;",
            $"P-3;{employer};123456789012;жалақы;2026-06;1700;10.07.2026;", $"P-4;{employer};{child};жалақы;2025-06;1700;10.07.2026;", $"P-5;{employer};{adult};жалақы;2026-06;көп;10.07.2026;",
        };
        var page = await BringAsync(central, TrialContributions.Heads + string.Join('\n', rows) + "\n", "faults.csv");

        Assert.Empty(Store().PaidFor([TrialContributions.Long(adult)]));
        foreach (var row in new[] { 3, 4, 5, 6, 7 })
        {
            Assert.Matches($"<th scope=\"row\">[A-Z]*{row}</th>", page.Text);
        }

        // The child was taken in by nobody, the page says what is wrong and how to mend it in the reader's language.
        var told = await central.GetStringAsync(page.Address + "?lang=ru", TestContext.Current.CancellationToken);
        Assert.Contains("Как исправить", told, StringComparison.Ordinal);
        using (var sheet = await central.GetStreamAsync(page.Address + "/errors.xlsx?lang=en", TestContext.Current.CancellationToken))
        {
            Assert.True(await RowsOf(sheet) >= 6);
        }

        var taken = await TakeAsync(central, page.Address);
        Assert.Matches("^/people/files/[0-9]+$", taken.Address);
        Assert.Single(Store().PaidFor([TrialContributions.Long(adult)]));
        Assert.Contains("class=\"hash\"", taken.Text, StringComparison.Ordinal);
        Assert.Equal(5, Regex.Matches(taken.Text, "<th scope=\"row\">[A-Z]*([0-9]+)</th>").Select(m => m.Groups[1].Value).Distinct().Count());

        // The same content again is the same file; a refund of a later file is told where the payment stands.
        Assert.Equal(taken.Address, (await BringAsync(central, TrialContributions.Heads + string.Join('\n', rows) + "\n", "again.csv")).Address);
        var refund = await BringAsync(central, TrialContributions.Heads + $"R-1;{employer};{adult};жалақы;2026-05;700;15.06.2026;P-1\n", "refund.csv");
        await TakeAsync(central, refund.Address);
        var after = await central.GetStringAsync(taken.Address, TestContext.Current.CancellationToken);
        Assert.Contains("refund.csv", after, StringComparison.Ordinal);
        Assert.Matches("1 · [-−]700", WebUtility.HtmlDecode(after));
    }

    [Fact]
    public async Task A_file_of_which_nothing_can_be_taken_says_why_and_others_may_not_bring_any()
    {
        using var central = await _host.ReaderAsync(Role.CentralExpert);
        var page = await BringAsync(central, "бір;екі\n1;2\n", "nothing.csv");
        Assert.Contains("role=\"alert\"", page.Text, StringComparison.Ordinal);

        using var auditor = await _host.ReaderAsync(Role.Auditor);
        Assert.Contains("id=\"taken\"", await auditor.GetStringAsync("/people/files", TestContext.Current.CancellationToken), StringComparison.Ordinal);
        using var refused = await auditor.GetAsync(new Uri(page.Address, UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        using var branch = await _host.ReaderAsync(Role.BranchHead);
        using var closed = await branch.GetAsync(new Uri("/people/files", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Forbidden, closed.StatusCode);
    }

    private ContributionStore Store() => ContributionStore.Of(_host.Desk);

    private static async Task<(string Address, string Text)> BringAsync(HttpClient reader, string text, string name)
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(text));
        content.Headers.ContentType = new MediaTypeHeaderValue("text/csv");
        using var form = new MultipartFormDataContent { { new StringContent(await TokenAsync(reader, "/people/files")), "__RequestVerificationToken" }, { content, "payments", name } };
        using var answer = await reader.PostAsync(new Uri("/people/files", UriKind.Relative), form, TestContext.Current.CancellationToken);
        return await DoneAsync(reader, answer.RequestMessage!.RequestUri!.AbsolutePath);
    }

    private static async Task<(string Address, string Text)> TakeAsync(HttpClient reader, string address)
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["__RequestVerificationToken"] = await TokenAsync(reader, address) });
        using var answer = await reader.PostAsync(new Uri(address + "/take", UriKind.Relative), form, TestContext.Current.CancellationToken);
        return await DoneAsync(reader, address);
    }

    /// <summary>Follows the progress to its end, then reads the page to which the address leads.</summary>
    private static async Task<(string Address, string Text)> DoneAsync(HttpClient reader, string address)
    {
        if (address.Contains("/brought/", StringComparison.Ordinal))
        {
            Assert.Contains("\"over\":true", await reader.GetStringAsync(address + "/progress", TestContext.Current.CancellationToken), StringComparison.Ordinal);
        }

        using var answer = await reader.GetAsync(new Uri(address, UriKind.Relative), TestContext.Current.CancellationToken);
        return (answer.RequestMessage!.RequestUri!.AbsolutePath, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    private static async Task<string> TokenAsync(HttpClient reader, string address) =>
        Regex.Match(await reader.GetStringAsync(address, TestContext.Current.CancellationToken), "name=\"__RequestVerificationToken\" value=\"([^\"]+)\"").Groups[1].Value;

    private static async Task<int> RowsOf(Stream sheet)
    {
        using var content = new MemoryStream();
        await sheet.CopyToAsync(content, TestContext.Current.CancellationToken);
        using var book = SpreadsheetDocument.Open(content, false);
        return book.WorkbookPart!.WorksheetParts.Max(s => s.Worksheet!.Descendants<Row>().Count());
    }

    /// <summary>The pages without any file.</summary>
    public sealed class Opened : IAsyncLifetime
    {
        public PagesHost Host { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Host = await PagesHost.StartAsync();

        public ValueTask DisposeAsync() => Host.DisposeAsync();
    }
}
