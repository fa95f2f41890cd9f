using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;
using AngleSharp.Html.Parser;
using Kepil.Tests.Pages;

namespace Kepil.Tests.Reviews;

/// <summary>Everything that a signed-in reader is answered: each page that his pages lead to, its files, and the answers to what he sends.</summary>
/// <param name="asked">Addresses from which the reader begins; those of a reviewer without it.</param>
/// <param name="own">Where the reader's own affairs are, whose links are followed.</param>
internal sealed partial class SeenByReader(PagesHost host, IReadOnlyList<string>? asked = null, IReadOnlyList<string>? own = null)
{
    /// <summary>Addresses that are tried although no page leads there.</summary>
    private static readonly string[] Asked =
    [
        "/", "/desk", "/inbox", "/account", "/board", "/board/load.xlsx", "/office", "/journal", "/users", "/search?q=1", "/rules", "/lists", "/access", "/api/proceedings?month=2026-10", "/api/proceedings/1", "/openapi/v1.json",
        "/months/2026-10", "/desk?view=first", "/desk?view=second", "/desk?view=overdue", "/desk/1", "/desk/bulk?case=1",
    ];

    /// <summary>Where a reader's own affairs are.</summary>
    private static readonly string[] Own = ["/desk", "/inbox", "/findings", "/account", "/board", "/calendar", "/search", "/access"];

    private readonly SortedDictionary<string, string> _answers = new(StringComparer.Ordinal);

    /// <summary>The answers by what was asked: the status, the heads that depend on the content, and the bytes.</summary>
    public IReadOnlyDictionary<string, string> Answers => _answers;

    /// <summary>Follows every link from the first pages on.</summary>
    /// <param name="id">A case that lies with the reader.</param>
    public async Task FollowAsync(HttpClient reader, long id)
    {
        var open = new Queue<string>(asked ?? [.. Asked, FormattableString.Invariant($"/desk/{id}"), FormattableString.Invariant($"/desk/bulk?case={id}")]);
        while (open.TryDequeue(out var path))
        {
            if (_answers.ContainsKey("GET " + path))
            {
                continue;
            }

            using var answer = await reader.GetAsync(new Uri(path, UriKind.Relative));
            var bytes = await NoteAsync("GET " + path, answer, null);
            if (answer.Content.Headers.ContentType?.MediaType != "text/html")
            {
                continue;
            }

            foreach (var link in new HtmlParser().ParseDocument(Encoding.UTF8.GetString(bytes)).QuerySelectorAll("[href], [src]"))
            {
                // The texts of the law and the sums of a month are the same for everybody and many.
                if ((link.GetAttribute("href") ?? link.GetAttribute("src")) is { } to && (own ?? Own).Any(begins => to.StartsWith(begins, StringComparison.Ordinal)))
                {
                    open.Enqueue(to.Split('#')[0]);
                }
            }
        }
    }

    /// <summary>Sends a form of the reader and notes what comes back.</summary>
    public async Task SendAsync(HttpClient reader, string page, string action, params (string Name, string Value)[] fields)
    {
        using var answer = await PagesHost.SendAsync(reader, page, action, fields);
        await NoteAsync("POST " + action, answer);
    }

    /// <summary>Notes an answer that a program got which sends no forms.</summary>
    public Task NoteAsync(string what, HttpResponseMessage answer) => NoteAsync(what, answer, null);

    /// <summary>Fetches a file whose address is drawn anew each time, and notes it under a name of its own.</summary>
    public async Task FetchAsync(HttpClient reader, string name, string path)
    {
        using var answer = await reader.GetAsync(new Uri(path, UriKind.Relative));
        await NoteAsync("GET " + name, answer, name);
    }

    private async Task<byte[]> NoteAsync(string what, HttpResponseMessage answer, string? path)
    {
        var bytes = await answer.Content.ReadAsByteArrayAsync();
        var heads = answer.Headers.Concat(answer.Content.Headers)
            .Where(h => h.Key is not ("Date" or "Set-Cookie" or "Content-Length" or "Transfer-Encoding")).OrderBy(h => h.Key, StringComparer.Ordinal).Select(h => $"{h.Key}: {string.Join(", ", h.Value)}");
        _answers[what] = Plain($"{(int)answer.StatusCode} {path ?? answer.RequestMessage!.RequestUri!.PathAndQuery}\n{string.Join('\n', heads)}\n\n{TextOf(bytes, answer.Content.Headers.ContentType)}");
        return bytes;
    }

    private static string TextOf(byte[] bytes, MediaTypeHeaderValue? type) =>
        type?.MediaType is { } media && (media.StartsWith("text/", StringComparison.Ordinal) || media.EndsWith("json", StringComparison.Ordinal)) ? Encoding.UTF8.GetString(bytes)
        : bytes.AsSpan().StartsWith("PK\x03\x04"u8) ? PartsOf(bytes)
        : Convert.ToHexString(bytes);

    /// <summary>The parts of a spreadsheet in their order; the package itself says when it was asked for, which the reader knows.</summary>
    private static string PartsOf(byte[] bytes)
    {
        using var book = new ZipArchive(new MemoryStream(bytes));
        return string.Join('\n', book.Entries.Select(entry =>
        {
            using var part = new StreamReader(entry.Open());
            return $"{entry.FullName}\n{part.ReadToEnd()}";
        }));
    }

    /// <summary>Takes out what is drawn anew for each answer, among it the names of parts within a spreadsheet, check codes of papers with the head of the journal on them, and the port.</summary>
    private string Plain(string text) => Version().Replace(Drawn().Replace(text, "drawn"), "version=\"v\"").Replace(host.Address.Authority, "host", StringComparison.Ordinal);

    [GeneratedRegex("CfDJ8[A-Za-z0-9_-]+|(?<![0-9a-f])[0-9a-f]{32}(?![0-9a-f])|(?<=\")R[0-9a-f]{16}(?=\")|(?<=nonce[-=]\"?)[A-Za-z0-9+/=]{20,}|(?<![0-9A-Z])[0-9A-Z]{5}(-[0-9A-Z]{5}){3}(?![0-9A-Z])|(?<=журналының соңғы буыны:.{0,1200})(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])", RegexOptions.Singleline)]
    private static partial Regex Drawn();

    /// <summary>A version is always as long and never a number of anything.</summary>
    [GeneratedRegex("(?:data-version|name=\"version[0-9]*\" value)=\"[0-9a-f]{24}\"")]
    private static partial Regex Version();
}
