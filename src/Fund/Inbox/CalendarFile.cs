using System.Globalization;
using System.Text;
using Kepil.Fund.Desk;
using Kepil.Fund.Proceedings;
using Kepil.Law;

namespace Kepil.Fund.Inbox;

/// <summary>A user's deadlines as a calendar that other programs subscribe to (RFC 5545): one day for each term, no names and no persons.</summary>
public static class CalendarFile
{
    private const int MostBytes = 75;

    /// <param name="language">kk, ru or en.</param>
    /// <param name="pages">Address of the pages, without a slash at the end.</param>
    public static string Of(DeskUser user, string language, ProceedingStore store, string pages, DateTimeOffset now)
    {
        var text = new StringBuilder();
        void Line(string name, string value)
        {
            var (line, bytes) = (name + ":" + value, 0);
            foreach (var rune in line.EnumerateRunes())
            {
                // A line is no longer than 75 bytes; what follows begins with a blank.
                if (bytes + rune.Utf8SequenceLength > MostBytes)
                {
                    text.Append("\r\n ");
                    bytes = 1;
                }

                text.Append(rune.ToString());
                bytes += rune.Utf8SequenceLength;
            }

            text.Append("\r\n");
        }

        Line("BEGIN", "VCALENDAR");
        Line("VERSION", "2.0");
        Line("PRODID", "-//Kepil//Deadlines//KK");
        Line("X-WR-CALNAME", Escaped(new Wording("Кепіл: мерзімдер", "Кепіл: сроки", "Kepil: deadlines").In(language)));
        foreach (var note in Terms(user, store))
        {
            var last = LocalDay.Of(DateTimeOffset.FromUnixTimeMilliseconds(note.DueAt!.Value).AddTicks(-1));
            Line("BEGIN", "VEVENT");
            Line("UID", string.Create(CultureInfo.InvariantCulture, $"{note.Key}-{note.DueAt}@kepil"));
            Line("DTSTAMP", now.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture));
            Line("DTSTART;VALUE=DATE", last.ToString("yyyyMMdd", CultureInfo.InvariantCulture));
            Line("DTEND;VALUE=DATE", last.AddDays(1).ToString("yyyyMMdd", CultureInfo.InvariantCulture));
            Line("SUMMARY", Escaped(NoteText.Of(note).In(language)));
            Line("URL", pages + "/inbox");
            Line("TRANSP", "TRANSPARENT");
            Line("END", "VEVENT");
        }

        Line("END", "VCALENDAR");
        return text.ToString();
    }

    /// <summary>The terms that a user has to keep.</summary>
    private static IEnumerable<InboxNote> Terms(DeskUser user, ProceedingStore store) => user.ProviderId is { } provider
        ? store.AwaitedAnswers(provider).Select(a => new InboxNote { Key = $"answer-{a.Stage}-{a.Id}", Kind = NoteKind.AnswerAwaited, CaseId = a.Id, Count = a.Count, DueAt = a.DueAt })
        : store.OpenReviews(user.Id).Where(r => r.DueAt is not null).Select(r => new InboxNote { Key = $"review-{r.Id}", Kind = NoteKind.ReviewArrived, CaseId = r.Id, DueAt = r.DueAt!.Value.ToUnixTimeMilliseconds() });

    private static string Escaped(string text) => text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace(";", "\\;", StringComparison.Ordinal).Replace(",", "\\,", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
}
