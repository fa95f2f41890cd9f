using Kepil.Fund.Accounts;
using Kepil.Fund.Desk;
using Kepil.Fund.Documents;
using Kepil.Fund.Ledger;
using Kepil.Fund.Proceedings;
using Kepil.Fund.Settlements;
using Kepil.Fund.Unscheduled;
using Kepil.Law;
using Kepil.Monitoring;
using Spectre.Console;

namespace Kepil.Fund.Verbs;

/// <summary>Shows a month's findings to the providers and closes terms: <c>kepil notify 2026-10</c>, <c>kepil close-terms</c></summary>
public static class ProceedingVerbs
{
    public static async Task<int> NotifyAsync(FundFolder folder, LawBook law, DateOnly month, string? consent, Told told)
    {
        using (var context = folder.Accounts.Context())
        {
            if (!context.Runs.Any(r => r.Month == month))
            {
                throw new WrongQuestionException(new(
                    $"{folder.Path}: {month:yyyy-MM} айы мониторингтен өтпеген. Алдымен: kepil monitor {month:yyyy-MM}.",
                    $"{folder.Path}: мониторинга за {month:yyyy-MM} не было. Сначала: kepil monitor {month:yyyy-MM}.",
                    $"{folder.Path}: {month:yyyy-MM} was not monitored. First: kepil monitor {month:yyyy-MM}."));
            }
        }

        var desk = DeskOf(folder);
        using var records = RecordsSetting.Open(folder);
        var notice = new MonthNotice(folder, records, ProceedingStore.Of(desk), desk.Clock, new TermsByDay(law, OutageStore.Of(desk).Confirmed).At, new PaidLines(folder, LedgerStore.Of(desk)).Of);
        // Paragraph 3: organisations that treat abroad are not monitored.
        var foreign = UnscheduledStore.Of(desk).ForeignOrganisations();
        var shown = await told.WatchAsync(
            told.Say($"{month:yyyy-MM} айының нәтижелері өнім берушілерге көрсетілуде", $"Результаты {month:yyyy-MM} показываются поставщикам", $"Showing the findings of {month:yyyy-MM} to the providers"),
            progress => Task.Run(() => notice.Show(month, consent, "system", told: (done, all) => progress((double)done / all), only: f => !foreign.Contains(f.Show.ProviderId))));
        return Tell(shown, month, told);
    }

    /// <summary>One round of everything that follows from the clock: what <c>kepil serve</c> does every few seconds.</summary>
    public static int CloseTerms(FundFolder folder, LawBook law, string? consent, Told told)
    {
        var desk = DeskOf(folder);
        var (store, terms) = (ProceedingStore.Of(desk), new TermsByDay(law, OutageStore.Of(desk).Confirmed));
        using var records = RecordsSetting.Open(folder);
        using var http = new HttpClient();
        var work = WorkOf(folder, records, desk, new(folder.Accounts, folder.Path, desk.Clock, Environment.GetEnvironmentVariable("KEPIL_PAGES") ?? "http://127.0.0.1:5080"), http, terms);
        var (round, here, failed) = (new WatchRound(0, 0, 0, 0), new UnscheduledRound(0, null), 0);
        void Failed(string why)
        {
            failed++;
            Console.Error.WriteLine(why);
        }

        WatchRounds.Try(() => round = new ProceedingWatch(store, desk.Clock, terms.At).Run(consent), Failed);
        WatchRounds.Try(() => here = new UnscheduledWatch(work.Store, desk.Clock, terms.At, store.HandledUpTo).Run(consent), Failed);
        work.Run(Failed);
        told.Line(
            $"Мерзімі бітіп, жабылған істер: {round.Closed + here.Closed}; тағайындалған: {round.Assigned}",
            $"Закрыто по истечении срока: {round.Closed + here.Closed}; назначено: {round.Assigned}",
            $"Closed because the term was over: {round.Closed + here.Closed}; assigned: {round.Assigned}");
        if (here.Held is { } held)
        {
            TellHeld(held, told);
        }

        if (round.Held == 0)
        {
            return here.Held is null && failed == 0 ? 0 : 1;
        }

        told.Line(
            $"Жүйе ұзақ тұрып қалған немесе сағат секірген: үнсіздік {round.Open} істің {round.Held} ісін бірден растайтын еді. Тексеріп, келісіңіз: kepil close-terms --consent АТЫ-ЖӨНІ.",
            $"Система долго стояла или часы прыгнули: молчание сразу подтвердило бы {round.Held} из {round.Open}. Проверьте и дайте согласие: kepil close-terms --consent ФИО.",
            $"The system stood still for long or the clock jumped: silence would confirm {round.Held} of {round.Open} at once. Check, then consent: kepil close-terms --consent NAME.");
        return 1;
    }

