using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using Kepil.Law;

namespace Kepil.Fund.Documents;

/// <summary>Verifies signatures here, against the authorities whose certificates lie in a folder, and their lists of revoked certificates where they lie there too.</summary>
/// <param name="folder">Certificates (.cer, .crt, .pem): those that sign themselves are trusted, the others only lead to them; lists (.crl).</param>
public sealed class CmsVerifier(string folder) : ISignatureVerifier
{
    private const int LeastRsaBits = 2048;

    /// <summary>By how much the clock of a signer may be ahead of ours.</summary>
    private static readonly TimeSpan ClocksApart = TimeSpan.FromMinutes(5);

    public Task<SignatureVerdict> VerifyAsync(byte[] document, byte[] signature, DateTimeOffset at, CancellationToken stop) =>
        Task.FromResult(Verify(document, signature, at));

    private SignatureVerdict Verify(byte[] document, byte[] signature, DateTimeOffset at)
    {
        var (cms, refusal) = CmsContainer.Open(document, signature);
        if (cms is null)
        {
            return SignatureVerdict.Refused(refusal!);
        }

        var signers = new List<Signer>();
        foreach (var info in cms.SignerInfos)
        {
            if ((FaultOf(info, document) ?? FaultOf(info.Certificate!, cms, at)) is { } fault)
            {
                return SignatureVerdict.Refused(fault);
            }

            var claimed = info.SignedAttributes.Cast<CryptographicAttributeObject>().SelectMany(a => a.Values.Cast<AsnEncodedData>()).OfType<Pkcs9SigningTime>().FirstOrDefault();
            DateTimeOffset? claimedAt = claimed is null ? null : new DateTimeOffset(claimed.SigningTime.ToUniversalTime());
            if (claimedAt > at + ClocksApart)
            {
                return SignatureVerdict.Refused(SignatureRefusals.Future);
            }

            if (NamedBy(info.Certificate!, claimedAt) is not { } signer)
            {
                return SignatureVerdict.Refused(SignatureRefusals.NoNumber);
            }

            signers.Add(signer);
        }

        return SignatureVerdict.Of(signers);
    }

    /// <summary>The signature itself: its digest is of these bytes, and the key of its certificate made it.</summary>
    private static DocumentRefusal? FaultOf(SignerInfo info, byte[] document)
    {
        if (CmsContainer.IsWeak(info))
        {
            return SignatureRefusals.Algorithm;
        }

        switch (CmsContainer.IsOver(info, document))
        {
            case null:
                return SignatureRefusals.Algorithm;
            case false:
                return SignatureRefusals.WrongBytes;
        }

        if (info.Certificate is not { } certificate)
        {
            return SignatureRefusals.NoCertificate;
        }

        using var rsa = certificate.GetRSAPublicKey();
        using var curve = certificate.GetECDsaPublicKey();
        if (rsa is null ? curve is null : rsa.KeySize < LeastRsaBits)
        {
            return SignatureRefusals.Algorithm;
        }

        try
        {
            info.CheckSignature(verifySignatureOnly: true);
            return null;
        }
        catch (CryptographicException)
        {
            return SignatureRefusals.Broken;
        }
    }

