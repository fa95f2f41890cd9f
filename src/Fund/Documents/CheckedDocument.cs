using Microsoft.EntityFrameworkCore;

namespace Kepil.Fund.Documents;

/// <summary>A signature as anybody may see it: for which organisation, initials, and the day; never a name or a number of a person.</summary>
public sealed record CheckedSignature(SigningSide Side, string? Organisation, string Initials, bool OnPaper, DateOnly SignedOn);

/// <summary>A version of a document as anybody may see it: its day and the hashes of its files.</summary>
public sealed record CheckedVersion(int Version, DateOnly IssuedOn, string DocxHash, string XlsxHash);

/// <summary>What anybody who holds a document learns by its code: that the Fund issued it, when, and who signed it.</summary>
public sealed record CheckedDocument(DocumentKind Kind, DocumentNumber Number, string JournalHead, IReadOnlyList<CheckedVersion> Versions, IReadOnlyList<CheckedSignature> Signatures)
{
    public CheckedVersion Newest => Versions[0];

    /// <summary>The version whose file this is; null when it is a file of no version.</summary>
    public CheckedVersion? VersionOf(string hash) => Versions.FirstOrDefault(v => hash == v.DocxHash || hash == v.XlsxHash);
}

/// <summary>What of stored documents everybody may see.</summary>
public sealed partial class DocumentStore
{
    /// <summary>What the public page shows; null when no document has the code.</summary>
    public CheckedDocument? Check(CheckCode code)
    {
        using var context = new DocumentsContext(_options);
        if (context.Documents.AsNoTracking().FirstOrDefault(d => d.Code == code.Text) is not { } entry)
        {
            return null;
        }

        var versions = Versions(code);
        return new CheckedDocument(
            DocumentKinds.Of(entry.Kind),
            entry.Number,
            versions[0].JournalHead,
            [.. versions.Select(v => new CheckedVersion((int)v.Version, v.IssuedOn, v.DocxHash, v.XlsxHash))],
            [.. Signatures(code, (int)versions[0].Version).Select(s => new CheckedSignature(s.Side == "fund" ? SigningSide.Fund : SigningSide.Provider, s.Organisation, Initials(s.SignerName), s.Way == "paper", s.SignedOn))]);
    }

    private static string Initials(string name) =>
        string.Join(' ', name.Split([' ', '.', '-'], StringSplitOptions.RemoveEmptyEntries).Take(3).Select(p => System.Globalization.StringInfo.GetNextTextElement(p).ToUpperInvariant() + "."));
}
