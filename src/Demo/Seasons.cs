using System.Globalization;

namespace Kepil.Demo;

/// <summary>How often something befalls people in a calendar month, in per cent of what is usual over the year. The shares are invented, plausible in size only.</summary>
public static class Seasons
{
    /// <summary>No share is above it: of so many tries one that is usual all year round succeeds a hundred times.</summary>
    private const int Most = 200;

    private static readonly List<(string What, string First, string Last, int From, int[] Shares)> Table = [.. Catalogue.Rows("seasons.csv", 17).Select(r => (
        r[0], r[1], r[2], DateOnly.ParseExact(r[3], "yyyy-MM-dd", CultureInfo.InvariantCulture).DayNumber,
        r[4..16].Select(s => int.Parse(s, CultureInfo.InvariantCulture)).ToArray()))];

    private static readonly List<(int From, int[] Shares)>[] OfIllness = [.. Catalogue.Country.Illnesses.Select(i => Of(i.Code))];

    private static readonly List<(int From, int[] Shares)> Screened = [.. Table.Where(t => t.What == "screening").Select(t => (t.From, t.Shares))];

    /// <summary>Share of a diagnosis on a day: 100 is usual.</summary>
    public static int ShareOf(string code, DateOnly day) => On(Of(code), day.DayNumber);

    /// <summary>Share of preventive examinations on a day: 100 is usual.</summary>
    public static int ShareOfScreening(DateOnly day) => On(Screened, day.DayNumber);

    /// <summary>Whether the season allows a diagnosis that chance has named.</summary>
    internal static bool Allow(int illness, int day, ref Dice dice) => dice.Below(Most) < On(OfIllness[illness], day);

    /// <summary>Whether the season allows an examination that chance has named.</summary>
    internal static bool AllowScreening(int day, ref Dice dice) => dice.Below(Most) < On(Screened, day);

    private static List<(int From, int[] Shares)> Of(string code) =>
        [.. Table.Where(t => t.First.Length > 0 && string.CompareOrdinal(code, t.First) >= 0 && string.CompareOrdinal(code[..Math.Min(code.Length, t.Last.Length)], t.Last) <= 0).OrderBy(t => t.From).Select(t => (t.From, t.Shares))];

    private static int On(List<(int From, int[] Shares)> editions, int day)
    {
        for (var i = editions.Count - 1; i >= 0; i--)
        {
            if (editions[i].From <= day)
            {
                return editions[i].Shares[DateOnly.FromDayNumber(day).Month - 1];
            }
        }

        return 100;
    }
}
