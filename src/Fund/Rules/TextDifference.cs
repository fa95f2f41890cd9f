namespace Kepil.Fund.Rules;

/// <summary>What became of a line.</summary>
public enum LineState
{
    Kept,
    Removed,
    Added,

    /// <summary>Unchanged lines that are left out.</summary>
    Skipped,
}

/// <summary>How one text differs from another, line by line, with a few lines around each change.</summary>
public static class TextDifference
{
    private const int Around = 2;

    /// <summary>Nothing when the texts are the same.</summary>
    public static IReadOnlyList<(LineState State, string Line)> Between(string before, string after)
    {
        var (old, now) = (before.TrimEnd('\n').Split('\n'), after.TrimEnd('\n').Split('\n'));
        // Length of the longest run of lines that both have in this order, from each place on.
        var common = new int[old.Length + 1, now.Length + 1];
        for (var i = old.Length - 1; i >= 0; i--)
        {
            for (var j = now.Length - 1; j >= 0; j--)
            {
                common[i, j] = old[i] == now[j] ? common[i + 1, j + 1] + 1 : Math.Max(common[i + 1, j], common[i, j + 1]);
            }
        }

        var all = new List<(LineState State, string Line)>();
        var (a, b) = (0, 0);
        while (a < old.Length || b < now.Length)
        {
            if (a < old.Length && b < now.Length && old[a] == now[b])
            {
                all.Add((LineState.Kept, old[a]));
                (a, b) = (a + 1, b + 1);
            }
            else if (b == now.Length || (a < old.Length && common[a + 1, b] >= common[a, b + 1]))
            {
                all.Add((LineState.Removed, old[a++]));
            }
            else
            {
                all.Add((LineState.Added, now[b++]));
            }
        }

        return all.TrueForAll(l => l.State == LineState.Kept) ? [] : Shortened(all);
    }

    private static List<(LineState State, string Line)> Shortened(List<(LineState State, string Line)> all)
    {
        var near = new bool[all.Count];
        for (var i = 0; i < all.Count; i++)
        {
            for (var j = Math.Max(0, i - Around); all[i].State != LineState.Kept && j <= Math.Min(all.Count - 1, i + Around); j++)
            {
                near[j] = true;
            }
        }

        var shown = new List<(LineState State, string Line)>();
        for (var i = 0; i < all.Count; i++)
        {
            if (near[i])
            {
                shown.Add(all[i]);
            }
            else if (shown.Count == 0 || shown[^1].State != LineState.Skipped)
            {
                shown.Add((LineState.Skipped, "…"));
            }
        }

        return shown;
    }
}
