using System.Globalization;
using System.Text.RegularExpressions;
using Kepil.Tests.Law;

namespace Kepil.Tests.Monitoring;

/// <summary>A line as far as sums go.</summary>
internal sealed record PricedLine(long ServiceId, long PersonId, long ProviderId, string CareForm, string Package, string? ServiceCode, long Amount, string? Region);

/// <summary>A hit as far as sums go.</summary>
internal sealed record PricedHit(long ServiceId, long PersonId, string RuleId, string Code, string Kind, string Evidence);

/// <summary>A finding, as any of the engines or the naive calculation gives it.</summary>
internal sealed record PricedFinding(long ServiceId, string RuleId, string Code, string Kind, string Cell, long Base, long Sum, bool Counts);

/// <summary>What a line comes to.</summary>
internal sealed record PricedSum(long ServiceId, string Code, long Billed, long AtRisk, long Debt, long Payable);

/// <summary>The sums of findings worked out a second time: straight from the files of the law, line by line, in whole numbers.</summary>
internal sealed partial class NaiveSums
{
    public static readonly string[] Forms =
        ["phc", "specialist", "train", "drg", "actual", "bed_day", "average", "met", "ambulance", "rural", "psychiatry", "tuberculosis", "hiv", "pathology", "blood"];

    private readonly Dictionary<(string Code, string Form), string> _printed = [];
    private readonly Dictionary<string, string> _roots = [];
    private readonly Dictionary<(string Norm, string Region), List<(string From, string Known, long Tiyn)>> _norms = [];

    public NaiveSums(string multiCode = "max")
    {
        MultiCode = multiCode;
        var folder = TheLaw.Book.Folder;
        foreach (var line in File.ReadLines(Path.Combine(folder, "classification", "2025-08-01.csv")).Skip(1))
        {
            var cells = CsvCell().Matches(line).Select(m => m.Groups["quoted"].Success ? m.Groups["quoted"].Value : m.Groups["plain"].Value).ToList();
            Codes.Add(cells[0]);
            _roots[cells[0]] = cells[1];
            for (var i = 0; i < Forms.Length; i++)
            {
                _printed[(cells[0], Forms[i])] = cells[cells.Count - Forms.Length + i];
            }
        }

        var norm = "";
        foreach (var line in File.ReadLines(Path.Combine(folder, "parameters", "norms.yaml")))
        {
            if (line.Length > 0 && char.IsAsciiLetter(line[0]))
            {
                norm = line.TrimEnd(':');
            }
            else if (NormLine().Match(line) is { Success: true } found)
            {
                var (whole, part) = (found.Groups["whole"].Value, found.Groups["part"].Value.PadRight(2, '0'));
                var key = (norm, found.Groups["region"].Value);
                _norms.TryAdd(key, []);
                _norms[key].Add((found.Groups["from"].Value, found.Groups["known"].Value, long.Parse(whole + part, CultureInfo.InvariantCulture)));
            }
        }
    }

    public string MultiCode { get; }

    public List<string> Codes { get; } = [];

    public IEnumerable<string> Regions => _norms.Keys.Select(k => k.Region).Distinct().Order(StringComparer.Ordinal);

    /// <summary>The cell after + took its root's, and the places where nothing is printed were read as '-'.</summary>
    public string Cell(string code, string form)
    {
        var printed = _printed[(code, form)];
        if (printed == "+" && _roots[code].Length > 0)
        {
            printed = _printed[(_roots[code], form)];
        }

        return printed.Length == 0 ? "-" : printed;
    }

