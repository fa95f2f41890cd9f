using System.CommandLine;
using Kepil.Fund.Accounts;
using Kepil.Fund.Registers;
using Kepil.Fund.Rules;
using Kepil.Fund.Verbs;
using Kepil.Law;
using Kepil.Monitoring;

namespace Kepil.Fund;

/// <summary>The one door of the fund's executable.</summary>
public static class Program
{
    private static readonly Option<string?> Language = new("--lang") { Description = "Language of what is printed: kk, ru or en.", Recursive = true };

    private static readonly Option<string?> Data = new("--data") { Description = "Folder of the fund; else KEPIL_DATA, else data/ here.", Recursive = true };

    private static readonly Option<string> Urls = new("--urls") { Description = "Address of the pages.", DefaultValueFactory = _ => "http://127.0.0.1:5080" };

    public static int Main(string[] args)
    {
        // The two processes apart: they get a job file and nothing else.
        switch (args)
        {
            case ["run-rules", var job]:
                return RuleWorker.Run(job);
            case ["run-rules", var job, "rehearse"]:
                return RuleWorker.Run(job, rehearse: true);
            case ["parse", .. var files]:
                return ParseCommand.Run(files);
        }

        var root = new RootCommand("Kepil: monitoring of the contracts of a social health insurance fund.") { Language, Data };
        root.Subcommands.Add(Demo());
        root.Subcommands.Add(Serve());
        root.Subcommands.Add(Check());
        root.Subcommands.Add(Intake());
        root.Subcommands.Add(RefreshFacts());
        root.Subcommands.Add(Contributions());
        root.Subcommands.Add(Insured());
        root.Subcommands.Add(InsuredOfAll());
        root.Subcommands.Add(InsuredPeriods());
        root.Subcommands.Add(Portrait());
        root.Subcommands.Add(Uninsured());
        root.Subcommands.Add(Entitle());
        root.Subcommands.Add(Monitor());
        root.Subcommands.Add(Notify());
        root.Subcommands.Add(CloseTerms());
        root.Subcommands.Add(Explain());
        root.Subcommands.Add(Replay());
        root.Subcommands.Add(Settle());
        root.Subcommands.Add(Recalculate());
        root.Subcommands.Add(Ledger());
        root.Subcommands.Add(Bank());
        root.Subcommands.Add(Rules());
        root.Subcommands.Add(Journal());
        root.Subcommands.Add(ResetFactors());
        root.Subcommands.Add(Bench.BenchVerb.Command());
        var asked = root.Parse(args.Length == 0 ? ["--help"] : args);
        return Faults.Tell(
            () =>
            {
                if (asked.Errors.Count > 0)
                {
                    throw new WrongQuestionException(Misunderstood(string.Join(" ", asked.Errors.Select(e => e.Message))));
                }

                Faults.CheckSettings();
                return asked.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
            },
            () => Told.In(asked.GetValue(Language)));
    }

    private static DateOnly Today => DateOnly.FromDateTime(TimeProvider.System.GetLocalNow().DateTime);

    private static Command Demo()
    {
        var lines = new Option<long>("--lines") { Description = "Lines of the month.", DefaultValueFactory = _ => 1_000_000 };
        var seed = new Option<ulong>("--seed") { Description = "The same seed makes the same oblast.", DefaultValueFactory = _ => 614UL };
        var clean = new Option<bool>("--clean") { Description = "Plant no breaches." };
        var noPages = new Option<bool>("--no-pages") { Description = "Do not open the pages at the end." };
        var command = new Command("demo", "Invents an oblast, monitors its month and opens the pages.") { lines, seed, clean, noPages, Urls };
        command.SetAction((p, _) => DemoVerb.RunAsync(
            Path.GetFullPath(p.GetValue(Data) ?? "demo"), LawBook.Open(), p.GetValue(lines), p.GetValue(seed), p.GetValue(clean), p.GetValue(noPages) ? null : p.GetValue(Urls), Told.In(p.GetValue(Language))));
        return command;
    }

    private static Command Serve()
    {
        var demo = new Option<bool>("--demo") { Description = "Open the folder of a demo again, with its invented users." };
        var command = new Command("serve", "Opens the pages and the interface for hospital systems.") { Urls, demo };
        command.SetAction((p, _) => ServeVerb.RunAsync(Faults.Folder(p.GetValue(Data)), LawBook.Open(), p.GetValue(Urls)!, p.GetValue(demo), Told.In(p.GetValue(Language))));
        return command;
    }

