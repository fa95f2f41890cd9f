using Kepil.DuckDb;
using Kepil.Fund.Accounts;
using Kepil.Fund.Bench;
using Kepil.Monitoring;
using Xunit;

namespace Kepil.Tests.Accounts;

/// <summary>Registers are taken in once, corrections keep their history, facts stay as they were.</summary>
public sealed class AdmissionTests
{
    private static readonly DateOnly Always = new(9999, 12, 31);

    [Fact]
    public void A_question_that_was_asked_before_is_answered_anew_when_other_lines_count()
    {
        using var fund = new TrialFund();
        fund.Admit("1.csv", new BilledLine("A", 700), new BilledLine("B", 700));
        using var records = new FundRecords(fund.Folder);
        IReadOnlyList<(long Amount, DateOnly? Death)> Ask(string line) => records.Query(
            "SELECT amount, death_date FROM known_service WHERE amount >= $3 AND line_id = $1 AND started_on < $2 AND amount >= $3", r => (r.Long(0), r.DayOrNull(1)), line, Always, 5L);

        Assert.Equal([(700, null)], Ask("A"));
        Assert.Equal([(700, null)], Ask("A"));
        Assert.Empty(Ask("C"));
        fund.Admit("2.csv", new BilledLine("A", 800), new BilledLine("C", 4));

        Assert.Equal([(800, null)], Ask("A"));
        Assert.Equal([(700, null)], Ask("B"));
        Assert.Empty(Ask("C"));
    }

    [Fact]
    public void The_same_file_twice_adds_nothing()
    {
        using var fund = new TrialFund();
        var register = fund.Staged("october.csv", [new("A"), new("B")], rejected: 1);

        var first = fund.Admit(register)[0];
        var files = fund.RecordFiles();
        var second = fund.Admit(register)[0];

        Assert.False(first.Already);
        Assert.True(second.Already);
        Assert.Equal(first.Submission.Id, second.Submission.Id);
        Assert.Single(fund.Submissions());
        Assert.Equal(files.Select(f => f.Path), fund.RecordFiles().Select(f => f.Path));
        Assert.Equal(["A 1000000", "B 1000000"], fund.Lines());
        Assert.True(File.Exists(fund.Folder.At("files", register.FileHash)));
    }

    [Fact]
    public void One_file_under_two_names_in_one_batch_is_taken_once()
    {
        using var fund = new TrialFund();
        var register = fund.Staged("october.csv", [new("A")]);

        var admitted = fund.Admit(register, register with { FileName = "copy.csv" });

        Assert.Equal([false, true], admitted.Select(a => a.Already));
        Assert.Equal(["A 1000000"], fund.Lines());
    }

    [Fact]
    public void A_line_with_other_content_is_a_correction_and_what_it_replaced_is_kept()
    {
        using var fund = new TrialFund();
        fund.Admit("first.csv", new("A"), new BilledLine("B"), new BilledLine("C"));
        var before = fund.RecordFiles().ToDictionary(f => f.Path, f => File.ReadAllBytes(fund.Folder.At(f.Path)));

        var submission = fund.Admit("second.csv", new BilledLine("A"), new BilledLine("B", 700), new BilledLine("D")).Submission;

        Assert.Equal((3L, 0L, 1L, 1L, 0L), (submission.Accepted, submission.Rejected, submission.Unchanged, submission.Corrected, submission.Frozen));
        Assert.Equal(["A 1000000", "B 700", "C 1000000", "D 1000000"], fund.Lines());
        Assert.Contains("B 1000000", fund.Lines(retired: true));
        Assert.All(fund.RecordFiles().Where(f => f.RetiredBy is not null), f => Assert.Equal(submission.Id, f.RetiredBy));
        Assert.All(before, f => Assert.Equal(f.Value, File.ReadAllBytes(fund.Folder.At(f.Key))));
        Assert.Empty(fund.Faults());
    }

    [Fact]
    public void A_correction_back_to_the_first_content_is_a_correction_again()
    {
        using var fund = new TrialFund();
        fund.Admit("1.csv", new BilledLine("A"));
        fund.Admit("2.csv", new BilledLine("A", 5));
        fund.Admit("3.csv", new BilledLine("A"));

        Assert.Equal(["A 1000000"], fund.Lines());
        Assert.Equal(["A 5", "A 1000000"], fund.Lines(retired: true));
        Assert.Empty(fund.Faults());
    }

