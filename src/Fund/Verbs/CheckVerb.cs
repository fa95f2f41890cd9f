using System.Globalization;
using Kepil.Fund.Accounts;
using Kepil.Fund.Findings;
using Kepil.Fund.Registers;
using Kepil.Fund.Rules;
using Kepil.Law;
using Kepil.Monitoring;
using Spectre.Console;

namespace Kepil.Fund.Verbs;

/// <summary>The dry run: what would be rejected and what would be found, before a register is handed in: <c>kepil check FILE…</c></summary>
public static class CheckVerb
{
    /// <summary>Findings that are printed.</summary>
    private const int Printed = 25;

    public static async Task<int> RunAsync(FundFolder folder, LawBook law, IReadOnlyList<string> files, RegisterOptions said, string? report, Told told)
    {
        if (IntakeVerb.Missing(files, told))
        {
            return 2;
        }

        // The worker of the rules starts while the files are read.
        using var standby = new RuleStandby(folder);
        var stage = folder.Stage();
        try
        {
            var outcomes = await RegisterIntake.ReadAsync(files, stage, said);
            foreach (var outcome in outcomes)
            {
                Print(outcome, told);
            }

            var rejections = outcomes.Where(o => o.Facts is not null && File.Exists(o.Facts.Rejections)).SelectMany(o => RejectionLog.Read(o.Facts!.Rejections)).ToList();
            if (report is not null)
            {
                IntakeVerb.WriteReport(report, rejections, told);
            }

            var staged = outcomes.Where(o => o.Facts is { Table: "line", Accepted: > 0 }).SelectMany(o => o.Facts!.Staged).ToList();
            if (staged.Count > 0)
            {
                var pack = RuleCommands.Load(law, DateOnly.FromDateTime(TimeProvider.System.GetLocalNow().DateTime)).Pack;
                Print(await new DryRun(folder, law, TimeProvider.System, standby).RunAsync(staged, pack), law, told);
            }

            return outcomes.All(o => o.Refusal is null) ? 0 : 1;
        }
        finally
        {
            Directory.Delete(stage, true);
        }
    }

    private static void Print(RegisterOutcome outcome, Told told)
    {
        if (outcome.Refusal is { } refusal)
        {
            AnsiConsole.MarkupLine($"[red]{Markup.Escape(outcome.File)}[/]: {Markup.Escape(RejectionTexts.Of(refusal).In(told.Language))}");
            return;
        }

        var facts = outcome.Facts!;
        var billed = new Money(facts.Billed);
        told.Line(
            $"{facts.File}: {facts.Rows} жол = {facts.Accepted} қабылданады + {facts.Rejected} қабылданбайды; {billed}",
            $"{facts.File}: строк {facts.Rows} = будет принято {facts.Accepted} + отклонено {facts.Rejected}; {billed}",
            $"{facts.File}: {facts.Rows} rows = {facts.Accepted} would be accepted + {facts.Rejected} rejected; {billed}");
        IntakeVerb.Skipped(facts, told);
        IntakeVerb.PrintRejections([.. RejectionLog.Read(facts.Rejections)], told);
    }

    private static void Print(CheckOutcome outcome, LawBook law, Told told)
    {
        var foreseen = outcome.Findings;
        if (outcome.FailedRules.Count > 0)
        {
            told.Line(
                $"Назар аударыңыз: {outcome.FailedRules.Count} қағида бойынша тексеру аяқталмады; олардың табатыны төменде жоқ",
                $"Внимание: по правилам ({outcome.FailedRules.Count}) проверка не завершилась; того, что они находят, ниже нет",
                $"Note: {outcome.FailedRules.Count} rules could not be run; what they find is missing below");
        }

        var potential = foreseen.Where(f => f.Kind == FindingKind.Potential).ToList();
        told.Line(
            $"Ықтимал ақаулар мен бұзушылықтар: {potential.Count}; жалпы: {foreseen.Count - potential.Count} (сомаға әсер етпейді)",
            $"Потенциальные дефекты и нарушения: {potential.Count}; общие: {foreseen.Count - potential.Count} (на сумму не влияют)",
            $"Potential findings: {potential.Count}; general: {foreseen.Count - potential.Count} (no effect on money)");
        if (foreseen.Count == 0)
        {
            return;
        }

        var table = new Table().Border(TableBorder.Rounded);
        table.AddColumn(told.Say("Код", "Код", "Code"));
        table.AddColumn(told.Say("Жол", "Строка", "Row"));
        table.AddColumn("ID");
        table.AddColumn(new TableColumn(told.Say("Сыныптама бойынша", "По классификатору", "By the classification")).RightAligned());
        table.AddColumn(told.Say("Себебі", "Причина", "Reason"));
        foreach (var finding in foreseen.Take(Printed))
        {
            table.AddRow(finding.Code, finding.Row.ToString(CultureInfo.InvariantCulture), Markup.Escape(finding.LineId), Markup.Escape(new Money(finding.Sum).ToString()), Markup.Escape(finding.Reason.In(told.Language)));
        }

        AnsiConsole.Write(table);
        var classification = law.Classification.On(foreseen.Max(f => f.On));
        foreach (var code in foreseen.Select(f => f.Code).Distinct().Order(StringComparer.Ordinal))
        {
            AnsiConsole.MarkupLine(Markup.Escape($"  {code}  {classification[code].Name.In(told.Language)}"));
        }
    }
}
