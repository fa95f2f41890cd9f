using Kepil.Fund.Accounts;
using Kepil.Fund.Contributions;
using Kepil.Fund.Registers;
using Kepil.Law;
using Spectre.Console;

namespace Kepil.Fund.Verbs;

/// <summary>Takes files of payments, of categories and of standings in: <c>kepil contributions FILE…</c></summary>
public static class ContributionsVerb
{
    public static int Run(FundFolder folder, LawBook law, IReadOnlyList<string> files, string? report, Told told)
    {
        if (IntakeVerb.Missing(files, told))
        {
            return Faults.Asked;
        }

        var intake = new ContributionIntake(folder, law, ProceedingVerbs.DeskOf(folder));
        var (rejections, refused) = (new List<Rejection>(), false);
        foreach (var file in files)
        {
            try
            {
                var taken = intake.Take(file, "system");
                Tell(taken, told);
                IntakeVerb.PrintRejections(taken.Rejections, told);
                rejections.AddRange(taken.Rejections);
            }
            catch (RegisterRefusedException whole)
            {
                refused = true;
                AnsiConsole.MarkupLine($"[red]{Markup.Escape(Path.GetFileName(file))}[/]: {Markup.Escape(RejectionTexts.Of(whole.Refusal).In(told.Language))}");
            }
        }

        if (report is not null)
        {
            IntakeVerb.WriteReport(report, rejections, told);
        }

        return refused || rejections.Count > 0 ? 1 : 0;
    }

    private static void Tell(TakenContributions taken, Told told)
    {
        if (taken.TakenBefore)
        {
            told.Line($"{taken.File}: бұл файл бұрын қабылданған, ештеңе өзгерген жоқ", $"{taken.File}: этот файл уже принят, ничего не изменилось", $"{taken.File}: this file was taken in before, nothing changed");
            return;
        }

        told.Line(
            $"{taken.File}: {taken.Rows} жол, {taken.Taken} қабылданды, {taken.Known} бұрыннан белгілі, {taken.Refused} қабылданбады",
            $"{taken.File}: строк {taken.Rows}, принято {taken.Taken}, известно {taken.Known}, отклонено {taken.Refused}",
            $"{taken.File}: {taken.Rows} rows, {taken.Taken} taken in, {taken.Known} known already, {taken.Refused} refused");
        if (taken.Holds == "contribution")
        {
            told.Line($"Қабылданған сома: {taken.Sum}", $"Принято на сумму: {taken.Sum}", $"Sum taken in: {taken.Sum}");
        }
    }
}
