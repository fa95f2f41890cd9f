using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Text;

namespace Kepil.Fund.Documents;

/// <summary>A CMS opened over the bytes that it should sign; opened is not verified.</summary>
internal static class CmsContainer
{
    private const int Most = 4 << 20;

    private static readonly Dictionary<string, HashAlgorithmName> Digests = new()
    {
        ["2.16.840.1.101.3.4.2.1"] = HashAlgorithmName.SHA256,
        ["2.16.840.1.101.3.4.2.2"] = HashAlgorithmName.SHA384,
        ["2.16.840.1.101.3.4.2.3"] = HashAlgorithmName.SHA512,
    };

    /// <summary>Digests that anybody can forge.</summary>
    private static readonly string[] Weak = ["1.3.14.3.2.26", "1.2.840.113549.2.5", "1.2.840.113549.2.2"];

    /// <summary>The container over the document, or why it is none.</summary>
    public static (SignedCms? Cms, DocumentRefusal? Refusal) Open(byte[] document, byte[] signature)
    {
        if (Der(signature) is not { } der)
        {
            return (null, SignatureRefusals.NotASignature);
        }

        try
        {
            var alone = new SignedCms();
            alone.Decode(der);
            if (alone.ContentInfo.Content.Length > 0)
            {
                return (null, SignatureRefusals.Attached);
            }

            var cms = new SignedCms(new ContentInfo(document), detached: true);
            cms.Decode(der);
            return cms.SignerInfos.Count == 0 ? (null, SignatureRefusals.NoSigner) : (cms, null);
        }
        catch (CryptographicException)
        {
            return (null, SignatureRefusals.NotASignature);
        }
    }

    public static bool IsWeak(SignerInfo signer) => Weak.Contains(signer.DigestAlgorithm.Value);

    /// <summary>Whether the signer's digest is that of the document; null when the digest is of a kind unknown here.</summary>
    public static bool? IsOver(SignerInfo signer, byte[] document)
    {
        if (signer.DigestAlgorithm.Value is not { } oid || !Digests.TryGetValue(oid, out var name))
        {
            return null;
        }

        var stated = signer.SignedAttributes.Cast<CryptographicAttributeObject>().SelectMany(a => a.Values.Cast<AsnEncodedData>()).OfType<Pkcs9MessageDigest>().ToList();
        return stated is [var only] && only.MessageDigest.AsSpan().SequenceEqual(CryptographicOperations.HashData(name, document));
    }

    /// <summary>The bytes of a signature that came as DER, PEM or Base64.</summary>
    public static byte[]? Der(byte[] signature)
    {
        if (signature.Length is 0 or > Most)
        {
            return null;
        }

        if (signature[0] == 0x30)
        {
            return signature;
        }

        var text = Encoding.ASCII.GetString(signature).Trim();
        if (PemEncoding.TryFind(text, out var fields))
        {
            text = text[fields.Base64Data];
        }

        var der = new byte[text.Length];
        return Convert.TryFromBase64String(text, der, out var length) && length > 0 ? der[..length] : null;
    }
}
