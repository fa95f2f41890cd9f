using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Kepil.Fund.Desk;
using Kepil.Tests.Desk;
using Kepil.Tests.Pages;
using Kepil.Tests.Proceedings;
using Xunit;

namespace Kepil.Tests.Unscheduled;

/// <summary>Acts of unscheduled monitoring sent over HTTP by people who signed in, with a clock that stands until a test moves it.</summary>
public abstract class EndpointStand : IAsyncLifetime
{
    protected const int Expert = (int)Role.BranchExpert + 1;
    protected const int Central = (int)Role.CentralExpert + 1;
    protected const long Provider = SampleRecords.BigProvider;

    private protected readonly MovedClock _clock = new(TrialCase.Moment("2026-11-02"));
    private readonly List<HttpClient> _readers = [];

    private protected PagesHost _host = null!;
    private protected HttpClient _expert = null!, _head = null!, _provider = null!, _lawyer = null!, _central = null!;

    /// <summary>The number of the last key that was sent.</summary>
    protected int Key { get; private set; }

    public async ValueTask InitializeAsync()
    {
        _host = await PagesHost.StartAsync(clock: _clock);
        await SignInAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _readers.ForEach(r => r.Dispose());
        await _host.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected static object Scan(string name = "A person") => new { scan = new byte[] { 1, 2, 3 }, name };

    protected async Task<long> TakenAsync(HttpClient reader, string path, object body)
    {
        var (status, answer) = await SendAsync(reader, path, body, "k" + ++Key);
        Assert.True(status == HttpStatusCode.OK, $"{path}: {(int)status} {answer}");
        return JsonDocument.Parse(answer).RootElement.GetProperty("case").GetInt64();
    }

    protected async Task<string> RefusedAsync(HttpClient reader, string path, object body)
    {
        var (status, answer) = await SendAsync(reader, path, body, "k" + ++Key);
        Assert.True(status == HttpStatusCode.Conflict, $"{path}: {(int)status} {answer}");
        return JsonDocument.Parse(answer).RootElement.GetProperty("reason").GetString()!;
    }

    protected static async Task<(HttpStatusCode Status, string Body)> SendAsync(HttpClient reader, string path, object body, string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/unscheduled/" + path) { Content = JsonContent.Create(body) };
        request.Headers.Add("Idempotency-Key", key);
        using var answer = await reader.SendAsync(request, TestContext.Current.CancellationToken);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    /// <summary>All sign in, once more when the clock was moved: sessions end meanwhile.</summary>
    protected async Task SignInAsync()
    {
        (_expert, _head, _provider) = (await _host.ReaderAsync(Role.BranchExpert), await _host.ReaderAsync(Role.BranchHead), await _host.ReaderAsync(Role.ProviderHead));
        (_lawyer, _central) = (await _host.ReaderAsync(Role.Lawyer), await _host.ReaderAsync(Role.CentralExpert));
        _readers.AddRange([_expert, _head, _provider, _lawyer, _central]);
    }
}
