using Kepil.Fund.Desk;
using Xunit;

namespace Kepil.Tests.Desk;

/// <summary>The chain of the journal by itself: whatever is done to it afterwards is named at the event where it begins.</summary>
public sealed class JournalChainTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 2, 4, 0, 0, TimeSpan.Zero);

    private static readonly IReadOnlyList<JournalEvent> Whole = Chain(200, "");

    private static readonly string[] Edits = ["actor", "act", "subject", "moment", "detail", "detail and its hash", "hash", "delete", "insert", "swap", "cut", "rewrite", "drop"];

    [Fact]
    public void A_thousand_edits_are_named_at_their_first_event()
    {
        var dice = new Random(68);
        for (var edit = 0; edit < 1000; edit++)
        {
            var kind = Edits[edit % Edits.Length];
            var (events, first) = Edited(kind, dice);

            var verdict = JournalChain.Verify(events, [Whole[^1].Head]);

            Assert.True(verdict.BadSeq == first, $"edit {edit}, {kind} at {first}: named {verdict.BadSeq} {verdict.Fault}");
            Assert.Equal(first - 1, verdict.Events);
        }
    }

    [Fact]
    public void A_whole_chain_verifies_up_to_its_head()
    {
        var verdict = JournalChain.Verify(Whole, [Whole[3].Head, Whole[^1].Head]);

        Assert.Equal((true, 200L, Whole[^1].Head), (verdict.IsSound, verdict.Events, verdict.Head));
    }

    [Fact]
    public void A_cut_tail_and_a_rewritten_chain_need_a_printed_head()
    {
        var rewritten = Chain(200, "other ");

        Assert.True(JournalChain.Verify(Whole.Take(150), []).IsSound);
        Assert.Equal((151, JournalFault.Missing), Named(JournalChain.Verify(Whole.Take(150), [Whole[170].Head])));
        Assert.True(JournalChain.Verify(rewritten, []).IsSound);
        Assert.Equal((171, JournalFault.OtherHead), Named(JournalChain.Verify(rewritten, [Whole[170].Head])));
    }

    [Fact]
    public void A_dropped_detail_is_sound_only_when_an_event_tells_of_it()
    {
        var dropped = Whole.Select(e => e.Seq <= 50 ? e with { Detail = null } : e).ToList();
        var told = dropped.Append(JournalChain.Next(Whole[^1].Head, Start.AddDays(2000), "system", JournalChain.DetailsDropped, JournalChain.DroppedUpTo(50), new { count = 50 }));

        Assert.Equal((1, JournalFault.DetailGone), Named(JournalChain.Verify(dropped, [])));
        Assert.True(JournalChain.Verify(told, []).IsSound);
    }

    [Fact]
    public void The_same_detail_twice_has_two_hashes()
    {
        var twice = new[] { 1, 2 }.Select(_ => JournalChain.Next(JournalHead.None, Start, "user:1", "FindingSeen", "finding:1", new { iin = "1" }).DetailHash);

        Assert.Equal(2, twice.Distinct().Count());
    }

    [Theory]
    [InlineData("12:00112233445566778899aabbccddeeff", true)]
    [InlineData("12:0011223344556677", true)]
    [InlineData("12:001122334455667", false)]
    [InlineData("0:0011223344556677", false)]
    [InlineData("x:0011223344556677", false)]
    [InlineData("0011223344556677", false)]
    public void A_head_is_read_as_it_is_printed(string text, bool read) => Assert.Equal(read, JournalHead.TryParse(text, out _));

    /// <summary>The chain after an edit, and the number at which it must be named.</summary>
    private static (List<JournalEvent> Events, long First) Edited(string kind, Random dice)
    {
        var events = Whole.ToList();
        var at = dice.Next(0, events.Count - 1);
        var e = events[at];
        switch (kind)
        {
            case "actor":
                events[at] = e with { Actor = e.Actor + "0" };
                break;
            case "act":
                events[at] = e with { Act = e.Act[..^1] };
                break;
            case "subject":
                events[at] = e with { Subject = "finding:0" };
                break;
            case "moment":
                events[at] = e with { At = e.At.AddMilliseconds(dice.Next(1, 100)) };
                break;
            case "detail":
                events[at] = e with { Detail = e.Detail!.Replace("reason", "raison", StringComparison.Ordinal) };
                break;
            case "detail and its hash":
                events[at] = e with { DetailHash = new string('0', 64) };
                break;
            case "hash":
                events[at] = e with { Hash = new string('f', 64) };
                break;
            case "delete":
                events.RemoveAt(at);
                break;
            case "insert":
                // Sound by itself, with its number; all after it move on by one.
                events.Insert(at, JournalChain.Next(at == 0 ? JournalHead.None : events[at - 1].Head, e.At, "user:9", "FindingSeen", "finding:9", null));
                return (Renumbered(events, at + 1), at + 2);
            case "swap":
                (events[at], events[at + 1]) = (events[at + 1] with { Seq = e.Seq }, e with { Seq = e.Seq + 1 });
                break;
            case "cut":
                events.RemoveRange(at, events.Count - at);
                break;
            case "rewrite":
                // All hashes from here on made anew: only the printed head of the last event tells.
                for (var i = at; i < events.Count; i++)
                {
                    events[i] = JournalChain.Next(i == 0 ? JournalHead.None : events[i - 1].Head, events[i].At, "user:666", events[i].Act, events[i].Subject, new { reason = "other" });
                }

                return (events, events.Count);
            case "drop":
                events[at] = e with { Detail = null };
                break;
        }

        return (events, at + 1);
    }

    private static List<JournalEvent> Renumbered(List<JournalEvent> events, int from)
    {
        for (var i = from; i < events.Count; i++)
        {
            events[i] = events[i] with { Seq = i + 1 };
        }

        return events;
    }

    private static (long, JournalFault) Named(JournalVerdict verdict) => (verdict.BadSeq!.Value, verdict.Fault!.Value);

    private static List<JournalEvent> Chain(int count, string prefix)
    {
        var events = new List<JournalEvent>();
        for (var i = 0; i < count; i++)
        {
            events.Add(JournalChain.Next(i == 0 ? JournalHead.None : events[^1].Head, Start.AddMinutes(i), $"user:{i % 7}", "ObjectionSent", $"finding:{100 + i}", new { reason = prefix + "себеп " + i }));
        }

        return events;
    }
}
