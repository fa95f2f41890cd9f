namespace Kepil.Fund.Documents;

/// <summary>The last number that a branch gave in a year.</summary>
public sealed class DocumentSeries
{
    public required string Branch { get; set; }

    public long Year { get; set; }

    public long Last { get; set; }
}

/// <summary>A document by its check code: what it is and which number it has.</summary>
public sealed class DocumentEntry
{
    /// <summary>The check code without hyphens.</summary>
    public required string Code { get; set; }

    public required string Kind { get; set; }

    public required string Branch { get; set; }

    public long Year { get; set; }

    public long Serial { get; set; }

    /// <summary>What it is about, in the words of the room that asked for it: a proceeding, a monitoring.</summary>
    public required string Subject { get; set; }

    public long? ProviderId { get; set; }

    public DocumentNumber Number => new(Branch, (int)Year, Serial);
}

/// <summary>A version of a document: the first one, or one corrected; none is ever changed.</summary>
public sealed class DocumentVersion
{
    public required string Code { get; set; }

    public long Version { get; set; }

    public DateOnly IssuedOn { get; set; }

    /// <summary>Milliseconds since 1970 in UTC.</summary>
    public long MadeAt { get; set; }

    public long MadeBy { get; set; }

    /// <summary>Why it was corrected; for the first empty, or a word for what it tells.</summary>
    public required string Reason { get; set; }

    public required string JournalHead { get; set; }

    /// <summary>SHA-256 of the text document: these bytes are what is signed.</summary>
    public required string DocxHash { get; set; }

    public required string XlsxHash { get; set; }

    public required string PrintHash { get; set; }

    public bool Has(string hash) => hash == DocxHash || hash == XlsxHash || hash == PrintHash;
}

/// <summary>A signature on a version, electronic or on paper, with how the provider got acquainted.</summary>
public sealed class DocumentSignature
{
    public required string Code { get; set; }

    public long Version { get; set; }

    public long Place { get; set; }

    /// <summary>fund or provider.</summary>
    public required string Side { get; set; }

    /// <summary>cms or paper.</summary>
    public required string Way { get; set; }

    /// <summary>SHA-256 of the signature file, or of the scan.</summary>
    public required string FileHash { get; set; }

    public required string SignerName { get; set; }

    public string? PersonNumber { get; set; }

    public string? OrganisationNumber { get; set; }

    public string? Organisation { get; set; }

    /// <summary>Serial number of the certificate; null on paper.</summary>
    public string? Certificate { get; set; }

    /// <summary>When the signer says he signed.</summary>
    public long? ClaimedAt { get; set; }

    public DateOnly SignedOn { get; set; }

    public long ReceivedAt { get; set; }

    /// <summary>without or with objections; null for the Fund's side.</summary>
    public string? Acquaintance { get; set; }

    /// <summary>One objection a line.</summary>
    public required string Objections { get; set; }

    /// <summary>Who put the scan in; null for an electronic signature.</summary>
    public long? RegisteredBy { get; set; }
}
