using Kepil.Fund.Registers;
using Xunit;

namespace Kepil.Tests.Registers;

/// <summary>Two registers as they arrive in practice, with errors planted in known lines.</summary>
public sealed class ReceivedRegistersTests
{
    [Fact]
    public void The_polyclinics_register_is_read_with_every_planted_error_named_at_its_cell()
    {
        var (facts, rejections, rows) = RegisterFiles.Staged(RegisterFiles.Kept("polyclinic.csv"), RegisterFiles.Options, "SELECT line_id, provider_id, contract, month, care_form, amount, row_number FROM staged ORDER BY row_number");

        Assert.Equal(("windows-1251", ";", 4), (facts.Encoding, facts.Separator, facts.HeadRow));
        Assert.Equal((210440297469L, "КДУ-41/2026", new DateOnly(2026, 10, 1)), (facts.ProviderId!.Value, facts.Contract, facts.Month!.Value));
        Assert.Equal((123L, 114L, 9L), (facts.Rows, facts.Accepted, facts.Rejected));
        Assert.Equal(1, facts.Skipped["total"]);
        Assert.Equal(
            [
                "H6 quantity_text один", "C29 formula_injection =HYPERLINK(\"http://x\",\"1\")", "G49 date_impossible 31.09.2026", "J51 sum_mismatch 2 818,90", "K54 diagnosis_missing ",
                "G94 date_outside_month 15.12.2026", "B114 line_id_repeated PL-41-00008", "D119 identity_short 23012865266", "D123 identity_checksum 980420414511",
            ],
            rejections.Select(r => $"{r.Cell} {r.Reason} {r.Value}"));
        Assert.Equal(114, rows.Count);
        Assert.All(rows, r => Assert.Equal([210440297469L, "КДУ-41/2026", new DateOnly(2026, 10, 1), "specialist"], r[1..5]));
        Assert.Equal(facts.Billed, rows.Sum(r => (long)r[5]!));
        // What only rules can see is accepted.
        Assert.Superset(new HashSet<object?> { "PL-41-00118", "PL-41-00119", "PL-41-00120", "PL-41-00121", "PL-41-00008" }, rows.Select(r => r[0]).ToHashSet());
    }

    [Fact]
    public void The_hospitals_register_is_read_with_leading_zeros_restored_and_its_total_checked()
    {
        var (facts, rejections, rows) = RegisterFiles.Staged(RegisterFiles.Kept("hospital.xlsx"), RegisterFiles.Options, "SELECT line_id, started_on, ended_on, quantity, price, amount, drg_code, outcome, urgency, diagnosis_autopsy, care_form, stated_id, package FROM staged ORDER BY row_number");

        Assert.Equal((1140158390L, "СТ-41/2026", new DateOnly(2026, 10, 1), "drg"), (facts.ProviderId!.Value, facts.Contract, facts.Month!.Value, facts.CareForm));
        Assert.Equal((56L, 55L, 1L), (facts.Rows, facts.Accepted, facts.Rejected));
        Assert.Equal(["H56 discharge_before_admission 46313"], rejections.Select(r => $"{r.Cell} {r.Reason} {r.Value}"));
        Assert.Equal(["ST-41-00001", new DateOnly(2026, 10, 11), new DateOnly(2026, 10, 17), 1L, 7651104L, 7651104L, "338", "improved", "emergency", null, "drg", 710928491767L, "tmkkk"], rows[0]);
        Assert.Equal("K25.4", rows.Single(r => (string)r[0]! == "ST-41-00054")[9]);
        // The total row adds up the rejected line as well.
        Assert.Equal(1875161704, facts.StatedTotal);
        Assert.Equal(facts.StatedTotal, facts.Billed + 51496001);
        Assert.True(facts.NumbersRestored > 0);
        Assert.Superset(new HashSet<object?> { "ST-41-00051", "ST-41-00053", "ST-41-00054", "ST-41-00055", "ST-41-00056" }, rows.Select(r => r[0]).ToHashSet());
    }

    [Fact]
    public void An_export_of_another_system_goes_in_whole_and_its_certifications_of_death_are_told_apart()
    {
        var options = RegisterFiles.Options with { Mapping = "synthea" };
        var (persons, _, dead) = RegisterFiles.Staged(RegisterFiles.Kept("patients.csv"), options, "SELECT person_id FROM staged WHERE death_date IS NOT NULL");
        var (lines, _, rows) = RegisterFiles.Staged(
            RegisterFiles.Kept("encounters.csv"), options, "SELECT service_code, COUNT(*), MIN(stated_id), MIN(care_form), MIN(diagnosis) FROM staged WHERE service_code = 'A02.900.000' GROUP BY 1");

        Assert.Equal((112L, 112L, 0L, "person"), (persons.Rows, persons.Accepted, persons.Rejected, persons.Table));
        Assert.Equal(12, dead.Count);
        Assert.Equal((5598L, 5598L, 0L), (lines.Rows, lines.Accepted, lines.Rejected));
        Assert.Equal((11L, 0L), (lines.Classes["certification_of_death"], lines.Classes["after_death"]));
        Assert.Equal((11L, "phc", "R99"), ((long)rows[0][1]!, rows[0][3], rows[0][4]));
        Assert.True((long)rows[0][2]! > 1_000_000_000_000);
    }

