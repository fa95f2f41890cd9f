using System.Text.Json;
using Kepil.Fund.Proceedings;
using Kepil.Fund.Unscheduled;
using Xunit;

namespace Kepil.Tests.Unscheduled;

/// <summary>All places that acts lead to from a start, one by one; the state that goes on is always the one that its stored events make, as after a restart.</summary>
/// <param name="decide">What the product answers to an act.</param>
/// <param name="apply">The state after an event.</param>
/// <param name="key">What tells two places apart.</param>
internal sealed class Explored<TState, TAct, TEvent>(
    Func<TState, TAct, Decided<TEvent>> decide, Func<TState?, TEvent, TState> apply, Func<TAct, DateTimeOffset> when, Func<TState, DateTimeOffset, string> key, Func<TState, bool> isFinal)
    where TState : class
{
    private readonly Dictionary<string, List<string>> _next = [];
    private readonly HashSet<string> _finals = [];

    public int Places => _next.Count;

    public int Steps => _next.Sum(n => n.Value.Count);

    /// <summary>The states in which something ended.</summary>
    public List<TState> Ended { get; } = [];

    /// <summary>Goes on from a state until nothing new is reached.</summary>
    /// <param name="acts">What anybody might do at a place.</param>
    /// <param name="holds">What holds at each place, with the events that led there.</param>
    public Explored<TState, TAct, TEvent> From(IReadOnlyList<TEvent> start, DateTimeOffset now, Func<TState, DateTimeOffset, IEnumerable<TAct>> acts, Action<TState, DateTimeOffset, IReadOnlyList<TEvent>> holds, int bound)
    {
        var first = start.Aggregate((TState?)null, Stored)!;
        var waiting = new Queue<(string Key, TState State, DateTimeOffset Now, IReadOnlyList<TEvent> History)>([(key(first, now), first, now, start)]);
        _next[key(first, now)] = [];
        while (waiting.TryDequeue(out var here))
        {
            Assert.True(_next.Count <= bound, $"more than {bound} places");
            holds(here.State, here.Now, here.History);
            var ways = 0;
            foreach (var act in acts(here.State, here.Now))
            {
                var step = decide(here.State, act);
                Assert.True(step.Refusal is null || step.Events.Count == 0, "an act was refused and done");
                if (step.Refusal is not null || step.Events.Count == 0)
                {
                    continue;
                }

                Assert.False(isFinal(here.State), $"{act!.GetType().Name} moved what has ended");
                var to = step.Events.Aggregate(here.State, (s, e) => apply(s, e));
                var there = key(to, when(act));
                // What leads back to the same place is no way on.
                ways += there == here.Key ? 0 : 1;
                _next[here.Key].Add(there);
                if (_next.TryAdd(there, []))
                {
                    var stored = step.Events.Aggregate((TState?)here.State, Stored)!;
                    Assert.Equal(Json(to), Json(stored));
                    waiting.Enqueue((there, stored, when(act), [.. here.History, .. step.Events]));
                }
            }

            if (isFinal(here.State))
            {
                _finals.Add(here.Key);
                Ended.Add(here.State);
            }
            else
            {
                Assert.True(ways > 0, $"no way on from {here.Key}");
            }
        }

        EveryoneGetsHome();
        return this;
    }

    /// <summary>From every place some way leads to an end.</summary>
    private void EveryoneGetsHome()
    {
        var home = new HashSet<string>(_finals);
        var back = _next.SelectMany(n => n.Value.Select(to => (n.Key, to))).ToLookup(s => s.to, s => s.Key);
        var queue = new Queue<string>(_finals);
        while (queue.TryDequeue(out var at))
        {
            foreach (var from in back[at].Where(home.Add))
            {
                queue.Enqueue(from);
            }
        }

        Assert.Empty(_next.Keys.Except(home));
    }

    private TState Stored(TState? state, TEvent happened) => apply(state, JsonSerializer.Deserialize<TEvent>(JsonSerializer.Serialize(happened, ProceedingJson.Options), ProceedingJson.Options)!);

    private static string Json(TState state) => JsonSerializer.Serialize(state, ProceedingJson.Options);
}
