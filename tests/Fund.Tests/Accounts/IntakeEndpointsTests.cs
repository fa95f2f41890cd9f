using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Kepil.Fund;
using Kepil.Fund.Accounts;
using Kepil.Fund.Desk;
using Kepil.Monitoring;
using Kepil.Tests.Law;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Kepil.Tests.Accounts;

/// <summary>A hospital's system hands registers in over HTTP and reads what became of them.</summary>
public sealed class IntakeEndpointsTests : IAsyncLifetime
{
    // The interface asks the clock of the machine, so the month is told from today.
    private static readonly DateOnly Today = DateOnly.FromDateTime(TimeProvider.System.GetLocalNow().DateTime);

    private static readonly DateOnly LastMonth = new DateOnly(Today.Year, Today.Month, 1).AddMonths(-1);

    private readonly TrialFund _fund = new();
    private readonly HttpClient _http = new();
    private FundRecords? _records;
    private WebApplication? _app;
    private DeskStore _desk = null!;

    public async ValueTask InitializeAsync()
    {
        _records = new FundRecords(_fund.Folder);
        using var context = _fund.Folder.Accounts.Context();
        _desk = new DeskStore(DeskSource.Of(context), TimeProvider.System);
        _app = FundWeb.Build(["--urls", "http://127.0.0.1:0"], _records, TheLaw.Book, [], _desk);
        IntakeEndpoints.Map(_app, _fund.Folder, TheLaw.Book);
        await _app.StartAsync();
        _http.BaseAddress = new Uri(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        Speak(_desk.AddKey("system", 0, 210440297469, "test").Text);
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _app!.DisposeAsync();
        _records!.Dispose();
        _fund.Dispose();
    }

    [Fact]
    public async Task A_register_in_json_is_taken_in_row_by_row_and_only_once()
    {
        var register = "[" + Line("A-1", "620106422885") + "," + Line("A-2", "620106422880") + "]";

        var (status, first) = await PostAsync(register, "&lang=ru");
        var (_, again) = await PostAsync(register, "&lang=ru");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal((2, 1, 1, 98040L, false), (Number(first, "rows"), Number(first, "accepted"), Number(first, "rejected"), first.GetProperty("billedTiyn").GetInt64(), first.GetProperty("already").GetBoolean()));
        var rejection = Assert.Single(first.GetProperty("rejections").EnumerateArray());
        Assert.Equal((2, "620106422880"), (Number(rejection, "row"), rejection.GetProperty("value").GetString()));
        Assert.Matches("[а-я]", rejection.GetProperty("wrong").GetString());
        Assert.Matches("[а-я]", rejection.GetProperty("mend").GetString());
        Assert.True(again.GetProperty("already").GetBoolean());
        Assert.Equal(Number(first, "submission"), Number(again, "submission"));
        Assert.Equal(["A-1 98040"], _fund.Lines());
    }

    [Theory]
    [InlineData("&lang=ru&form=hospital", "bed_day")]
    [InlineData("&lang=en&package=free", "tmkkk, mams")]
    [InlineData("&lang=kk&month=2026-13", "ай емес")]
    public async Task A_wrong_parameter_is_a_problem_that_says_how_to_mend_it(string asked, string mend)
    {
        var (status, problem) = await PostAsync("[" + Line("A-1", "620106422885") + "]", asked);

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains(mend, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Empty(_fund.Submissions());
    }

    [Fact]
    public async Task A_file_that_is_no_register_is_a_problem_and_leaves_nothing()
    {
        var (status, problem) = await PostAsync("[{\"line_id\":", "&lang=ru");

        Assert.Equal((HttpStatusCode.UnprocessableEntity, "json_broken"), (status, problem.GetProperty("title").GetString()));
        Assert.Empty(_fund.Submissions());
    }

    [Fact]
    public async Task The_description_of_the_interface_names_every_field_of_a_line_and_every_answer()
    {
        var described = JsonDocument.Parse(await _http.GetStringAsync("/openapi/v1.json", TestContext.Current.CancellationToken)).RootElement;

        var post = described.GetProperty("paths").GetProperty("/api/registers").GetProperty("post");
        var fields = post.GetProperty("requestBody").GetProperty("content").GetProperty("application/json").GetProperty("schema").GetProperty("items").GetProperty("properties");
        Assert.Equal(LineColumns.Billed.Select(c => c.Name).Where(n => n != "service_id"), fields.EnumerateObject().Select(f => f.Name));
        Assert.Equal(["name", "month", "provider", "form", "package", "contract", "lang"], post.GetProperty("parameters").EnumerateArray().Select(p => p.GetProperty("name").GetString()));
        Assert.Equal(["200", "400", "401", "403", "413", "422"], post.GetProperty("responses").EnumerateObject().Select(r => r.Name).Order(StringComparer.Ordinal));
        Assert.Contains("rejections", post.GetProperty("responses").GetProperty("200").ToString() + described.GetProperty("components"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_key_with_a_revoked_one_or_for_another_provider_nothing_is_taken_in()
    {
        var register = "[" + Line("A-1", "620106422885") + "]";
        var (other, text) = _desk.AddKey("system", 0, 990440000385, "other");
        _desk.RevokeKey("system", other.Id);

        foreach (var key in new[] { "", "kepil_none", text })
        {
            Speak(key);
            var (status, problem) = await PostAsync(register, "&lang=en");
            Assert.Equal(HttpStatusCode.Unauthorized, status);
            Assert.False(string.IsNullOrEmpty(problem.GetProperty("detail").GetString()));
        }

        Speak(_desk.AddKey("system", 0, 990440000385, "third").Text);
        var (denied, _) = await PostAsync(register, "");
        Assert.Equal(HttpStatusCode.Forbidden, denied);
        Assert.Empty(_fund.Submissions());
    }

    [Fact]
    public async Task A_line_of_another_provider_is_rejected_whatever_stands_beside_it()
    {
        var foreign = Of(990440000385, Line("A-2", "620106422885"));

        var (status, answer) = await PostAsync("[" + Of(210440297469, Line("A-1", "620106422885")) + "," + foreign + "]", "");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal("organisation_other", Assert.Single(answer.GetProperty("rejections").EnumerateArray()).GetProperty("reason").GetString());
        Assert.Equal(["A-1 98040"], _fund.Lines());
    }

    /// <summary>A line that says whose it is.</summary>
    private static string Of(long provider, string line) => line.Replace("{", $$"""{"provider_id":"{{provider}}",""", StringComparison.Ordinal);

    private void Speak(string key) => _http.DefaultRequestHeaders.Authorization = key.Length == 0 ? null : new("Bearer", key);

    private static int Number(JsonElement element, string name) => element.GetProperty(name).GetInt32();

    private static string Line(string id, string person) => string.Create(CultureInfo.InvariantCulture,
        $$"""{"line_id":"{{id}}","stated_id":"{{person}}","service_code":"B03.335.002","started_on":"{{LastMonth:yyyy-MM-dd}}","quantity":1,"price":980.40,"amount":980.40,"diagnosis":"I20.8","newborn":false}""");

    private async Task<(HttpStatusCode Status, JsonElement Answer)> PostAsync(string register, string asked)
    {
        using var body = new StringContent(register, Encoding.UTF8, "application/json");
        var month = asked.Contains("month=", StringComparison.Ordinal) ? "" : string.Create(CultureInfo.InvariantCulture, $"&month={LastMonth:yyyy-MM}");
        using var answer = await _http.PostAsync(new Uri("/api/registers?provider=210440297469" + month + asked, UriKind.Relative), body, TestContext.Current.CancellationToken);
        return (answer.StatusCode, JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement);
    }
}
