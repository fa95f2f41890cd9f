using System.Formats.Asn1;
using System.Numerics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Kepil.Fund.Documents;

/// <summary>A list of certificates that their authority has revoked.</summary>
internal sealed class RevocationList
{
    private readonly byte[] _signed;
    private readonly byte[] _signature;
    private readonly string _algorithm;
    private readonly Dictionary<BigInteger, DateTimeOffset> _revoked;

    private RevocationList(byte[] signed, string algorithm, byte[] signature, byte[] issuer, DateTimeOffset from, DateTimeOffset? until, Dictionary<BigInteger, DateTimeOffset> revoked)
    {
        (_signed, _algorithm, _signature, _revoked) = (signed, algorithm, signature, revoked);
        (Issuer, From, Until) = (issuer, from, until);
    }

    /// <summary>The name of the authority, as encoded.</summary>
    public byte[] Issuer { get; }

    public DateTimeOffset From { get; }

    /// <summary>When the next list is due; null when the list does not say.</summary>
    public DateTimeOffset? Until { get; }

    /// <summary>Null when the bytes are no such list.</summary>
    public static RevocationList? Read(byte[] bytes)
    {
        try
        {
            var der = bytes.Length > 0 && bytes[0] == 0x30 ? bytes : CmsContainer.Der(bytes) ?? [];
            var list = new AsnReader(der, AsnEncodingRules.DER).ReadSequence();
            var signed = list.PeekEncodedValue().ToArray();
            var body = list.ReadSequence();
            var algorithm = list.ReadSequence().ReadObjectIdentifier();
            var signature = list.ReadBitString(out _);
            if (body.PeekTag().HasSameClassAndValue(Asn1Tag.Integer))
            {
                body.ReadInteger();
            }

            body.ReadSequence();
            var issuer = body.ReadEncodedValue().ToArray();
            var from = Time(body);
            DateTimeOffset? until = body.HasData && IsTime(body) ? Time(body) : null;
            var revoked = new Dictionary<BigInteger, DateTimeOffset>();
            if (body.HasData && body.PeekTag().HasSameClassAndValue(Asn1Tag.Sequence))
            {
                for (var rows = body.ReadSequence(); rows.HasData;)
                {
                    var row = rows.ReadSequence();
                    revoked[row.ReadInteger()] = Time(row);
                }
            }

            return new RevocationList(signed, algorithm, signature, issuer, from, until, revoked);
        }
        catch (AsnContentException)
        {
            return null;
        }
    }

    public bool Has(X509Certificate2 certificate, DateTimeOffset at) =>
        _revoked.TryGetValue(new BigInteger(certificate.SerialNumberBytes.Span, isUnsigned: false, isBigEndian: true), out var since) && since <= at;

    public bool IsSignedBy(X509Certificate2 authority)
    {
        HashAlgorithmName? hash = _algorithm switch
        {
            "1.2.840.113549.1.1.11" or "1.2.840.10045.4.3.2" => HashAlgorithmName.SHA256,
            "1.2.840.113549.1.1.12" or "1.2.840.10045.4.3.3" => HashAlgorithmName.SHA384,
            "1.2.840.113549.1.1.13" or "1.2.840.10045.4.3.4" => HashAlgorithmName.SHA512,
            _ => null,
        };
        using var rsa = authority.GetRSAPublicKey();
        using var curve = authority.GetECDsaPublicKey();
        return hash is { } name && (rsa?.VerifyData(_signed, _signature, name, RSASignaturePadding.Pkcs1) ?? curve?.VerifyData(_signed, _signature, name, DSASignatureFormat.Rfc3279DerSequence) ?? false);
    }

    private static bool IsTime(AsnReader reader) =>
        reader.PeekTag().HasSameClassAndValue(Asn1Tag.UtcTime) || reader.PeekTag().HasSameClassAndValue(Asn1Tag.GeneralizedTime);

    private static DateTimeOffset Time(AsnReader reader) =>
        reader.PeekTag().HasSameClassAndValue(Asn1Tag.UtcTime) ? reader.ReadUtcTime() : reader.ReadGeneralizedTime();
}
