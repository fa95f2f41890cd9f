using System.Globalization;
using Kepil.Law;

namespace Kepil.Insurance;

/// <summary>The contents of the packages as dated tables, for rules that see lines of registers: which diseases make a kind of care part of the guaranteed volume for an insured person.</summary>
public sealed class PackageTable(LawBook law)
{
    /// <summary>Persons whom the tables are made for; children and groups have lines of their own that a register does not show.</summary>
    private static readonly Patient Adult = new(Standing.Citizen, 40, true, []);

    private readonly Packages packages = law.Packages;
    private readonly Entitlements entitlements = new(law);

    /// <summary>How a line of a register is told to be a kind of care: its form of care and the beginning of its code of the tariff.</summary>
    public static readonly IReadOnlyList<(CareForm Form, string Beginning, string Care)> CareOfForms =
    [
        (CareForm.Phc, "A01", "phc_visit"),
        (CareForm.Specialist, "A02", "consultation"),
        (CareForm.Specialist, "B", "diagnostics"),
        (CareForm.Specialist, "C", "diagnostics"),
        (CareForm.Specialist, "D", "procedure"),
        (CareForm.Drg, "", "hospital"),
        (CareForm.Actual, "", "hospital"),
        (CareForm.Ambulance, "", "ambulance"),
        (CareForm.Blood, "", "blood"),
    ];

    /// <summary>The table of care forms, as a list of the rules.</summary>
    public string CareList(DateOnly since) => string.Concat(
        new[] { "care_form:text,service_beginning:text,care:text,from_day:date,to_day:date,why:text\n" }
            .Concat(CareOfForms.Select(c => $"{c.Form.Word()},{c.Beginning},{c.Care},{since:yyyy-MM-dd},9999-12-31,\"{packages.KindOf(c.Care).Title.En}\"\n")));

    /// <summary>The table of diseases, as a list of the rules: what is on it is paid by the guaranteed volume, whatever is not by insurance. An empty code is any disease.</summary>
    public string DiseaseTable(DateOnly since) => string.Concat(
        new[] { "care:text,urgency:text,first_code:text,last_code:text,from_day:date,to_day:date,why:text\n" }
            .Concat(Rows(since).Select(r => string.Create(CultureInfo.InvariantCulture, $"{r.Care},{r.Urgency.ToString().ToLowerInvariant()},{r.First},{r.Last},{r.From:yyyy-MM-dd},{r.To:yyyy-MM-dd},{r.Why}\n"))));

    /// <summary>The rows of the table of diseases.</summary>
    public IEnumerable<(string Care, Urgency Urgency, string First, string Last, DateOnly From, DateOnly To, string Why)> Rows(DateOnly since) =>
        from care in CareOfForms.Select(c => c.Care).Distinct()
        from urgency in Enum.GetValues<Urgency>()
        from row in RowsOf(care, urgency, since).DistinctBy(r => (r.First, r.Last, r.From, r.To))
        select (care, urgency, row.First, row.Last, row.From, row.To, row.Why);

    private IEnumerable<(string First, string Last, DateOnly From, DateOnly To, string Why)> RowsOf(string care, Urgency urgency, DateOnly since)
    {
        foreach (var line in packages.LinesOf(care).Where(l => l.Package == Package.Guaranteed))
        {
            var spans = line.Only.Diseases.Select(packages.DiseaseList).SelectMany(l => l.Spans.SelectMany(s => s.Codes.Select(c => (Code: c, s.From, s.To, Why: l.Name))));
            if (line.Only.Diseases.Count == 0)
            {
                spans = new[] { (Code: "", line.From, line.To, Why: line.Name) };
            }

            foreach (var span in spans.Where(s => s.To >= since))
            {
                var first = span.From < since ? since : span.From;
                var code = span.Code.Length == 0 ? "" : span.Code.Contains('.', StringComparison.Ordinal) ? span.Code : span.Code[..3];

                // The line itself must be what pays for an insured adult; a line for others, or for the other urgency, gives no row.
                var answer = entitlements.Of(Adult, new(first, care, code.Length == 0 ? "Z00.0" : code, urgency));
                if (answer.Pays == Package.Guaranteed && answer.Judged.First(j => j.Line == line).Holds)
                {
                    yield return (code, code.Length == 0 ? "" : span.Code.Contains('.', StringComparison.Ordinal) ? span.Code : span.Code[^3..], first, span.To, span.Why);
                }
            }
        }
    }
}
