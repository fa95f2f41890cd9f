using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Kepil.Fund.Bank;
using Kepil.Fund.Desk;
using Kepil.Fund.Documents;
using Kepil.Fund.Payments;
using Kepil.Fund.Settlements;
using Kepil.Law;
using Kepil.Tests.Law;
using Kepil.Tests.Pages;
using Xunit;

namespace Kepil.Tests.Payments;

/// <summary>Money at the pages: from the books down to a service and back, the act before the order, three people before the bank.</summary>
public sealed class PaymentPageTests(PaymentPageTests.Opened opened) : IClassFixture<PaymentPageTests.Opened>
{
    private const string Provider = "/money/providers/190140000018";

    private readonly PagesHost _host = opened.Host;

    private CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("provider")]
    [InlineData("contract")]
    [InlineData("package")]
    [InlineData("region")]
    [InlineData("month")]
    public async Task The_books_lead_from_their_balances_to_a_service_and_back(string by)
    {
        using var reader = await _host.ReaderAsync(Role.CentralExpert);
        var books = await reader.GetStringAsync("/money?lang=en&by=" + by, Stop);
        Assert.Contains("5,000<span class=\"tiyn\">.00", books);
        Assert.Contains("3,500<span class=\"tiyn\">.00", books);
        var provider = await reader.GetStringAsync(by == "provider" ? LinkIn(books, Provider) : Provider, Stop);
        var order = await reader.GetStringAsync(LinkIn(provider, Provider + "/orders/2"), Stop);
        var line = await reader.GetStringAsync(LinkIn(order, string.Create(CultureInfo.InvariantCulture, $"{Provider}/lines/{opened.Line}")), Stop);
        Assert.Contains(Provider + "/orders/2", line);
        using var sheet = await reader.GetAsync("/money.xlsx?by=" + by, Stop);
        Assert.Equal("PK", Encoding.ASCII.GetString((await sheet.Content.ReadAsByteArrayAsync(Stop))[..2]));
    }

    [Fact]
    public async Task A_provider_sees_its_own_payments_alone()
    {
        using var reader = await _host.ReaderAsync(Role.ProviderHead);
        Assert.Contains("P-2", await reader.GetStringAsync("/office/payments", Stop));
        foreach (var other in new[] { "/money/providers/190240001017", "/money", "/money/files" })
        {
            using var answer = await reader.GetAsync(other, Stop);
            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        }

        using var strange = await reader.GetAsync(Provider + "/orders/99", Stop);
        Assert.Equal(HttpStatusCode.NotFound, strange.StatusCode);
    }

    [Fact]
    public async Task An_order_goes_to_the_bank_only_after_both_sides_signed_the_act()
    {
        await using var host = await PagesHost.StartAsync();
        SampleMoney.Settle(host);
        var bank = BankStore.Of(host.Folder, host.Desk, TheLaw.Book);
        bank.Sign("user:102", 2, "refused", bank.Files(1)[0].File.Hash);
        Func<string, bool> signed() => host.Work.Documents.SignedByBoth(DocumentKind.ServiceAct).Contains;
        using var head = await host.ReaderAsync(Role.BranchHead);
        using var provider = await host.ReaderAsync(Role.ProviderHead);
        using var made = await PagesHost.SendAsync(head, Provider + "/acts/1", Provider + "/acts/1");
        Assert.True(made.IsSuccessStatusCode, made.StatusCode.ToString());
        var page = await provider.GetStringAsync(Provider + "/acts/1", Stop);
        Assert.Contains("Көрсетілген қызметтер актісі", page);
        Assert.Contains("Шартты орындау хаттамасы", page);
        Assert.Contains("3500,00", page.Replace("\u00A0", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal));

        Assert.Null(bank.Make("user:103", new(2099, 1, 1), signed()));
        await SignAsync(head);
        Assert.Null(bank.Make("user:103", new(2099, 1, 1), signed()));
        await SignAsync(head, HttpStatusCode.UnprocessableEntity);
        Assert.Null(bank.Make("user:103", new(2099, 1, 1), signed()));
        await SignAsync(provider);
        Assert.Equal(new Money(350_000), bank.Make("user:103", new(2099, 1, 1), signed())!.Sum);
        Assert.Equal(SettlementStore.ActOf(1, SampleRecords.BigProvider), SettlementStore.ActOf("settlement|1|190140000018|C-18|mams"));
        foreach (var file in new[] { "act.docx", "act.xlsx", "protocol.docx", "protocol.xlsx" })
        {
            Assert.Equal("PK", Encoding.ASCII.GetString((await provider.GetByteArrayAsync(Provider + "/acts/1/" + file, Stop))[..2]));
        }
    }

    [Fact]
    public async Task Three_people_pay_at_the_pages_and_what_is_refused_says_why()
    {
        await using var host = await PagesHost.StartAsync();
        SampleMoney.Settle(host);
        using var reader = await host.ReaderAsync(Role.CentralExpert);
        var page = await reader.GetStringAsync("/money/files", Stop);
        var hash = BankStore.Of(host.Folder, host.Desk, TheLaw.Book).Files(1)[0].File.Hash;
        Assert.Contains(hash, page);
        using var wrong = await PagesHost.SendAsync(reader, "/money/files", "/money/files/2/checked", ("hash", "0"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
        using var check = await PagesHost.SendAsync(reader, "/money/files", "/money/files/2/checked", ("hash", hash));
        Assert.Equal(HttpStatusCode.OK, check.StatusCode);
        using var approve = await PagesHost.SendAsync(reader, "/money/files", "/money/files/2/approved", ("hash", hash));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, approve.StatusCode);
        BankStore.Of(host.Folder, host.Desk, TheLaw.Book).Sign("user:104", 2, "approved", hash);
        var csv = await reader.GetStringAsync("/money/files/2.csv", Stop);
        Assert.Contains("P-2;190140000018", csv);
        Assert.Contains(";3500.00;", csv);
        Assert.Contains("pain.001.001.09", await reader.GetStringAsync("/money/files/2.xml", Stop));

        var iban = SampleMoney.Fund.Iban;
        using var less = await SendFileAsync(reader, "/money/statements", "statement", "s.csv", $"statement;S1;{iban};10000.00;6500.01\n2026-11-19;debit;3499.99;P-2;B1\n");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, less.StatusCode);
        using var right = await SendFileAsync(reader, "/money/statements", "statement", "s.csv", $"statement;S1;{iban};10000.00;6500.00\n2026-11-19;debit;3500.00;P-2;B1\n");
        Assert.Equal(HttpStatusCode.OK, right.StatusCode);
        Assert.Contains("19.11.2026", await reader.GetStringAsync(Provider, Stop));
        using var withdrawn = await PagesHost.SendAsync(reader, "/money/files", "/money/details/3/withdrawn", ("reason", "provider did not ask"));
        Assert.Contains("provider did not ask", await withdrawn.Content.ReadAsStringAsync(Stop));
    }

    [Fact]
    public async Task Plan_and_fact_are_for_the_Fund_and_an_invoice_for_its_provider_too()
    {
        using var reader = await _host.ReaderAsync(Role.CentralExpert);
        using var provider = await _host.ReaderAsync(Role.ProviderHead);
        foreach (var page in new[] { "/money/execution", "/money/execution?by=form", "/money/execution.xlsx", "/money/charges" })
        {
            using var seen = await reader.GetAsync(page, Stop);
            Assert.Equal(HttpStatusCode.OK, seen.StatusCode);
            using var refused = await provider.GetAsync(page, Stop);
            Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        }

        Assert.Contains("2026-61-7", await reader.GetStringAsync("/money/charges?state=invoiced&lang=en", Stop));
        Assert.DoesNotContain("2026-61-7", await reader.GetStringAsync("/money/charges?state=paid&lang=en", Stop));
        var invoice = await provider.GetStringAsync(LinkIn(await provider.GetStringAsync(Provider, Stop), Provider + "/invoices/1"), Stop);
        Assert.Contains("Талап етілген соманы төлеу шоты", invoice);
        Assert.Contains("I-1", invoice);
        Assert.Equal("PK", Encoding.ASCII.GetString((await provider.GetByteArrayAsync(Provider + "/invoices/1.docx", Stop))[..2]));
        using var again = await PagesHost.SendAsync(reader, "/money/files", Provider + "/invoices", ("contract", "C-18"), ("package", "mams"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, again.StatusCode);
        using var strange = await provider.GetAsync(Provider + "/invoices/9", Stop);
        Assert.Equal(HttpStatusCode.NotFound, strange.StatusCode);
    }

    [Fact]
    public async Task What_the_bank_rejected_is_said_at_the_page_and_another_person_confirms()
    {
        await using var host = await PagesHost.StartAsync();
        SampleMoney.Settle(host);
        var bank = BankStore.Of(host.Folder, host.Desk, TheLaw.Book);
        bank.Sign("user:104", 2, "checked", bank.Files(1)[0].File.Hash);
        bank.Sign("user:105", 2, "approved", bank.Files(1)[0].File.Hash);
        using var reader = await host.ReaderAsync(Role.CentralExpert);
        using var none = await PagesHost.SendAsync(reader, "/money/files", "/money/rejections", ("file", "2"), ("order", "P-99"), ("reason", "AC01"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, none.StatusCode);
        using var said = await PagesHost.SendAsync(reader, "/money/files", "/money/rejections", ("file", "2"), ("order", "P-2"), ("reason", "AC01 no such account"));
        Assert.Contains("AC01 no such account", await said.Content.ReadAsStringAsync(Stop));
        using var own = await PagesHost.SendAsync(reader, "/money/files", "/money/rejections/1/confirmed");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, own.StatusCode);
        new BankRejections(Kepil.Fund.Ledger.LedgerStore.Of(host.Desk)).Decide("user:104", 1, true);
        Assert.Equal(new Money(350_000), bank.Make("user:103", new(2099, 1, 1), _ => true)!.Sum);
    }

    [Theory]
    [InlineData("statement;S1;KZ1;10.00\n")]
    [InlineData("statement;S1;KZ1;10.00;9.00\n2026-11-19;debit;1.001;P-2;B1\n")]
    [InlineData("statement;S1;KZ1;10.00;9.00\n19.11.2026;debit;1.00;P-2;B1\n")]
    [InlineData("statement;S1;KZ1;10.00;9.00\n2026-11-19;debit;-1.00;P-2;B1\n")]
    [InlineData("statement;S1;KZ1;10.00;9.01\n2026-11-19;debit;1.00;P-2;B1\n")]
    public void A_statement_of_rows_that_is_not_sound_is_refused(string text) => Assert.Throws<BankRefusedException>(() => BankStatementCsv.Read(Encoding.UTF8.GetBytes(text)));

    private async Task SignAsync(HttpClient reader, HttpStatusCode expected = HttpStatusCode.OK)
    {
        using var answer = await SendFileAsync(reader, Provider + "/acts/1/signature", "scan", "act.pdf", "%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n", Provider + "/acts/1", ("way", "paper"), ("name", "A B"));
        Assert.Equal(expected, answer.StatusCode);
    }

    private async Task<HttpResponseMessage> SendFileAsync(HttpClient reader, string action, string field, string name, string content, string page = "/money/files", params (string Name, string Value)[] fields)
    {
        var token = Regex.Match(await reader.GetStringAsync(page, Stop), "name=\"__RequestVerificationToken\"[^>]*value=\"([^\"]+)\"").Groups[1].Value;
        using var form = new MultipartFormDataContent();
        form.Add(new StringContent(token), "__RequestVerificationToken");
        foreach (var (key, value) in fields)
        {
            form.Add(new StringContent(value), key);
        }

        form.Add(new ByteArrayContent(Encoding.UTF8.GetBytes(content)), field, name);
        return await reader.PostAsync(action, form, Stop);
    }

    private static string LinkIn(string page, string path)
    {
        Assert.Contains($"href=\"{path}\"", page);
        return path;
    }

    /// <summary>The pages, opened once.</summary>
    public sealed class Opened : IAsyncLifetime
    {
        public PagesHost Host { get; private set; } = null!;

        public long Line { get; private set; }

        public async ValueTask InitializeAsync()
        {
            Host = await PagesHost.StartAsync();
            Line = SampleMoney.Settle(Host);
        }

        public ValueTask DisposeAsync() => Host.DisposeAsync();
    }
}