    /// <summary>Tells that silence about conclusions waits for a person.</summary>
    internal static void TellHeld(HeldSilence held, Told told) => told.Line(
        $"Жүйе ұзақ тұрып қалған немесе сағат секірген: үнсіздік {held.Open} қорытындының {held.Over} қорытындысын бірден қабылдатар еді. Тексеріп, келісіңіз: kepil close-terms --consent АТЫ-ЖӨНІ.",
        $"Система долго стояла или часы прыгнули: молчание сразу приняло бы заключений: {held.Over} из {held.Open}. Проверьте и дайте согласие: kepil close-terms --consent ФИО.",
        $"The system stood still for long or the clock jumped: silence would accept {held.Over} conclusions of {held.Open} at once. Check, then consent: kepil close-terms --consent NAME.");

    /// <summary>The door to unscheduled monitoring with what it needs of other rooms.</summary>
    internal static CaseWork WorkOf(FundFolder folder, IRecords records, DeskStore desk, DocumentStore documents, HttpClient http, TermsByDay terms) => new(
        folder, records, desk, UnscheduledStore.Of(desk), documents, SignatureSetting.Open(Environment.GetEnvironmentVariable("KEPIL_SIGNATURES"), folder.Path, http), terms)
    {
        Paid = new PaidLines(folder, LedgerStore.Of(desk)).Of,
    };

    internal static int Tell(MonthShown shown, DateOnly month, Told told)
    {
        foreach (var rule in shown.Large)
        {
            AnsiConsole.MarkupLine($"[yellow]{Markup.Escape(rule.RuleId)}[/]: {Markup.Escape(new Money(rule.AtRisk).ToString())} / {Markup.Escape(new Money(rule.Billed).ToString())}");
        }

        told.Line(
            $"  көрсетілді: {MonitorVerb.Grouped(shown.Opened)}, бұрын көрсетілген: {MonitorVerb.Grouped(shown.Known)}",
            $"  показано: {MonitorVerb.Grouped(shown.Opened)}, показано раньше: {MonitorVerb.Grouped(shown.Known)}",
            $"  shown: {MonitorVerb.Grouped(shown.Opened)}, shown before: {MonitorVerb.Grouped(shown.Known)}");
        foreach (var (reason, count) in shown.Refused)
        {
            told.Line($"  көрсетілмеді ({reason}): {count}", $"  не показано ({reason}): {count}", $"  not shown ({reason}): {count}");
        }

        if (shown.Large.Count > 0)
        {
            told.Line(
                $"Бұл қағидалар айлық шоттың тым көп бөлігін ұстайтын еді, олардың тапқандары көрсетілген жоқ. Тексеріп, келісіңіз: kepil notify {month:yyyy-MM} --consent АТЫ-ЖӨНІ.",
                $"Эти правила удержали бы слишком большую долю счёта за месяц, найденное ими не показано. Проверьте и дайте согласие: kepil notify {month:yyyy-MM} --consent ФИО.",
                $"These rules would withhold too large a share of the month's bill; what they found was not shown. Check, then consent: kepil notify {month:yyyy-MM} --consent NAME.");
        }

        return shown.Refused.Count == 0 && shown.Large.Count == 0 ? 0 : 1;
    }

    /// <summary>The desk with its clock: that of the system, or in a demo one that can be moved, from the moment that KEPIL_CLOCK names or at which the demo was left.</summary>
    internal static DeskStore DeskOf(FundFolder folder)
    {
        using var context = folder.Accounts.Context();
        var desk = new DeskStore(DeskSource.Of(context), TimeProvider.System);
        var setting = ClockSetting.Start();
        if (desk.IsDemo)
        {
            // Who moved the clock before the last stop does not come back into what was then already past.
            var (now, left) = (TimeProvider.System.GetUtcNow(), desk.Journal.Newest(1) is [var last] ? last.At : default);
            return new DeskStore(DeskSource.Of(context), new DemoClock(setting ?? (left > now ? left : now)));
        }

        return setting is null ? desk : throw new WrongQuestionException(new(
            $"KEPIL_CLOCK: {folder.Path} – демо емес, уақытты тек демода жылжытуға болады. Айнымалыны алып тастаңыз.",
            $"KEPIL_CLOCK: {folder.Path} – не демо, время переводится только в демо. Уберите переменную.",
            $"KEPIL_CLOCK: {folder.Path} is no demo, and time is moved in a demo only. Unset the variable."));
    }
}
