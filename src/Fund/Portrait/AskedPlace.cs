using Kepil.Fund.Desk;

namespace Kepil.Fund.Portrait;

/// <summary>The place that a reader may look at: a branch and a local body their own and what lies in it.</summary>
public static class AskedPlace
{
    /// <param name="asked">Digits of the КАТО, or nothing: then all that the reader may see.</param>
    /// <param name="most">Digits of the smallest place that there is to see.</param>
    /// <returns>Digits of the place, nothing at all for the country; null when the place is another's.</returns>
    public static string? Of(Visitor visitor, Right right, string? asked, int most)
    {
        var place = asked is { Length: 2 or 4 or 6 } && asked.Length <= most && asked.All(char.IsAsciiDigit) ? asked : "";
        if (Rights.Of(right, visitor.Holder).HasFlag(Scope.All))
        {
            return place;
        }

        var own = visitor.User?.Region ?? "";
        place = place.Length == 0 ? own : place;
        return own.Length >= 2 && place.StartsWith(own, StringComparison.Ordinal) ? place : null;
    }

    /// <summary>Whether the reader may look at this place too.</summary>
    public static bool Sees(Visitor visitor, Right right, string place) => Of(visitor, right, place, 6) == place;
}
