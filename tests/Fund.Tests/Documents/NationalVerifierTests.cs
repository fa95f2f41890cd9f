using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Kepil.Fund.Documents;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Kepil.Tests.Documents;

/// <summary>The adapter to the national verifier against a small server that answers as a test wants.</summary>
public sealed class NationalVerifierTests : IAsyncLifetime
{
    private static readonly byte[] Document = Encoding.UTF8.GetBytes("қорытынды № 19 / 41");

    private readonly TrialAuthority _authority = new();
    private readonly HttpClient _http = new();
    private WebApplication? _server;
    private int _status = 200;
    private string _answer = "";
    private JsonNode? _asked;
    private int _questions;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder(["--urls", "http://127.0.0.1:0"]);
        builder.Logging.ClearProviders();
        _server = builder.Build();
        _server.Run(async context =>
        {
            _questions++;
            _asked = context.Request.Path == "/node/cms/verify" ? await JsonNode.ParseAsync(context.Request.Body) : null;
            context.Response.StatusCode = _status;
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync(_answer);
        });
        await _server.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _server!.DisposeAsync();
        _http.Dispose();
        _authority.Dispose();
    }

    [Fact]
    public async Task A_confirmed_signature_names_its_signer_and_the_verifier_got_both_files()
    {
        var signature = TrialAuthority.Sign(Document, _authority.Issue());
        var verdict = await Verify(Answer(), signature);

        Assert.True(verdict.Good);
        Assert.Equal(("МЫСАЛОВА ӘЛИЯ", "800101400015", "190140000018", "Үлгі"), (verdict.Signers[0].Name, verdict.Signers[0].PersonNumber, verdict.Signers[0].OrganisationNumber, verdict.Signers[0].Organisation));
        Assert.Equal((Convert.ToBase64String(signature), Convert.ToBase64String(Document)), ((string?)_asked!["cms"], (string?)_asked["data"]));
        Assert.Equal(["OCSP", "CRL"], _asked["revocationCheck"]!.AsArray().Select(r => (string?)r));
    }

    [Fact]
    public async Task An_answer_that_only_read_the_container_confirms_nothing()
    {
        Assert.Equal(SignatureRefusals.VerifierRefused, (await Verify(Answer(a => a["valid"] = false))).Refusal);
        Assert.Equal(SignatureRefusals.VerifierRefused, (await Verify(Answer(a => a.Remove("valid")))).Refusal);
        Assert.Equal(SignatureRefusals.VerifierRefused, (await Verify(Answer(a => a["valid"] = "true"))).Refusal);
        Assert.Equal(SignatureRefusals.VerifierRefused, (await Verify(Answer(a => a["signers"] = new JsonArray()))).Refusal);
        Assert.Equal(SignatureRefusals.VerifierRefused, (await Verify("""{"status":200,"message":"OK"}""")).Refusal);
        Assert.Equal(SignatureRefusals.VerifierRefused, (await Verify("[]")).Refusal);
    }

    [Fact]
    public async Task Each_doubt_about_the_certificate_is_its_own_refusal()
    {
        Assert.Equal(SignatureRefusals.Revoked, (await Verify(Answer(a => Certificate(a)["revocations"]![0]!["revoked"] = true))).Refusal);
        Assert.Equal(SignatureRefusals.ListUnfit, (await Verify(Answer(a => Certificate(a)["revocations"] = new JsonArray()))).Refusal);
        Assert.Equal(SignatureRefusals.Usage, (await Verify(Answer(a => Certificate(a)["keyUsage"] = "AUTH"))).Refusal);
        Assert.Equal(SignatureRefusals.Usage, (await Verify(Answer(a => Certificate(a).Remove("keyUsage")))).Refusal);
        Assert.Equal(SignatureRefusals.Untrusted, (await Verify(Answer(a => Certificate(a)["valid"] = false))).Refusal);
        Assert.Equal(SignatureRefusals.Expired, (await Verify(Answer(a => Certificate(a)["notAfter"] = "2026-03-01T00:00:00.000+00:00"))).Refusal);
        Assert.Equal(SignatureRefusals.NoCertificate, (await Verify(Answer(a => a["signers"]![0]!["certificates"] = new JsonArray()))).Refusal);
        Assert.Equal(SignatureRefusals.NoNumber, (await Verify(Answer(a => Certificate(a)["subject"] = new JsonObject { ["commonName"] = "X" }))).Refusal);
    }

    [Fact]
    public async Task Silence_and_nonsense_are_no_confirmation()
    {
        Assert.Equal(SignatureRefusals.VerifierSilent, (await Verify("<html>")).Refusal);
        Assert.Equal(SignatureRefusals.VerifierSilent, (await Verify("""{"valid":true,"signers":[7]}""")).Refusal);
        _status = 500;
        Assert.Equal(SignatureRefusals.VerifierSilent, (await Verify(Answer())).Refusal);
        _status = 400;
        Assert.Equal(SignatureRefusals.VerifierRefused, (await Verify(Answer())).Refusal);
        Assert.Equal(SignatureRefusals.VerifierSilent, (await new NationalVerifier(_http, new Uri("http://127.0.0.1:1/")).VerifyAsync(Document, TrialAuthority.Sign(Document, _authority.Issue()), TrialAuthority.At, TestContext.Current.CancellationToken)).Refusal);
    }

    [Fact]
    public async Task Another_document_or_an_attached_copy_never_reaches_the_verifier()
    {
        Assert.Equal(SignatureRefusals.WrongBytes, (await Verify(Answer(), TrialAuthority.Sign([1, 2, 3], _authority.Issue()))).Refusal);
        Assert.Equal(SignatureRefusals.Attached, (await Verify(Answer(), TrialAuthority.Sign(Document, _authority.Issue(), detached: false))).Refusal);
        Assert.Equal(SignatureRefusals.NotASignature, (await Verify(Answer(), Document)).Refusal);
        Assert.Equal(0, _questions);
    }

    [Fact]
    public void The_setting_chooses_between_the_two()
    {
        Assert.IsType<NationalVerifier>(SignatureSetting.Open("https://verifier.example/node", "/fund", _http));
        Assert.IsType<CmsVerifier>(SignatureSetting.Open("/etc/kepil/trust", "/fund", _http));
        Assert.IsType<CmsVerifier>(SignatureSetting.Open(null, "/fund", _http));
    }

    private Task<SignatureVerdict> Verify(string answer, byte[]? signature = null)
    {
        _answer = answer;
        var address = _server!.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First() + "/node";
        return SignatureSetting.Open(address, "", _http).VerifyAsync(Document, signature ?? TrialAuthority.Sign(Document, _authority.Issue()), TrialAuthority.At, TestContext.Current.CancellationToken);
    }

    private static JsonObject Certificate(JsonObject answer) => answer["signers"]![0]!["certificates"]![0]!.AsObject();

    private static string Answer(Action<JsonObject>? change = null)
    {
        var answer = JsonNode.Parse("""
            {"status":200,"message":"OK","valid":true,"signers":[{"certificates":[{"valid":true,"revocations":[{"revoked":false,"by":"OCSP"},{"revoked":false,"by":"CRL"}],
            "notBefore":"2025-06-01T00:00:00.000+00:00","notAfter":"2026-06-01T00:00:00.000+00:00","keyUsage":"SIGN","serialNumber":"614","signAlg":"ECGOST3410-2015-512",
            "keyUser":["ORGANIZATION","EMPLOYEE"],"subject":{"commonName":"МЫСАЛОВА ӘЛИЯ","surName":"МЫСАЛОВА","iin":"800101400015","bin":"190140000018","organization":"Үлгі"},"issuer":{"commonName":"ҰКО"}}],
            "tsp":{"genTime":"2026-03-12T04:59:00.000+00:00"}}]}
            """)!.AsObject();
        change?.Invoke(answer);
        return answer.ToJsonString();
    }
}
