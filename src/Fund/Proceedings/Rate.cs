namespace Kepil.Fund.Proceedings;

/// <summary>How often something came out so: a part of a whole, with the interval in which the true share lies with 95 percent (Wilson).</summary>
public readonly record struct Rate(long Part, long Whole)
{
    /// <summary>The quantile of the normal distribution for 95 percent, squared.</summary>
    private const decimal Square = 3.8416m;

    /// <summary>Lower end, from 0 to 1.</summary>
    public decimal Low => Whole == 0 ? 0 : Math.Max(0, Middle - Margin);

    /// <summary>Upper end, from 0 to 1.</summary>
    public decimal High => Whole == 0 ? 1 : Math.Min(1, Middle + Margin);

    /// <summary>The share itself, from 0 to 1.</summary>
    public decimal Share => Whole == 0 ? 0 : (decimal)Part / Whole;

    private decimal Middle => (Share + (Square / (2m * Whole))) / (1 + (Square / Whole));

    private decimal Margin => Root(Square * ((Share * (1 - Share) / Whole) + (Square / (4m * Whole * Whole)))) / (1 + (Square / Whole));

    public static Rate operator +(Rate one, Rate other) => new(one.Part + other.Part, one.Whole + other.Whole);

    private static decimal Root(decimal square)
    {
        if (square <= 0)
        {
            return 0;
        }

        var root = Math.Max(square, 1);
        for (var i = 0; i < 40; i++)
        {
            root = (root + (square / root)) / 2;
        }

        return root;
    }
}
