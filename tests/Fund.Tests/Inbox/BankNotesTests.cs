using System.Text;
using Kepil.Fund.Bank;
using Kepil.Fund.Inbox;
using Kepil.Tests.Bank;
using Kepil.Tests.Law;
using Xunit;

namespace Kepil.Tests.Inbox;

/// <summary>A provider learns at its old address that its bank details change, before money goes to the new ones.</summary>
public sealed class BankNotesTests
{
    private static readonly BankAccount Old = BankFileTests.Clinic with { Owner = TrialInbox.Provider };

    private static readonly BankAccount Other = Old with { Iban = BankFileTests.Fund.Iban };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_letter_goes_to_the_address_before_the_change_and_to_no_address_that_a_thief_put_in(bool postgres)
    {
        using var trial = new TrialInbox(postgres);
        await using var server = new SmtpListener();
        var bank = BankStore.Of(trial.Folder, trial.Desk, TheLaw.Book);
        Write(trial, "head@clinic.kz");
        bank.Confirm("user:2", bank.Propose("user:1", Old));
        Assert.Equal(0, await Letters(trial, server).RunAsync(TestContext.Current.CancellationToken));

        trial.MoveTo("2025-09-16 09:00");
        Write(trial, "thief1@example.com");
        trial.MoveTo("2025-09-16 10:00");
        var detail = bank.Propose("user:1", Other);
        Assert.Equal(0, await Letters(trial, server).RunAsync(TestContext.Current.CancellationToken));
        trial.MoveTo("2025-09-16 11:00");
        Write(trial, "thief2@example.com");
        trial.MoveTo("2025-09-16 12:00");
        bank.Confirm("user:2", detail);

        Assert.Equal(2, (await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(() => Letters(trial, server).RunAsync(TestContext.Current.CancellationToken))))).Sum());
        Assert.Equal(["head@clinic.kz", "thief1@example.com"], server.Letters.Select(l => l.Split('\n').First(h => h.StartsWith("To: ", StringComparison.Ordinal))["To: ".Length..].Trim()).Order());
        var letter = server.Letters[0];
        var body = Encoding.UTF8.GetString(Convert.FromBase64String(letter[(letter.IndexOf("\n\n", StringComparison.Ordinal) + 2)..].Replace("\n", "", StringComparison.Ordinal)));
        Assert.Contains("…0100", body, StringComparison.Ordinal);
        Assert.DoesNotContain(Other.Iban, body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void People_of_the_provider_are_told_once_in_the_application_while_the_change_can_be_stopped(bool postgres)
    {
        using var trial = new TrialInbox(postgres);
        var bank = BankStore.Of(trial.Folder, trial.Desk, TheLaw.Book);
        bank.Confirm("user:2", bank.Propose("user:1", Old));
        int Round() => new InboxRound(trial.Inbox, trial.Cases, trial.Desk, _ => trial.Terms, (now, users) => BankNotes.Of(bank.Changed(now - BankNotes.Window), now, users)).Run();
        Assert.Equal(0, Round());

        trial.MoveTo("2025-09-16 10:00");
        bank.Confirm("user:2", bank.Propose("user:1", Other));
        Assert.Equal((1, 0), (Round(), Round()));
        Assert.Equal([NoteKind.BankDetailsChange], trial.Told(trial.OfProvider));
        Assert.Empty(trial.Told(trial.Head));
        Assert.Contains("…0100", NoteText.Of(trial.Inbox.Of(trial.OfProvider, 1)[0]).Ru, StringComparison.Ordinal);
        var third = bank.Propose("user:1", Old with { Bic = "KZTESTKAXXX" });
        bank.Confirm("user:2", third);
        bank.Withdraw("user:3", third, "the provider did not ask");
        Assert.Equal(0, Round());
    }

    [Fact]
    public async Task What_the_post_refused_is_sent_by_a_later_round()
    {
        using var trial = new TrialInbox();
        await using var server = new SmtpListener { Refuses = true };
        var bank = BankStore.Of(trial.Folder, trial.Desk, TheLaw.Book);
        Write(trial, "head@clinic.kz");
        bank.Confirm("user:2", bank.Propose("user:1", Old));
        trial.MoveTo("2025-09-16 10:00");
        bank.Confirm("user:2", bank.Propose("user:1", Other));
        await Assert.ThrowsAsync<IOException>(() => Letters(trial, server).RunAsync(TestContext.Current.CancellationToken));

        server.Refuses = false;
        Assert.Equal((1, 0), (await Letters(trial, server).RunAsync(TestContext.Current.CancellationToken), await Letters(trial, server).RunAsync(TestContext.Current.CancellationToken)));
    }

    private static void Write(TrialInbox trial, string mail) => trial.Inbox.Change(trial.OfProvider, s => s.Mail = mail);

    private static BankLetters Letters(TrialInbox trial, SmtpListener server) =>
        new(trial.Inbox, trial.Desk, BankStore.Of(trial.Folder, trial.Desk, TheLaw.Book), new("127.0.0.1", server.Port, "kepil@example.kz", false, null, null), "https://kepil.example");
}
