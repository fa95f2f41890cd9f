using System.Globalization;
using Kepil.Fund.Accounts;
using Kepil.Fund.Registers;
using Kepil.Law;
using Spectre.Console;

namespace Kepil.Fund.Verbs;

/// <summary>Takes registers in: <c>kepil intake FILE…</c></summary>
public static class IntakeVerb
{
    /// <summary>Rejections of a file that are printed; the rest stands in the report.</summary>
    private const int Printed = 12;

    public static async Task<int> RunAsync(FundFolder folder, LawBook law, IReadOnlyList<string> files, RegisterOptions said, string? report, Told told)
    {
        if (Missing(files, told))
        {
            return 2;
        }

        var before = new FactRefresh(folder, law, TimeProvider.System).OpenMonths();
        var intake = new RegisterIntake(folder, law, TimeProvider.System);
        var taken = await told.WatchAsync(
            told.Say("Тізілімдер қабылдануда", "Реестры принимаются", "Taking registers in"),
            progress => intake.TakeAsync(files, said, read => progress(0.9 * read / files.Count)));
        foreach (var one in taken)
        {
            Print(one, told);
        }

        if (before.Count > 0 && taken.Any(t => t.Reference is not null))
        {
            told.Line(
                "Бұрын қабылданған жолдарда тізілімдердің сол кездегі деректері сақтаулы. Оларды жаңарту: kepil refresh-facts",
                "В ранее принятых строках хранятся факты регистров на тот момент. Чтобы обновить их: kepil refresh-facts",
                "Lines taken in before keep what the registers said then. To refresh them: kepil refresh-facts");
        }

        var rejections = taken.SelectMany(t => t.Rejections).ToList();
        if (report is not null)
        {
            WriteReport(report, rejections, told);
        }

        return taken.All(t => t.Outcome.Refusal is null) ? 0 : 1;
    }

    /// <summary>Says which files are not there.</summary>
    internal static bool Missing(IReadOnlyList<string> files, Told told)
    {
        var missing = files.Where(f => !File.Exists(f)).ToList();
        foreach (var file in missing)
        {
            told.Line($"{file}: мұндай файл жоқ. Жолын тексеріңіз.", $"{file}: такого файла нет. Проверьте путь.", $"{file}: there is no such file. Check the path.");
        }

        return missing.Count > 0;
    }

    internal static void WriteReport(string path, IEnumerable<Rejection> rejections, Told told)
    {
        using (var file = File.Create(path))
        {
            if (path.EndsWith(".xlsx", StringComparison.OrdinalIgnoreCase))
            {
                RejectionReport.WriteXlsx(file, rejections, told.Language);
            }
            else
            {
                RejectionReport.WriteCsv(file, rejections, told.Language);
            }
        }

        told.Line($"Қателер тізімі: {path}", $"Список ошибок: {path}", $"List of errors: {path}");
    }

    internal static void PrintRejections(IReadOnlyList<Rejection> rejections, Told told)
    {
        if (rejections.Count == 0)
        {
            return;
        }

        var table = new Table().Border(TableBorder.Rounded);
        table.AddColumn(told.Say("Ұяшық", "Ячейка", "Cell"));
        table.AddColumn(told.Say("Мәні", "Значение", "Value"));
        table.AddColumn(told.Say("Не дұрыс емес", "Что не так", "What is wrong"));
        table.AddColumn(told.Say("Қалай түзетіледі", "Как исправить", "How to mend it"));
        foreach (var rejection in rejections.Take(Printed))
        {
            var text = RejectionTexts.Of(rejection.Reason, rejection.Named);
            table.AddRow(Markup.Escape(rejection.Cell), Markup.Escape(rejection.Value), Markup.Escape(text.Wrong.In(told.Language)), Markup.Escape(text.Mend.In(told.Language)));
        }

        AnsiConsole.Write(table);
        if (rejections.Count > Printed)
        {
            var rest = rejections.Count - Printed;
            told.Line($"… тағы {rest}: --report ФАЙЛ арқылы барлығын алыңыз", $"… и ещё {rest}: все — через --report ФАЙЛ", $"… and {rest} more: get all by --report FILE");
        }
    }

    private static void Print(Taken taken, Told told)
    {
        var name = taken.Outcome.File;
        if (taken.Outcome.Refusal is { } refusal)
        {
            AnsiConsole.MarkupLine($"[red]{Markup.Escape(name)}[/]: {Markup.Escape(RejectionTexts.Of(refusal).In(told.Language))}");
            return;
        }

        var facts = taken.Outcome.Facts!;
        if (taken.Reference is { } reference)
        {
            told.Line(
                $"{name}: «{reference.Register}» тізілімі, {facts.Rows} жол, {facts.Accepted} қабылданды, {facts.Rejected} қабылданбады",
                $"{name}: регистр «{reference.Register}», строк {facts.Rows}, принято {facts.Accepted}, отклонено {facts.Rejected}",
                $"{name}: register '{reference.Register}', {facts.Rows} rows, {facts.Accepted} accepted, {facts.Rejected} rejected");
        }
        else if (taken.Line is { } line)
        {
            var s = line.Submission;
            if (line.Already)
            {
                told.Line(
                    $"{name}: бұл файл бұрын қабылданған (№ {s.Id}); ештеңе қосылмады",
                    $"{name}: этот файл уже принят (№ {s.Id}); ничего не добавлено",
                    $"{name}: this file was taken in before (no. {s.Id}); nothing was added");
                return;
            }

            var billed = new Money(s.Billed);
            told.Line(
                $"{name}: № {s.Id}, {s.Rows} жол = {s.Accepted} қабылданды + {s.Rejected} қабылданбады (өзгермеген {s.Unchanged}, түзетілген {s.Corrected}, бұғатталған {s.Frozen}); {billed}",
                $"{name}: № {s.Id}, строк {s.Rows} = принято {s.Accepted} + отклонено {s.Rejected} (без изменений {s.Unchanged}, исправлено {s.Corrected}, заморожено {s.Frozen}); {billed}",
                $"{name}: no. {s.Id}, {s.Rows} rows = {s.Accepted} accepted + {s.Rejected} rejected (unchanged {s.Unchanged}, corrected {s.Corrected}, frozen {s.Frozen}); {billed}");
        }

        Skipped(facts, told);
        PrintRejections(taken.Rejections, told);
    }

    internal static void Skipped(RegisterFacts facts, Told told)
    {
        var skipped = facts.Skipped.Where(p => p.Value > 0).Select(p => string.Create(CultureInfo.InvariantCulture, $"{NameOf(p.Key, told)} {p.Value}")).ToList();
        if (skipped.Count > 0)
        {
            var list = string.Join(", ", skipped);
            told.Line($"  өткізілген жолдар: {list}; қалпына келтірілген нөмірлер: {facts.NumbersRestored}", $"  пропущено строк: {list}; восстановлено номеров: {facts.NumbersRestored}", $"  rows skipped: {list}; numbers restored: {facts.NumbersRestored}");
        }
    }

    private static string NameOf(string skipped, Told told) => skipped switch
    {
        "title" => told.Say("тақырып", "заголовок", "title"),
        "head" => told.Say("баған атаулары", "шапка", "head"),
        "blank" => told.Say("бос", "пустые", "blank"),
        "numbers" => told.Say("баған нөмірлері", "номера столбцов", "column numbers"),
        "total" => told.Say("барлығы", "итог", "total"),
        "below" => told.Say("кестеден төмен", "ниже таблицы", "below the table"),
        _ => skipped,
    };
}
