using System.Collections.Concurrent;
using Kepil.Law;

namespace Kepil.Fund.Proceedings;

/// <summary>The terms of each day, made once.</summary>
public sealed class TermsByDay(LawBook law)
{
    private readonly ConcurrentDictionary<DateOnly, Terms> _made = [];

    public Terms At(DateTimeOffset moment) => _made.GetOrAdd(LocalDay.Of(moment), day => new Terms(law, day));
}