    public List<PricedFinding> Findings(IEnumerable<PricedLine> lines, IEnumerable<PricedHit> hits, string month, string knownOn)
    {
        var byId = lines.ToDictionary(l => l.ServiceId);
        var found = new List<PricedFinding>();
        foreach (var hit in hits)
        {
            var line = byId[hit.ServiceId];
            var cell = Cell(hit.Code, line.CareForm);
            if (cell == "-")
            {
                continue;
            }

            if (cell.Contains(" / ", StringComparison.Ordinal))
            {
                // Paid by the complex tariff when no service is named, else by the service.
                cell = cell.Split(" / ")[line.ServiceCode is null ? 0 : 1];
            }

            var (sum, basis) = Sum(cell, line, month, knownOn);
            found.Add(new(hit.ServiceId, hit.RuleId, hit.Code, hit.Kind, cell, basis, hit.Kind == "potential" ? sum : 0, false));
        }

        return [.. found.GroupBy(f => f.ServiceId).SelectMany(g =>
        {
            var first = g.OrderByDescending(f => f.Sum).ThenBy(f => f.Code, StringComparer.Ordinal).ThenBy(f => f.RuleId, StringComparer.Ordinal).First();
            return g.Select(f => f with { Counts = f == first && f.Sum > 0 && f.Kind == "potential" });
        }).OrderBy(f => f.ServiceId).ThenBy(f => f.RuleId, StringComparer.Ordinal)];
    }

    public List<PricedSum> Sums(IEnumerable<PricedLine> lines, IEnumerable<PricedFinding> findings)
    {
        var byId = lines.ToDictionary(l => l.ServiceId);
        var sums = new List<PricedSum>();
        foreach (var group in findings.Where(f => f.Kind == "potential" && f.Sum > 0).GroupBy(f => f.ServiceId).OrderBy(g => g.Key))
        {
            var billed = byId[group.Key].Amount;
            var total = MultiCode switch { "sum" => group.Sum(f => f.Sum), "sum_capped" => Math.Min(group.Sum(f => f.Sum), billed), _ => group.Max(f => f.Sum) };
            var atRisk = Math.Min(total, billed);
            sums.Add(new(group.Key, group.Single(f => f.Counts).Code, billed, atRisk, total - atRisk, billed - atRisk));
        }

        return sums;
    }

    private (long Sum, long Base) Sum(string cell, PricedLine line, string month, string knownOn)
    {
        if (cell == "0")
        {
            return (0, line.Amount);
        }

        if (cell.EndsWith('%'))
        {
            return (Half((Int128)line.Amount * int.Parse(cell[..^1], CultureInfo.InvariantCulture), 100), line.Amount);
        }

        var (number, unit) = (cell[..cell.IndexOf(' ', StringComparison.Ordinal)], cell[(cell.IndexOf(' ', StringComparison.Ordinal) + 1)..]);
        var norm = _norms[(unit switch { "КЖН/ЖБН" => "complex_per_capita_norm", "ЖБН" => "ambulance_norm", "КЖН" => "rural_norm", _ => "complex_tariff_" + line.CareForm }, line.Region ?? "00")]
            .Where(n => string.CompareOrdinal(n.From, month) <= 0 && string.CompareOrdinal(n.Known, knownOn) <= 0).OrderBy(n => n.From, StringComparer.Ordinal).ThenBy(n => n.Known, StringComparer.Ordinal).Last().Tiyn;
        var tenths = number.Contains(',', StringComparison.Ordinal) ? int.Parse(number.Replace(",", "", StringComparison.Ordinal), CultureInfo.InvariantCulture) : int.Parse(number, CultureInfo.InvariantCulture) * 10;
        return (Half((Int128)norm * tenths, 10), norm);
    }

    private static long Half(Int128 product, int divisor) => (long)((product + divisor / 2) / divisor);

    [GeneratedRegex("(?:^|,)(?:\"(?<quoted>(?:[^\"]|\"\")*)\"|(?<plain>[^,]*))")]
    private static partial Regex CsvCell();

    [GeneratedRegex("region: \"(?<region>\\d+)\" \\}, from: (?<from>[\\d-]+), known: (?<known>[\\d-]+), value: \"?(?<whole>\\d+)(?:\\.(?<part>\\d+))?")]
    private static partial Regex NormLine();
}
