using System.Text;

namespace Kepil.Law;

/// <summary>Gradation of a code, column 19 of annex 1.</summary>
[Law("MON-321:2.17")]
[Law("MON-321:2.18")]
public enum Severity
{
    Material,
    Immaterial,
}

/// <summary>A code or subcode of the Unified classification with its fifteen cells.</summary>
/// <param name="Code">Code without the closing dot: 12.3.</param>
/// <param name="Root">The code whose values its + signs take; nothing for a root.</param>
/// <param name="IsViolation">Marked by the asterisk: a violation of volume; the others are defects.</param>
/// <param name="Cells">As printed, in the order of <see cref="CareForms.All"/>.</param>
[Law("MON-321:2.12")]
[Law("MON-321:2.13")]
public sealed record ClassificationRow(string Code, string? Root, Wording Name, bool IsViolation, Severity Severity, IReadOnlyList<Cell> Cells)
{
    public Cell this[CareForm form] => Cells[(int)form];
}

/// <summary>A place of the table that can be read in more than one way, and the policy that decides.</summary>
public sealed record DoubtfulCell(string Code, IReadOnlyList<CareForm> Forms, string Policy, IReadOnlyList<string> Values, string Printed, string Reading);

/// <summary>What a code costs in a form of care.</summary>
/// <param name="Value">The value that applies: never unprinted, and + only where the policy leaves subcodes without the root's value.</param>
/// <param name="TakenFrom">The code whose cell gave the value: the code itself or its root.</param>
/// <param name="Policies">Policies that had a say.</param>
public sealed record Sanction(Cell Value, string TakenFrom, IReadOnlyList<string> Policies)
{
    /// <summary>Whether the code may be assigned at all.</summary>
    public bool IsApplicable => Value is not Cell.NotApplicable;

    /// <summary>Whether it can withhold money.</summary>
    public bool CostsMoney => Value is not (Cell.NotApplicable or Cell.Zero);
}

/// <summary>One edition of the Unified classification of defects and violations.</summary>
[Law("MON-321:A1")]
public sealed class ClassificationEdition
{
    private readonly Dictionary<string, ClassificationRow> byCode;

    internal ClassificationEdition(
        DateOnly inForceFrom, DateOnly knownFrom, DateOnly checkedOn, Citation citation, Wording title,
        IReadOnlyList<ClassificationRow> rows, IReadOnlyDictionary<CareForm, Wording> formNames,
        IReadOnlyDictionary<Severity, Wording> severityNames, IReadOnlyList<DoubtfulCell> doubtful)
    {
        InForceFrom = inForceFrom;
        KnownFrom = knownFrom;
        Checked = checkedOn;
        Citation = citation;
        Title = title;
        Rows = rows;
        FormNames = formNames;
        SeverityNames = severityNames;
        Doubtful = doubtful;
        byCode = rows.ToDictionary(r => r.Code);
    }

    public DateOnly InForceFrom { get; }

    public DateOnly KnownFrom { get; }

    public DateOnly Checked { get; }

    public Citation Citation { get; }

    public Wording Title { get; }

    public IReadOnlyList<ClassificationRow> Rows { get; }

    /// <summary>The heads of the columns.</summary>
    public IReadOnlyDictionary<CareForm, Wording> FormNames { get; }

    public IReadOnlyDictionary<Severity, Wording> SeverityNames { get; }

    public IReadOnlyList<DoubtfulCell> Doubtful { get; }

    public ClassificationRow this[string code] => Find(code)
        ?? throw new KeyNotFoundException($"The classification of {InForceFrom:yyyy-MM-dd} has no code '{code}'. Codes: {string.Join(", ", byCode.Keys)}.");

    public ClassificationRow? Find(string code) => byCode.GetValueOrDefault(code);

    /// <summary>The provision that a code stands for.</summary>
    public Citation CitationOf(string code) => new(Citation.Act, Citation.Paragraph + "." + this[code].Code);

    /// <summary>Whether a code is a violation of volume or a defect.</summary>
    public bool IsViolation(string code, PoliciesOnDay policies) =>
        this[code].IsViolation || code == "3.3" && policies["violation_codes"] == "with_3_3";

    /// <summary>The value of a code in a form of care: its own, or the root's where + is printed, or the policy's where nothing is.</summary>
    [Law("MON-321:A1")]
    public Sanction Resolve(string code, CareForm form, PoliciesOnDay policies)
    {
        var row = this[code];
        var asked = new List<string>();
        var value = row[form];
        if (value is Cell.Unprinted)
        {
            value = Decide(row, form, policies, asked);
        }

        if (row.Root is null && policies["root_assignable"] == "false" && Rows.Any(r => r.Root == row.Code))
        {
            asked.Add("root_assignable");
            return new(new Cell.NotApplicable(), row.Code, asked);
        }

        if (value is Cell.NotApplicable && form == CareForm.Rural && row.Root == "5.0" && policies["rural_5x"] == "subcodes")
        {
            asked.Add("rural_5x");
            return new(this[row.Root][form], row.Root, asked);
        }

        if (value is not Cell.Applicable || row.Root is null)
        {
            return new(value, row.Code, asked);
        }

        asked.Add("plus_inherits_root");
        return policies["plus_inherits_root"] == "true"
            ? new(this[row.Root][form], row.Root, asked)
            : new(value, row.Code, asked);
    }

