using System.Globalization;
using System.Text;
using Kepil.Fund.Contributions;
using Kepil.Fund.Registers;
using Kepil.Law;
using Kepil.Tests.Ledger;
using Xunit;
using static Kepil.Tests.Contributions.TrialContributions;

namespace Kepil.Tests.Contributions;

/// <summary>Files of payments, categories and standings: sound rows are kept once, each bad row is named, nothing is lost.</summary>
public sealed class ContributionIntakeTests
{
    /// <summary>One fault a row; each with its reason, as a person reads it in the report.</summary>
    public static TheoryData<string, string> BadRows => new()
    {
        { $"P-9;{Employer};{Adult[..11]}{(Adult[11] - '0' + 1) % 10};жалақы;2026-09;100;05.10.2026;", "identity_checksum" },
        { $"P-9;{Employer};123;жалақы;2026-09;100;05.10.2026;", "identity_short" },
        { $"P-9;{Employer};;жалақы;2026-09;100;05.10.2026;", "identity_missing" },
        { $"P-9;{Employer[..11]}{(Employer[11] - '0' + 1) % 10};{Adult};жалақы;2026-09;100;05.10.2026;", "organisation_wrong" },
        { $"P-9;;{Adult};жалақы;2026-09;100;05.10.2026;", "payer_missing" },
        { $";{Employer};{Adult};жалақы;2026-09;100;05.10.2026;", "value_missing" },
        { $"P-9;{Employer};{Adult};сыйлық;2026-09;100;05.10.2026;", "word_unknown" },
        { $"P-9;{Employer};{Adult};;2026-09;100;05.10.2026;", "kind_missing" },
        { $"P-9;{Employer};{Adult};жалақы;;100;05.10.2026;", "month_missing" },
        { $"P-9;{Employer};{Adult};жалақы;қыркүйек;100;05.10.2026;", "month_unread" },
        { $"P-9;{Employer};{Adult};жалақы;2017-06;100;05.10.2026;", "month_before_insurance" },
        { $"P-9;{Employer};{Adult};жалақы;2027-11;100;05.10.2026;", "month_far" },
        { $"P-9;;{Child};дербес төлем;2026-02;4250;05.10.2026;", "month_before_birth" },
        { $"P-9;{Employer};{Adult};жалақы;2026-09;-100;05.10.2026;", "money_negative" },
        { $"P-9;{Employer};{Adult};жалақы;2026-09;0;05.10.2026;", "sum_zero" },
        { $"P-9;{Employer};{Adult};жалақы;2026-09;;05.10.2026;", "value_missing" },
        { $"P-9;{Employer};{Adult};жалақы;2026-09;жүз;05.10.2026;", "money_text" },
        { $"P-9;{Employer};{Adult};жалақы;2026-09;1,234;05.10.2026;", "money_fraction" },
        { $"P-9;{Employer};{Adult};жалақы;2026-09;100;;", "date_missing" },
        { $"P-9;{Employer};{Adult};жалақы;2026-09;100;31.02.2026;", "date_impossible" },
        { $"P-9;{Employer};{Adult};жалақы;2026-09;100;06.11.2026;", "paid_in_future" },
        { $"P-9;;{Adult};бір жыл бұрын алдын ала;;51000;01.08.2022;", "year_ahead_early" },
        { $"P-9;{Employer};{Adult};жалақы;2026-09;100;05.10.2026;P-0", "refund_of_nothing" },
        { $"P-9;{Employer};=1+1;жалақы;2026-09;100;05.10.2026;", "formula_injection" },
    };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_list_of_employees_is_kept_row_by_row_and_the_same_again_changes_nothing(bool postgres)
    {
        using var trial = new TrialContributions(postgres);
        string[] rows = [$"P-1;{Employer};{Adult};жалақы;2026-09;2 550,00;05.10.2026;", $"P-1;{Employer};{Adult};аударым;2026-09;2550;05.10.2026;"];

        var taken = trial.Pay(rows);
        Assert.Equal((2, 2, 0, 0, Money.OfTenge(5100)), (taken.Rows, taken.Taken, taken.Known, taken.Refused, taken.Sum));
        Assert.True(trial.Pay(rows).TakenBefore);

        // Another file with the same payment and one more.
        var more = trial.Pay([.. rows, $"P-2;;{Adult};дербес төлем;2026-11;4250;04.11.2026;"]);
        Assert.Equal((1, 2, 0), (more.Taken, more.Known, more.Refused));
        Assert.Equal(["deduction 2026-09 255000", "self_payer 2026-11 425000", "wages 2026-09 255000"], trial.Store.PaidFor([Long(Adult)]).Select(Line).Order());
        Assert.Equal(2, trial.Desk.Journal.Read().Count(e => e.Act == "ContributionsTaken"));
    }

