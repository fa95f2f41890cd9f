using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Kepil.DuckDb;
using Kepil.Fund.Accounts;
using Kepil.Fund.Contributions;
using Kepil.Fund.Desk;
using Kepil.Insurance;
using Kepil.Law;
using Kepil.Monitoring;

namespace Kepil.Fund.Bench;

/// <summary>Measures the status of many invented persons on one day, of one person, and the intake of an employer's file: <c>kepil bench insured</c></summary>
internal static class InsuredBench
{
    public static Command Command()
    {
        var persons = new Option<long>("--persons") { Description = "Invented persons.", DefaultValueFactory = _ => 20_000_000 };
        var rows = new Option<int>("--rows") { Description = "People in the employer's file; 0 leaves it out.", DefaultValueFactory = _ => 100_000 };
        var postgres = new Option<bool>("--postgres") { Description = "Take the file in on PostgreSQL instead of SQLite." };
        var folder = new Option<string>("--folder") { Description = "Where the data go; removed at the end.", DefaultValueFactory = _ => "bench" };
        var command = new Command("insured", "Measures insured status and the intake of payments.") { persons, rows, postgres, folder };
        command.SetAction((p, _) =>
        {
            // Only what the benchmark made itself is ever removed, whatever folder was named.
            var path = Path.Combine(Path.GetFullPath(p.GetValue(folder)!), "kepil-bench-insured");
            Directory.CreateDirectory(path);
            try
            {
                var law = LawBook.Open();
                if (p.GetValue(persons) > 0)
                {
                    Many(path, law, p.GetValue(persons));
                }

                One(law);
                if (p.GetValue(rows) > 0)
                {
                    File(path, law, p.GetValue(rows), p.GetValue(postgres));
                }
            }
            finally
            {
                Directory.Delete(path, true);
            }

            return Task.FromResult(0);
        });
        return command;
    }

