using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using Kepil.Law;

namespace Kepil.Tests.Documents;

/// <summary>A certification authority of the tests, with its folder of trust, its certificates and its lists.</summary>
internal sealed class TrialAuthority : IDisposable
{
    public static readonly DateTimeOffset At = new(2026, 3, 12, 10, 0, 0, TimeSpan.FromHours(5));

    public static readonly long Iin = Enumerable.Range(1, 50).Select(i => IdentityNumber.Make(new(1980, 1, 1), Sex.Female, i)).First(n => n is not null)!.Value.Value;

    public static readonly long Bin = Enumerable.Range(1, 50).Select(i => OrganisationNumber.Make(2019, 1, i)).First(n => n is not null)!.Value.Value;

    private readonly RSA _key = RSA.Create(2048);

    public TrialAuthority(string name = "Сынақ куәландырушы орталығы")
    {
        var request = new CertificateRequest(new X500DistinguishedName($"CN={name}"), _key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        Root = request.CreateSelfSigned(At.AddYears(-5), At.AddYears(5));
        File.WriteAllBytes(Path.Combine(Folder, "root.cer"), Root.Export(X509ContentType.Cert));
    }

    public string Folder { get; } = Directory.CreateTempSubdirectory("kepil-trust-").FullName;

    public X509Certificate2 Root { get; }

    public X509Certificate2 Issue(
        string name = "Мысалова Әлия Үлгіқызы", string? iin = null, string? bin = null, DateTimeOffset? from = null, DateTimeOffset? until = null,
        X509KeyUsageFlags usage = X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.NonRepudiation, int bits = 2048)
    {
        using var key = RSA.Create(bits);
        var subject = new X500DistinguishedNameBuilder();
        subject.AddCommonName(name);
        subject.Add("2.5.4.5", iin ?? "IIN" + Twelve(Iin), System.Formats.Asn1.UniversalTagNumber.PrintableString);
        if (bin is not "")
        {
            subject.AddOrganizationName("«Үлгі» қалалық емханасы");
            subject.AddOrganizationalUnitName(bin ?? "BIN" + Twelve(Bin));
        }

        var request = new CertificateRequest(subject.Build(), key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509KeyUsageExtension(usage, true));
        using var bare = request.Create(Root, from ?? At.AddYears(-1), until ?? At.AddYears(1), RandomNumberGenerator.GetBytes(12));
        return bare.CopyWithPrivateKey(key);
    }

    /// <summary>Puts a list of revoked certificates into the folder of trust.</summary>
    public void Revoke(X509Certificate2 certificate, DateTimeOffset since, DateTimeOffset? next = null, TrialAuthority? by = null)
    {
        var list = new CertificateRevocationListBuilder();
        list.AddEntry(certificate, since);
        File.WriteAllBytes(Path.Combine(Folder, "revoked.crl"), list.Build((by ?? this).Root, 1, next ?? At.AddDays(1), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1, At.AddDays(-1)));
    }

    public static byte[] Sign(byte[] document, X509Certificate2 certificate, bool detached = true, string digest = "2.16.840.1.101.3.4.2.1", DateTimeOffset? claimed = null, X509IncludeOption include = X509IncludeOption.EndCertOnly)
    {
        var cms = new SignedCms(new ContentInfo(document), detached);
        var signer = new CmsSigner(certificate) { DigestAlgorithm = new Oid(digest), IncludeOption = include };
        signer.SignedAttributes.Add(new Pkcs9SigningTime((claimed ?? At.AddMinutes(-2)).UtcDateTime));
        cms.ComputeSignature(signer);
        return cms.Encode();
    }

    public static string Twelve(long number) => number.ToString("D12", System.Globalization.CultureInfo.InvariantCulture);

    public void Dispose()
    {
        _key.Dispose();
        Root.Dispose();
        Directory.Delete(Folder, true);
    }
}

/// <summary>A clock that a test sets.</summary>
internal sealed class SetClock(DateTimeOffset now) : TimeProvider
{
    public DateTimeOffset Now { get; set; } = now;

    public override DateTimeOffset GetUtcNow() => Now.ToUniversalTime();
}
