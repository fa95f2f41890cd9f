using System.Globalization;
using Kepil.Demo;
using Kepil.Fund.Accounts;
using Kepil.Fund.Contributions;
using Kepil.Fund.Desk;
using Kepil.Fund.Findings;
using Kepil.Fund.LocalBodies;
using Kepil.Fund.Portrait;
using Kepil.Fund.Rules;
using Kepil.Law;
using Kepil.Monitoring;
using Spectre.Console;

namespace Kepil.Fund.Verbs;

/// <summary>An oblast's month from invented people to payable sums, with the pages at the end: <c>kepil demo</c></summary>
public static class DemoVerb
{
    public static async Task<int> RunAsync(string path, LawBook law, long lines, ulong seed, bool clean, string? urls, Told told)
    {
        var started = TimeProvider.System.GetTimestamp();
        var made = System.IO.Path.Combine(path, "country");
        if (Directory.Exists(path))
        {
            if (Directory.EnumerateFileSystemEntries(path).Any(e => System.IO.Path.GetFileName(e) is not ("country" or "fund")))
            {
                // What lies there is not a demo's own, and a demo begins by emptying its folder.
                throw new WrongQuestionException(new(
                    $"{path} қалтасында demo жасамаған файлдар бар. --data арқылы бос немесе жаңа қалтаны көрсетіңіз.",
                    $"В папке {path} лежат файлы, которых demo не создавала. Укажите через --data пустую или новую папку.",
                    $"The folder {path} holds files that demo did not make. Name an empty or a new folder by --data."));
            }

            Directory.Delete(path, true);
        }

        var country = await told.WatchAsync(told.Say("Облыс ойдан құрылуда", "Создаётся область", "Inventing an oblast"), progress => Task.Run(() =>
            new DemoCountry(new DemoSize(lines, seed) { Clean = clean }).Write(made, new Shown(progress))));
        var folder = FundFolder.Open(System.IO.Path.Combine(path, "fund"));
        var intake = new RegisterIntake(folder, law, TimeProvider.System);
        var references = Directory.GetFiles(System.IO.Path.Combine(made, "reference")).Order(StringComparer.Ordinal).ToList();
        // Of a country of millions the large registers are not written as text: they are loaded as if their rows had been read.
        var large = references.Where(r => r.EndsWith(".parquet", StringComparison.Ordinal)).ToList();
        var files = references.Except(large).ToList();
        var known = await told.WatchAsync(told.Say("Анықтамалық тізілімдер", "Справочные регистры", "Reference registers"), async progress =>
        {
            foreach (var (register, done) in large.Select((r, i) => (r, i)))
            {
                await Task.Run(() => new ReferenceLoading(folder, TimeProvider.System).Load(System.IO.Path.GetFileNameWithoutExtension(register), [register]));
                progress(0.9 * (done + 1) / references.Count);
            }

            return await intake.TakeAsync(files, intake.Options(), read => progress(0.9 * (large.Count + read) / references.Count));
        });
        var month = new DemoSize(lines).Month;
        var opens = ClockSetting.Start() ?? TimeProvider.System.GetUtcNow();
        var clock = new DemoClock(opens.AddDays(-32));
        var desk = DeskOf(folder, clock);
        var payments = new DemoPayments(folder, law, desk, clock, made);
        // Accounts outside the folder may hold the people of an earlier demo: they are told and played once.
        var first = !desk.HasUsers();
        var people = first ? await told.WatchAsync(told.Say("Адамдар мен төлемдер", "Люди и платежи", "People and payments"), _ => Task.Run(() => Pay(folder, law, desk, payments, month))) : 0;
        var registers = Directory.GetFiles(System.IO.Path.Combine(made, "registers"), "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).ToList();
        var taken = await told.WatchAsync(told.Say("Шот-тізілімдер қабылдануда", "Принимаются счета-реестры", "Taking account-registers in"), progress => intake.TakeAsync(registers, intake.Options(), read => progress(0.6 * read / registers.Count)));
        foreach (var refused in known.Concat(taken).Where(t => t.Outcome.Refusal is not null).Take(5))
        {
            AnsiConsole.MarkupLine($"[red]{Markup.Escape(refused.Outcome.File)}[/]: {Markup.Escape(Registers.RejectionTexts.Of(refused.Outcome.Refusal!).In(told.Language))}");
        }

        var (rows, accepted, rejected) = (taken.Sum(t => t.Line?.Submission.Rows ?? 0), taken.Sum(t => t.Line?.Submission.Accepted ?? 0), taken.Sum(t => t.Line?.Submission.Rejected ?? 0));
        told.Line(
            $"  {registers.Count} файл: {MonitorVerb.Grouped(rows)} жол = {MonitorVerb.Grouped(accepted)} қабылданды + {MonitorVerb.Grouped(rejected)} қабылданбады",
            $"  файлов {registers.Count}: строк {MonitorVerb.Grouped(rows)} = принято {MonitorVerb.Grouped(accepted)} + отклонено {MonitorVerb.Grouped(rejected)}",
            $"  {registers.Count} files: {MonitorVerb.Grouped(rows)} rows = {MonitorVerb.Grouped(accepted)} accepted + {MonitorVerb.Grouped(rejected)} rejected");
        var pack = RuleCommands.Load(law, DateOnly.FromDateTime(TimeProvider.System.GetLocalNow().DateTime)).Pack;
        var outcome = await told.WatchAsync(
            told.Say($"Мониторинг: {pack.On.Count()} қағида", $"Мониторинг: правил {pack.On.Count()}", $"Monitoring: {pack.On.Count()} rules"),
            progress => new MonthMonitoring(folder, law, TimeProvider.System).RunAsync(month, pack, (done, all, _) => progress((double)done / all)));
        MonitorVerb.Print(folder, law, outcome, told);
        PrintKey(folder, made, month, pack, told);
        if (first)
        {
            people += await PlayAsync(folder, law, desk, clock, opens, month, seed, payments, told);
            told.Line($"  {people} жол", $"  строк {people}", $"  {people} rows");
        }

        var seconds = TimeProvider.System.GetElapsedTime(started).TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture);
        told.Line($"Барлығы {seconds} с; деректер: {path}", $"Всего {seconds} с; данные: {path}", $"{seconds} s in all; data: {path}");
        return urls is null ? 0 : await ServeVerb.RunAsync(folder, law, urls, true, told);
    }

