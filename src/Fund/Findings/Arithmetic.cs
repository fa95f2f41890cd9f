using System.Globalization;
using Kepil.Law;

namespace Kepil.Fund.Findings;

/// <summary>How the sum of a finding comes about: the cell of the classification times its base.</summary>
/// <param name="Number">The number in the cell, as printed: 300, 20 or 0,3.</param>
/// <param name="Unit">% or the unit of the multiple: КЖН/ЖБН, ЖБН, КЖН, КТ.</param>
/// <param name="Base">Tiyn of the line or of the norm.</param>
/// <param name="Sum">Tiyn by the table.</param>
/// <param name="Rounded">The exact product is no whole number of tiyn.</param>
public sealed record Arithmetic(string Number, string Unit, long Base, long Sum, bool Rounded)
{
    public bool IsShare => Unit == "%";

    /// <summary>By the policy cap the sum stopped at the cost of the line, below what the cell gives.</summary>
    public bool StopsAtCost { get; init; }

    /// <summary>The arithmetic of a cell; nothing for a cell without a number.</summary>
    [Law("MON-321:A1")]
    public static Arithmetic? Of(string cell, long baseSum, long sum)
    {
        var text = cell.Trim();
        var end = 0;
        while (end < text.Length && (char.IsAsciiDigit(text[end]) || text[end] is ',' or '.'))
        {
            end++;
        }

        if (end == 0 || !decimal.TryParse(text.AsSpan(0, end).ToString().Replace(',', '.'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
        {
            return null;
        }

        var unit = text[end..].Trim();
        var exact = unit == "%" ? baseSum * number / 100 : baseSum * number;
        return new Arithmetic(text[..end], unit, baseSum, sum, exact != decimal.Truncate(exact)) { StopsAtCost = exact >= sum + 1 };
    }
}
