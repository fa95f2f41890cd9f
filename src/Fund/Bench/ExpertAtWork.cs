using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;

namespace Kepil.Fund.Bench;

/// <summary>How long requests of each kind took, and what went wrong.</summary>
internal sealed class RequestTimes
{
    private readonly ConcurrentQueue<(string Kind, double Milliseconds)> _times = [];
    private readonly ConcurrentQueue<string> _wrong = [];

    public int Count => _times.Count;

    public int Wrong => _wrong.Count;

    public void Add(string kind, double milliseconds) => _times.Enqueue((kind, milliseconds));

    /// <summary>Forgets what was before: from now on it counts. Errors are never forgotten.</summary>
    public void Begin() => _times.Clear();

    public void Fail(string what) => _wrong.Enqueue(what);

    public void Print()
    {
        foreach (var kind in _times.GroupBy(t => t.Kind).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => (Name: g.Key, Times: g.Select(t => t.Milliseconds).Order().ToList())).Append((Name: "all", Times: _times.Select(t => t.Milliseconds).Order().ToList())))
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {kind.Name,-10} p50 {At(kind.Times, 50),7:0.0} ms   p95 {At(kind.Times, 95),7:0.0} ms   p99 {At(kind.Times, 99),7:0.0} ms   slowest {At(kind.Times, 100),7:0.0} ms   ({kind.Times.Count})"));
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  errors: {_wrong.Count}"));
        foreach (var wrong in _wrong.GroupBy(w => w).OrderByDescending(g => g.Count()).Take(5))
        {
            Console.WriteLine($"    {wrong.Count()} × {wrong.Key}");
        }
    }

    private static double At(List<double> sorted, int percent) => sorted.Count == 0 ? 0 : sorted[Math.Min(sorted.Count - 1, sorted.Count * percent / 100)];
}

/// <summary>One expert with a browser: opens the queue, reads a case, writes reasons that save themselves, decides, goes to the next, with the pauses of a person between.</summary>
internal sealed class ExpertAtWork
{
    private readonly HttpClient _browser;
    private readonly long _user;
    private readonly TimeSpan _think;
    private readonly Random _random;
    private readonly RequestTimes _times;

    public ExpertAtWork(Uri address, long user, TimeSpan think, Random random, RequestTimes times)
    {
        _browser = new(new SocketsHttpHandler { AllowAutoRedirect = false, AutomaticDecompression = DecompressionMethods.All }) { BaseAddress = address };
        (_user, _think, _random, _times) = (user, think, random, times);
    }

    public async Task SignInAsync()
    {
        var page = await _browser.GetStringAsync(new Uri("/demo-sign-in", UriKind.Relative));
        using var answer = await _browser.PostAsync(new Uri("/demo-sign-in", UriKind.Relative), Form(("user", _user.ToString(CultureInfo.InvariantCulture)), ("to", "/desk"), ("__RequestVerificationToken", Token(page))));
        if (answer.StatusCode != HttpStatusCode.Redirect)
        {
            throw new InvalidOperationException($"User {_user} could not sign in: {answer.StatusCode}");
        }
    }

    /// <param name="until">A timestamp of the system's clock.</param>
    public async Task WorkAsync(long until)
    {
        bool Over() => TimeProvider.System.GetTimestamp() >= until;
        // They did not all come at the same second.
        await PauseAsync(_random.NextDouble() * 2);
        while (!Over())
        {
            var page = await GetAsync("queue", "/desk");
            for (var n = 0; n < 5 && !Over() && page is not null && Regex.Match(page, "id=\"panes\"[^>]*data-case=\"(\\d+)\"") is { Success: true } open; n++)
            {
                var id = open.Groups[1].Value;
                if (n == 0 && Regex.Matches(page, "<tr [^>]*data-case=\"(\\d+)\"") is { Count: > 1 } rows)
                {
                    await PauseAsync();
                    id = rows[_random.Next(Math.Min(rows.Count, 10))].Groups[1].Value;
                    page = await GetAsync("case", "/desk/" + id);
                }

                page = page is null || Over() ? null : await DecideAsync(page, id, Over);
            }

            await PauseAsync();
        }
    }