    /// <summary>What was paid becomes known before anything is counted and before lines are judged by it.</summary>
    private static int Pay(FundFolder folder, LawBook law, DeskStore desk, DemoPayments payments, DateOnly month)
    {
        using var records = RecordsSetting.Open(folder);
        var rows = payments.Begin(records, month);
        // Counted before anything is told of standings: of nearly all nothing will be.
        foreach (var day in new[] { month.AddMonths(-1), month })
        {
            new PortraitTaking(folder, desk).Take("system", day);
            new UninsuredLists(folder, desk).Make("system", day);
        }

        rows += payments.TellStandings();
        new MonitoredPeriods(folder, law, desk).Make(month, month.AddMonths(1).AddDays(-1));
        return rows;
    }

    private static DeskStore DeskOf(FundFolder folder, DemoClock clock)
    {
        using var context = folder.Accounts.Context();
        return new DeskStore(DeskSource.Of(context), clock);
    }

    /// <summary>Invented users and a month of their acts, which ends now or at the moment that KEPIL_CLOCK names. Says how many rows of payments came meanwhile.</summary>
    private static async Task<int> PlayAsync(FundFolder folder, LawBook law, DeskStore desk, DemoClock clock, DateTimeOffset end, DateOnly month, ulong seed, DemoPayments payments, Told told)
    {
        var play = new DemoPlay(folder, law, desk, clock, seed);
        var own = AddUsers(folder, law, desk, month);
        play.AddEmployees(own.Region);
        var acts = await told.WatchAsync(told.Say("Қарсылықтар мен шешімдер", "Возражения и решения", "Objections and decisions"), _ => Task.Run(() => play.Play(month, end, own.Provider)));
        play.Complete(month);
        DemoLocalBodies.Play(folder, desk);
        var rows = payments.Go();
        told.Line($"  {acts} әрекет", $"  действий {acts}", $"  {acts} acts");
        play.Print(month, told);
        return rows;
    }