    [Theory]
    [MemberData(nameof(BadRows))]
    public void A_bad_row_is_named_and_its_neighbours_are_taken(string bad, string reason)
    {
        using var trial = new TrialContributions(false);

        var taken = trial.Pay($"P-1;{Employer};{Adult};жалақы;2026-08;100;05.09.2026;", bad, $"P-2;{Employer};{Adult};жалақы;2026-09;100;05.10.2026;");

        Assert.Equal((3, 2, 1), (taken.Rows, taken.Taken, taken.Refused));
        var rejection = Assert.Single(taken.Rejections);
        Assert.Equal((3, reason), (rejection.Row, rejection.Reason));
        var text = RejectionTexts.Of(reason, rejection.Named);
        Assert.All(Wording.Languages, l => Assert.DoesNotContain('{', text.Wrong.In(l) + text.Mend.In(l)));
    }

    [Fact]
    public void All_faults_of_a_row_are_told_at_once_and_kept()
    {
        using var trial = new TrialContributions(false);
        var file = Heads + $";{Employer};123;жалақы;2017-01;0;05.10.2026;\n";

        var taken = trial.Take(file);

        Assert.Equal(["value_missing", "identity_short", "sum_zero", "month_before_insurance"], taken.Rejections.Select(r => r.Reason));
        Assert.Equal((1, 0, 1), (taken.Rows, taken.Taken, taken.Refused));
        var hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(file)));
        Assert.Equal([(2, "value_missing", ""), (2, "identity_short", "123"), (2, "sum_zero", "0"), (2, "month_before_insurance", "2017-01")], trial.Store.Refused(hash));
    }

    [Fact]
    public void A_payment_counts_once_in_a_file_and_among_files()
    {
        using var trial = new TrialContributions(false);
        var row = $"P-1;{Employer};{Adult};жалақы;2026-09;100;05.10.2026;";

        Assert.Equal(["payment_repeated"], trial.Pay(row, row).Rejections.Select(r => r.Reason));
        Assert.Equal(["payment_differs"], trial.Pay(row.Replace(";100;", ";200;", StringComparison.Ordinal)).Rejections.Select(r => r.Reason));
        Assert.Equal(["reference_repeated"], trial.Pay($"P-1;{Employer};{Child};жалақы;2026-09;100;06.10.2026;").Rejections.Select(r => r.Reason));
        Assert.Equal(10_000, trial.Store.PaidFor([Long(Adult)]).Sum(p => p.Sum.Tiyn));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_refund_never_takes_back_more_than_was_paid(bool postgres)
    {
        using var trial = new TrialContributions(postgres);
        trial.Pay($"P-1;;{Adult};дербес төлем;2026-10;4250;01.09.2026;");

        Assert.Equal(0, trial.Pay($"R-1;;{Adult};дербес төлем;2026-10;4000;02.09.2026;P-1").Refused);
        var second = trial.Pay($"R-2;;{Adult};дербес төлем;2026-10;251;03.09.2026;P-1");
        Assert.Equal("refund_too_large", Assert.Single(second.Rejections).Reason);
        Assert.Equal("250,00\u00a0₸", second.Rejections[0].Named["left"]);
        Assert.Equal("refund_of_nothing", Assert.Single(trial.Pay($"R-3;;{Adult};дербес төлем;2026-11;1;03.09.2026;P-1").Rejections).Reason);
        Assert.Equal(0, trial.Pay($"R-4;;{Adult};дербес төлем;2026-10;250;03.09.2026;P-1").Refused);
        Assert.Equal(0, trial.Store.PaidFor([Long(Adult)]).Sum(p => p.Sum.Tiyn));
    }

    [Fact]
    public void The_register_of_persons_tells_who_is_unknown_dead_or_has_another_number()
    {
        using var trial = new TrialContributions(false);
        var (old, stranger, dead) = (Number(new(1980, 1, 1), 50), Number(new(1970, 5, 5)), Number(new(1950, 2, 2)));
        trial.Fund.Load("person",
            [Long(Adult), new DateOnly(1980, 1, 1), "f", null, null, null, null, null],
            [Long(dead), new DateOnly(1950, 2, 2), "f", null, new DateOnly(2026, 3, 31), null, null, null]);
        trial.Fund.Load("person_merge", [Long(old), Long(Adult)]);

        var taken = trial.Pay(
            $"P-1;{Employer};{old};жалақы;2026-09;100;05.10.2026;", $"P-1;{Employer};{stranger};жалақы;2026-09;100;05.10.2026;",
            $"P-1;{Employer};{dead};жалақы;2026-03;100;05.10.2026;", $"P-1;{Employer};{dead};жалақы;2026-04;100;05.10.2026;");

        Assert.Equal([(3, "person_unknown"), (5, "month_after_death")], taken.Rejections.Select(r => (r.Row, r.Reason)));
        var kept = Assert.Single(trial.Store.PaidFor([Long(Adult)]));
        Assert.Equal((Long(old), Long(Adult)), (kept.StatedId, kept.PersonId));
        Assert.Equal([Long(Adult), Long(old)], KnownPersons.NumbersOf(trial.Fund.Folder, Long(old)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Categories_and_standings_come_with_their_source_and_its_last_word(bool postgres)
    {
        using var trial = new TrialContributions(postgres);
        const string heads = "ЖСН;Санаты;Басталған күні;Аяқталған күні;Дереккөз;Кері қайтарылды\n";

        var first = trial.Take(heads + $"{Adult};Зейнеткерлер;01.02.2026;;ЕНПФ;\n{Adult};unemployed;01.01.2024;31.12.2025;еңбек биржасы;\n{Adult};social_assistance;01.01.2019;;акимат;\n{Adult};король;01.01.2024;;x;\n{Adult};children;02.01.2024;01.01.2024;x;\n");
        Assert.Equal((5, 2, 3), (first.Rows, first.Taken, first.Refused));
        Assert.Equal([(4, "category_not_listed"), (5, "word_unknown"), (6, "period_reversed")], first.Rejections.Select(r => (r.Row, r.Reason)));

        var again = trial.Take(heads + $"{Adult};pensioner;2026-02-01;;ЕНПФ;\n{Adult};unemployed;2024-01-01;2025-06-30;еңбек биржасы;\n");
        Assert.Equal((1, 1), (again.Taken, again.Known));
        Assert.Equal(1, trial.Take("IIN;Standing;From;To;Source\n" + $"{Adult};қандас;01.01.2020;;ІІМ\n").Taken);
        Assert.Equal(
            ["category pensioner 2026-02-01 ", "category unemployed 2024-01-01 2025-12-31", "category unemployed 2024-01-01 2025-06-30", "standing qandas 2020-01-01 "],
            trial.Store.TimesOf([Long(Adult)]).Select(t => string.Create(CultureInfo.InvariantCulture, $"{t.Kind} {t.Word} {t.From:yyyy-MM-dd} {t.To:yyyy-MM-dd}")));
    }

    [Fact]
    public void A_file_of_which_no_row_can_be_taken_says_why()
    {
        using var trial = new TrialContributions(false);

        Assert.Equal("columns_missing", Assert.Throws<RegisterRefusedException>(() => trial.Take("ЖСН;Төлем нөмірі;Сома\n1;2;3\n")).Refusal.Reason);
        Assert.Equal("head_not_found", Assert.Throws<RegisterRefusedException>(() => trial.Take("a;b\n1;2\n")).Refusal.Reason);
        Assert.Equal("head_repeated", Assert.Throws<RegisterRefusedException>(() => trial.Take(Heads.Replace("Айы", "Сумма", StringComparison.Ordinal) + "\n")).Refusal.Reason);
        Assert.Equal("file_empty", Assert.Throws<RegisterRefusedException>(() => trial.Take("")).Refusal.Reason);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_database_itself_changes_and_deletes_nothing(bool postgres)
    {
        using var trial = new TrialContributions(postgres);
        trial.Pay($"P-1;{Employer};{Adult};жалақы;2026-09;100;05.10.2026;", "P-2;;1;;;;;");

        foreach (var (table, column) in new[] { ("contribution", "amount"), ("contribution_file", "name"), ("contribution_refused", "value") })
        {
            Assert.Contains("nothing is ever", TrialLedger.RefusalOf(trial.Source, $"DELETE FROM {table}"), StringComparison.Ordinal);
            Assert.Contains("nothing is ever", TrialLedger.RefusalOf(trial.Source, $"UPDATE {table} SET {column} = {column}"), StringComparison.Ordinal);
        }
    }

    private static string Line(Contribution paid) => string.Create(CultureInfo.InvariantCulture, $"{paid.Kind} {paid.Month:yyyy-MM} {paid.Sum.Tiyn}");
}
