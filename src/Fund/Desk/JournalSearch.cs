namespace Kepil.Fund.Desk;

/// <summary>What is looked for in the journal; what is left empty does not matter.</summary>
/// <param name="Actor">Who, as the journal calls him.</param>
/// <param name="Act">What was done or seen.</param>
/// <param name="Subject">A part of what it was done on.</param>
/// <param name="From">Not before this moment.</param>
/// <param name="To">Before this moment.</param>
/// <param name="Subjects">One of these, as whole words, or an address below one: what belongs to a person.</param>
/// <param name="Number">Or a number in the detail: what was searched for.</param>
public sealed record JournalSearch(string? Actor, string? Act, string? Subject, DateTimeOffset? From, DateTimeOffset? To, IReadOnlyList<string>? Subjects = null, string? Number = null)
{
    /// <summary>The condition in SQL with the values of its places, the first of which has this number.</summary>
    public (string Sql, IReadOnlyList<object?> Values) Condition(int first)
    {
        var (parts, values) = (new List<string>(), new List<object?>());
        string Place(object? value)
        {
            values.Add(value);
            return "@p" + (first + values.Count - 1).ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        void Add(string? value, Func<string, string> part)
        {
            if (!string.IsNullOrWhiteSpace(value))
            {
                parts.Add(part(value.Trim()));
            }
        }

        Add(Actor, a => "actor = " + Place(a));
        Add(Act, a => "act = " + Place(a));
        Add(Subject, s => $"subject LIKE {Place($"%{Escaped(s)}%")} ESCAPE '!'");
        if (From is { } from)
        {
            parts.Add("at >= " + Place(from.ToUnixTimeMilliseconds()));
        }

        if (To is { } to)
        {
            parts.Add("at < " + Place(to.ToUnixTimeMilliseconds()));
        }

        if (Subjects is not null)
        {
            var inDetail = Number is null ? "" : $" OR detail LIKE {Place($"%{Escaped(Number)}%")} ESCAPE '!'";
            // A paper of a case is noted as desk/12/papers/…; what stands above it is found by taking away two parts at most.
            var places = string.Join(", ", Subjects.Select(s => Place(s)));
            var above = Above("subject");
            var among = Subjects.Count == 0 ? "1 = 0" : string.Join(" OR ", new[] { "subject", above, Above(above) }.Select(s => $"{s} IN ({places})"));
            parts.Add($"({among}{inDetail})");
        }

        return (parts.Count == 0 ? "1 = 1" : string.Join(" AND ", parts), values);
    }

    private static string Above(string address) => $"RTRIM(RTRIM({address}, REPLACE({address}, '/', '')), '/')";

    private static string Escaped(string text) => text.Replace("!", "!!", StringComparison.Ordinal).Replace("%", "!%", StringComparison.Ordinal).Replace("_", "!_", StringComparison.Ordinal);
}