    [Fact]
    public void A_content_is_the_same_whatever_the_width_of_its_numbers()
    {
        using var fund = new TrialFund();
        fund.Admit("1.csv", new BilledLine("A"));
        var register = fund.Staged("2.csv", [new BilledLine("A")]);
        using (var database = DuckDatabase.Open(threads: 1, memoryMegabytes: 128))
        using (var connection = database.Connect())
        {
            connection.Execute($"CREATE TABLE wide AS SELECT * REPLACE (CAST(quantity AS bigint) AS quantity, CAST(amount AS integer) AS amount) FROM read_parquet('{register.Staged[0]}')");
            connection.Execute($"COPY wide TO '{register.Staged[0]}' (FORMAT parquet)");
        }

        Assert.Equal(1, fund.Admit(register)[0].Submission.Unchanged);
    }

    [Fact]
    public void Two_files_of_a_batch_with_the_same_line_correct_each_other_in_their_order()
    {
        using var fund = new TrialFund();

        var admitted = fund.Admit(fund.Staged("1.csv", [new("A"), new("B")]), fund.Staged("2.csv", [new("B", 5), new("C")]), fund.Staged("3.csv", [new("B", 7)]));

        Assert.Equal([0L, 1L, 1L], admitted.Select(a => a.Submission.Corrected));
        Assert.Equal(["A 1000000", "B 7", "C 1000000"], fund.Lines());
        Assert.Equal(["B 5", "B 1000000"], fund.Lines(retired: true).Where(l => l[0] == 'B').Distinct());
    }

    [Fact]
    public void Another_provider_may_use_the_same_line_id()
    {
        using var fund = new TrialFund();
        fund.Admit("1.csv", new BilledLine("A"));
        var second = fund.Admit("2.csv", new BilledLine("A", 5) { ProviderId = 123 });

        Assert.Equal(0, second.Submission.Corrected);
        Assert.Equal(["A 5", "A 1000000"], fund.Lines());
    }

    [Fact]
    public void A_provider_may_count_its_lines_anew_each_month()
    {
        using var fund = new TrialFund();
        var september = new BilledLine("A", 5) { Month = new DateOnly(2026, 9, 1) };
        fund.Admit("1.csv", september, new BilledLine("B") { Month = new DateOnly(2026, 9, 1) });

        var second = fund.Admit(fund.Staged("2.csv", [new BilledLine("A")]), fund.Staged("3.csv", [september, september with { LineId = "C" }]));

        Assert.Equal([(0L, 0L), (0L, 1L)], second.Select(a => (a.Submission.Corrected, a.Submission.Unchanged)));
        Assert.Equal(["A 5", "A 1000000", "B 1000000", "C 5"], fund.Lines());
    }

    [Fact]
    [Proves("MON-321:24")]
    public void A_line_that_a_finding_holds_is_refused_and_the_others_of_the_file_are_taken()
    {
        using var fund = new TrialFund();
        fund.Admit("1.csv", new BilledLine("A"), new BilledLine("B"), new BilledLine("C"));
        Find(fund, "B");

        var admitted = fund.Admit("2.csv", new BilledLine("A", 5), new BilledLine("B", 5), new BilledLine("C"), new BilledLine("D"));

        Assert.Equal([(2, "B")], admitted.FrozenLines);
        var s = admitted.Submission;
        Assert.Equal((4L, 3L, 1L, 1L, 1L, 1L), (s.Rows, s.Accepted, s.Rejected, s.Unchanged, s.Corrected, s.Frozen));
        Assert.Equal(5 + 1_000_000 + 1_000_000, s.Billed);
        Assert.Equal(["A 5", "B 1000000", "C 1000000", "D 1000000"], fund.Lines());
    }

    [Fact]
    [Proves("MON-321:24")]
    public void A_held_line_sent_again_as_it_was_is_no_correction()
    {
        using var fund = new TrialFund();
        fund.Admit("1.csv", new BilledLine("A"));
        Find(fund, "A");

        var admitted = fund.Admit("2.csv", new BilledLine("A"), new BilledLine("B"));

        Assert.Empty(admitted.FrozenLines);
        Assert.Equal((1L, 0L), (admitted.Submission.Unchanged, admitted.Submission.Frozen));
    }

    [Fact]
    public void Facts_of_a_record_stay_when_the_register_changes()
    {
        using var fund = new TrialFund();
        fund.Load("person", [800101300016L, new DateOnly(1980, 1, 1), "m", null, null, null, "61", null]);
        fund.Admit("1.csv", new BilledLine("A"));
        fund.Load("person", [800101300016L, new DateOnly(1980, 1, 1), "f", null, new DateOnly(2026, 10, 10), null, "61", null]);
        fund.Admit("2.csv", new BilledLine("B"));

        Assert.Equal(["A m null null", "B f 2026-10-10 5"], fund.Lines("line_id, sex, death_date, days_after_death"));
    }

