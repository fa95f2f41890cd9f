using System.Globalization;
using Kepil.Fund.Accounts;
using Kepil.Fund.Findings;
using Kepil.Fund.Rules;
using Kepil.Law;
using Kepil.Monitoring;
using Spectre.Console;

namespace Kepil.Fund.Verbs;

/// <summary>Monitors a month: <c>kepil monitor 2026-10</c></summary>
public static class MonitorVerb
{
    public static async Task<int> RunAsync(FundFolder folder, LawBook law, DateOnly month, Told told)
    {
        CheckRecords(folder, month, new FactRefresh(folder, law, TimeProvider.System).OpenMonths());
        var (pack, refused) = RuleCommands.Load(law, DateOnly.FromDateTime(TimeProvider.System.GetLocalNow().DateTime));
        foreach (var refusal in refused)
        {
            AnsiConsole.MarkupLine($"[red]{Markup.Escape(refusal.Message)}[/]");
        }

        RuleVersions.Of(folder, TimeProvider.System).See(pack.Rules, "system");
        using var postgres = RecordsSetting.OpenPostgres();
        Faults.CheckRole(postgres);
        var outcome = await told.WatchAsync(
            told.Say($"{month:yyyy-MM} мониторингі", $"Мониторинг {month:yyyy-MM}", $"Monitoring {month:yyyy-MM}"),
            progress => new MonthMonitoring(folder, law, TimeProvider.System, postgres).RunAsync(month, pack, (done, all, _) => progress((double)done / all)));
        Print(folder, law, outcome, told);
        return outcome.Rules.All(r => r.Failure is null) && refused.Count == 0 ? 0 : 1;
    }

    /// <summary>Refuses a month of which nothing was taken in, and says which months there are.</summary>
    internal static void CheckRecords(FundFolder folder, DateOnly month, IReadOnlyList<DateOnly> months)
    {
        if (months.Contains(month))
        {
            return;
        }

        var there = months.Count == 0 ? "–" : string.Join(", ", months.Order().Select(m => m.ToString("yyyy-MM", CultureInfo.InvariantCulture)));
        throw new WrongQuestionException(new(
            $"{folder.Path}: {month:yyyy-MM} айының жазбалары жоқ (бар айлар: {there}). Алдымен тізілімдерді қабылдаңыз: kepil intake ФАЙЛ.",
            $"{folder.Path}: записей за {month:yyyy-MM} нет (есть месяцы: {there}). Сначала примите реестры: kepil intake ФАЙЛ.",
            $"{folder.Path}: there are no records of {month:yyyy-MM} (months that are there: {there}). Take its registers in first: kepil intake FILE."));
    }

    internal static void Print(FundFolder folder, LawBook law, MonthOutcome outcome, Told told)
    {
        var run = outcome.Run;
        var totals = new Table().Border(TableBorder.Rounded).HideHeaders();
        totals.AddColumn("");
        totals.AddColumn(new TableColumn("").RightAligned());
        void Row(string kk, string ru, string en, string value) => totals.AddRow(Markup.Escape(told.Say(kk, ru, en)), Markup.Escape(value));
        Row("Ай", "Месяц", "Month", run.Month.ToString("yyyy-MM", CultureInfo.InvariantCulture));
        Row("Жолдар", "Строк", "Lines", Grouped(run.Lines));
        Row("Ұсынылған сома", "Предъявлено", "Billed", new Money(run.Billed).ToString());
        Row("Ықтимал ақаулар мен бұзушылықтар", "Потенциальных дефектов и нарушений", "Potential findings", Grouped(run.PotentialFindings));
        Row("Жалпы (сомаға әсер етпейді)", "Общих (на сумму не влияют)", "General findings (no money)", Grouped(run.GeneralFindings));
        Row("Даулы сома", "Под вопросом", "At risk", new Money(run.AtRisk).ToString());
        Row("Расталса, төленетін сома", "К оплате, если подтвердится", "Payable if confirmed", new Money(run.Billed - run.AtRisk).ToString());
        Row("Шоттан асатыны (берешек)", "Сверх счёта (задолженность)", "Beyond the bill (debt)", new Money(run.Debt).ToString());
        AnsiConsole.Write(totals);
        using var records = RecordsSetting.Open(folder);
        var classification = law.Classification.On(run.Month);
        var codes = new Table().Border(TableBorder.Rounded);
        codes.AddColumn(told.Say("Код", "Код", "Code"));
        codes.AddColumn(told.Say("Ақау немесе бұзушылық", "Дефект или нарушение", "Defect or violation"));
        codes.AddColumn(new TableColumn(told.Say("Анықталды", "Выявлено", "Findings")).RightAligned());
        codes.AddColumn(new TableColumn(told.Say("Сыныптама бойынша", "По классификатору", "By the classification")).RightAligned());
        foreach (var (code, count, sum) in records.Query(
            "SELECT code, COUNT(*), CAST(SUM(CASE WHEN counts THEN sum ELSE 0 END) AS bigint) FROM finding WHERE month = $1 GROUP BY code ORDER BY 3 DESC, 1", r => (r.Text(0), r.Long(1), r.Long(2)), run.Month))
        {
            var name = classification[code].Name.In(told.Language);
            codes.AddRow(code, Markup.Escape(name.Length > 70 ? name[..69] + "…" : name), Grouped(count), Markup.Escape(new Money(sum).ToString()));
        }

        AnsiConsole.Write(codes);
        foreach (var rule in outcome.Rules.Where(r => r.Failure is not null))
        {
            AnsiConsole.MarkupLine($"[red]{Markup.Escape(rule.RuleId)}[/]: {Markup.Escape(rule.Failure!)}");
        }
    }

    internal static string Grouped(long number) => number.ToString("#,0", new NumberFormatInfo { NumberGroupSeparator = "\u00a0" });
}
