using System.Globalization;

namespace Kepil.Demo;

/// <summary>Which package an honest provider writes: read from the lists of the two packages, the same by which monitoring judges.</summary>
internal static class PayingPackage
{
    private static readonly List<(string Form, string Beginning, string Care, int From, int To)> Cares =
        [.. Catalogue.Rows("package_care.csv", 6).Select(r => (r[0], r[1], r[2], Day(r[3]), Day(r[4])))];

    /// <summary>Days on which the guaranteed package pays, by care, urgency and place of the diagnosis.</summary>
    private static readonly Dictionary<(string Care, Urgency Urgency), (int From, int To)[][]> Guaranteed = Catalogue.Rows("package_diseases.csv", 7)
        .GroupBy(r => (r[0], r[1] == "emergency" ? Urgency.Emergency : Urgency.Planned), r => (First: r[2], Last: r[3], From: Day(r[4]), To: Day(r[5])))
        .ToDictionary(
            g => g.Key,
            g => Catalogue.Country.Illnesses.Select(i => g.Where(d => Within(i.Code, d.First, d.Last)).Select(d => (d.From, d.To)).ToArray()).ToArray());

    /// <summary>The package that pays for the line. The guaranteed one pays for whoever is not insured; where the lists are silent, insurance pays for specialists alone.</summary>
    public static Package Of(in Line line)
    {
        if (!line.Insured)
        {
            return Package.Tmkkk;
        }

        if (CareOf(line) is not { } care || line.Diagnosis < 0)
        {
            return line.Form == Form.Specialist ? Package.Mams : Package.Tmkkk;
        }

        // What is done beside a consultation has no urgency of its own and is planned with it.
        var urgency = line.Urgency == Urgency.Emergency ? Urgency.Emergency : Urgency.Planned;
        foreach (var (from, to) in Guaranteed[(care, urgency)][line.Diagnosis])
        {
            if (line.Start >= from && line.Start <= to)
            {
                return Package.Tmkkk;
            }
        }

        return Package.Mams;
    }

    private static string? CareOf(in Line line)
    {
        var code = line.Service < 0 ? "" : Catalogue.Country.Services[line.Service].Code;
        foreach (var (form, beginning, care, from, to) in Cares)
        {
            if (form == Words.Forms[(int)line.Form] && code.StartsWith(beginning, StringComparison.Ordinal) && line.Start >= from && line.Start <= to)
            {
                return care;
            }
        }

        return null;
    }

    private static bool Within(string code, string first, string last)
    {
        var beginning = code.Length > first.Length ? code[..first.Length] : code;
        return first.Length == 0 || (string.CompareOrdinal(beginning, first) >= 0 && string.CompareOrdinal(beginning, last) <= 0);
    }

    private static int Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture).DayNumber;
}
