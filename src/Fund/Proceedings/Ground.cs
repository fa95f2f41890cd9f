using Kepil.Law;

namespace Kepil.Fund.Proceedings;

/// <summary>Why something was decided as it was: the provision, its edition, what was looked at, what followed.</summary>
/// <param name="Paragraph">The provision that was applied.</param>
/// <param name="Edition">First day of the edition that was applied.</param>
/// <param name="Inputs">Facts and policies that had a say, by name.</param>
/// <param name="Outcome">Code word of what followed.</param>
public sealed record Ground(Citation Paragraph, DateOnly Edition, IReadOnlyDictionary<string, string> Inputs, string Outcome)
{
    public static Ground Of(string paragraph, Terms terms, string outcome, params ReadOnlySpan<(string Name, string Value)> inputs)
    {
        var noted = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in inputs)
        {
            noted[name] = value;
        }

        return new(Citation.Parse(paragraph), terms.Edition, noted, outcome);
    }

    public bool Equals(Ground? other) =>
        other is not null && Paragraph == other.Paragraph && Edition == other.Edition && Outcome == other.Outcome
        && Inputs.OrderBy(i => i.Key, StringComparer.Ordinal).SequenceEqual(other.Inputs.OrderBy(i => i.Key, StringComparer.Ordinal));

    public override int GetHashCode() => HashCode.Combine(Paragraph, Edition, Outcome, Inputs.Count);
}
