using System.Globalization;

namespace Kepil.Law;

/// <summary>The monthly amounts per person that sanctions are multiples of.</summary>
public enum Norm
{
    /// <summary>КЖН/ЖБН: the complex per-capita norm, or the per-capita norm where the provider is paid by it.</summary>
    ComplexPerCapita,

    /// <summary>ЖБН: the per-capita norm of the ambulance.</summary>
    PerCapitaAmbulance,

    /// <summary>КЖН: the complex per-capita norm of a rural resident.</summary>
    RuralPerCapita,

    /// <summary>КТ: the complex tariff of medico-social care.</summary>
    ComplexTariff,
}

/// <summary>How norms are printed and where their amounts stand.</summary>
public static class Norms
{
    public static string Print(this Norm norm) => norm switch
    {
        Norm.ComplexPerCapita => "КЖН/ЖБН",
        Norm.PerCapitaAmbulance => "ЖБН",
        Norm.RuralPerCapita => "КЖН",
        _ => "КТ",
    };

    /// <summary>The parameter that holds the amount; primary care paid by the simple per-capita norm takes <c>per_capita_norm</c>.</summary>
    public static string Parameter(this Norm norm, CareForm form, bool paidByComplexNorm = true) => norm switch
    {
        Norm.ComplexPerCapita => paidByComplexNorm ? "complex_per_capita_norm" : "per_capita_norm",
        Norm.PerCapitaAmbulance => "ambulance_norm",
        Norm.RuralPerCapita => "rural_norm",
        _ => "complex_tariff_" + form.Word(),
    };
}

/// <summary>What annex 1 prints where a code meets a form of care.</summary>
[Law("MON-321:A1")]
public abstract record Cell
{
    private Cell()
    {
    }

    /// <summary>The sign -: the code may not be assigned to this form of care.</summary>
    public sealed record NotApplicable : Cell;

    /// <summary>The sign +: the code applies and has no number of its own.</summary>
    public sealed record Applicable : Cell;

    /// <summary>0: recorded, and nothing is withheld.</summary>
    public sealed record Zero : Cell;

    /// <summary>A share of the cost in hundredths; more than a hundred is meant as printed.</summary>
    public sealed record Percent(int Value) : Cell;

    /// <summary>A multiple of a norm, in tenths: 0,3 КТ is 3.</summary>
    public sealed record Multiple(int Tenths, Norm Norm) : Cell;

    /// <summary>A multiple or a share, by the way in which the service is paid.</summary>
    public sealed record MultipleOrPercent(int Tenths, Norm Norm, int Value) : Cell;

    /// <summary>Nothing is printed; a policy decides.</summary>
    public sealed record Unprinted : Cell;

    public static Cell Parse(string text) =>
        TryParse(text, out var cell) ? cell : throw new FormatException($"'{text}' is not a value of the classification.");

    public static bool TryParse(string text, out Cell cell)
    {
        var either = text.Split(" / ");
        Cell? read = text switch
        {
            "" => new Unprinted(),
            "-" => new NotApplicable(),
            "+" => new Applicable(),
            "0" => new Zero(),
            _ when either.Length == 2 && TryMultiple(either[0]) is { } multiple && TryPercent(either[1]) is { } share =>
                new MultipleOrPercent(multiple.Tenths, multiple.Norm, share.Value),
            _ => (Cell?)TryPercent(text) ?? TryMultiple(text),
        };
        cell = read ?? new Unprinted();
        return read is not null;
    }

    /// <summary>As printed in the annex.</summary>
    public sealed override string ToString() => this switch
    {
        NotApplicable => "-",
        Applicable => "+",
        Zero => "0",
        Percent share => Hundredths(share.Value),
        Multiple multiple => Times(multiple.Tenths, multiple.Norm),
        MultipleOrPercent either => Times(either.Tenths, either.Norm) + " / " + Hundredths(either.Value),
        _ => "",
    };

    private static string Hundredths(int value) => value.ToString(CultureInfo.InvariantCulture) + "%";

    private static string Times(int tenths, Norm norm) =>
        (tenths / 10).ToString(CultureInfo.InvariantCulture) + (tenths % 10 == 0 ? "" : "," + (tenths % 10).ToString(CultureInfo.InvariantCulture)) + " " + norm.Print();

    private static Percent? TryPercent(string text) =>
        text.EndsWith('%') && int.TryParse(text[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? new Percent(value) : null;

    private static Multiple? TryMultiple(string text)
    {
        foreach (var norm in Enum.GetValues<Norm>())
        {
            if (!text.EndsWith(" " + norm.Print(), StringComparison.Ordinal))
            {
                continue;
            }

            var parts = text[..^(norm.Print().Length + 1)].Split(',');
            if (parts.Length <= 2
                && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var whole)
                && (parts.Length == 1 || parts[1].Length == 1 && char.IsAsciiDigit(parts[1][0])))
            {
                return new Multiple(checked(whole * 10 + (parts.Length == 1 ? 0 : parts[1][0] - '0')), norm);
            }
        }

        return null;
    }
}
