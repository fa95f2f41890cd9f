using Kepil.Fund;
using Kepil.Law;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;

namespace Kepil.Tests.Pages;

/// <summary>The pages over the sample records, listening on a free port of this machine.</summary>
public sealed class PagesHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly SampleRecords _records;

    private PagesHost(WebApplication app, SampleRecords records) => (_app, _records) = (app, records);

    public SampleRecords Records => _records;

    public Uri Address => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    public static async Task<PagesHost> StartAsync(bool empty = false)
    {
        var records = new SampleRecords(empty);
        var app = FundWeb.Build(["--urls", "http://127.0.0.1:0"], records, LawBook.Open(), SampleRecords.Rules, TimeProvider.System);
        await app.StartAsync();
        return new PagesHost(app, records);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _records.Dispose();
    }
}
