using Kepil.Fund.Accounts;
using Kepil.Fund.Rules;
using Kepil.Law;
using Kepil.Monitoring;
using Spectre.Console;

namespace Kepil.Fund.Verbs;

/// <summary>Runs the worked cases of rules, and tries rules over stored months: <c>kepil rules test</c>, <c>kepil rules trial RULE…</c> or <c>--all</c>.</summary>
public static class RulesVerb
{
    /// <summary>Runs the worked cases and tells what differs.</summary>
    public static int Test(LawBook law, DateOnly day, IReadOnlyCollection<string> only, Told told)
    {
        var (pack, refused) = RuleCommands.Load(law, day);
        if (AreUnknown(pack, refused, only, told))
        {
            return 2;
        }

        foreach (var refusal in refused)
        {
            Console.WriteLine($"refused  {refusal.Message}");
        }

        var (held, failed) = (0, refused.Count);
        foreach (var result in CaseResults.Of(pack, law, only))
        {
            if (result.Failure is null)
            {
                held++;
                continue;
            }

            failed++;
            Console.WriteLine($"differs  {result.RuleId}: {result.Case}: {result.Failure}");
        }

        Console.WriteLine($"{pack.Rules.Count} rules, {held} cases hold, {failed} do not");
        return failed == 0 ? 0 : 1;
    }

    /// <summary>Tries rules over the newest stored months and, when asked, notes the trial.</summary>
    public static async Task<int> TrialAsync(FundFolder folder, LawBook law, IReadOnlyList<string> ids, int months, bool note, Told told)
    {
        var (pack, refused) = RuleCommands.LoadForTrial(law, DateOnly.FromDateTime(TimeProvider.System.GetLocalNow().DateTime));
        if (AreUnknown(pack, refused, ids, told))
        {
            return 2;
        }

        // A rule that cannot be loaded can be tried no more than one that is not there.
        var unfit = refused.Where(r => ids.Count == 0 || ids.Contains(Path.GetFileNameWithoutExtension(r.File))).ToList();
        foreach (var refusal in unfit)
        {
            AnsiConsole.MarkupLine($"[red]{Markup.Escape(refusal.Message)}[/]");
        }

        var rules = pack.Rules.Where(r => ids.Count == 0 ? r.File.State != RuleState.Withdrawn : ids.Contains(r.Id)).ToList();
        if (rules.Count == 0)
        {
            told.Line("Сынайтын қағида жоқ", "Испытывать нечего: годных правил нет", "There is no rule fit to be tried");
            return 2;
        }

        var trial = new RuleTrial(folder, law, TimeProvider.System);
        var results = rules.ToDictionary(r => r.Id, _ => new List<TrialMonth>());
        if (trial.Months(months) is not { Count: > 0 } stored)
        {
            told.Line(
                $"{folder.Path}: сынайтын ай жоқ. Алдымен тіркелімді қабылдаңыз (kepil intake) және --months санын бірден кем қоймаңыз.",
                $"{folder.Path}: нет ни одного месяца для испытания. Сначала примите реестр (kepil intake) и задайте --months не меньше одного.",
                $"{folder.Path}: there is no month to try on. First take a register in (kepil intake), and give --months of one at least.");
            return 2;
        }

        foreach (var month in stored)
        {
            var tried = await told.WatchAsync($"{month:yyyy-MM}", progress => trial.RunAsync(month, pack, rules, (done, all, _) => progress((double)done / all)));
            foreach (var (id, result) in tried)
            {
                results[id].Add(result);
            }
        }

        foreach (var rule in rules)
        {
            foreach (var month in results[rule.Id])
            {
                Print(rule, month, rules.Count == 1, told);
            }
        }

        if (note)
        {
            RuleTrial.Note(pack.Folder, [.. rules.Select(r => (r, (IReadOnlyList<TrialMonth>)results[r.Id]))], DateOnly.FromDateTime(TimeProvider.System.GetLocalNow().DateTime));
            var versions = RuleVersions.Of(folder, TimeProvider.System);
            versions.See(rules, "system");
            foreach (var rule in rules.Where(r => RuleTrial.Allows(r, results[r.Id])))
            {
                versions.KeepNoted(rule, results[rule.Id], "shell:" + Environment.UserName);
            }

            foreach (var rule in rules.Where(r => !RuleTrial.Allows(r, results[r.Id])))
            {
                told.Line(
                    $"{rule.Id}: сынақ жазылмады: жол болған жоқ, қағида орындалмады немесе коды қолданылмайтын көмек нысанын көрсетеді",
                    $"{rule.Id}: испытание не записано: не было строк, правило не выполнилось или указывает на форму помощи, к которой его код не применяется",
                    $"{rule.Id}: the trial is not noted: there were no lines, the rule failed, or it points at a form of care to which its code does not apply");
            }

            told.Line("Сынақтар trials.yaml файлына жазылды", "Испытания записаны в trials.yaml", "The trials are noted in trials.yaml");
        }

        return unfit.Count == 0 && rules.TrueForAll(r => note ? RuleTrial.Allows(r, results[r.Id]) : results[r.Id].TrueForAll(m => m.Failure is null)) ? 0 : 1;
    }