    [Fact]
    public void A_tariff_announced_after_the_day_of_acceptance_is_not_used()
    {
        using var fund = new TrialFund();
        var from = new DateOnly(2026, 1, 1);
        fund.Load("tariff", ["A02.001.000", from, Always, from, 100L, null, null], ["A02.001.000", new DateOnly(2026, 10, 1), Always, new DateOnly(2026, 11, 20), 90L, null, null]);
        fund.Admit("1.csv", new BilledLine("A"));
        fund.Clock.Day = new DateOnly(2026, 11, 20);
        fund.Admit("2.csv", new BilledLine("B"));

        Assert.Equal(["A 100", "B 90"], fund.Lines("line_id, tariff"));
    }

    [Fact]
    public void Periods_that_overlap_do_not_double_a_line()
    {
        using var fund = new TrialFund();
        const long person = 800101300016;
        var (a, b, c) = (new DateOnly(2026, 1, 1), new DateOnly(2026, 10, 1), new DateOnly(2026, 10, 10));
        fund.Load("attachment", [person, 1L, a, Always, true], [person, 2L, b, Always, false], [person, 3L, b, Always, true]);
        fund.Load("insured_period", [person, a, c], [person, b, Always], [person, b, Always], [person, c, c]);
        fund.Load("absence", [person, b, new DateOnly(2026, 10, 20)], [person, c, new DateOnly(2026, 10, 30)]);
        fund.Load("licence", [990440000385L, "specialist", a, Always], [990440000385L, "specialist", b, Always]);
        fund.Load("staff", [800101300016L, 990440000385L, "10", a, Always], [800101300016L, 990440000385L, "20", a, Always]);
        fund.Load("contract_line", [1L, "C-1", 990440000385L, "mams", "specialist", null, a, Always, null, null], [2L, "C-1", 990440000385L, "mams", "specialist", "A02.001.000", a, Always, null, null]);
        fund.Load("person", [person, a, "m", null, null, null, null, null], [person, a, "f", null, null, null, null, null]);
        fund.Load("tariff", ["A02.001.000", a, Always, null, 100L, null, null], ["A02.001.000", b, Always, null, 90L, null, null]);

        fund.Admit("1.csv", new BilledLine("A"));

        Assert.Equal(["A 3 true true true 2 90"], fund.Lines("line_id, attached_to, insured, abroad, licensed, contract_line_id, tariff"));
    }

    [Fact]
    public void A_day_between_two_journeys_is_a_day_at_home()
    {
        using var fund = new TrialFund();
        const long person = 800101300016;
        fund.Load("absence", [person, new DateOnly(2026, 10, 1), new DateOnly(2026, 10, 15)], [person, new DateOnly(2026, 10, 16), new DateOnly(2026, 10, 25)], [person, new DateOnly(2026, 10, 25), new DateOnly(2026, 10, 30)]);

        fund.Admit("1.csv", [.. new[] { 14, 15, 16, 17, 24, 25, 26 }.Select(d => new BilledLine($"{d}") { StartedOn = new DateOnly(2026, 10, d) })]);

        Assert.Equal(["14 true", "15 false", "16 false", "17 true", "24 true", "25 false", "26 true"], fund.Lines("line_id, abroad"));
    }

    [Fact]
    public void What_no_register_tells_is_not_known()
    {
        using var fund = new TrialFund();

        fund.Admit("1.csv", new BilledLine("A"));

        Assert.Equal(["A null null null null null null"], fund.Lines("line_id, person_known, insured, licensed, contracted, doctor_known, tariff"));
    }

