using System.Collections.Concurrent;
using System.Globalization;
using Kepil.Law;

namespace Kepil.Fund.Proceedings;

/// <summary>The terms of each day, made once for the outages that are confirmed.</summary>
/// <param name="law">The law folder.</param>
/// <param name="outages">Outages that letters of the Fund confirmed so far; nothing where there is no fund, as in a trial of rules.</param>
public sealed class TermsByDay(LawBook law, Func<IReadOnlyList<Outage>>? outages = null)
{
    private readonly ConcurrentDictionary<(DateOnly Day, string Outages), Terms> _made = [];

    public Terms At(DateTimeOffset moment)
    {
        var known = outages?.Invoke() ?? [];
        var key = string.Join(';', known.Select(o => string.Create(CultureInfo.InvariantCulture, $"{o.From.ToUnixTimeMilliseconds()}-{o.To.ToUnixTimeMilliseconds()} {o.LetterOn:yyyyMMdd} {o.LetterNumber}")));
        return _made.GetOrAdd((LocalDay.Of(moment), key), made => new Terms(law, made.Day, known));
    }
}