    /// <summary>Writes reasons, which are kept on the way, and decides. Gives the page that follows.</summary>
    private async Task<string?> DecideAsync(string page, string id, Func<bool> over)
    {
        await PauseAsync();
        if (over() || !Regex.IsMatch(page, "<form class=\"decision\""))
        {
            return null;
        }

        (string, string)[] written = [("reasons", "Жазбалар қызметтің көрсетілгенін растамайды."), ("version", Hidden(page, "version")), ("__RequestVerificationToken", Token(page))];
        using (var saved = await SendAsync("draft", $"/desk/{id}/draft", [.. written, ("since", Hidden(page, "since"))], quiet: true))
        {
        }

        await PauseAsync();
        using var answer = await SendAsync("decision", $"/desk/{id}/decision", [.. written, ("phrase", ""), ("outcome", _random.Next(3) == 0 ? "reject" : "confirm")], quiet: false);
        return answer?.Headers.Location is { } next ? await GetAsync("case", next.ToString()) : null;
    }

    private async Task<string?> GetAsync(string kind, string address)
    {
        var started = Stopwatch.GetTimestamp();
        using var answer = await TryAsync(kind, () => _browser.GetAsync(new Uri(address, UriKind.Relative)));
        if (answer is null)
        {
            return null;
        }

        var text = await answer.Content.ReadAsStringAsync();
        _times.Add(kind, Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        if (answer.StatusCode == HttpStatusCode.Redirect)
        {
            return await GetAsync("queue", answer.Headers.Location!.ToString());
        }

        if (answer.StatusCode != HttpStatusCode.OK)
        {
            _times.Fail($"{kind}: {(int)answer.StatusCode}");
            return null;
        }

        return text;
    }

    private async Task<HttpResponseMessage?> SendAsync(string kind, string address, IReadOnlyList<(string Name, string Value)> fields, bool quiet)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(address, UriKind.Relative)) { Content = Multipart(fields) };
        if (quiet)
        {
            request.Headers.Accept.ParseAdd("text/plain");
        }

        var started = Stopwatch.GetTimestamp();
        var answer = await TryAsync(kind, () => _browser.SendAsync(request));
        _times.Add(kind, Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        if (answer is not null && (answer.StatusCode != (quiet ? HttpStatusCode.OK : HttpStatusCode.Redirect) || answer.Headers.Location?.ToString().Contains("said=", StringComparison.Ordinal) == true))
        {
            _times.Fail($"{kind}: {(int)answer.StatusCode} {Regex.Replace(answer.Headers.Location?.ToString() ?? "", "\\d+", "N")}");
        }

        return answer;
    }

    private async Task<HttpResponseMessage?> TryAsync(string kind, Func<Task<HttpResponseMessage>> ask)
    {
        try
        {
            return await ask();
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            _times.Fail($"{kind}: {e.Message}");
            return null;
        }
    }

    /// <summary>A person reads and thinks: half to one and a half times the average.</summary>
    private async Task PauseAsync(double times = 1)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(1 + (_think.TotalMilliseconds * times * (0.5 + _random.NextDouble()))));
        await timer.WaitForNextTickAsync();
    }

    private static FormUrlEncodedContent Form(params (string Name, string Value)[] fields) => new(fields.Select(f => KeyValuePair.Create(f.Name, f.Value)));

    private static MultipartFormDataContent Multipart(IReadOnlyList<(string Name, string Value)> fields)
    {
        var form = new MultipartFormDataContent();
        foreach (var (name, value) in fields)
        {
            form.Add(new StringContent(value), name);
        }

        return form;
    }

    private static string Token(string page) => Regex.Match(page, "name=\"__RequestVerificationToken\"[^>]*value=\"([^\"]+)\"").Groups[1].Value;

    private static string Hidden(string page, string name) => Regex.Match(page, $"name=\"{name}\" value=\"([^\"]*)\"").Groups[1].Value;
}