    private Cell Decide(ClassificationRow row, CareForm form, PoliciesOnDay policies, List<string> asked)
    {
        var place = Doubtful.FirstOrDefault(d => d.Code == row.Code && d.Policy != "none" && d.Forms.Contains(form))
            ?? throw new InvalidDataException($"Code {row.Code} has no value for {form.Word()}, and no policy of the edition {InForceFrom:yyyy-MM-dd} decides on it.");
        asked.Add(place.Policy);
        return policies[place.Policy] switch
        {
            "not_applicable" => new Cell.NotApplicable(),
            "applicable" => new Cell.Applicable(),
            "same_100" => new Cell.Percent(100),
            var other => throw new InvalidDataException($"The policy {place.Policy} says '{other}', which is no value of a cell."),
        };
    }
}

/// <summary>The Unified classification in all its editions.</summary>
public sealed class Classification
{
    private Classification(IReadOnlyList<ClassificationEdition> editions) => Editions = editions;

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<ClassificationEdition> Editions { get; }

    /// <summary>The edition in force on a day, as known today or as it was known on an earlier day.</summary>
    public ClassificationEdition On(DateOnly day, DateOnly? knownOn = null) =>
        Editions.LastOrDefault(e => e.InForceFrom <= day && e.KnownFrom <= (knownOn ?? DateOnly.MaxValue))
        ?? throw new LawGapException("classification", day, new(
            "бұл күнге арналған редакция law/classification бумасында жоқ",
            "редакции на этот день нет в папке law/classification",
            "law/classification holds no edition for this day"));

    public static Classification Read(string folder) => new(
        [.. Directory.GetFiles(folder, "*.yaml").Select(ReadEdition).OrderBy(e => e.InForceFrom)]);

    private static ClassificationEdition ReadEdition(string file)
    {
        var page = LawPage.Read(file);
        var table = Path.Combine(Path.GetDirectoryName(file)!, page.Text("table"));
        var lines = CsvLines(File.ReadAllText(table)).ToList();
        var head = lines[0];
        string[] expected = ["code", "parent", "name_kk", "name_ru", "name_en", "violation", "severity", .. CareForms.All.Select(f => f.Word())];
        if (!head.SequenceEqual(expected))
        {
            throw new InvalidDataException($"{Path.GetFileName(table)}: the head must read {string.Join(',', expected)}.");
        }

        var rows = lines.Skip(1).Select((cells, i) => Row(Path.GetFileName(table), i + 2, cells)).ToList();
        if (rows.FirstOrDefault(r => r.Root is { } root && rows.All(o => o.Code != root)) is { } orphan)
        {
            throw new InvalidDataException($"{Path.GetFileName(table)}: code {orphan.Code} names the root {orphan.Root}, which is not there.");
        }

        return new(
            page.Day("in_force_from"), page.Day("known_from"), page.Day("checked"), page.Citation("citation"), page.Wording("title"), rows,
            page["forms"].Entries.ToDictionary(e => CareForms.Parse(e.Key), e => e.Value.Wording()),
            new Dictionary<Severity, Wording>
            {
                [Severity.Material] = page["severity"].Wording("material"),
                [Severity.Immaterial] = page["severity"].Wording("immaterial"),
            },
            [.. page["doubtful"].Items.Select(d => new DoubtfulCell(
                d.Text("code"), [.. d["forms"].Items.Select(f => CareForms.Parse(f.Scalar))], d.Text("policy"),
                [.. d["values"].Items.Select(v => v.Scalar)], d.Text("printed"), d.Text("reading")))]);
    }

    private static ClassificationRow Row(string file, int line, IReadOnlyList<string> cells)
    {
        if (cells.Count != 7 + CareForms.All.Count)
        {
            throw new InvalidDataException($"{file}, line {line}: {cells.Count} cells instead of {7 + CareForms.All.Count}.");
        }

        var values = cells.Skip(7).Select((text, i) => Cell.TryParse(text, out var cell)
            ? cell
            : throw new InvalidDataException($"{file}, line {line}, {CareForms.All[i].Word()}: '{text}' is not a value of the classification.")).ToList();
        return new(
            cells[0],
            cells[1].Length == 0 ? null : cells[1],
            new(cells[2], cells[3], cells[4]),
            cells[5] switch { "yes" => true, "no" => false, var other => throw new InvalidDataException($"{file}, line {line}: violation is '{other}'; write yes or no.") },
            Words<Severity>.TryRead(cells[6], out var severity) ? severity : throw new InvalidDataException($"{file}, line {line}: severity is '{cells[6]}'."),
            values);
    }

    private static IEnumerable<IReadOnlyList<string>> CsvLines(string text)
    {
        var cells = new List<string>();
        var cell = new StringBuilder();
        var quoted = false;
        for (var i = 0; i < text.Length; i++)
        {
            var sign = text[i];
            if (quoted && sign == '"' && i + 1 < text.Length && text[i + 1] == '"')
            {
                cell.Append('"');
                i++;
            }
            else if (sign == '"')
            {
                quoted = !quoted;
            }
            else if (sign == ',' && !quoted)
            {
                cells.Add(cell.ToString());
                cell.Clear();
            }
            else if (sign == '\n' && !quoted)
            {
                cells.Add(cell.ToString());
                cell.Clear();
                yield return cells;
                cells = [];
            }
            else if (sign != '\r')
            {
                cell.Append(sign);
            }
        }

        // An editor may have left out the last end of line.
        if (cells.Count > 0 || cell.Length > 0)
        {
            cells.Add(cell.ToString());
            yield return cells;
        }
    }
}
