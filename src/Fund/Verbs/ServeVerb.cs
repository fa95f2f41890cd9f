using System.Net;
using Kepil.Fund.Accounts;
using Kepil.Fund.Bank;
using Kepil.Fund.Coverage;
using Kepil.Fund.Desk;
using Kepil.Fund.Documents;
using Kepil.Fund.Duties;
using Kepil.Fund.Inbox;
using Kepil.Fund.Ledger;
using Kepil.Fund.LocalBodies;
using Kepil.Fund.Office;
using Kepil.Fund.Oversight;
using Kepil.Fund.Pages;
using Kepil.Fund.PaymentFiles;
using Kepil.Fund.Payments;
using Kepil.Fund.People;
using Kepil.Fund.Portrait;
using Kepil.Fund.Proceedings;
using Kepil.Fund.Purchase;
using Kepil.Fund.Reviews;
using Kepil.Fund.Rules;
using Kepil.Fund.Settlements;
using Kepil.Fund.Unscheduled;
using Kepil.Fund.Visits;
using Kepil.Law;
using Kepil.Monitoring;

namespace Kepil.Fund.Verbs;

/// <summary>Opens the pages on loopback: <c>kepil serve</c></summary>
public static class ServeVerb
{
    /// <param name="folder">The folder of the fund.</param>
    /// <param name="law">The law folder.</param>
    /// <param name="urls">Addresses to listen on.</param>
    /// <param name="demo">Everything in the folder is invented, and its users sign in with one press.</param>
    /// <param name="told">The language of what is printed.</param>
    public static async Task<int> RunAsync(FundFolder folder, LawBook law, string urls, bool demo, Told told)
    {
        var addresses = urls.Split(';').Select(u => Uri.TryCreate(u, UriKind.Absolute, out var url) ? url : null).ToList();
        if (addresses.Any(url => url?.Scheme is not ("http" or "https")))
        {
            throw new WrongQuestionException(new(
                $"urls: «{urls}» – мекенжай емес. Былай жазыңыз: http://127.0.0.1:5080.",
                $"urls: «{urls}» – не адрес. Напишите так: http://127.0.0.1:5080.",
                $"urls: '{urls}' is no address. Write it like this: http://127.0.0.1:5080."));
        }

        // Requests wait for the database on their threads; the pool would give a new one twice a second only.
        ThreadPool.GetMinThreads(out var threads, out var ports);
        ThreadPool.SetMinThreads(Math.Max(threads, 32), ports);
        var post = Post();
        var desk = ProceedingVerbs.DeskOf(folder);
        CheckDemo(folder, desk, demo, addresses!);
        if (!demo)
        {
            StartChecks.Check(desk, folder.At("keys"), Environment.Version);
        }

        if (!demo)
        {
            ListChanges.WriteApproved(desk, RulePack.FindFolder());
        }

        var pack = RuleCommands.Load(law, DateOnly.FromDateTime(TimeProvider.System.GetLocalNow().DateTime)).Pack;
        using var records = RecordsSetting.Open(folder);
        await using var app = FundWeb.Build(["--urls", urls], records, law, pack.Rules, desk, folder);
        IntakeEndpoints.Map(app, folder, law);
        var documents = new DocumentStore(folder.Accounts, folder.Path, desk.Clock, Environment.GetEnvironmentVariable("KEPIL_PAGES") ?? urls.Split(';')[0]);
        DocumentEndpoints.Map(app, documents, TimeProvider.System);
        var packFolder = demo ? CopyOf(pack.Folder, folder.At("pack")) : pack.Folder;
        MethodEndpoints.Map(app, folder, law, packFolder);
        var store = app.Services.GetRequiredService<ProceedingStore>();
        var door = app.Services.GetRequiredService<ReceiptDoor>();
        ProceedingEndpoints.Map(app, folder, records, store, desk.Clock);
        OutageEndpoints.Map(app, store, desk.Clock);
        OfficeEndpoints.Map(app, folder, law, records, store, desk, () => pack);
        ReviewEndpoints.Map(app, folder, law, records, desk);
        using var http = new HttpClient();
        var terms = app.Services.GetRequiredService<TermsByDay>();
        var work = ProceedingVerbs.WorkOf(folder, records, desk, documents, http, terms);
        UnscheduledEndpoints.Map(app, work);
        var visits = new VisitDesk(work, desk, records, folder, store, VisitDesk.SigningProgram);
        VisitEndpoints.Map(app, visits);
        DutyEndpoints.Map(app, visits);
        PersonEndpoints.Map(app, new(folder, law, desk));
        MoneyEndpoints.Map(app, new MoneyDesk(folder, desk, law, records, documents, work.Verifier));
        CoverageEndpoints.Map(app, folder, law, records, desk);
        PortraitEndpoints.Map(app, law, desk);
        PurchaseEndpoints.Map(app, new(folder, desk, law, records));
        LocalBodyEndpoints.Map(app, folder, law, desk);
        BroughtFileEndpoints.Map(app, new(folder, law, desk));
        app.Services.GetRequiredService<Assignments>().OfFinding = finding => store.ReviewersOf(finding / FindingSums.FindingsOfLine, finding);
        try
        {
            await app.StartAsync();
        }
        catch (IOException e)
        {
            told.Line($"{urls} мекенжайы бос емес: {e.Message.TrimEnd('.')}. Басқасын --urls арқылы беріңіз.", $"Адрес {urls} занят: {e.Message.TrimEnd('.')}. Укажите другой через --urls.", $"The address {urls} is taken: {e.Message.TrimEnd('.')}. Give another by --urls.");
            return 1;
        }

        told.Line($"Беттер: {urls}  (тоқтату: Ctrl+C)", $"Страницы: {urls}  (остановить: Ctrl+C)", $"Pages: {urls}  (stop: Ctrl+C)");
        if (demo)
        {
            told.Line(
                $"Кіру: {urls.TrimEnd('/')}/demo-sign-in – рөлді таңдап, бір рет басыңыз.",
                $"Войти: {urls.TrimEnd('/')}/demo-sign-in – выберите роль одним нажатием.",
                $"Sign in: {urls.TrimEnd('/')}/demo-sign-in – choose a role with one press.");
        }
        else if (!desk.HasUsers())
        {
            var code = desk.NewFirstCode();
            told.Line(
                $"Бірінші әкімші: {urls.TrimEnd('/')}/first-start, бір реттік код {code}",
                $"Первый администратор: {urls.TrimEnd('/')}/first-start, одноразовый код {code}",
                $"The first administrator: {urls.TrimEnd('/')}/first-start, one-time code {code}");
        }

        var (inbox, bank, pages) = (app.Services.GetRequiredService<InboxStore>(), BankStore.Of(folder, desk, law), (Environment.GetEnvironmentVariable("KEPIL_PAGES") ?? urls.Split(';')[0]).TrimEnd('/'));
        await using var notes = new InboxRounds(
            new InboxRound(inbox, store, desk, app.Services.GetRequiredService<TermsByDay>().At, (now, users) => OpeningNotes.Of(app.Services.GetRequiredService<DataOpenings>().Unreviewed(), now, users),
                (now, users) => BranchNotes.Of(work.Owed(), now, users), (now, users) => VisitNotes.Of(work.Store, now, terms.At(now).Calendar, users), (now, users) => BankNotes.Of(bank.Changed(now - BankNotes.Window), now, users)),
            post is null ? null : new DailyDigest(inbox, desk, post, pages), desk.Clock, Console.Error.WriteLine, post is null ? null : new BankLetters(inbox, desk, bank, post, pages));
        var watch = new UnscheduledWatch(work.Store, desk.Clock, terms.At, store.HandledUpTo);
        HeldSilence? held = null;
        using var rounds = new WatchRounds(new ProceedingWatch(store, desk.Clock, terms.At, door), door, desk.Clock, Console.Error.WriteLine, () =>
        {
            var round = watch.Run();
            // Told once, not every few seconds.
            if (round.Held is { } now && held != now)
            {
                ProceedingVerbs.TellHeld(now, told);
            }

            held = round.Held;
        }, () => work.Run(Console.Error.WriteLine));
        await using var monitoring = new MonitoringRounds(
            new CurrentMonitoring(folder, law, records, store, desk.Clock, terms.At, () => RuleCommands.Load(law, LocalDay.Of(desk.Clock.GetUtcNow()), packFolder).Pack, records as PostgresRecords, work.Store.ForeignOrganisations, new PaidLines(folder, LedgerStore.Of(desk)).Of),
            TimeProvider.System, month => Tell(month, told), Console.Error.WriteLine);
        await app.WaitForShutdownAsync();
        return 0;
    }

