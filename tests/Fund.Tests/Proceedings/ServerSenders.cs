using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Kepil.Fund.Proceedings;

namespace Kepil.Tests.Proceedings;

/// <summary>Somebody who sends to a server that is killed meanwhile: what had no answer is sent again, in the same words, to the server's next life.</summary>
internal abstract class Sender
{
    protected HttpClient Client { get; } = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, AutomaticDecompression = DecompressionMethods.All }) { Timeout = TimeSpan.FromSeconds(30) };

    /// <summary>Answers that nobody should get.</summary>
    public ConcurrentQueue<string> Wrong { get; } = [];

    /// <summary>Requests that a kill cut off.</summary>
    public int CutOff { get; private set; }

    /// <summary>Sends until there is no next life, or nothing to send.</summary>
    public async Task WorkAsync(Task<ServerLife?> first)
    {
        for (var life = await first; life is not null; life = await life.Next.Task)
        {
            Client.BaseAddress ??= life.Address;
            try
            {
                while (!life.Ended.IsCompleted && await StepAsync(life))
                {
                }
            }
            catch (Exception e) when (e is HttpRequestException or IOException or TaskCanceledException)
            {
                CutOff++;
            }

            await life.Ended;
        }
    }

    /// <summary>One act; false when there is nothing more to do in this life.</summary>
    protected abstract Task<bool> StepAsync(ServerLife life);
}

/// <summary>A hospital's system: objects to findings, each with a word of its own.</summary>
internal sealed class SendingSystem : Sender
{
    private readonly Queue<long> _cases;
    private readonly string _name;
    private readonly Random _dice;
    private readonly List<long> _answered = [];

    public SendingSystem(string name, string key, IEnumerable<long> cases, Random dice)
    {
        (_name, _cases, _dice) = (name, new(cases), dice);
        Client.DefaultRequestHeaders.Authorization = new("Bearer", key);
    }

    /// <summary>The answer to each case that was objected to.</summary>
    public Dictionary<long, string> Answers { get; } = [];

    public string WordOf(long id) => FormattableString.Invariant($"{_name}-{id}");

    protected override async Task<bool> StepAsync(ServerLife life)
    {
        if (_answered.Count > 0 && _dice.Next(4) == 0)
        {
            // Asked again for what was answered long ago, perhaps before a kill: the same word, the same answer.
            var old = _answered[_dice.Next(_answered.Count)];
            if (await ObjectAsync(old) is { } again && again != Answers[old])
            {
                Wrong.Enqueue($"case {old} was answered {Answers[old]} and then {again}");
            }

            return true;
        }

        if (!_cases.TryPeek(out var id))
        {
            return false;
        }

        if (await ObjectAsync(id) is { } answer)
        {
            Answers[id] = answer;
            _answered.Add(id);
            _cases.Dequeue();
            life.Answered();
        }

        return true;
    }

    private async Task<string?> ObjectAsync(long id)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, FormattableString.Invariant($"/api/proceedings/{id}/objection")) { Content = JsonContent.Create(new SentAct("the record shows the visit", [new("card.pdf", [.. "%PDF-"u8, (byte)(id % 251)], null, true)])) };
        request.Headers.Add("Idempotency-Key", WordOf(id));
        using var answer = await Client.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        if (answer.StatusCode == HttpStatusCode.ServiceUnavailable)
        {
            return null;
        }

        if (answer.StatusCode != HttpStatusCode.OK)
        {
            Wrong.Enqueue($"case {id}: {(int)answer.StatusCode} {text}");
        }

        return text;
    }
}

/// <summary>An expert at the desk: opens the first case of the queue and decides.</summary>
internal sealed class DecidingExpert(long user, Random dice) : Sender
{
    private bool _signedIn;
    private (long Case, Dictionary<string, string> Form)? _unanswered;

    /// <summary>Cases on which the server said that the decision was taken.</summary>
    public List<long> Taken { get; } = [];

    /// <summary>Cases for which the answer was lost and the same form was sent again.</summary>
    public List<long> Repeated { get; } = [];

    protected override async Task<bool> StepAsync(ServerLife life)
    {
        if (!_signedIn)
        {
            var door = await Client.GetStringAsync(new Uri("/demo-sign-in", UriKind.Relative));
            using var welcome = await Client.PostAsync(new Uri("/demo-sign-in", UriKind.Relative), new FormUrlEncodedContent([new("user", user.ToString(CultureInfo.InvariantCulture)), new("to", "/desk"), new("__RequestVerificationToken", Token(door))]));
            _signedIn = welcome.StatusCode == HttpStatusCode.Redirect;
            return _signedIn;
        }

        if (_unanswered is { } lost)
        {
            Repeated.Add(lost.Case);
            await DecideAsync(lost.Case, lost.Form, again: true);
            life.Answered();
            return true;
        }

        using var answer = await Client.GetAsync(new Uri("/desk", UriKind.Relative));
        var page = await answer.Content.ReadAsStringAsync();
        if (answer.StatusCode != HttpStatusCode.OK)
        {
            Wrong.Enqueue($"the desk: {(int)answer.StatusCode}");
            return false;
        }

        if (Regex.Match(page, "id=\"panes\"[^>]*data-case=\"(\\d+)\"") is not { Success: true } open)
        {
            return true;
        }

        await DecideAsync(long.Parse(open.Groups[1].Value, CultureInfo.InvariantCulture), new()
        {
            ["reasons"] = "Жазбалар қызметтің көрсетілгенін растамайды.",
            ["version"] = Regex.Match(page, "name=\"version\" value=\"([^\"]*)\"").Groups[1].Value,
            ["outcome"] = dice.Next(3) == 0 ? "reject" : "confirm",
            ["__RequestVerificationToken"] = Token(page),
        }, again: false);
        life.Answered();
        return true;
    }

    private async Task DecideAsync(long id, Dictionary<string, string> form, bool again)
    {
        _unanswered = (id, form);
        using var sent = new MultipartFormDataContent();
        foreach (var (name, value) in form)
        {
            sent.Add(new StringContent(value), name);
        }

        using var answer = await Client.PostAsync(new Uri(FormattableString.Invariant($"/desk/{id}/decision"), UriKind.Relative), sent);
        _unanswered = null;
        var to = answer.Headers.Location?.ToString() ?? "";
        if (answer.StatusCode == HttpStatusCode.Redirect && !to.Contains("said=", StringComparison.Ordinal))
        {
            Taken.Add(id);
        }
        else if (!again || !to.Contains("said=changed", StringComparison.Ordinal) && !to.Contains("said=gone", StringComparison.Ordinal))
        {
            // The same form a second time may only be told that the case is another by now.
            Wrong.Enqueue($"case {id}{(again ? " again" : "")}: {(int)answer.StatusCode} {to}");
        }
    }

    private static string Token(string page) => Regex.Match(page, "name=\"__RequestVerificationToken\"[^>]*value=\"([^\"]+)\"").Groups[1].Value;
}