    /// <summary>One invented user for each role; the provider's people belong to the provider that billed most, the branch to its region.</summary>
    public static (long Provider, string Region) AddUsers(FundFolder folder, LawBook law, DeskStore desk, DateOnly month)
    {
        using var records = RecordsSetting.Open(folder);
        var largest = records.Query(
            "SELECT m.provider_id, MAX(p.region), SUM(m.billed) FROM month_form AS m JOIN provider AS p ON p.provider_id = m.provider_id WHERE m.month = $1 GROUP BY m.provider_id ORDER BY 3 DESC, 1 LIMIT 1",
            r => (Provider: r.Long(0), Region: r.TextOrNull(1)), month)[0];
        DemoUsers.Add(desk, largest.Provider, largest.Region ?? "", law.Regions);
        return (largest.Provider, largest.Region ?? "");
    }

    /// <summary>Compares what was found with what was planted.</summary>
    private static void PrintKey(FundFolder folder, string made, DateOnly month, RulePack pack, Told told)
    {
        var planted = File.ReadLines(System.IO.Path.Combine(made, "key.csv")).Skip(1).Select(l => l.Split(',')).Select(c => (Rule: c[0], Provider: long.Parse(c[1], CultureInfo.InvariantCulture), Line: c[2])).ToHashSet();
        using var records = RecordsSetting.Open(folder);
        var found = records.Query(
            "SELECT f.rule_id, f.provider_id, k.line_id, f.kind FROM finding AS f JOIN known_service AS k ON k.service_id = f.service_id AND k.person_id = f.person_id WHERE f.month = $1",
            r => (Key: (Rule: r.Text(0), Provider: r.Long(1), Line: r.Text(2)), Potential: r.Text(3) == "potential"), month);
        var keys = found.Select(f => f.Key).ToHashSet();
        var missed = planted.Count(p => !keys.Contains(p));
        var besides = found.Where(f => f.Potential && !planted.Contains(f.Key)).ToLookup(f => f.Key.Rule);
        var byNature = pack.On.Where(r => r.File.Statistical && r.File.Kind == FindingKind.Potential).Select(r => r.Id).ToList();
        var beyond = besides.Where(b => !byNature.Contains(b.Key)).Sum(b => b.Count());
        told.Line(
            $"Әдейі енгізілген бұзушылықтар: {planted.Count}, табылғаны {planted.Count - missed}; бұдан тыс ықтимал: {beyond}",
            $"Подложено нарушений: {planted.Count}, найдено {planted.Count - missed}; сверх того потенциальных: {beyond}",
            $"Breaches planted: {planted.Count}, found {planted.Count - missed}; potential findings beyond them: {beyond}");
        var lines = records.Query("SELECT CAST(SUM(lines) AS bigint) FROM month_form WHERE month = $1", r => r.Long(0), month)[0];
        foreach (var rule in byNature)
        {
            // A rule that goes by what is usual points at honest lines too; how often is said.
            var (count, million) = (besides[rule].Count(), (besides[rule].Count() * 1_000_000m / lines).ToString("0.#", CultureInfo.InvariantCulture));
            told.Line(
                $"  статистикалық {rule}: әдейі енгізілгеннен тыс {count}, миллион жолға {million}",
                $"  статистическое {rule}: сверх подложенных {count}, на миллион строк {million}",
                $"  statistical {rule}: {count} beyond those planted, {million} in a million lines");
        }

        foreach (var rule in planted.Where(p => !keys.Contains(p)).GroupBy(p => p.Rule))
        {
            told.Line($"  табылмады: {rule.Key} × {rule.Count()}", $"  не найдено: {rule.Key} × {rule.Count()}", $"  missed: {rule.Key} × {rule.Count()}");
        }
    }

    private sealed class Shown(Action<double> progress) : IProgress<(int Done, int Of)>
    {
        public void Report((int Done, int Of) value) => progress((double)value.Done / value.Of);
    }
}
