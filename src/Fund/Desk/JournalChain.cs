using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Kepil.Fund.Desk;

/// <summary>How events of the journal hang together: each carries the hash of the one before it.</summary>
public static class JournalChain
{
    /// <summary>The act by which details whose time of keeping is over were dropped; its subject names the last event concerned.</summary>
    public const string DetailsDropped = "JournalDetailsDropped";

    private const string DroppedSubject = "journal:";

    // Letters stay letters, so that a reader of the table reads names and reasons.
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The event that follows a head.</summary>
    public static JournalEvent Next(JournalHead last, DateTimeOffset at, string actor, string act, string subject, object? detail)
    {
        var moment = DateTimeOffset.FromUnixTimeMilliseconds(at.ToUnixTimeMilliseconds());
        var text = detail is null ? null : Written(detail);
        var detailHash = text is null ? "" : DetailHashOf(text);
        var hash = HashOf(last.Seq + 1, moment, actor, act, subject, detailHash, last.Hash);
        return new JournalEvent(last.Seq + 1, moment, actor, act, subject, detailHash, text, last.Hash, hash);
    }

    /// <summary>The subject of an event that tells of dropped details.</summary>
    public static string DroppedUpTo(long seq) => string.Create(CultureInfo.InvariantCulture, $"{DroppedSubject}{seq}");

    /// <summary>Walks through the chain in the order of its numbers and stops at the first bad event.</summary>
    /// <param name="events">All events, by their numbers.</param>
    /// <param name="known">Heads that were printed; each must still stand in the chain.</param>
    public static JournalVerdict Verify(IEnumerable<JournalEvent> events, IReadOnlyCollection<JournalHead> known)
    {
        var heads = known.ToLookup(h => h.Seq);
        var last = JournalHead.None;
        var gone = new List<long>();
        var told = 0L;
        JournalVerdict Bad(JournalFault fault, long seq, JournalEvent? found) => new(last.Seq, last, seq, fault, found);
        foreach (var e in events)
        {
            var fault = e.Seq > last.Seq + 1 ? JournalFault.Missing
                : e.Seq <= last.Seq ? JournalFault.OutOfPlace
                : e.Hash != HashOf(e.Seq, e.At, e.Actor, e.Act, e.Subject, e.DetailHash, e.PrevHash) ? JournalFault.Changed
                : e.PrevHash != last.Hash ? JournalFault.Unlinked
                : e.Detail is not null && e.DetailHash != DetailHashOf(e.Detail) ? JournalFault.DetailChanged
                : heads.Count > 0 && heads[e.Seq].Any(h => !h.Fits(e.Hash)) ? JournalFault.OtherHead
                : (JournalFault?)null;
            if (fault is { } found)
            {
                return Bad(found, found == JournalFault.Missing ? last.Seq + 1 : e.Seq, found == JournalFault.Missing ? null : e);
            }

            if (e.Detail is null && e.DetailHash.Length > 0)
            {
                gone.Add(e.Seq);
            }

            if (e.Act == DetailsDropped && e.Subject.StartsWith(DroppedSubject, StringComparison.Ordinal)
                && long.TryParse(e.Subject.AsSpan(DroppedSubject.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var upTo))
            {
                told = Math.Max(told, upTo);
            }

            last = e.Head;
        }

        if (known.Any(h => h.Seq > last.Seq))
        {
            return Bad(JournalFault.Missing, last.Seq + 1, null);
        }

        // An event tells of dropped details only after them, so this is known at the end.
        return gone.Find(seq => seq > told) is > 0 and var untold
            ? new JournalVerdict(untold - 1, last, untold, JournalFault.DetailGone, null)
            : new JournalVerdict(last.Seq, last, null, null, null);
    }

    /// <summary>The detail as it is kept: with grains of salt inside, so that a dropped detail cannot be guessed from its hash.</summary>
    private static string Written(object detail)
    {
        var node = JsonSerializer.SerializeToNode(detail, Json) as JsonObject ?? throw new ArgumentException("The detail of an event has named fields.", nameof(detail));
        node["salt"] = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        return node.ToJsonString(Json);
    }

    private static string DetailHashOf(string detail) => Hex(detail.AsSpan());

    /// <summary>Each field with its length before it, so that no two events give the same bytes.</summary>
    private static string HashOf(long seq, DateTimeOffset at, string actor, string act, string subject, string detailHash, string prevHash) => Hex(string.Create(
        CultureInfo.InvariantCulture,
        stackalloc char[512],
        $"kepil-journal-1\n{seq}\n{at.ToUnixTimeMilliseconds()}\n{actor.Length}:{actor}{act.Length}:{act}{subject.Length}:{subject}{detailHash.Length}:{detailHash}{prevHash.Length}:{prevHash}"));

    /// <summary>SHA-256 of a text in UTF-8.</summary>
    private static string Hex(ReadOnlySpan<char> text)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        var most = Encoding.UTF8.GetMaxByteCount(text.Length);
        var bytes = most <= 2048 ? stackalloc byte[most] : new byte[most];
        SHA256.HashData(bytes[..Encoding.UTF8.GetBytes(text, bytes)], hash);
        return Convert.ToHexStringLower(hash);
    }
}
