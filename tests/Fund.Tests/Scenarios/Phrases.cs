using System.Text.RegularExpressions;

namespace Kepil.Tests.Scenarios;

/// <summary>A closed list of English phrases, each with what it does; an unknown one fails with the nearest known.</summary>
internal sealed class Phrases
{
    private readonly List<(string Pattern, Regex Shape, Action<string[]> Do)> known = [];

    /// <param name="pattern">The phrase with places in braces: "reduced by {sum} tenge".</param>
    public Phrases Add(string pattern, Action<string[]> act)
    {
        var shape = Regex.Replace(Regex.Escape(pattern), @"\\\{\w+}", "(.+?)");
        known.Add((pattern, new Regex($"^{shape}$"), act));
        return this;
    }

    public Phrases Add(string phrase, Action act) => Add(phrase, _ => act());

    public void Do(string text)
    {
        // The phrase with the most words of its own fits best: "reviewer from another region" before "reviewer {id}".
        var fitting = known.FindAll(k => k.Shape.IsMatch(text));
        if (fitting.Count > 0)
        {
            var (_, shape, act) = fitting.MaxBy(k => Regex.Replace(k.Pattern, @"\{\w+}", "").Length);
            act([.. shape.Match(text).Groups.Values.Skip(1).Select(g => g.Value)]);
            return;
        }

        throw new ScenarioException($"'{text}' is not a known phrase; the nearest one is '{known.MinBy(k => Distance(k.Pattern, text)).Pattern}'. All: {string.Join("; ", known.Select(k => k.Pattern))}.");
    }

    /// <summary>How many letters must change to make one text of the other.</summary>
    public static int Distance(string one, string other)
    {
        var row = Enumerable.Range(0, other.Length + 1).ToArray();
        for (var i = 1; i <= one.Length; i++)
        {
            var corner = row[0];
            row[0] = i;
            for (var j = 1; j <= other.Length; j++)
            {
                var above = row[j];
                row[j] = Math.Min(Math.Min(row[j] + 1, row[j - 1] + 1), corner + (one[i - 1] == other[j - 1] ? 0 : 1));
                corner = above;
            }
        }

        return row[^1];
    }
}
