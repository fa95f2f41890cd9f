using System.Net.Mail;
using System.Text;
using Kepil.Fund.Inbox;
using Xunit;

namespace Kepil.Tests.Inbox;

/// <summary>The letter of a day goes out once, whatever happens to the process.</summary>
public sealed class DailyDigestTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_letter_goes_out_once_a_day_however_many_processes_look(bool postgres)
    {
        using var trial = Prepared(postgres);
        await using var server = new SmtpListener();
        await DigestOf(trial, server).RunAsync(TestContext.Current.CancellationToken);
        Assert.Empty(server.Letters);

        trial.MoveTo("2025-09-16 08:00");
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => DigestOf(trial, server).RunAsync(TestContext.Current.CancellationToken))));
        trial.MoveTo("2025-09-16 20:00");
        await DigestOf(trial, server).RunAsync(TestContext.Current.CancellationToken);

        var letter = Assert.Single(server.Letters);
        Assert.Contains("To: expert@example.kz", letter, StringComparison.Ordinal);
        Assert.Contains($"<digest-{trial.Reviewer}-2025-09-16@kepil>", letter, StringComparison.Ordinal);
        var body = Encoding.UTF8.GetString(Convert.FromBase64String(letter[(letter.IndexOf("\n\n", StringComparison.Ordinal) + 2)..].Replace("\n", "", StringComparison.Ordinal)));
        Assert.Contains("№ 1 іс қарауға келіп түсті", body, StringComparison.Ordinal);
        Assert.Contains("https://kepil.example/inbox", body, StringComparison.Ordinal);

        trial.MoveTo("2025-09-17 09:00");
        await DigestOf(trial, server).RunAsync(TestContext.Current.CancellationToken);
        Assert.Equal(2, server.Letters.Count);
    }

    [Fact]
    public async Task What_the_server_refused_is_sent_by_a_later_round()
    {
        using var trial = Prepared(false);
        trial.MoveTo("2025-09-16 08:00");
        await using var server = new SmtpListener { Refuses = true };
        await Assert.ThrowsAsync<SmtpException>(() => DigestOf(trial, server).RunAsync(TestContext.Current.CancellationToken));

        server.Refuses = false;
        await DigestOf(trial, server).RunAsync(TestContext.Current.CancellationToken);
        await DigestOf(trial, server).RunAsync(TestContext.Current.CancellationToken);

        Assert.Single(server.Letters);
    }

    [Fact]
    public async Task Who_has_read_everything_gets_no_letter()
    {
        using var trial = Prepared(false);
        trial.Inbox.Read(trial.Reviewer, null);
        trial.MoveTo("2025-09-16 08:00");
        await using var server = new SmtpListener();

        Assert.Equal(0, await DigestOf(trial, server).RunAsync(TestContext.Current.CancellationToken));
        Assert.Empty(server.Letters);
    }

    [Theory]
    [InlineData("smtp://mail.example.kz?from=kepil@example.kz", "mail.example.kz:25 kepil@example.kz False ")]
    [InlineData("smtp://a%40b:s%3Ac@mail.example.kz:587?from=kepil@example.kz&tls=true", "mail.example.kz:587 kepil@example.kz True a@b s:c")]
    [InlineData("smtp://mail.example.kz", null)]
    [InlineData("http://mail.example.kz?from=kepil@example.kz", null)]
    [InlineData("mail.example.kz", null)]
    public void The_setting_is_read_or_refused(string text, string? read) =>
        Assert.Equal(read, MailPost.Read(text) is { } post ? $"{post.Host}:{post.Port} {post.From} {post.Tls} {post.User}{(post.Password is null ? "" : " " + post.Password)}" : null);

    private static DailyDigest DigestOf(TrialInbox trial, SmtpListener server) =>
        new(new InboxStore(trial.Desk), trial.Desk, new MailPost("127.0.0.1", server.Port, "kepil@example.kz", false, null, null), "https://kepil.example");

    private static TrialInbox Prepared(bool postgres)
    {
        var trial = new TrialInbox(postgres, "2025-09-16 07:00");
        trial.Open(1);
        trial.Object(1);
        trial.Round();
        trial.Inbox.Change(trial.Reviewer, s => (s.Mail, s.Digest) = ("expert@example.kz", true));
        return trial;
    }
}
