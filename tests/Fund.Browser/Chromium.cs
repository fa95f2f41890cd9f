using Microsoft.Playwright;
using Xunit;

[assembly: AssemblyFixture(typeof(Kepil.Tests.Browser.Chromium))]

namespace Kepil.Tests.Browser;

/// <summary>The one browser of all tests; each reader has a context of his own in it.</summary>
public sealed class Chromium : IAsyncDisposable
{
    private static IPlaywright? _playwright;

    /// <summary>Starts with the first test that asks for it.</summary>
    public static Lazy<Task<IBrowser>> Browser { get; } = new(() => Task.Run(StartAsync));

    public async ValueTask DisposeAsync()
    {
        if (Browser.IsValueCreated)
        {
            await (await Browser.Value).DisposeAsync();
        }

        _playwright?.Dispose();
    }

    private static async Task<IBrowser> StartAsync()
    {
        // A busy machine needs more than the five seconds that are usual; whoever is quick does not wait.
        Assertions.SetDefaultExpectTimeout(30_000);
        _playwright = await Playwright.CreateAsync();
        return await _playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Environment.GetEnvironmentVariable("KEPIL_CHROMIUM") is { Length: > 0 } named ? named : "/usr/bin/chromium",
            // The signing program of the tests shows a certificate that nobody issued.
            Args = ["--no-sandbox", "--disable-gpu", "--ignore-certificate-errors", .. Environment.GetEnvironmentVariable("KEPIL_FLAGS")?.Split(' ') ?? []],
        });
    }
}
