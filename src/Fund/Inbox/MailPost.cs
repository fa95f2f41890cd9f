using System.Net;
using System.Net.Mail;
using System.Text;

namespace Kepil.Fund.Inbox;

/// <summary>The way by which letters leave: an SMTP server of the installation.</summary>
/// <param name="From">Sender's address.</param>
/// <param name="Tls">Whether the connection is turned into a sealed one (STARTTLS).</param>
public sealed record MailPost(string Host, int Port, string From, bool Tls, string? User, string? Password)
{
    /// <summary>The setting that names it: <c>smtp://user:password@host:587?from=kepil@example.kz&amp;tls=true</c>.</summary>
    public const string Setting = "KEPIL_SMTP";

    private const int Timeout = 20_000;

    /// <summary>Reads the setting; nothing when it is no such address.</summary>
    public static MailPost? Read(string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Scheme != "smtp" || uri.Host.Length == 0)
        {
            return null;
        }

        var query = Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(uri.Query);
        var from = query.TryGetValue("from", out var sender) ? sender.ToString() : "";
        if (!MailAddress.TryCreate(from, out _) || (query.TryGetValue("tls", out var tls) && tls.ToString() is not ("true" or "false")))
        {
            return null;
        }

        var person = uri.UserInfo.Split(':', 2);
        return new(uri.Host, uri.Port > 0 ? uri.Port : 25, from, tls.ToString() == "true", uri.UserInfo.Length == 0 ? null : Uri.UnescapeDataString(person[0]), person.Length < 2 ? null : Uri.UnescapeDataString(person[1]));
    }

    /// <exception cref="SmtpException">The server did not take the letter.</exception>
    public async Task SendAsync(string to, string subject, string body, string id, CancellationToken cancel)
    {
        using var client = new SmtpClient(Host, Port) { EnableSsl = Tls, Timeout = Timeout, Credentials = User is null ? null : new NetworkCredential(User, Password) };
        using var letter = new MailMessage(new MailAddress(From, "Кепіл", Encoding.UTF8), new MailAddress(to)) { Subject = subject, SubjectEncoding = Encoding.UTF8, Body = body, BodyEncoding = Encoding.UTF8 };
        letter.Headers.Add("Message-ID", id);
        letter.Headers.Add("Auto-Submitted", "auto-generated");
        await client.SendMailAsync(letter, cancel);
    }
}