    private static void Print(LoadedRule rule, TrialMonth month, bool whole, Told told)
    {
        if (month.Failure is not null)
        {
            AnsiConsole.MarkupLine($"[red]{rule.Id}[/] {month.Month:yyyy-MM}: {Markup.Escape(month.Failure)}");
            return;
        }

        var sum = new Money(month.Sum);
        told.Line(
            $"{rule.Id} {month.Month:yyyy-MM}: {month.Hits} жол, {sum}; қолданыстағыдан жаңасы {month.Added}, жоғалғаны {month.Removed}; қолданылмайтыны {month.NotApplicable}",
            $"{rule.Id} {month.Month:yyyy-MM}: строк {month.Hits}, {sum}; нового против действующего {month.Added}, пропало {month.Removed}; неприменимо {month.NotApplicable}",
            $"{rule.Id} {month.Month:yyyy-MM}: {month.Hits} lines, {sum}; new against the one in force {month.Added}, gone {month.Removed}; not applicable {month.NotApplicable}");
        if (!whole)
        {
            return;
        }

        foreach (var (provider, hits, providerSum) in month.TopProviders)
        {
            AnsiConsole.MarkupLine(Markup.Escape($"  {provider,12}  {hits}  {new Money(providerSum)}"));
        }

        foreach (var (service, hits, serviceSum) in month.TopServices)
        {
            AnsiConsole.MarkupLine(Markup.Escape($"  {service,12}  {hits}  {new Money(serviceSum)}"));
        }

        foreach (var (other, lines) in month.Overlap)
        {
            told.Line($"  ортақ жолдар: {other} × {lines}", $"  общие строки: {other} × {lines}", $"  shared lines: {other} × {lines}");
        }
    }

    /// <summary>Tells which of the ids name no rule, and the ids that come nearest.</summary>
    private static bool AreUnknown(RulePack pack, IReadOnlyList<RuleRefusedException> refused, IReadOnlyCollection<string> ids, Told told)
    {
        var unknown = ids.Where(id => !pack.Rules.Any(r => r.Id == id) && !refused.Any(r => Path.GetFileNameWithoutExtension(r.File) == id)).ToList();
        foreach (var id in unknown)
        {
            var nearest = string.Join(", ", pack.Nearest(id));
            told.Line(
                $"{id}: жинақта мұндай қағида жоқ. Жазылуы жақындары: {nearest}",
                $"{id}: такого правила в наборе нет. Ближайшие по написанию: {nearest}",
                $"{id}: the pack has no such rule. Nearest in spelling: {nearest}");
        }

        return unknown.Count > 0;
    }
}
