using Kepil.Fund.Accounts;
using Kepil.Fund.Findings;
using Kepil.Law;
using Microsoft.EntityFrameworkCore;

namespace Kepil.Fund.Verbs;

/// <summary>Makes a stored monitoring again and compares it: <c>kepil replay RUN</c></summary>
public static class ReplayVerb
{
    public static async Task<int> RunAsync(FundFolder folder, long run, Told told)
    {
        var outcome = await ReplayAsync(folder, run, told);
        if (outcome is null)
        {
            using var context = folder.Accounts.Context();
            var there = string.Join(", ", context.Runs.AsNoTracking().Select(r => r.Id).Order());
            throw new WrongQuestionException(new(
                $"№ {run} мониторинг жоқ немесе оның қағидалары сақталмаған (бар нөмірлер: {there}).",
                $"Мониторинга № {run} нет, или его правила не сохранены (есть номера: {there}).",
                $"There is no monitoring {run}, or its rules were not kept (numbers that are there: {there})."));
        }

        foreach (var file in outcome.Damaged)
        {
            told.Line($"{file}: файл бұрынғыдай емес немесе жоқ", $"{file}: файл не тот, что был, или его нет", $"{file}: the file is not what it was, or is gone");
        }

        foreach (var rule in outcome.Failed)
        {
            told.Line($"{rule}: қағида орындалмады", $"{rule}: правило не выполнилось", $"{rule}: the rule could not be run");
        }

        foreach (var (table, stored, now) in outcome.Differences)
        {
            told.Line($"{table}: тек сақталғанында {stored} жол, тек қазіргісінде {now} жол", $"{table}: только в сохранённом строк {stored}, только в нынешнем {now}", $"{table}: rows in the stored one alone {stored}, in this one alone {now}");
        }

        if (outcome.IsSame)
        {
            told.Line(
                $"Анықталғандар, дәлелдер мен сомалар байтына дейін бірдей: {outcome.Digest}",
                $"Находки, доказательства и суммы те же до байта: {outcome.Digest}",
                $"Findings, evidence and sums are the same to the byte: {outcome.Digest}");
            return 0;
        }

        if (outcome.Damaged.Count == 0)
        {
            told.Line($"Сақталған: {outcome.Run.Digest}, қазір: {outcome.Digest}", $"Сохранено: {outcome.Run.Digest}, сейчас: {outcome.Digest}", $"Stored: {outcome.Run.Digest}, now: {outcome.Digest}");
        }

        return 1;
    }

    private static async Task<ReplayOutcome?> ReplayAsync(FundFolder folder, long run, Told told)
    {
        try
        {
            return await told.WatchAsync(
                told.Say($"№ {run} мониторингті қайталау", $"Повтор мониторинга № {run}", $"Monitoring {run} again"),
                progress => new RunReplay(folder, TimeProvider.System).RunAsync(run, (done, all, _) => progress((double)done / all)));
        }
        catch (InvalidDataException stricter)
        {
            using var context = folder.Accounts.Context();
            var program = context.Runs.AsNoTracking().SingleOrDefault(r => r.Id == run) is { } stored ? RunInputs.Of(folder, stored)?.Program ?? "–" : "–";
            throw new WrongQuestionException(new(
                $"Мониторингпен сақталған қағидаларды немесе заң деректерін бұл нұсқа оқымайды ({stricter.Message.TrimEnd('.')}). Мониторингті жүргізген нұсқамен қайталаңыз: {program}.",
                $"Правила или данные права, сохранённые с мониторингом, эта версия не читает ({stricter.Message.TrimEnd('.')}). Повторите версией, которой он проведён: {program}.",
                $"This version does not read the rules or the law kept with the monitoring ({stricter.Message.TrimEnd('.')}). Make it again with the version that made it: {program}."));
        }
    }
}
