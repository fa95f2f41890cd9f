using System.Globalization;
using Kepil.Fund.Accounts;
using Kepil.Fund.Findings;
using Kepil.Fund.Pages;
using Kepil.Fund.Rules;
using Kepil.Law;
using Kepil.Monitoring;
using Spectre.Console;

namespace Kepil.Fund.Verbs;

/// <summary>Shows how a finding came about and what it costs: <c>kepil explain FINDING</c></summary>
public static class ExplainVerb
{
    public static int Run(FundFolder folder, LawBook law, long finding, Told told)
    {
        using var records = RecordsSetting.Open(folder);
        if (new FindingStore(records).Explain(finding) is not { } e)
        {
            told.Line($"{finding} нөмірлі ақау немесе бұзушылық жоқ", $"Дефекта или нарушения с номером {finding} нет", $"There is no finding {finding}");
            return 1;
        }

        var day = DateOnly.FromDateTime(TimeProvider.System.GetLocalNow().DateTime);
        using var judged = new JudgedBy(folder, law, id => RuleCommands.Load(law, day).Pack.Rules.FirstOrDefault(r => r.Id == id));
        var (rule, edition, run, fromPack) = judged.Of(e);
        var words = PageLanguage.Of(told.Language);
        var row = edition[e.Finding.Code];
        var grid = new Table().Border(TableBorder.Rounded).HideHeaders();
        grid.AddColumn("");
        grid.AddColumn("");
        void Row(string kk, string ru, string en, string value) => grid.AddRow(Markup.Escape(told.Say(kk, ru, en)), Markup.Escape(value));
        Row("Код", "Код", "Code", $"{e.Finding.Code} {row.Name.In(told.Language)}");
        Row("Түрі", "Вид", "Kind", e.Finding.IsGeneral ? told.Say("жалпы: сома азаймайды (12-тармақ)", "общий: сумма не уменьшается (пункт 12)", "general: no money (paragraph 12)") : told.Say("ықтимал (13-тармақ)", "потенциальный (пункт 13)", "potential (paragraph 13)"));
        if (run is not null)
        {
            var at = words.Moment(DateTimeOffset.FromUnixTimeMilliseconds(run.FinishedAt));
            Row("Мониторинг", "Мониторинг", "Monitoring", fromPack
                ? $"№ {run.Id}, {at}"
                : told.Say(
                    $"№ {run.Id}, {at}; қағидалары сақталмаған, төменде бүгінгілері", $"№ {run.Id}, {at}; его правила не сохранены, ниже сегодняшние", $"№ {run.Id}, {at}; its rules were not kept, those of today stand below"));
        }

        Row("Қағида", "Правило", "Rule", rule is null ? e.Finding.RuleId : $"{rule.Id}: {rule.File.Title.In(told.Language)} (SHA-256 {rule.File.TextHash[..12]})");
        Row("Редакция", "Редакция", "Edition", $"{edition.Citation}, {edition.InForceFrom:dd.MM.yyyy}");
        if (rule is not null)
        {
            Row("Дәлел", "Доказательство", "Evidence", EvidenceText.Of(rule, e.Evidence, words, expert: true));
            Row("Тармақтар", "Пункты", "Paragraphs", string.Join(", ", rule.File.Law));
        }

        if (e.Service is { } s)
        {
            Row("Жол", "Строка", "Line", $"{s.LineId}, {words.WordOr("Form." + s.CareForm, s.CareForm)}, {s.Code ?? "–"}, {s.StartedOn:dd.MM.yyyy}–{s.EndedOn:dd.MM.yyyy}, {new Money(s.Amount)}");
        }

        foreach (var (key, value) in e.Service?.Known.Told() ?? [])
        {
            Row(words[key], words[key], words[key], words.Value(key, value));
        }

        Row("Сыныптама ұяшығы", "Ячейка классификатора", "Cell of the classification", e.Cell);
        if (e.Arithmetic is { } a)
        {
            Row("Есептеу", "Расчёт", "Arithmetic", a.IsShare ? $"{a.Number} % × {new Money(a.Base)} = {new Money(a.Sum)}" : $"{a.Number} × {new Money(a.Base)} ({a.Unit}) = {new Money(a.Sum)}");
        }

        foreach (var other in e.OnTheLine)
        {
            var mark = other.Counts ? told.Say("ескеріледі", "учитывается", "counts") : "–";
            Row("Осы жолда", "По этой строке", "On this line", string.Create(CultureInfo.InvariantCulture, $"{other.Code}: {new Money(other.Sum)} ({mark})"));
        }

        Row("Жол бойынша", "По строке", "The line", told.Say(
            $"ұсынылды {new Money(e.Line.Billed)} = төленеді {new Money(e.Line.Payable)} + даулы {new Money(e.Line.AtRisk)}; берешек {new Money(e.Line.Debt)}",
            $"предъявлено {new Money(e.Line.Billed)} = к оплате {new Money(e.Line.Payable)} + под вопросом {new Money(e.Line.AtRisk)}; задолженность {new Money(e.Line.Debt)}",
            $"billed {new Money(e.Line.Billed)} = payable {new Money(e.Line.Payable)} + at risk {new Money(e.Line.AtRisk)}; debt {new Money(e.Line.Debt)}"));
        AnsiConsole.Write(grid);
        return 0;
    }
}
