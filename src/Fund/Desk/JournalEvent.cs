using System.Globalization;

namespace Kepil.Fund.Desk;

/// <summary>Something that was done or seen, as the journal keeps it.</summary>
/// <param name="Seq">Its place in the chain, from 1 without gaps.</param>
/// <param name="At">The moment, in whole milliseconds.</param>
/// <param name="Actor">Who: <c>user:7</c>, <c>key:3</c>, <c>system</c>.</param>
/// <param name="Act">What, in the past tense: <c>FindingSeen</c>.</param>
/// <param name="Subject">On what: <c>finding:123</c>.</param>
/// <param name="DetailHash">Hash of the detail; empty when the event never had one.</param>
/// <param name="Detail">JSON; null when there was none or when its time of keeping is over.</param>
/// <param name="PrevHash">Hash of the event before; empty for the first one.</param>
/// <param name="Hash">Hash over all fields but the detail itself.</param>
public sealed record JournalEvent(long Seq, DateTimeOffset At, string Actor, string Act, string Subject, string DetailHash, string? Detail, string PrevHash, string Hash)
{
    public JournalHead Head => new(Seq, Hash);
}

/// <summary>How far the chain reaches: number and hash of an event, as it is printed on documents.</summary>
public readonly record struct JournalHead(long Seq, string Hash)
{
    /// <summary>The head of a journal in which nothing stands yet.</summary>
    public static readonly JournalHead None = new(0, "");

    /// <summary>Reads <c>SEQ:HASH</c>, the hash whole or its first sixteen digits at least.</summary>
    public static bool TryParse(string text, out JournalHead head)
    {
        head = None;
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon < 1 || !long.TryParse(text.AsSpan(0, colon), NumberStyles.None, CultureInfo.InvariantCulture, out var seq) || seq < 1)
        {
            return false;
        }

        var hash = text[(colon + 1)..].Trim().ToLowerInvariant();
        if (hash.Length is < 16 or > 64 || !hash.All(char.IsAsciiHexDigitLower))
        {
            return false;
        }

        head = new JournalHead(seq, hash);
        return true;
    }

    /// <summary>Whether an event of this hash is the one that was printed.</summary>
    public bool Fits(string hash) => hash.StartsWith(Hash, StringComparison.Ordinal);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Seq}:{Hash}");
}

/// <summary>What is wrong with an event of the chain.</summary>
public enum JournalFault
{
    /// <summary>Nothing stands at its place: it was deleted or lies behind a cut.</summary>
    Missing,

    /// <summary>Its number stands where another one should.</summary>
    OutOfPlace,

    /// <summary>Its fields do not give its hash.</summary>
    Changed,

    /// <summary>Its detail does not give the hash of the detail.</summary>
    DetailChanged,

    /// <summary>Its detail is gone and no event says that it was dropped.</summary>
    DetailGone,

    /// <summary>It does not follow from the event before it.</summary>
    Unlinked,

    /// <summary>It is sound by itself, but another event was printed as the head.</summary>
    OtherHead,
}

/// <summary>What a verification of the journal came to.</summary>
/// <param name="Events">Sound events, up to the first bad one.</param>
/// <param name="Head">The last sound event.</param>
/// <param name="BadSeq">The place of the first bad event; null when all is sound.</param>
/// <param name="Fault">What is wrong there.</param>
/// <param name="Bad">The event at that place, when one is there.</param>
public sealed record JournalVerdict(long Events, JournalHead Head, long? BadSeq, JournalFault? Fault, JournalEvent? Bad)
{
    public bool IsSound => BadSeq is null;
}