    private static void Tell(MonitoredMonth month, Told told)
    {
        if (month.Monitored)
        {
            told.Line(
                $"{month.Month:yyyy-MM}: жаңа жолдар мониторингтен өтті; көрсетілді: {month.Shown?.Opened ?? 0}, адамның келісімін күтетін қағидалар: {month.Shown?.Large.Count ?? 0}",
                $"{month.Month:yyyy-MM}: новые строки прошли мониторинг; показано: {month.Shown?.Opened ?? 0}, правил, ждущих согласия: {month.Shown?.Large.Count ?? 0}",
                $"{month.Month:yyyy-MM}: new lines were monitored; shown: {month.Shown?.Opened ?? 0}, rules that wait for consent: {month.Shown?.Large.Count ?? 0}");
        }
    }

    /// <summary>The pack in the folder of the demo: whoever tries the pages does not change the pack of the product.</summary>
    private static string CopyOf(string pack, string copy)
    {
        if (!Directory.Exists(copy))
        {
            foreach (var file in Directory.GetFiles(pack, "*", SearchOption.AllDirectories))
            {
                var place = Path.Combine(copy, Path.GetRelativePath(pack, file));
                Directory.CreateDirectory(Path.GetDirectoryName(place)!);
                File.Copy(file, place);
            }
        }

        return copy;
    }