    /// <summary>The certificate: issued under a trusted authority, valid at the moment, meant for signatures, not revoked.</summary>
    private DocumentRefusal? FaultOf(X509Certificate2 certificate, SignedCms cms, DateTimeOffset at)
    {
        var known = Certificates();
        using var chain = new X509Chain();
        var policy = chain.ChainPolicy;
        policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        policy.RevocationMode = X509RevocationMode.NoCheck;
        policy.DisableCertificateDownloads = true;
        policy.VerificationTime = at.LocalDateTime;
        policy.CustomTrustStore.AddRange(known.Where(SignsItself).ToArray());
        policy.ExtraStore.AddRange(known.Where(c => !SignsItself(c)).Concat(cms.Certificates).ToArray());
        if (!chain.Build(certificate))
        {
            return chain.ChainStatus.All(s => s.Status == X509ChainStatusFlags.NotTimeValid)
                ? at < certificate.NotBefore ? SignatureRefusals.NotYetValid : SignatureRefusals.Expired
                : SignatureRefusals.Untrusted;
        }

        var usage = certificate.Extensions.OfType<X509KeyUsageExtension>().FirstOrDefault();
        if (usage?.KeyUsages.HasFlag(X509KeyUsageFlags.NonRepudiation) != true || certificate.Extensions.OfType<X509BasicConstraintsExtension>().Any(b => b.CertificateAuthority))
        {
            return SignatureRefusals.Usage;
        }

        var path = chain.ChainElements.Select(e => e.Certificate).ToList();
        var lists = Directory.GetFiles(folder, "*.crl").Order(StringComparer.Ordinal).Select(f => RevocationList.Read(File.ReadAllBytes(f))).ToList();
        return lists.Contains(null)
            ? SignatureRefusals.ListUnfit
            : path.Zip(path.Skip(1)).Select(pair => FaultOf(pair.First, pair.Second, lists!, at)).FirstOrDefault(f => f is not null);
    }

    private static DocumentRefusal? FaultOf(X509Certificate2 certificate, X509Certificate2 issuer, IEnumerable<RevocationList> lists, DateTimeOffset at)
    {
        var own = lists.Where(l => l.Issuer.AsSpan().SequenceEqual(certificate.IssuerName.RawData)).OrderByDescending(l => l.From).ToList();
        if (own.Count == 0)
        {
            return null;
        }

        return own.Any(l => l.IsSignedBy(issuer) && l.Has(certificate, at)) ? SignatureRefusals.Revoked
            : !own[0].IsSignedBy(issuer) || own[0].Until < at ? SignatureRefusals.ListUnfit
            : null;
    }

    private List<X509Certificate2> Certificates()
    {
        var certificates = new List<X509Certificate2>();
        foreach (var file in Directory.Exists(folder) ? Directory.GetFiles(folder).Order(StringComparer.Ordinal).ToArray() : [])
        {
            switch (Path.GetExtension(file).ToLowerInvariant())
            {
                case ".pem":
                    var several = new X509Certificate2Collection();
                    several.ImportFromPemFile(file);
                    certificates.AddRange(several);
                    break;
                case ".cer" or ".crt":
                    certificates.Add(X509CertificateLoader.LoadCertificateFromFile(file));
                    break;
            }
        }

        return certificates;
    }

    private static bool SignsItself(X509Certificate2 certificate) => certificate.SubjectName.RawData.AsSpan().SequenceEqual(certificate.IssuerName.RawData);

    /// <summary>Name and numbers as national certificates write them: IIN in the serial number of the subject, BIN in its unit.</summary>
    private static Signer? NamedBy(X509Certificate2 certificate, DateTimeOffset? claimedAt)
    {
        const string name = "2.5.4.3", number = "2.5.4.5", organisation = "2.5.4.10", unit = "2.5.4.11";
        var parts = certificate.SubjectName.EnumerateRelativeDistinguishedNames().Where(p => !p.HasMultipleElements).Select(p => (Oid: p.GetSingleElementType().Value, Text: p.GetSingleElementValue() ?? "")).ToList();
        List<string> Of(string oid, string prefix) => [.. parts.Where(p => p.Oid == oid && p.Text.StartsWith(prefix, StringComparison.Ordinal)).Select(p => p.Text[prefix.Length..])];

        var (persons, organisations) = (Of(number, "IIN"), Of(unit, "BIN"));
        var fit = persons.Count <= 1 && organisations.Count <= 1 && persons.Count + organisations.Count > 0
            && persons.TrueForAll(p => IdentityNumber.TryParse(p, out _, out _)) && organisations.TrueForAll(o => OrganisationNumber.TryParse(o, out _, out _));
        return fit && Of(name, "") is [{ Length: > 0 } called]
            ? new Signer(PlainText.Of(called), persons.FirstOrDefault(), organisations.FirstOrDefault(), Of(organisation, "").Select(PlainText.Of).FirstOrDefault(), claimedAt, certificate.SerialNumber)
            : null;
    }
}