    [Fact]
    public void A_killed_process_leaves_nothing_behind_in_the_stage()
    {
        using var fund = new TrialFund();
        var left = Directory.CreateDirectory(fund.Folder.At("stage", Guid.NewGuid().ToString("n"))).FullName;
        var alive = fund.Folder.Stage();

        using (fund.Folder.Hold())
        {
            Assert.False(Directory.Exists(left));
            Assert.True(Directory.Exists(alive));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Any_sequence_of_registers_leaves_the_lines_and_the_history_of_a_plain_dictionary(int seed)
    {
        using var sqlite = new TrialFund();
        using var postgres = new TrialFund(accounts: PrivatePostgres.NewDatabase());

        var one = Play(sqlite, seed);
        var other = Play(postgres, seed);

        Assert.Equal(one, other);
    }

    private static List<string> Play(TrialFund fund, int seed)
    {
        var dice = new Random(seed);
        var current = new Dictionary<(long Provider, string Line, DateOnly Month), BilledLine>();
        var history = new List<BilledLine>();
        var held = new HashSet<(long, string, DateOnly)>();
        var sent = new List<StagedRegister>();
        var told = new List<string>();
        for (var step = 0; step < 14; step++)
        {
            if (sent.Count > 0 && dice.Next(6) == 0)
            {
                Assert.True(fund.Admit(sent[dice.Next(sent.Count)])[0].Already);
                continue;
            }

            if (step == 9)
            {
                foreach (var (provider, line, month) in current.Keys.OrderBy(k => k.ToString(), StringComparer.Ordinal).Where((_, i) => i % 5 == 0))
                {
                    held.Add((provider, line, month));
                }

                foreach (var month in current.Keys.Select(k => k.Month).Distinct())
                {
                    Find(fund, month, [.. held.Where(h => h.Item3 == month).Select(h => (h.Item1, h.Item2))]);
                }
            }

            var batch = new List<StagedRegister>();
            var expected = new List<(int Unchanged, int Corrected, int Frozen)>();
            for (var file = dice.Next(1, 4); file > 0; file--)
            {
                var lines = Enumerable.Range(0, dice.Next(1, 12)).Select(_ => new BilledLine($"L{dice.Next(40)}", dice.Next(3), 100 + dice.Next(2), 800101300016 + dice.Next(30) * 10) { Month = new DateOnly(2026, 9 + dice.Next(2), 1) })
                    .DistinctBy(l => (l.ProviderId, l.LineId, l.Month)).ToList();
                var (unchanged, corrected, frozen) = (0, 0, 0);
                foreach (var line in lines)
                {
                    var key = (line.ProviderId, line.LineId, line.Month);
                    if (!current.TryGetValue(key, out var known))
                    {
                        current[key] = line;
                    }
                    else if (known == line)
                    {
                        unchanged++;
                    }
                    else if (held.Contains(key))
                    {
                        frozen++;
                    }
                    else
                    {
                        corrected++;
                        history.Add(known);
                        current[key] = line;
                    }
                }

                expected.Add((unchanged, corrected, frozen));
                batch.Add(fund.Staged($"{step}-{file}.csv", lines, dice.Next(3)));
            }

            var admitted = fund.Admit([.. batch]);
            sent.AddRange(batch);
            Assert.Equal(expected, admitted.Select(a => ((int)a.Submission.Unchanged, (int)a.Submission.Corrected, (int)a.Submission.Frozen)));
            Assert.All(admitted, a => Assert.Equal(a.Submission.Rows, a.Submission.Accepted + a.Submission.Rejected));
            Assert.Equal(
                current.Values.Select(l => $"{l.ProviderId} {l.LineId} {l.Month:yyyy-MM-dd} {l.StatedId} {l.Amount}").Order(StringComparer.Ordinal),
                fund.Lines("provider_id, line_id, month, stated_id, amount").Order(StringComparer.Ordinal));
            told.AddRange(admitted.Select(a => $"{a.Submission.Id} {a.Submission.Accepted} {a.Submission.Rejected} {a.Submission.Unchanged} {a.Submission.Corrected} {a.Submission.Frozen} {a.Submission.Billed}"));
        }

        var retired = fund.Lines("provider_id, line_id, month, stated_id, amount", retired: true).ToHashSet();
        Assert.All(history, l => Assert.Contains($"{l.ProviderId} {l.LineId} {l.Month:yyyy-MM-dd} {l.StatedId} {l.Amount}", retired));
        Assert.Empty(fund.Faults());
        return told;
    }

    private static void Find(TrialFund fund, string line) => Find(fund, new DateOnly(2026, 10, 1), [(990440000385, line)]);

    /// <summary>Writes a monitoring that found something on these lines.</summary>
    private static void Find(TrialFund fund, DateOnly month, List<(long Provider, string Line)> lines)
    {
        using var context = fund.Folder.Accounts.Context();
        var id = (context.Runs.Max(r => (long?)r.Id) ?? 0) + 1;
        var path = Path.Combine("runs", id.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Directory.CreateDirectory(fund.Folder.At(path));
        using (var database = DuckDatabase.Open(threads: 1, memoryMegabytes: 128))
        using (var connection = database.Connect())
        {
            var files = context.RecordFiles.Where(f => f.RetiredBy == null).Select(f => f.Path).ToList();
            var those = string.Join(" OR ", lines.Select(l => $"(provider_id = {l.Provider} AND line_id = '{l.Line}')").Append("FALSE"));
            connection.Execute($"COPY (SELECT service_id FROM read_parquet({RuleWorker.FileList(files.Select(f => fund.Folder.At(f)))}) WHERE month = DATE '{month:yyyy-MM-dd}' AND ({those})) TO '{fund.Folder.At(path, "finding.parquet")}' (FORMAT parquet)");
        }

        context.Runs.Add(new MonitoringRun { Id = id, Month = month, Engine = "duckdb", PackHash = "", Digest = "", Path = path, Edition = new DateOnly(2025, 8, 1) });
        context.SaveChanges();
    }
}
