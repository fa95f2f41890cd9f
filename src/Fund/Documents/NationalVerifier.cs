using System.Net.Http.Json;
using System.Text.Json;

namespace Kepil.Fund.Documents;

/// <summary>Asks the national verifier over HTTP: it knows the national algorithms and the state of certificates at this moment.</summary>
/// <remarks>Its answer counts only when it says of every signer that the certificate is valid, is for signatures, and was checked for revocation; a container that was merely read counts for nothing.</remarks>
public sealed class NationalVerifier(HttpClient http, Uri address) : ISignatureVerifier
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <inheritdoc />
    public async Task<SignatureVerdict> VerifyAsync(byte[] document, byte[] signature, DateTimeOffset at, CancellationToken stop)
    {
        var (cms, refusal) = CmsContainer.Open(document, signature);
        if (cms is null)
        {
            return SignatureVerdict.Refused(refusal!);
        }

        // What can be seen here is not left to another machine: a foreign document never gets as far as that.
        foreach (var info in cms.SignerInfos)
        {
            if (CmsContainer.IsWeak(info) || CmsContainer.IsOver(info, document) == false)
            {
                return SignatureVerdict.Refused(CmsContainer.IsWeak(info) ? SignatureRefusals.Algorithm : SignatureRefusals.WrongBytes);
            }
        }

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(Patience);
        try
        {
            using var answer = await http.PostAsJsonAsync(
                new Uri(address, "cms/verify"),
                new { cms = Convert.ToBase64String(CmsContainer.Der(signature)!), data = Convert.ToBase64String(document), revocationCheck = new[] { "OCSP", "CRL" } },
                patience.Token).ConfigureAwait(false);
            if (!answer.IsSuccessStatusCode)
            {
                return SignatureVerdict.Refused((int)answer.StatusCode is >= 400 and < 500 ? SignatureRefusals.VerifierRefused : SignatureRefusals.VerifierSilent);
            }

            using var said = await JsonDocument.ParseAsync(await answer.Content.ReadAsStreamAsync(patience.Token).ConfigureAwait(false), default, patience.Token).ConfigureAwait(false);
            return Judge(said.RootElement, cms.SignerInfos.Count, at);
        }
        catch (Exception e) when (e is HttpRequestException or JsonException or InvalidOperationException || (e is OperationCanceledException && !stop.IsCancellationRequested))
        {
            return SignatureVerdict.Refused(SignatureRefusals.VerifierSilent);
        }
    }

    private static SignatureVerdict Judge(JsonElement said, int expected, DateTimeOffset at)
    {
        if (said.ValueKind != JsonValueKind.Object || !IsTrue(said, "valid") || !said.TryGetProperty("signers", out var signers) || signers.ValueKind != JsonValueKind.Array || signers.GetArrayLength() != expected)
        {
            return SignatureVerdict.Refused(SignatureRefusals.VerifierRefused);
        }

        var found = new List<Signer>();
        foreach (var signer in signers.EnumerateArray())
        {
            if (!signer.TryGetProperty("certificates", out var certificates) || certificates.ValueKind != JsonValueKind.Array || certificates.GetArrayLength() == 0)
            {
                return SignatureVerdict.Refused(SignatureRefusals.NoCertificate);
            }

            var certificate = certificates[0];
            if (FaultOf(certificate, at) is { } fault)
            {
                return SignatureVerdict.Refused(fault);
            }

            var subject = certificate.GetProperty("subject");
            var (person, organisation) = (Text(subject, "iin"), Text(subject, "bin"));
            if (Text(subject, "commonName") is not { } name || (person ?? organisation) is null)
            {
                return SignatureVerdict.Refused(SignatureRefusals.NoNumber);
            }

            var stamped = signer.TryGetProperty("tsp", out var tsp) && tsp.ValueKind == JsonValueKind.Object ? Moment(tsp, "genTime") : null;
            found.Add(new Signer(PlainText.Of(name), person, organisation, Text(subject, "organization") is { } called ? PlainText.Of(called) : null, stamped, Text(certificate, "serialNumber") ?? ""));
        }

        return SignatureVerdict.Of(found);
    }

    private static DocumentRefusal? FaultOf(JsonElement certificate, DateTimeOffset at)
    {
        var revocations = certificate.TryGetProperty("revocations", out var list) && list.ValueKind == JsonValueKind.Array ? list.EnumerateArray().ToList() : [];
        return revocations.Any(r => IsTrue(r, "revoked")) ? SignatureRefusals.Revoked
            : Moment(certificate, "notAfter") < at ? SignatureRefusals.Expired
            : Moment(certificate, "notBefore") > at ? SignatureRefusals.NotYetValid
            : Text(certificate, "keyUsage") != "SIGN" ? SignatureRefusals.Usage
            : !IsTrue(certificate, "valid") ? SignatureRefusals.Untrusted
            : !revocations.Any(r => r.TryGetProperty("revoked", out var revoked) && revoked.ValueKind == JsonValueKind.False) ? SignatureRefusals.ListUnfit
            : certificate.TryGetProperty("subject", out var subject) && subject.ValueKind == JsonValueKind.Object ? null
            : SignatureRefusals.NoNumber;
    }

    private static bool IsTrue(JsonElement of, string name) => of.ValueKind == JsonValueKind.Object && of.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.True;

    private static string? Text(JsonElement of, string name) => of.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text ? text : null;

    private static DateTimeOffset? Moment(JsonElement of, string name) =>
        Text(of, name) is { } text && DateTimeOffset.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.AssumeUniversal, out var moment) ? moment : null;
}

/// <summary>Which verifier an installation uses.</summary>
public static class SignatureSetting
{
    /// <summary>The setting KEPIL_SIGNATURES: the address of the national verifier, or the folder of trusted certificates; empty means the folder <c>trust</c> of the fund.</summary>
    public static ISignatureVerifier Open(string? setting, string folder, HttpClient http) =>
        Uri.TryCreate(setting, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
            ? new NationalVerifier(http, new Uri(address.ToString().TrimEnd('/') + "/"))
            : new CmsVerifier(string.IsNullOrEmpty(setting) ? Path.Combine(folder, "trust") : setting);
}