    /// <summary>The query over accounts in Parquet, its answers written to Parquet.</summary>
    private static void Many(string path, LawBook law, long persons)
    {
        var day = new DateOnly(2026, 11, 28);
        using var database = DuckDatabase.Open(threads: 2, memoryMegabytes: 4000);
        using var connection = database.Connect();
        var accounts = RuleWorker.Quoted(Path.Combine(path, "accounts.parquet"));
        var watch = Stopwatch.StartNew();
        connection.Execute($"COPY ({Invented(persons, day)}) TO '{accounts}' (FORMAT parquet)");
        BenchVerb.Print("invent the accounts", watch.Elapsed.TotalSeconds, "s");
        watch.Restart();
        var answers = RuleWorker.Quoted(Path.Combine(path, "status.parquet"));
        connection.Execute($"COPY ({new StatusOfMany(law).Query($"read_parquet('{accounts}')", day)}) TO '{answers}' (FORMAT parquet)");
        BenchVerb.Print(string.Create(CultureInfo.InvariantCulture, $"status of {persons:#,0} persons on one day, written to Parquet"), watch.Elapsed.TotalSeconds, "s");
        BenchVerb.Print("peak of this process", RuleWorker.PeakKilobytes() / 1024.0 / 1024, "GiB");
        foreach (var (ground, count) in connection.QueryAll($"SELECT ground, COUNT(*) FROM read_parquet('{answers}') GROUP BY 1 ORDER BY 1", r => ((StatusGround)r.Long(0), r.Long(1))))
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"    {count,14:#,0}  {ground}"));
        }
    }

    /// <summary>Accounts made by dice: about half paid by a budget, a third who work, the others with gaps, years ahead or nothing.</summary>
    private static string Invented(long persons, DateOnly day)
    {
        const long all = (1L << MonthAccount.Bits) - 1;
        var on = day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        string Dice(int number, int sides) => string.Create(CultureInfo.InvariantCulture, $"CAST(hash(i, {number}) % {sides} AS integer)");
        return string.Create(CultureInfo.InvariantCulture, $"""
            SELECT i AS person_id, DATE '1935-01-01' + {Dice(1, 33_000)} AS born, CASE WHEN {Dice(2, 1000)} < 8 THEN DATE '{on}' - {Dice(3, 3000)} END AS died,
              CASE WHEN {Dice(4, 1000)} < 4 THEN 0 WHEN {Dice(4, 1000)} < 8 THEN 1 ELSE 2 END AS standing,
              CASE WHEN {Dice(5, 100)} < 1 THEN 1 WHEN {Dice(5, 100)} < 52 THEN 2 ELSE 0 END AS payer, CASE WHEN {Dice(5, 100)} < 30 THEN DATE '{on}' + {Dice(6, 4000)} END AS payer_until,
              CASE WHEN {Dice(7, 100)} < 2 THEN DATE '{on}' + {Dice(8, 365)} END AS ahead_until,
              CAST(CASE WHEN {Dice(9, 100)} < 60 THEN {all} WHEN {Dice(9, 100)} < 80 THEN ({all} << {Dice(10, 12)}) & {all} WHEN {Dice(9, 100)} < 90 THEN hash(i, 11) & {all} ELSE 0 END AS bigint) AS own,
              CAST(CASE WHEN {Dice(12, 100)} < 10 THEN hash(i, 13) & {all} ELSE 0 END AS bigint) AS budget, {all} AS asked, {Dice(14, 60)} AS own_before
            FROM range({persons}) AS r(i)
            """);
    }

    /// <summary>One person who worked for seven years, by the pure function.</summary>
    private static void One(LawBook law)
    {
        const int times = 2000;
        var day = new DateOnly(2026, 11, 28);
        var life = new Life(
            new(new(1980, 1, 1)), [new(Standing.Citizen, new(1992, 1, 1))], [],
            [.. Enumerable.Range(0, 82).Select(i => new Month(2020, 1).Plus(i)).Select(m => new PaidMonth(IncomeKind.Wages, m, Money.OfTenge(8500), m.Plus(1).First.AddDays(20)))], []);
        var status = new InsuredStatus(law);
        status.On(life, day);
        var watch = Stopwatch.StartNew();
        for (var i = 0; i < times; i++)
        {
            status.On(life, day);
        }

        BenchVerb.Print("status of one person with 82 paid months, facts at hand", watch.Elapsed.TotalMilliseconds / times, "ms");
        watch.Restart();
        for (var i = 0; i < times; i++)
        {
            status.AccountOn(life, day);
        }

        BenchVerb.Print("his account for the query, made anew", watch.Elapsed.TotalMilliseconds / times, "ms");
    }

    /// <summary>An employer's file, and what one of its people is then asked.</summary>
    private static void File(string path, LawBook law, int rows, bool postgres)
    {
        var folder = FundFolder.Open(Path.Combine(path, "fund"), postgres ? PrivatePostgres.NewDatabase() : "sqlite");
        DeskStore desk;
        using (var context = folder.Accounts.Context())
        {
            desk = new(DeskSource.Of(context), TimeProvider.System);
        }

        var month = Month.Of(DateOnly.FromDateTime(TimeProvider.System.GetLocalNow().DateTime)).Plus(-1);
        var employer = Enumerable.Range(101, 99).Select(serial => OrganisationNumber.Make(2015, 6, serial)).OfType<OrganisationNumber>().First();
        var numbers = Numbers(rows);
        var text = new StringBuilder("Төлем нөмірі;Төлеушінің БСН/ЖСН-і;ЖСН;Төлем түрі;Айы;Сома;Төленген күні\n");
        foreach (var (i, number) in numbers.Index())
        {
            text.Append(CultureInfo.InvariantCulture, $"P-1;{employer};{number};жалақы;{month};{2000 + i % 9000};{month.Plus(1).First:dd.MM.yyyy}\n");
        }

        var file = Path.Combine(path, "employer.csv");
        System.IO.File.WriteAllText(file, text.ToString());
        var intake = new ContributionIntake(folder, law, desk);
        var watch = Stopwatch.StartNew();
        var taken = intake.Take(file, "bench");
        BenchVerb.Print(string.Create(CultureInfo.InvariantCulture, $"an employer's file of {taken.Rows:#,0} people taken in, {taken.Refused} refused, {(postgres ? "PostgreSQL" : "SQLite")}"), watch.Elapsed.TotalSeconds, "s");
        var (store, status, times) = (ContributionStore.Of(desk), new InsuredStatus(law), new List<double>());
        var today = DateOnly.FromDateTime(desk.Clock.GetLocalNow().DateTime);
        foreach (var number in numbers.Where((_, i) => i % (rows / Math.Min(rows, 300)) == 0))
        {
            watch.Restart();
            status.On(StoredLife.Of(folder, store, number.Value)!.AsKnownAt(desk.Clock.GetUtcNow()), today);
            times.Add(watch.Elapsed.TotalMilliseconds);
        }

        times.Sort();
        BenchVerb.Print("status of one of them from the store, median", times[times.Count / 2], "ms");
        BenchVerb.Print("the same, 99 of 100", times[times.Count * 99 / 100], "ms");
    }

    private static List<IdentityNumber> Numbers(int count)
    {
        var numbers = new List<IdentityNumber>(count);
        for (var serial = 1; ; serial++)
        {
            for (var born = new DateOnly(1965, 1, 1); born.Year < 2005; born = born.AddDays(1))
            {
                if (IdentityNumber.Make(born, born.Day % 2 == 0 ? Sex.Female : Sex.Male, serial) is { } number)
                {
                    numbers.Add(number);
                    if (numbers.Count == count)
                    {
                        return numbers;
                    }
                }
            }
        }
    }
}
