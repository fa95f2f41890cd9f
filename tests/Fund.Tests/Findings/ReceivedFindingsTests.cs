using System.Text;
using System.Text.Json;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using Kepil.Fund.Findings;
using Kepil.Fund.Registers;
using Kepil.Fund.Rules;
using Kepil.Tests.Accounts;
using Kepil.Tests.Law;
using Kepil.Tests.Registers;
using Xunit;

namespace Kepil.Tests.Findings;

/// <summary>Registers as they arrive, checked by the rules that the fund ships: what was planted in them is found, at its cell or by its code.</summary>
public sealed class ReceivedFindingsTests
{
    /// <summary>Each kind of planted error: refused at a cell for this reason, or found by this code.</summary>
    private static readonly Dictionary<string, string> Expected = new()
    {
        ["iin_checksum"] = "identity_checksum", ["iin_short"] = "identity_short", ["date_impossible"] = "date_impossible", ["date_outside_month"] = "date_outside_month", ["quantity_text"] = "quantity_text",
        ["sum_mismatch"] = "sum_mismatch", ["diagnosis_missing"] = "diagnosis_missing", ["line_id_repeated"] = "line_id_repeated", ["formula_injection"] = "formula_injection", ["discharge_before_admission"] = "discharge_before_admission",
        ["male_cervical_screening"] = "5.0", ["male_mammography"] = "5.0", ["patient_paid"] = "12.3", ["duplicate_same_day"] = "5.1", ["readmission_30_days"] = "4.0",
        ["died"] = "9.0", ["died_diagnosis_mismatch"] = "10.0", ["male_delivery"] = "5.0", ["overlapping_stay"] = "5.1",
    };

    /// <summary>What the registers hold besides what was planted: preventive gynaecological examinations billed for men, and a death that has its own code beside the diagnosis that the autopsy refuted.</summary>
    private static readonly string[] Besides =
    [
        "PL-41-00028 5.0", "PL-41-00063 5.0", "PL-41-00076 5.0", "PL-41-00101 5.0", "PL-41-00105 5.0", "ST-41-00054 9.0",
    ];

    [Fact]
    public async Task Each_planted_error_of_two_registers_is_refused_at_its_cell_or_found_by_a_rule_and_little_else()
    {
        using var fund = new TrialFund();
        var (pack, unfit) = RuleCommands.Load(TheLaw.Book, new DateOnly(2026, 11, 5));
        Assert.Empty(unfit);
        var told = new List<string>();
        foreach (var file in new[] { "polyclinic.csv", "hospital.xlsx" })
        {
            var folder = Path.Combine(fund.Folder.Path, file + "-read");
            var facts = RegisterReading.ReadFile(RegisterFiles.Kept(file), file, folder, RegisterFiles.Options).Facts!;
            told.AddRange(RejectionLog.Read(facts.Rejections).Select(r => $"{IdInRow(file, r.Row)} {r.Reason}"));
            var outcome = await new DryRun(fund.Folder, TheLaw.Book, fund.Clock).RunAsync(facts.Staged, pack, TestContext.Current.CancellationToken);
            Assert.Empty(outcome.FailedRules);
            told.AddRange(outcome.Findings.Select(f => $"{f.LineId} {f.Code}"));
        }

        using var truth = JsonDocument.Parse(File.ReadAllText(RegisterFiles.Kept("truth.json")));
        var planted = truth.RootElement.GetProperty("planted").EnumerateArray().Select(p => $"{p.GetProperty("id")} {Expected[p.GetProperty("planted").GetString()!]}").ToList();
        Assert.Equal(19, planted.Count);
        Assert.Equal(planted.Concat(Besides).Order(StringComparer.Ordinal), told.Order(StringComparer.Ordinal));
    }

    /// <summary>The line's id in a row of the file, read without what reads registers.</summary>
    private static string IdInRow(string file, int row)
    {
        if (file.EndsWith(".xlsx", StringComparison.Ordinal))
        {
            using var book = SpreadsheetDocument.Open(RegisterFiles.Kept(file), false);
            return book.WorkbookPart!.WorksheetParts.First().Worksheet.Descendants<Row>().Single(r => r.RowIndex! == (uint)row).Elements<Cell>().Select(c => c.InnerText).First(t => t.StartsWith("ST-", StringComparison.Ordinal));
        }

        return File.ReadLines(RegisterFiles.Kept(file), Encoding.Latin1).ElementAt(row - 1).Split(';').First(t => t.StartsWith("PL-", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Lines_of_months_in_which_a_rule_was_not_in_force_are_not_judged_by_it()
    {
        using var fund = new TrialFund();
        var (pack, _) = RuleCommands.Load(TheLaw.Book, new DateOnly(2026, 11, 5));
        var facts = RegisterReading.ReadFile(RegisterFiles.Kept("procedures.csv"), "procedures.csv", Path.Combine(fund.Folder.Path, "read"), RegisterFiles.Options with { Mapping = "synthea" }).Facts!;

        var outcome = await new DryRun(fund.Folder, TheLaw.Book, fund.Clock).RunAsync(facts.Staged, pack, TestContext.Current.CancellationToken);

        var first = pack.On.Min(r => r.File.InForceFrom);
        Assert.True(facts.Rows > 14_000);
        Assert.All(outcome.Findings, f => Assert.True(f.On >= first, $"{f.LineId} {f.Code} {f.On:yyyy-MM-dd}"));
    }
}
