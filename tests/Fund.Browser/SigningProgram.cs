using System.Net;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using Kepil.Tests.Documents;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Kepil.Tests.Browser;

/// <summary>The signing program's side of the conversation on this machine: a WebSocket that greets, is asked and signs with certificates of the trial authority.</summary>
internal sealed class SigningProgram : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly X509Certificate2 _tls;

    private SigningProgram(WebApplication app, X509Certificate2 tls) => (_app, _tls) = (app, tls);

    /// <summary>With whose certificate it signs; nobody: the window is closed without a signature.</summary>
    public X509Certificate2? Key { get; set; }

    /// <summary>Whether it never answers what it was asked.</summary>
    public bool IsStuck { get; set; }

    /// <summary>What it was asked last.</summary>
    public JsonElement Asked { get; private set; }

    public string Address => _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First().Replace("https://", "wss://", StringComparison.Ordinal);

    public static async Task<SigningProgram> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Error);
        var tls = Certificate();
        builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(tls)));
        var program = new SigningProgram(builder.Build(), tls);
        program._app.UseWebSockets();
        program._app.Run(program.TalkAsync);
        await program._app.StartAsync();
        return program;
    }

    private async Task TalkAsync(HttpContext context)
    {
        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        await SayAsync(socket, """{"result":{"version":"1.4"}}""", context.RequestAborted);
        using var question = new MemoryStream();
        var buffer = new byte[1 << 16];
        WebSocketReceiveResult part;
        do
        {
            part = await socket.ReceiveAsync(buffer, context.RequestAborted);
            question.Write(buffer, 0, part.Count);
        }
        while (!part.EndOfMessage);
        Asked = JsonDocument.Parse(question.ToArray()).RootElement;
        if (!IsStuck)
        {
            var args = Asked.GetProperty("args");
            await SayAsync(
                socket,
                Key is null ? """{"status":false,"code":"USER_CANCELED","message":"action.canceled"}"""
                    : JsonSerializer.Serialize(new { status = true, body = new { result = new[] { Convert.ToBase64String(TrialAuthority.Sign(args.GetProperty("data").GetBytesFromBase64(), Key, claimed: TimeProvider.System.GetUtcNow().AddMinutes(-1))) } } }),
                context.RequestAborted);
        }

        // The page closes the conversation.
        await socket.ReceiveAsync(buffer, context.RequestAborted);
    }

    private static Task SayAsync(WebSocket socket, string text, CancellationToken stop) => socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, true, stop);

    private static X509Certificate2 Certificate()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        var now = TimeProvider.System.GetUtcNow();
        using var made = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(30));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _tls.Dispose();
    }
}
