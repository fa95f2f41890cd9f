using System.Globalization;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using Kepil.Fund.Desk;
using Kepil.Tests.Pages;
using Xunit;

namespace Kepil.Tests.Office;

/// <summary>Somebody of the provider at the pages of its office, without scripts.</summary>
public sealed partial class OfficeReader(HttpClient client) : IDisposable
{
    public static async Task<OfficeReader> OfAsync(PagesHost host, Role role = Role.ProviderHead) => new(await host.ReaderAsync(role));

    public async Task<string> GetAsync(string path)
    {
        using var answer = await client.GetAsync(path + (path.Contains('?', StringComparison.Ordinal) ? "&" : "?") + "lang=en", TestContext.Current.CancellationToken);
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    public Task<HttpResponseMessage> AnswerAsync(string path) => client.GetAsync(path, TestContext.Current.CancellationToken);

    /// <summary>What an address tells from its first word to its last, as it comes.</summary>
    public async IAsyncEnumerable<string> FollowAsync(string path)
    {
        using var answer = await client.GetAsync(new Uri(path, UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        using var told = new StreamReader(await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
        while (await told.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            if (line.StartsWith("data:", StringComparison.Ordinal))
            {
                yield return line[5..].Trim();
            }
        }
    }

    /// <summary>Opens a page, fills its form and sends it; says where that led and what stood there.</summary>
    public async Task<(string Path, string Html)> SendAsync(string page, string action, params (string Name, string Value)[] fields)
    {
        var html = await GetAsync(page);
        using var form = new FormUrlEncodedContent([.. fields.Select(f => KeyValuePair.Create(f.Name, f.Value)), .. Hidden(html, fields)]);
        return await PostAsync(action, form);
    }

    /// <summary>Opens a page and presses the button of its form twice; says what stood there after each press.</summary>
    public async Task<IReadOnlyList<(string Path, string Html)>> PressTwiceAsync(string page, string action)
    {
        var html = await GetAsync(page);
        using var first = new FormUrlEncodedContent(Hidden(html, []));
        using var second = new FormUrlEncodedContent(Hidden(html, []));
        return [await PostAsync(action, first), await PostAsync(action, second)];
    }

    /// <summary>Opens a page and sends its form with a file.</summary>
    public async Task<(string Path, string Html)> BringAsync(string page, string action, string field, string name, byte[] content, params (string Name, string Value)[] fields)
    {
        var html = await GetAsync(page);
        using var form = new MultipartFormDataContent();
        foreach (var (key, value) in fields.Select(f => KeyValuePair.Create(f.Name, f.Value)).Concat(Hidden(html, fields)))
        {
            form.Add(new StringContent(value), key);
        }

        var file = new ByteArrayContent(content);
        file.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        form.Add(file, field, name);
        return await PostAsync(action, form);
    }

    public async Task<(string Path, string Html)> PostAsync(string action, HttpContent form)
    {
        using var answer = await client.PostAsync(new Uri(action, UriKind.Relative), form, TestContext.Current.CancellationToken);
        return (answer.RequestMessage!.RequestUri!.PathAndQuery, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    /// <summary>Writes an objection from the first question to the summary.</summary>
    public async Task WriteAsync(long id, string act = "objection", string reasons = "The visit stands in the card of 5 October, page 3.")
    {
        var address = string.Create(CultureInfo.InvariantCulture, $"/office/{id}/{act}");
        if (act.EndsWith("objection", StringComparison.Ordinal))
        {
            await SendAsync(address + "?step=what", address, ("topic", "done"), ("go", "next"));
        }

        await SendAsync(address + "?step=why", address, ("reasons", reasons), ("go", "next"));
    }

    /// <summary>Sends what the summary shows; says where that led.</summary>
    public Task<(string Path, string Html)> FinishAsync(long id, string act = "objection")
    {
        var address = string.Create(CultureInfo.InvariantCulture, $"/office/{id}/{act}");
        return SendAsync(address + "?step=check", address + "/send");
    }

    public void Dispose() => client.Dispose();

    /// <summary>What a browser sends of itself: the token, and hidden fields that the test does not set.</summary>
    private static IEnumerable<KeyValuePair<string, string>> Hidden(string html, (string Name, string Value)[] set)
    {
        var main = html[html.IndexOf("<main", StringComparison.Ordinal)..];
        return Field().Matches(main).Select(m => KeyValuePair.Create(m.Groups[1].Value, m.Groups[2].Value)).DistinctBy(f => f.Key).Where(f => set.All(s => s.Name != f.Key));
    }

    [GeneratedRegex("<input type=\"hidden\" name=\"([^\"]+)\" value=\"([^\"]*)\"")]
    private static partial Regex Field();
}
