using System.Globalization;
using System.Net.Mail;
using System.Net.Sockets;
using System.Text;
using Kepil.Fund.Desk;
using Kepil.Fund.Proceedings;
using Kepil.Law;
using Microsoft.EntityFrameworkCore;

namespace Kepil.Fund.Inbox;

/// <summary>The letter of a day: what a user has not read yet, sent once each morning to those who want it.</summary>
/// <param name="pages">Address of the pages, without a slash at the end.</param>
/// <remarks>
/// A letter is noted before it is sent. What the post refused is tried again in the next round; a letter whose sending was cut off is not sent again, for nobody knows whether
/// it arrived, and everything in it stands in the inbox.
/// </remarks>
public sealed class DailyDigest(InboxStore inbox, DeskStore desk, MailPost post, string pages)
{
    /// <summary>Notes that a letter names; the rest is counted.</summary>
    private const int Most = 40;

    /// <summary>Sends the letters of today that were not sent yet. Says how many were sent.</summary>
    public async Task<int> RunAsync(CancellationToken cancel = default)
    {
        var now = desk.Clock.GetUtcNow();
        if (LocalDay.TimeOf(now) < InboxRound.Morning)
        {
            return 0;
        }

        List<InboxSetting> wanted;
        using (var db = inbox.Context())
        {
            wanted = await db.Settings.AsNoTracking().Where(s => s.Digest && s.Mail != null).OrderBy(s => s.UserId).ToListAsync(cancel);
        }

        var day = LocalDay.Of(now).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var sent = 0;
        SmtpFailedRecipientException? refused = null;
        foreach (var setting in wanted)
        {
            if (desk.Find(setting.UserId) is not { OffAt: null } || !Begin(setting.UserId, day, now))
            {
                continue;
            }

            try
            {
                sent += await SendAsync(setting, day, now, cancel) ? 1 : 0;
            }
            catch (SmtpFailedRecipientException e)
            {
                // One address that the server refuses keeps nobody else from his letter.
                refused ??= e;
            }
        }

        return refused is null ? sent : throw refused;
    }

    /// <summary>Takes the letter of a day upon this process; another one that comes later finds it taken.</summary>
    private bool Begin(long user, string day, DateTimeOffset now)
    {
        using var db = inbox.Context();
        return db.Database.ExecuteSql($"INSERT INTO inbox_letter (user_id, day, begun_at) VALUES ({user}, {day}, {now.ToUnixTimeMilliseconds()}) ON CONFLICT (user_id, day) DO NOTHING") == 1;
    }

    private async Task<bool> SendAsync(InboxSetting setting, string day, DateTimeOffset now, CancellationToken cancel)
    {
        var notes = inbox.Of(setting.UserId, 1000).Where(n => n.ReadAt is null).ToList();
        using var db = inbox.Context();
        var letter = db.Letters.Where(l => l.UserId == setting.UserId && l.Day == day);
        if (notes.Count == 0)
        {
            // Nothing to tell: the day is done, and no empty letter goes out.
            await letter.ExecuteUpdateAsync(set => set.SetProperty(l => l.SentAt, now.ToUnixTimeMilliseconds()), cancel);
            return false;
        }

        try
        {
            await post.SendAsync(setting.Mail!, Subject(notes.Count, day).In(setting.Language), Body(notes, setting.Language), $"<digest-{setting.UserId}-{day}@kepil>", cancel);
        }
        catch (Exception e) when (e is SmtpException or SocketException or IOException)
        {
            await letter.ExecuteDeleteAsync(cancel);
            throw;
        }

        await letter.ExecuteUpdateAsync(set => set.SetProperty(l => l.SentAt, desk.Clock.GetUtcNow().ToUnixTimeMilliseconds()), CancellationToken.None);
        return true;
    }

    private string Body(List<InboxNote> notes, string language)
    {
        var text = new StringBuilder();
        foreach (var note in notes.OrderBy(n => n.DueAt ?? long.MaxValue).Take(Most))
        {
            text.Append("- ").Append(NoteText.Of(note).In(language)).Append("\r\n");
        }

        if (notes.Count > Most)
        {
            text.Append("- … +").Append(notes.Count - Most).Append("\r\n");
        }

        return text.Append("\r\n").Append(pages).Append("/inbox\r\n").ToString();
    }

    private static Wording Subject(int count, string day) => new($"Кепіл, {day}: оқылмаған хабар – {count}", $"Кепіл, {day}: непрочитанных сообщений – {count}", $"Kepil, {day}: {count} unread");
}
