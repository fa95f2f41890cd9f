using System.Globalization;
using Kepil.Fund.Accounts;
using Kepil.Fund.Bank;
using Kepil.Fund.Documents;
using Kepil.Fund.Proceedings;
using Kepil.Law;
using Spectre.Console;

namespace Kepil.Fund.Verbs;

/// <summary>Makes payment files and takes statements in: <c>kepil bank list|make|statement FILE</c>. Nobody signs in on the command line, so nothing is checked or approved here.</summary>
public static class BankVerb
{
    /// <summary>Files that are listed.</summary>
    private const int Most = 20;

    public static int List(FundFolder folder, LawBook law, Told told)
    {
        var table = new Table().Border(TableBorder.Rounded);
        foreach (var head in new[] { "№", told.Say("Сома", "Сумма", "Sum"), told.Say("Тапсырмалар", "Поручений", "Orders"), told.Say("Қадам", "Шаг", "Step"), "SHA-256", told.Say("Файл", "Файл", "File") })
        {
            table.AddColumn(head);
        }

        foreach (var seen in BankStore.Of(folder, ProceedingVerbs.DeskOf(folder), law).Files(Most))
        {
            table.AddRow([.. new[]
            {
                Number(seen.File.Id), seen.File.Sum.ToString(), Number(seen.File.Orders), string.Join(", ", seen.Steps.Select(s => StepOf(s.Step, told)).DefaultIfEmpty(told.Say("жасалды", "составлен", "made"))), seen.File.Hash[..16], seen.File.Path,
            }.Select(Markup.Escape)]);
        }

        AnsiConsole.Write(table);
        return 0;
    }

    /// <param name="payOn">Day on which the bank is asked to pay; today without it.</param>
    public static int Make(FundFolder folder, LawBook law, DateOnly? payOn, Told told)
    {
        var desk = ProceedingVerbs.DeskOf(folder);
        var signed = new DocumentStore(folder.Accounts, folder.Path, desk.Clock, "").SignedByBoth(DocumentKind.ServiceAct);
        return Told(told, () =>
        {
            if (BankStore.Of(folder, desk, law).Make("system", payOn ?? LocalDay.Of(desk.Clock.GetUtcNow()), signed.Contains) is not { } file)
            {
                told.Line(
                    "Төлейтін ештеңе жоқ: қол қойылған актісі және расталған шоты бар бос тапсырма табылмады.",
                    "Платить нечего: свободных поручений с подписанным актом и подтверждённым счётом нет.",
                    "There is nothing to pay: no free order has a signed act and a confirmed account.");
                return;
            }

            told.Line(
                $"№ {file.Id}: {file.Orders} тапсырма, {file.Sum}. {folder.At(file.Path)}, SHA-256 {file.Hash}. Тексеру мен бекіту – беттерде: /money/files.",
                $"№ {file.Id}: поручений {file.Orders}, {file.Sum}. {folder.At(file.Path)}, SHA-256 {file.Hash}. Проверка и утверждение – на страницах: /money/files.",
                $"No. {file.Id}: {file.Orders} orders, {file.Sum}. {folder.At(file.Path)}, SHA-256 {file.Hash}. It is checked and approved at the pages: /money/files.");
        });
    }

    /// <param name="path">A statement as camt.053 or as rows.</param>
    public static int Statement(FundFolder folder, LawBook law, string path, Told told) => !File.Exists(path)
        ? throw new WrongQuestionException(new($"«{path}» файлы жоқ.", $"Файла «{path}» нет.", $"There is no file '{path}'."))
        : Told(told, () =>
        {
            var posted = BankStore.Of(folder, ProceedingVerbs.DeskOf(folder), law).TakeIn("system", File.ReadAllBytes(path));
            told.Line($"Жүргізілді: {posted.Count}.", $"Проведено: {posted.Count}.", $"Posted: {posted.Count}.");
        });

    /// <summary>What is refused is told, and nothing was done.</summary>
    private static int Told(Told told, Action act)
    {
        try
        {
            act();
            return 0;
        }
        catch (BankRefusedException refused)
        {
            told.Line(refused.Reason.Kk, refused.Reason.Ru, refused.Reason.En);
            return 1;
        }
    }

    private static string StepOf(string step, Told told) => step switch
    {
        "checked" => told.Say("тексерілді", "проверен", "checked"),
        "approved" => told.Say("бекітілді", "утверждён", "approved"),
        _ => told.Say("қайтарылды", "отклонён", "refused"),
    };

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
