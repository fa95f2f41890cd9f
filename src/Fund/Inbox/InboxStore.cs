using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using Kepil.Fund.Desk;
using Kepil.Fund.Proceedings;
using Microsoft.EntityFrameworkCore;

namespace Kepil.Fund.Inbox;

/// <summary>What users were told and have read, and how they want to be told.</summary>
public sealed class InboxStore
{
    private const int Attempts = 20;

    private readonly DbContextOptions<InboxContext> _options;
    private readonly DeskStore _desk;

    public InboxStore(DeskStore desk)
    {
        using var context = desk.Context();
        _options = DeskSource.Of(context).Options<InboxContext>();
        _desk = desk;
    }

    public InboxContext Context() => new(_options);

    /// <summary>The newest notes of a user, unread ones first.</summary>
    public IReadOnlyList<InboxNote> Of(long user, int most)
    {
        using var db = Context();
        return db.Notes.AsNoTracking().Where(n => n.UserId == user).OrderBy(n => n.ReadAt != null).ThenByDescending(n => n.MadeAt).ThenByDescending(n => n.Id).Take(most).ToList();
    }

    public int Unread(long user)
    {
        using var db = Context();
        return db.Notes.Count(n => n.UserId == user && n.ReadAt == null);
    }

    /// <summary>Adds what is not there yet. A note about several cases is unread again when there are more of them. Says how many are new.</summary>
    public int Add(IReadOnlyCollection<InboxNote> notes)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return notes.Count == 0 ? 0 : Insert(notes);
            }
            catch (DbException lost) when (attempt < Attempts && ProceedingStore.IsRace(lost))
            {
                // Another process gave a note the same number.
            }
        }
    }

    private int Insert(IReadOnlyCollection<InboxNote> notes)
    {
        using var db = Context();
        using var transaction = db.Database.BeginTransaction();
        var added = 0;
        foreach (var n in notes)
        {
            added += db.Database.ExecuteSql($"""
                INSERT INTO inbox_note (id, user_id, key, kind, case_id, finding_id, provider_id, month, subject, count, due_at, made_at)
                VALUES ((SELECT COALESCE(MAX(id), 0) + 1 FROM inbox_note), {n.UserId}, {n.Key}, {n.Kind.ToString()}, {n.CaseId}, {n.FindingId}, {n.ProviderId}, {n.Month}, {n.Subject}, {n.Count}, {n.DueAt}, {n.MadeAt})
                ON CONFLICT (user_id, key) DO UPDATE SET count = excluded.count, made_at = excluded.made_at, read_at = NULL WHERE inbox_note.count < excluded.count
                """);
        }

        transaction.Commit();
        return added;
    }

    /// <summary>Marks one note of a user as read, or all of them.</summary>
    public void Read(long user, long? note)
    {
        var now = _desk.Clock.GetUtcNow().ToUnixTimeMilliseconds();
        using var db = Context();
        db.Notes.Where(n => n.UserId == user && n.ReadAt == null && (note == null || n.Id == note)).ExecuteUpdate(set => set.SetProperty(n => n.ReadAt, now));
    }

    public InboxSetting Setting(long user)
    {
        using var db = Context();
        return db.Settings.AsNoTracking().FirstOrDefault(s => s.UserId == user) ?? new InboxSetting { UserId = user };
    }

    /// <summary>Changes how a user is told. An address that is replaced is kept: what concerns the provider's money is told there too.</summary>
    public void Change(long user, Action<InboxSetting> change)
    {
        using var db = Context();
        var setting = db.Settings.FirstOrDefault(s => s.UserId == user);
        if (setting is null)
        {
            setting = new InboxSetting { UserId = user };
            db.Settings.Add(setting);
        }

        var before = setting.Mail ?? "";
        change(setting);
        if ((setting.Mail ?? "") != before)
        {
            db.MailsBefore.Add(new() { UserId = user, Mail = before, Until = _desk.Clock.GetUtcNow().ToUnixTimeMilliseconds() });
        }

        db.SaveChanges();
    }

    /// <summary>Addresses of a user as they were at a moment: the one that served then, and those that were replaced shortly before.</summary>
    public IReadOnlyList<string> MailsAt(long user, DateTimeOffset at, TimeSpan before)
    {
        using var db = Context();
        var (now, since) = (at.ToUnixTimeMilliseconds(), (at - before).ToUnixTimeMilliseconds());
        var replaced = db.MailsBefore.AsNoTracking().Where(m => m.UserId == user && m.Until > since).OrderBy(m => m.Until).ToList();
        var served = replaced.FirstOrDefault(m => m.Until > now) is { } later ? later.Mail : db.Settings.AsNoTracking().FirstOrDefault(s => s.UserId == user)?.Mail;
        return [.. replaced.Where(m => m.Until <= now).Select(m => m.Mail).Append(served ?? "").Where(m => m.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase)];
    }

    /// <summary>A new secret address of a user's calendar; the one before it is no longer good.</summary>
    public string NewCalendar(long user)
    {
        var secret = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        Change(user, s => s.CalendarHash = Hash(secret));
        return secret;
    }

    /// <summary>Whose calendar it is; nobody's when the secret is wrong or was renewed, or the user is off.</summary>
    public (DeskUser User, InboxSetting Setting)? FindCalendar(string secret)
    {
        var hash = Hash(secret);
        using var db = Context();
        return db.Settings.AsNoTracking().FirstOrDefault(s => s.CalendarHash == hash) is { } setting && _desk.Find(setting.UserId) is { OffAt: null } user ? (user, setting) : null;
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