    [Fact]
    public void The_procedures_of_another_system_go_in_whole_beside_its_encounters()
    {
        var options = RegisterFiles.Options with { Mapping = "synthea" };
        var (lines, _, rows) = RegisterFiles.Staged(RegisterFiles.Kept("procedures.csv"), options, "SELECT COUNT(*), COUNT(DISTINCT line_id), COUNT(DISTINCT stated_id), CAST(SUM(amount) AS bigint), COUNT(DISTINCT provider_id) FROM staged");

        Assert.Equal((14761L, 14761L, 0L), (lines.Rows, lines.Accepted, lines.Rejected));
        Assert.Equal(0L, lines.Classes.GetValueOrDefault("after_death"));
        Assert.Equal([14761L, 14761L, (long)PatientsOf("procedures.csv"), lines.Billed, (long)OrganisationsOf("procedures.csv")], rows[0]);
    }

    /// <summary>Patients of the export, counted without what reads it.</summary>
    private static int PatientsOf(string file) => File.ReadLines(RegisterFiles.Kept(file)).Skip(1).Select(l => l.Split(',')[2]).Distinct().Count();

    private static int OrganisationsOf(string file)
    {
        var of = File.ReadLines(RegisterFiles.Kept("encounters.csv")).Skip(1).Select(l => l.Split(',')).ToDictionary(c => c[0], c => c[4]);
        return File.ReadLines(RegisterFiles.Kept(file)).Skip(1).Select(l => of[l.Split(',')[3]]).Distinct().Count();
    }

    [Fact]
    public void Times_of_another_system_become_days_and_minutes_of_Almaty_and_dollars_become_tenge()
    {
        var options = RegisterFiles.Options with { Mapping = "synthea" };
        var (_, _, rows) = RegisterFiles.Staged(
            RegisterFiles.Kept("encounters.csv"), options, "SELECT started_on, started_minute, ended_on, month, amount, provider_id FROM staged WHERE line_id = '01191e1a-b7c5-a399-8af6-d4eb3e5435c4'");

        // 1998-12-14T07:26:48Z is 13:26 in Almaty; 85.55 dollars at 75 tenge.
        Assert.Equal([new DateOnly(1998, 12, 14), 806L, new DateOnly(1998, 12, 14), new DateOnly(1998, 12, 1), 641625L, MappedTable.NumberOf("18a96051-91f4-3cba-af96-056ea14dfee0")], rows[0]);
    }

    [Fact]
    public void A_person_whom_the_other_file_lacks_is_named_at_the_identifier()
    {
        var folder = RegisterFiles.Folder();
        try
        {
            var encounters = File.ReadLines(RegisterFiles.Kept("encounters.csv")).Take(3).ToArray();
            File.WriteAllText(Path.Combine(folder, "patients.csv"), "Id,BIRTHDATE,DEATHDATE,GENDER\n08c1e3c5-4732-9008-ddd4-edc1f2358521,1997-08-07,,M\n");
            File.WriteAllLines(Path.Combine(folder, "procedures.csv"), ["START,STOP,PATIENT,ENCOUNTER,SYSTEM,CODE,DESCRIPTION,BASE_COST,REASONCODE,REASONDESCRIPTION", "2015-10-01T20:26:48Z,2015-10-01T21:25:16Z,08c1e3c5-4732-9008-ddd4-edc1f2358521,nobody,http://snomed.info/sct,710824005,Assessment,431.40,,"]);
            File.WriteAllLines(Path.Combine(folder, "encounters.csv"), encounters);

            var outcome = RegisterReading.ReadFile(Path.Combine(folder, "procedures.csv"), "procedures.csv", Path.Combine(folder, "out"), RegisterFiles.Options with { Mapping = "synthea" });

            Assert.Equal((1L, 1L), (outcome.Facts!.Rows, outcome.Facts.Rejected));
            Assert.Contains(RejectionLog.Read(outcome.Facts.Rejections), r => r.Reason == "join_missing");
        }
        finally
        {
            Directory.Delete(folder, true);
        }
    }
}
