using System.Data.Common;
using System.Net.Mail;
using System.Net.Sockets;
using Microsoft.EntityFrameworkCore;

namespace Kepil.Fund.Inbox;

/// <summary>Tells users again and again while the pages are open, and sends the letters of the day where an SMTP server is named.</summary>
public sealed class InboxRounds : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    private readonly CancellationTokenSource _over = new();
    private readonly Task _rounds;

    /// <param name="digest">Nothing where no letters are sent.</param>
    /// <param name="failed">Told why a round broke off; the next one comes all the same.</param>
    /// <param name="letters">What else is told by letter.</param>
    public InboxRounds(InboxRound round, DailyDigest? digest, TimeProvider clock, Action<string> failed, BankLetters? letters = null) => _rounds = Task.Run(async () =>
    {
        using var timer = new PeriodicTimer(Pause, clock);
        do
        {
            try
            {
                round.Run();
                if (letters is not null)
                {
                    await letters.RunAsync(_over.Token);
                }

                if (digest is not null)
                {
                    await digest.RunAsync(_over.Token);
                }
            }
            catch (Exception e) when (e is DbException or DbUpdateException or SmtpException or SocketException or IOException or InvalidOperationException)
            {
                failed(e.Message);
            }
        }
        while (await timer.WaitForNextTickAsync(_over.Token));
    });

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        try
        {
            await _rounds;
        }
        catch (OperationCanceledException)
        {
            // This is how the rounds end.
        }

        _over.Dispose();
    }
}
