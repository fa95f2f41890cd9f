using System.Globalization;
using System.Net.Mail;
using System.Net.Sockets;
using Kepil.Fund.Bank;
using Kepil.Fund.Desk;
using Kepil.Law;
using Microsoft.EntityFrameworkCore;

namespace Kepil.Fund.Inbox;

/// <summary>What people of a provider are told when its bank details are to change: in the application, and by letter at the address they had before.</summary>
public static class BankNotes
{
    /// <summary>Days in which a change is told to whoever was not told yet.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromDays(30);

    /// <summary>One note for each user of the provider and each change.</summary>
    public static IEnumerable<InboxNote> Of(IEnumerable<ChangedAccount> changes, DateTimeOffset now, IReadOnlyList<DeskUser> users) =>
        from change in changes
        where !change.Withdrawn && change.ServesFrom > now
        from user in users
        where user.ProviderId == change.Account.Owner
        select Note(change, user.Id, now);

    internal static InboxNote Note(ChangedAccount change, long user, DateTimeOffset now) => new()
    {
        UserId = user, Kind = NoteKind.BankDetailsChange, Key = string.Create(CultureInfo.InvariantCulture, $"bank:{change.Account.Id}"), CaseId = change.Account.Id, ProviderId = change.Account.Owner,
        Subject = "…" + change.Account.Iban[^4..], DueAt = change.ServesFrom.ToUnixTimeMilliseconds(), MadeAt = now.ToUnixTimeMilliseconds(),
    };
}

/// <summary>Letters to the old addresses of a provider that its bank details change: to those its people had when the change was proposed, and to those that were replaced shortly before, for a thief of an account changes both.</summary>
/// <remarks>As with the letter of the day: it is noted before it is sent, what the post refused is tried again, what was cut off is not sent twice.</remarks>
/// <param name="pages">Address of the pages, without a slash at the end.</param>
public sealed class BankLetters(InboxStore inbox, DeskStore desk, BankStore bank, MailPost post, string pages)
{
    /// <summary>Sends what was not sent yet. Says how many letters that were.</summary>
    public async Task<int> RunAsync(CancellationToken cancel = default)
    {
        var (now, sent) = (desk.Clock.GetUtcNow(), 0);
        Exception? refused = null;
        foreach (var change in bank.Changed(now - BankNotes.Window).Where(c => !c.Withdrawn && c.ServesFrom > now))
        {
            // Who was switched off after the change was proposed is told as well.
            foreach (var user in desk.Users().Where(u => u.ProviderId == change.Account.Owner && (u.OffAt is null || u.OffAt > change.ProposedAt)))
            {
                foreach (var mail in inbox.MailsAt(user.Id, change.ProposedAt, BankNotes.Window).Where(m => Begin(change, user.Id, m, now)))
                {
                    try
                    {
                        await SendAsync(change, user.Id, mail, now, cancel);
                        sent++;
                    }
                    catch (Exception e) when (e is SmtpException or SocketException or IOException)
                    {
                        await LetterOf(change, mail, (_, letter) => letter.ExecuteDeleteAsync(CancellationToken.None));
                        refused ??= e;
                    }
                }
            }
        }

        return refused is null ? sent : throw new IOException(refused.Message, refused);
    }

    private async Task SendAsync(ChangedAccount change, long user, string mail, DateTimeOffset now, CancellationToken cancel)
    {
        var language = inbox.Setting(user).Language;
        var subject = new Wording("Кепіл: банктік деректемелер өзгереді", "Кепіл: меняются банковские реквизиты", "Kepil: bank details change").In(language);
        var id = string.Create(CultureInfo.InvariantCulture, $"<bank-{change.Account.Id}-{user}-{now.ToUnixTimeMilliseconds()}@kepil>");
        await post.SendAsync(mail, subject, $"{NoteText.Of(BankNotes.Note(change, user, now)).In(language)}.\r\n\r\n{pages}/inbox\r\n", id, cancel);
        await LetterOf(change, mail, (db, letter) => letter.ExecuteUpdateAsync(set => set.SetProperty(l => l.SentAt, desk.Clock.GetUtcNow().ToUnixTimeMilliseconds()), CancellationToken.None));
    }

    /// <summary>Takes a letter upon this process; another one that comes later finds it taken.</summary>
    private bool Begin(ChangedAccount change, long user, string mail, DateTimeOffset now)
    {
        using var db = inbox.Context();
        return db.Database.ExecuteSql($"INSERT INTO bank_letter (detail_id, mail, user_id, begun_at) VALUES ({change.Account.Id}, {mail}, {user}, {now.ToUnixTimeMilliseconds()}) ON CONFLICT (detail_id, mail) DO NOTHING") == 1;
    }

    private async Task LetterOf(ChangedAccount change, string mail, Func<InboxContext, IQueryable<BankLetter>, Task<int>> act)
    {
        using var db = inbox.Context();
        await act(db, db.BankLetters.Where(l => l.DetailId == change.Account.Id && l.Mail == mail));
    }
}