    /// <summary>The way of letters that the setting KEPIL_SMTP names; nothing without it.</summary>
    private static MailPost? Post() => Environment.GetEnvironmentVariable(MailPost.Setting) is not { Length: > 0 } text ? null : MailPost.Read(text) ?? throw new WrongQuestionException(new(
        $"{MailPost.Setting}: мекенжай түсініксіз. Былай жазыңыз: smtp://kisi:kupiyasoz@host:587?from=kepil@example.kz&tls=true.",
        $"{MailPost.Setting}: адрес непонятен. Напишите так: smtp://user:password@host:587?from=kepil@example.kz&tls=true.",
        $"{MailPost.Setting}: the address is not understood. Write it like this: smtp://user:password@host:587?from=kepil@example.kz&tls=true."));

    /// <summary>Invented users open pages of invented data alone, and only on this machine.</summary>
    private static void CheckDemo(FundFolder folder, DeskStore desk, bool demo, IReadOnlyList<Uri> addresses)
    {
        if (!demo && (desk.IsDemo || desk.HasDemoUsers()))
        {
            throw new WrongQuestionException(new(
                $"{folder.Path}: мұнда ойдан құрылған пайдаланушылар бар. Демоны қайта ашу: kepil serve --demo; нақты жұмыс үшін --data арқылы басқа қалта мен басқа дерекқорды көрсетіңіз.",
                $"{folder.Path}: здесь есть выдуманные пользователи. Снова открыть демо: kepil serve --demo; для настоящей работы укажите другую папку через --data и другую базу.",
                $"{folder.Path}: there are invented users here. To open the demo again: kepil serve --demo; for real work name another folder by --data, and another database."));
        }

        if (demo && !desk.IsDemo && folder.At("fund") is var inner && Faults.IsFund(inner))
        {
            throw new WrongQuestionException(new(
                $"{folder.Path}: бұл демо емес, бірақ ішінде қордың қалтасы бар. Былай жазыңыз: kepil serve --demo --data {inner}.",
                $"{folder.Path}: это не демо, но внутри есть папка фонда. Напишите так: kepil serve --demo --data {inner}.",
                $"{folder.Path}: this is no demo, but there is the folder of a fund in it. Write it like this: kepil serve --demo --data {inner}."));
        }

        if (demo && !desk.IsDemo)
        {
            throw new WrongQuestionException(new(
                $"{folder.Path}: бұл демо емес. --demo дегенді алып тастаңыз немесе алдымен kepil demo іске қосыңыз.",
                $"{folder.Path}: это не демо. Уберите --demo или сначала выполните kepil demo.",
                $"{folder.Path}: this is no demo. Leave --demo out, or run kepil demo first."));
        }

        if (demo && addresses.Any(a => !(a.IsLoopback || (IPAddress.TryParse(a.Host, out var ip) && IPAddress.IsLoopback(ip)))))
        {
            throw new WrongQuestionException(new(
                "urls: демо тек осы машинада ашылады. Былай жазыңыз: http://127.0.0.1:5080.",
                "urls: демо открывается только на этой машине. Напишите так: http://127.0.0.1:5080.",
                "urls: a demo opens on this machine only. Write it like this: http://127.0.0.1:5080."));
        }
    }
}