    private static Command Check() => OfFiles("check", "Shows what would be rejected and found, and keeps nothing.", CheckVerb.RunAsync);

    private static Command Intake()
    {
        var shorter = new Option<bool>("--shorter") { Description = "A reference register is whole although it has far fewer rows than the one in force." };
        var command = OfFiles("intake", "Takes in account-registers and reference registers.", IntakeVerb.RunAsync, shorter);
        command.Add(shorter);
        return command;
    }

    private static Command OfFiles(string name, string description, Func<FundFolder, LawBook, IReadOnlyList<string>, RegisterOptions, string?, Told, Task<int>> run, Option<bool>? shorter = null)
    {
        var files = new Argument<string[]>("file") { Arity = ArgumentArity.OneOrMore, Description = "CSV, XLSX or JSON." };
        var month = new Option<string?>("--month") { Description = "Reporting month (2026-10) when the file does not say it." };
        var provider = new Option<long?>("--provider") { Description = "БСН/БИН of the provider when the file does not say it." };
        var form = new Option<string?>("--form") { Description = "Form of care when the register has no such column." };
        var package = new Option<string?>("--package") { Description = "Package when the register has no such column: tmkkk or mams." };
        var contract = new Option<string?>("--contract") { Description = "Contract when the file does not say it." };
        var table = new Option<string?>("--register") { Description = "Which register it is, when its heads do not tell: line, " + string.Join(", ", ReferenceTables.All.Select(t => t.Name)) + "." };
        var mapping = new Option<string?>("--mapping") { Description = "Mapping of another system's export: a name in mappings/ or a file." };
        var report = new Option<string?>("--report") { Description = "Write all rejected rows to this .csv or .xlsx." };
        var command = new Command(name, description) { files, month, provider, form, package, contract, table, mapping, report };
        command.SetAction((p, _) =>
        {
            var law = LawBook.Open();
            var folder = Faults.Folder(p.GetValue(Data));
            var said = new RegisterIntake(folder, law, TimeProvider.System).Options() with
            {
                Month = p.GetValue(month) is { } m ? MonthOf(m) : null,
                ProviderId = p.GetValue(provider),
                CareForm = p.GetValue(form),
                Package = p.GetValue(package),
                Contract = p.GetValue(contract),
                Table = p.GetValue(table),
                Mapping = p.GetValue(mapping),
                Shorter = shorter is not null && p.GetValue(shorter),
            };
            if (said.Doubt() is { } doubt)
            {
                throw new WrongQuestionException(doubt);
            }

            if (p.GetValue(report) is { } errors && !Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(errors))))
            {
                throw new WrongQuestionException(new(
                    $"report: {errors} файлының қалтасы жоқ. Алдымен қалтаны жасаңыз немесе басқа жолды көрсетіңіз.",
                    $"report: папки для файла {errors} нет. Сначала создайте её или укажите другой путь.",
                    $"report: the folder of {errors} is not there. Make it first, or name another path."));
            }

            if (said.Mapping is { } named)
            {
                MappingFile.Load(named);
            }

            return run(folder, law, p.GetValue(files)!, said, p.GetValue(report), Told.In(p.GetValue(Language)));
        });
        return command;
    }

    private static Command RefreshFacts()
    {
        var months = new Argument<string[]>("month") { Arity = ArgumentArity.ZeroOrMore, Description = "2026-10; all months when none is given." };
        var command = new Command("refresh-facts", "Finds the facts of stored lines anew after a reference register changed.") { months };
        command.SetAction((p, _) => RefreshFactsVerb.RunAsync(Faults.Folder(p.GetValue(Data)), LawBook.Open(), [.. (p.GetValue(months) ?? []).Select(MonthOf)], Told.In(p.GetValue(Language))));
        return command;
    }

    private static Command Monitor()
    {
        var month = new Argument<string>("month") { Description = "2026-10" };
        var command = new Command("monitor", "Runs the rules over a month and prices what they find.") { month };
        command.SetAction((p, _) => MonitorVerb.RunAsync(Faults.Folder(p.GetValue(Data)), LawBook.Open(), MonthOf(p.GetValue(month)!), Told.In(p.GetValue(Language))));
        return command;
    }

    private static Command Notify()
    {
        var month = new Argument<string>("month") { Description = "2026-10" };
        var consent = new Option<string?>("--consent") { Description = "Who takes a rule upon himself that withholds a large share of the bill." };
        var command = new Command("notify", "Shows the findings of a monitored month to the providers, each once.") { month, consent };
        command.SetAction((p, _) => ProceedingVerbs.NotifyAsync(Faults.Folder(p.GetValue(Data)), LawBook.Open(), MonthOf(p.GetValue(month)!), p.GetValue(consent), Told.In(p.GetValue(Language))));
        return command;
    }

    private static Command CloseTerms()
    {
        var consent = new Option<string?>("--consent") { Description = "Who takes it upon himself that silence confirms many findings at once after a standstill." };
        var command = new Command("close-terms", "Closes the terms that are over and assigns what waits.") { consent };
        command.SetAction(p => ProceedingVerbs.CloseTerms(Faults.Folder(p.GetValue(Data)), LawBook.Open(), p.GetValue(consent), Told.In(p.GetValue(Language))));
        return command;
    }

    private static Command Explain()
    {
        var finding = new Argument<long>("finding") { Description = "Number of the finding." };
        var command = new Command("explain", "Shows how a finding came about and what it costs.") { finding };
        command.SetAction(p => ExplainVerb.Run(Faults.Folder(p.GetValue(Data)), LawBook.Open(), p.GetValue(finding), Told.In(p.GetValue(Language))));
        return command;
    }

    private static Command Replay()
    {
        var run = new Argument<long>("run") { Description = "Number of the monitoring; kepil explain tells it." };
        var command = new Command("replay", "Makes a stored monitoring again by its own rules, law and files, and compares it to the byte.") { run };
        command.SetAction((p, _) => ReplayVerb.RunAsync(Faults.Folder(p.GetValue(Data)), p.GetValue(run), Told.In(p.GetValue(Language))));
        return command;
    }

    private static Command Settle()
    {
        var month = new Option<string>("--month") { Description = "2026-10", Required = true };
        var command = new Command("settle", "Settles a monitored month: sets disputed sums apart, deducts, and orders the rest to be paid.") { month };
        command.SetAction((p, _) => SettleVerb.RunAsync(Faults.Folder(p.GetValue(Data)), LawBook.Open(), MonthOf(p.GetValue(month)!), Told.In(p.GetValue(Language))));
        return command;
    }

    private static Command Recalculate()
    {
        var act = new Option<string>("--act") { Description = "The act by alias and paragraph: TARIFF-170:1", Required = true };
        var tariffs = new Option<string>("--tariffs") { Description = "CSV of changes: form;code;from;to;old;new", Required = true };
        var command = new Command("recalculate", "Recalculates settled months by an act that changes tariffs backwards; the difference is posted, nothing is rewritten.") { act, tariffs };
        command.SetAction(p => SettleVerb.Recalculate(Faults.Folder(p.GetValue(Data)), LawBook.Open(), p.GetValue(act)!, p.GetValue(tariffs)!, Told.In(p.GetValue(Language))));
        return command;
    }

    private static Command Contributions()
    {
        var files = new Argument<string[]>("file") { Arity = ArgumentArity.OneOrMore, Description = "CSV of payments, of categories or of standings; its heads tell which." };
        var report = new Option<string?>("--report") { Description = "Write all refused rows to this .csv or .xlsx." };
        var command = new Command("contributions", "Takes in what was paid for whom, who is in which category and with which standing.") { files, report };
        command.SetAction(p => ContributionsVerb.Run(Faults.Folder(p.GetValue(Data)), LawBook.Open(), p.GetValue(files)!, p.GetValue(report), Told.In(p.GetValue(Language))));
        return command;
    }

    private static Command Portrait()
    {
        var on = new Option<string?>("--on") { Description = "Day: 2026-11-01; the first of this month without it." };
        var command = new Command("portrait", "Counts who is not insured on a day by place, kind, age and sex, once for each day, and keeps it.") { on };
        command.SetAction(p => PortraitVerb.Run(Faults.Folder(p.GetValue(Data)), p.GetValue(on), Told.In(p.GetValue(Language))));
        return command;
    }

    private static Command Uninsured()
    {
        var on = new Option<string?>("--on") { Description = "Day: 2026-11-20; today without it." };
        var command = new Command("uninsured", "Makes the list of people who are not insured on a day, with who entered and who left since the list before; run it every night.") { on };
        command.SetAction(p => UninsuredVerb.Run(Faults.Folder(p.GetValue(Data)), p.GetValue(on), Told.In(p.GetValue(Language))));
        return command;
    }

    private static Command Insured()
    {
        var number = new Argument<string>("number") { Description = "ЖСН/ИИН of the person." };
        var on = new Option<string?>("--on") { Description = "Day: 2026-11-20; today without it." };
        var command = new Command("insured", "Says whether a person is insured on a day, why, and what to pay when he is not.") { number, on };
        command.SetAction(p => InsuredVerb.Run(Faults.Folder(p.GetValue(Data)), LawBook.Open(), p.GetValue(number)!, p.GetValue(on), Told.In(p.GetValue(Language))));
        return command;
    }

    private static Command InsuredOfAll()
    {
        var command = new Command("insured-all", "Keeps the accounts of months of all persons as of today and says how many are insured; run it every night.");
        command.SetAction(p => InsuredOfAllVerb.Run(Faults.Folder(p.GetValue(Data)), LawBook.Open(), Told.In(p.GetValue(Language))));
        return command;
    }

    private static Command InsuredPeriods()
    {
        var from = new Argument<string>("from") { Description = "First day: 2026-10-01." };
        var to = new Argument<string>("to") { Description = "Last day." };
        var command = new Command("insured-periods", "Puts together by which insured periods lines are judged: from payments where they are known, from the register for all others.") { from, to };
        command.SetAction(p => InsuredPeriodsVerb.Run(Faults.Folder(p.GetValue(Data)), LawBook.Open(), LedgerVerb.DayOf(p.GetValue(from)!), LedgerVerb.DayOf(p.GetValue(to)!), Told.In(p.GetValue(Language))));
        return command;
    }

    private static Command Entitle()
    {
        var number = new Argument<string>("number") { Description = "ЖСН/ИИН of the person." };
        var on = new Option<string?>("--on") { Description = "Day: 2026-11-20; today without it." };
        var diagnosis = new Option<string>("--diagnosis") { Required = true, Description = "Code of ICD-10: I10, B18.1." };
        var service = new Option<string>("--service") { Required = true, Description = "Kind of care (consultation, hospital, dental …) or a code of the tariff (A02.005.000)." };
        var urgent = new Option<bool>("--urgent") { Description = "An emergency." };
        var level = new Option<string?>("--level") { Description = "first, second or third; the usual one without it." };
        var occasion = new Option<string?>("--occasion") { Description = "A circumstance: no_means, specialist_brought, patient_brought, organs_brought, extra_care." };
        var command = new Command("entitle", "Says which package pays for a person's care, by which line, and what to do when neither does.") { number, on, diagnosis, service, urgent, level, occasion };
        command.SetAction(p => EntitleVerb.Run(
            Faults.Folder(p.GetValue(Data)), LawBook.Open(), p.GetValue(number)!,
            new(p.GetValue(service), p.GetValue(diagnosis), p.GetValue(urgent), p.GetValue(level), p.GetValue(occasion), p.GetValue(on)), Told.In(p.GetValue(Language))));
        return command;
    }

    private static Command Bank()
    {
        var bank = new Command("bank", "Payment files and statements of the bank.");
        var list = new Command("list", "Lists payment files with their steps.");
        list.SetAction(p => BankVerb.List(Faults.Folder(p.GetValue(Data)), LawBook.Open(), Told.In(p.GetValue(Language))));
        var payOn = new Option<string?>("--pay-on") { Description = "Day on which the bank is asked to pay: 2026-11-19." };
        var make = new Command("make", "Makes a file of all orders whose acts both sides signed; it is checked and approved at the pages.") { payOn };
        make.SetAction(p => BankVerb.Make(Faults.Folder(p.GetValue(Data)), LawBook.Open(), p.GetValue(payOn) is { } day ? LedgerVerb.DayOf(day) : null, Told.In(p.GetValue(Language))));
        var file = new Argument<string>("file") { Description = "camt.053 or rows of text." };
        var statement = new Command("statement", "Takes a statement in; with a tiyn of difference nothing is posted.") { file };
        statement.SetAction(p => BankVerb.Statement(Faults.Folder(p.GetValue(Data)), LawBook.Open(), p.GetValue(file)!, Told.In(p.GetValue(Language))));
        foreach (var command in new[] { list, make, statement })
        {
            bank.Subcommands.Add(command);
        }

        return bank;
    }

    private static Command Ledger()
    {
        var ledger = new Command("ledger", "The Fund's books.");
        var provider = new Option<long?>("--provider") { Description = "БСН/БИН of a provider." };
        var contract = new Option<string?>("--contract") { Description = "Number of a contract." };
        var package = new Option<string?>("--package") { Description = "tmkkk or mams." };
        var region = new Option<string?>("--region") { Description = "Region of the provider, two digits." };
        var month = new Option<string?>("--month") { Description = "Month of the services: 2026-10." };
        var until = new Option<string?>("--until") { Description = "Last day of postings that count: 2026-11-20." };
        var by = new Option<string?>("--by") { Description = "provider, contract, package, region or month; the trial balance without it." };
        var balance = new Command("balance", "Shows balances as of any day.") { provider, contract, package, region, month, until, by };
        balance.SetAction(p => LedgerVerb.Balance(
            Faults.Folder(p.GetValue(Data)), LawBook.Open(),
            new(p.GetValue(provider), p.GetValue(contract), p.GetValue(package), p.GetValue(month) is { } m ? MonthOf(m) : null, p.GetValue(until) is { } day ? LedgerVerb.DayOf(day) : null),
            p.GetValue(region), p.GetValue(by), Told.In(p.GetValue(Language))));
        ledger.Subcommands.Add(balance);
        var what = new Argument<string>("what") { Description = "A line by its number or the provider's id, or an order as P-NUMBER." };
        var explain = new Command("explain", "Follows a line to its payment, or a payment down to its lines.") { what };
        explain.SetAction(p => LedgerVerb.Explain(Faults.Folder(p.GetValue(Data)), LawBook.Open(), p.GetValue(what)!, Told.In(p.GetValue(Language))));
        ledger.Subcommands.Add(explain);
        return ledger;
    }

    private static Command Rules()
    {
        var rules = new Command("rules", "The rules of monitoring.");
        var ids = new Argument<string[]>("rule") { Arity = ArgumentArity.ZeroOrMore, Description = "Ids of rules; all when none is given." };
        var test = new Command("test", "Runs the worked cases beside the rules.") { ids };
        test.SetAction(p => RulesVerb.Test(LawBook.Open(), Today, p.GetValue(ids) ?? [], Told.In(p.GetValue(Language))));
        rules.Subcommands.Add(test);
        var months = new Option<int>("--months") { Description = "Newest stored months to try.", DefaultValueFactory = _ => 1 };
        var note = new Option<bool>("--note") { Description = "Note the trial in the pack, so that the rules may be switched on." };
        var all = new Option<bool>("--all") { Description = "All rules but the withdrawn ones, as when none is named." };
        var trial = new Command("trial", "Runs rules over past months without making findings.") { ids, all, months, note };
        trial.SetAction((p, _) => RulesVerb.TrialAsync(Faults.Folder(p.GetValue(Data)), LawBook.Open(), p.GetValue(all) ? [] : p.GetValue(ids) ?? [], p.GetValue(months), p.GetValue(note), Told.In(p.GetValue(Language))));
        rules.Subcommands.Add(trial);
        return rules;
    }

    private static Command ResetFactors()
    {
        var command = new Command("reset-factors", "Takes all second factors away after the keys that seal them were lost.");
        command.SetAction(p => StartChecks.ResetFactors(ProceedingVerbs.DeskOf(Faults.Folder(p.GetValue(Data))), Told.In(p.GetValue(Language))));
        return command;
    }

    private static Command Journal()
    {
        var journal = new Command("journal", "The journal of who did and saw what.");
        var heads = new Option<string[]>("--head") { Description = "Head printed on a document, NUMBER:HASH; may be given several times." };
        var verify = new Command("verify", "Verifies the chain and names the first bad event.") { heads };
        verify.SetAction(p => JournalVerb.Verify(Faults.Folder(p.GetValue(Data)), p.GetValue(heads) ?? [], Told.In(p.GetValue(Language))));
        journal.Subcommands.Add(verify);
        var text = new Argument<string>("text") { Description = "What was done, and why." };
        var note = new Command("note", "Notes in the journal what was done by hand.") { text };
        note.SetAction(p => JournalVerb.Note(Faults.Folder(p.GetValue(Data)), p.GetValue(text)!, Told.In(p.GetValue(Language))));
        journal.Subcommands.Add(note);
        var head = new Command("head", "Prints the head of the chain.");
        head.SetAction(p => JournalVerb.Head(Faults.Folder(p.GetValue(Data)), Told.In(p.GetValue(Language))));
        journal.Subcommands.Add(head);
        return journal;
    }

    private static DateOnly MonthOf(string text) =>
        RegisterOptions.TryMonth(text, out var month) ? month : throw new WrongQuestionException(RegisterOptions.NoMonth(text));

    private static Wording Misunderstood(string what) => new(
        $"Бұйрық түсініксіз: {what} Дұрыс жазылуы: kepil --help, kepil БҰЙРЫҚ --help.",
        $"Команда непонятна: {what} Как её писать: kepil --help, kepil КОМАНДА --help.",
        $"The command is not understood: {what} How it is written: kepil --help, kepil VERB --help.");
}
