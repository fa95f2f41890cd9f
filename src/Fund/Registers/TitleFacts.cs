using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Kepil.Law;

namespace Kepil.Fund.Registers;

/// <summary>What the rows above the heads say: for whom, by which contract and for which month the register is.</summary>
public sealed partial record TitleFacts
{
    public long? ProviderId { get; private set; }

    public string? ProviderName { get; private set; }

    public string? Contract { get; private set; }

    public DateOnly? Month { get; private set; }

    public string? Package { get; private set; }

    public string? CareForm { get; private set; }

    public static TitleFacts Read(IEnumerable<string[]> rows, Vocabulary vocabulary)
    {
        var facts = new TitleFacts();
        var labels = vocabulary.Words("title");
        foreach (var cells in rows)
        {
            for (var i = 0; i < cells.Length; i++)
            {
                if (cells[i].Length is 0 or > 400)
                {
                    continue;
                }

                var (label, inside) = Label(cells[i], labels);
                if (label is null)
                {
                    facts.Month ??= MonthIn(cells[i], vocabulary.Words("month"));
                    continue;
                }

                var value = inside;
                for (; value.Length == 0 && i + 1 < cells.Length; i++)
                {
                    value = cells[i + 1];
                }

                facts.Take(label, value, vocabulary);
            }
        }

        return facts;
    }

    /// <summary>A month named in a text in any of the three languages or in figures.</summary>
    public static DateOnly? MonthIn(string text, IReadOnlyDictionary<string, string> months)
    {
        if (MonthFirst().Match(text) is { Success: true } figures)
        {
            return Month1(figures.Groups["y"].Value, figures.Groups["m"].Value);
        }

        if (Year().Match(text) is not { Success: true } year)
        {
            return null;
        }

        foreach (var word in text.Split([' ', ',', '.', '\u00A0', '(', ')', '«', '»'], StringSplitOptions.RemoveEmptyEntries))
        {
            var compared = Vocabulary.Compared(word);
            // Kazakh adds endings to the name of the month: қазанға, қазанына.
            foreach (var (name, month) in months)
            {
                if (name.Length > 2 && (compared == name || (name.Length >= 4 && !char.IsAscii(name[0]) && compared.StartsWith(name, StringComparison.Ordinal) && compared.Length <= name.Length + 5)))
                {
                    return Month1(year.Groups["y"].Value, month);
                }
            }
        }

        return null;
    }

    private static DateOnly? Month1(string year, string month)
    {
        var number = int.Parse(month, CultureInfo.InvariantCulture);
        return number is >= 1 and <= 12 ? new DateOnly(int.Parse(year, CultureInfo.InvariantCulture), number, 1) : null;
    }

    private void Take(string label, string value, Vocabulary vocabulary)
    {
        if (value.Length == 0 || CellText.BeginsFormula(Encoding.UTF8.GetBytes(value)))
        {
            return;
        }

        switch (label)
        {
            case "provider_id":
                ProviderId ??= OrganisationIn(value);
                break;
            case "provider_name":
                ProviderName ??= value[..Math.Min(value.Length, 200)];
                break;
            case "contract":
                Contract ??= ContractIn(value);
                break;
            case "month":
                Month ??= MonthIn(value, vocabulary.Words("month"));
                break;
            case "package":
                Package ??= vocabulary.Words("package").GetValueOrDefault(Vocabulary.Compared(value));
                break;
            default:
                CareForm ??= vocabulary.Words("care_form").GetValueOrDefault(Vocabulary.Compared(value));
                break;
        }
    }

    private static long? OrganisationIn(string value)
    {
        var number = Digits().Match(value);
        if (!number.Success)
        {
            return null;
        }

        return OrganisationNumber.TryRestore(long.Parse(number.Value, CultureInfo.InvariantCulture), out var organisation, out _)
            ? organisation.Value
            : throw new RegisterRefusedException("provider_number_wrong", ("value", number.Value));
    }

    private static string ContractIn(string value)
    {
        var text = value.Trim().TrimStart('№', ':', ' ', '\u00A0').Trim();
        return text[..Math.Min(text.Length, 64)];
    }

    /// <summary>The label with which a cell begins, and what follows it within the cell.</summary>
    private static (string? Label, string Inside) Label(string cell, IReadOnlyDictionary<string, string> labels)
    {
        if (labels.TryGetValue(Vocabulary.Compared(cell), out var whole))
        {
            return (whole, "");
        }

        var colon = cell.IndexOf(':', StringComparison.Ordinal);
        if (colon > 0 && labels.TryGetValue(Vocabulary.Compared(cell.AsSpan(0, colon)), out var before))
        {
            return (before, cell[(colon + 1)..].Trim());
        }

        var space = cell.IndexOfAny([' ', '\u00A0']);
        return space > 0 && labels.TryGetValue(Vocabulary.Compared(cell.AsSpan(0, space)), out var first) && cell.AsSpan(space).ContainsAnyInRange('0', '9')
            ? (first, cell[(space + 1)..].Trim())
            : (null, "");
    }

    [GeneratedRegex(@"(?<!\d)(?:(?:\d{1,2}\.)?(?<m>0[1-9]|1[0-2])\.(?<y>20\d\d)|(?<y>20\d\d)-(?<m>0[1-9]|1[0-2]))(?!\d)", RegexOptions.CultureInvariant)]
    private static partial Regex MonthFirst();

    [GeneratedRegex(@"(?<!\d)(?<y>20\d\d)(?!\d)", RegexOptions.CultureInvariant)]
    private static partial Regex Year();

    [GeneratedRegex(@"\d{9,12}(?!\d)", RegexOptions.CultureInvariant)]
    private static partial Regex Digits();
}
