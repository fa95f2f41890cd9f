using System.Text;
using Kepil.DuckDb;
using Kepil.Fund.Registers;
using Xunit;

namespace Kepil.Tests.Registers;

/// <summary>A line takes the short way or is judged in full; which of them it was must not be seen in what comes out.</summary>
public sealed class PlainLinesTests
{
    private const string Head =
        "№ п/п;line_id;package;care_form;stated_id;service_code;started_on;ended_on;started_minute;quantity;price;amount;patient_paid;diagnosis;diagnosis_referral;diagnosis_autopsy;doctor_id;outcome;urgency;bed_days;drg_code;operation_code;referred_on;referrer_id;setting;medicine_code;newborn;recorded_on;contract;provider_id;month;Примечание";

    private static readonly string[][] Cells =
    [
        ["1", "", "=1", "текст", "-"],
        ["", "-", "–", " X", "Ж-7", "=A", "A\u00A0"],
        ["ГОБМП", "ОСМС", "mams", "осмс ", "чей-то", ""],
        ["КЗГ", "phc", "Blood", "кровь и её компоненты", "нет такой", ""],
        ["620106422885", "620106422886", "790615300422", "062010642288", "620106 422885", "100115500277", "\u00A0620106422885", "123", "000000000000", ""],
        ["A02.014.000", "а02.014.000", "B03.335.002", "A02 014", "код!", "A0123456789012345678901234567890", ""],
        ["12.10.2026", "2026-10-12", "1.10.2026", "12.10.2026 14:30", "31.09.2026", "46310", "2026-10-12T20:30:00Z", "завтра", "12.12.2026", "29.02.2024", ""],
        ["12.10.2026", "2026-10-30", "31.10.2026", "11.10.2026", "01.11.2026", "31.12.2025", "-", ""],
        ["480", "0", "1439", "1440", "4,0", " 7", ""],
        ["1", "2", "3", "0", "100000", "100001", "1,5", "два", ""],
        ["980,40", "980.4", "980", "1 980,40", "1,234", "99999999999,99", "100000000000", "-5", "980,", "1e3", ""],
        ["980,40", "1960,80", "980.40", "2941,2", "980", "1960", ""],
        ["0,00", "10", "-1", ""],
        ["I20.8", "i20.8", "I208", "I20,8", "ZZZ", "I20.8*", ""],
        ["Z71.9", ""],
        ["K25.4", ""],
        ["700928300031", "930601400364", "930601400365", ""],
        ["улучшение", "отказ", "died", "неведомо", ""],
        ["экстренно", "жоспарлы", "emergency", "?", ""],
        ["6", "10001", ""],
        ["M018", "м018", ""],
        ["06.2", ""],
        ["08.10.2026", ""],
        ["960140001008", "960140001009", "961340001008", ""],
        ["әдеттегі", "дом", ""],
        ["L01", ""],
        ["да", "нет", "true", "может быть", ""],
        ["31.10.2026", "31.10.20", ""],
        ["К-1", "@x", "A-1", ""],
        ["210440297469", "210440297460", ""],
        ["2026-10", "10.2026", "октябрь 2026", "2026-09", ""],
        ["", "примечание", "+7 701", "+x", "a\tb", "a\u007Fb", "a\u0001"],
    ];

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 3)]
    [InlineData(3, 12)]
    [InlineData(4, 60)]
    public void Both_ways_of_a_line_give_the_same_rows_and_the_same_rejections(int seed, int oddity)
    {
        var random = new Random(seed);
        var plain = new StringBuilder(Head + "\r\n");
        var quoted = new StringBuilder(Head + "\r\n");
        for (var row = 0; row < 6000; row++)
        {
            var cells = Cells.Select((choice, i) => i == 1 ? Id(row) : choice[random.Next(100) < oddity ? random.Next(choice.Length) : 0]).ToArray();
            var price = cells[10] == "980,40" && cells[9] is "2" or "3";
            cells[11] = price && random.Next(3) > 0 ? cells[9] == "2" ? "1960,80" : "2941,20" : cells[11];
            var rest = string.Join(';', cells[1..(random.Next(100) < oddity ? random.Next(2, cells.Length) : cells.Length)]);
            plain.Append(cells[0]).Append(';').Append(rest).Append("\r\n");
            // A quoted cell says the same and keeps its row from the short way.
            quoted.Append('"').Append(cells[0]).Append("\";").Append(rest).Append("\r\n");
        }

        var (one, rejected, rows) = Read(plain.ToString());
        var (other, otherRejected, otherRows) = Read(quoted.ToString());

        Assert.Equal(otherRejected, rejected);
        Assert.Equal(otherRows, rows);
        Assert.Equal(
            (other.Rows, other.Accepted, other.Rejected, other.Billed, other.PackagesInferred, other.NumbersRestored),
            (one.Rows, one.Accepted, one.Rejected, one.Billed, one.PackagesInferred, one.NumbersRestored));
        Assert.Equal(one.Rows, one.Accepted + one.Rejected);
        Assert.InRange(one.Accepted, oddity > 20 ? 0 : 100, oddity == 0 ? 6000 : 5999);

        string Id(int row) => random.Next(100) < oddity ? Cells[1][random.Next(Cells[1].Length)] : random.Next(500) < oddity ? "L-1" : $"L-{row}";
    }

    [Fact]
    public void A_file_of_several_parts_keeps_every_row_in_its_place()
    {
        const int rows = 260_000;
        var text = new StringBuilder(RegisterFiles.Head + ";Договор\n");
        for (var row = 0; row < rows; row++)
        {
            // From some row on each line has a contract of its own, so the texts have no dictionary.
            text.Append(RegisterFiles.Row($"L-{row}")).Append(row is > 30_000 and < 150_000 ? $";К-{row}\n" : row % 3 == 0 ? ";\n" : ";К-1\n");
        }

        var path = Path.Combine(RegisterFiles.Folder(), "long.csv");
        File.WriteAllText(path, text.ToString());
        var (facts, _, result) = RegisterFiles.Staged(path, RegisterFiles.October, """
            SELECT COUNT(*), COUNT(DISTINCT line_id), SUM(CASE WHEN line_id = 'L-' || CAST(row_number - 2 AS text) THEN 1 ELSE 0 END), SUM(amount),
                   SUM(CASE WHEN contract IS NOT DISTINCT FROM CASE WHEN row_number - 2 BETWEEN 30001 AND 149999 THEN 'К-' || CAST(row_number - 2 AS text) WHEN (row_number - 2) % 3 = 0 THEN NULL ELSE 'К-1' END THEN 1 ELSE 0 END)
            FROM staged
            """);
        Assert.Equal([(long)rows, (long)rows, (long)rows, rows * 98040L, (long)rows], result.Single().Select(v => Convert.ToInt64(v, System.Globalization.CultureInfo.InvariantCulture)));
        Assert.Equal(3, facts.Staged.Count);
    }

    private static (RegisterFacts Facts, List<string> Rejections, List<string> Rows) Read(string text)
    {
        var folder = RegisterFiles.Folder();
        try
        {
            var path = Path.Combine(folder, "r.csv");
            File.WriteAllText(path, text);
            var outcome = RegisterReading.ReadFile(path, "r.csv", Path.Combine(folder, "out"), RegisterFiles.October);
            Assert.Null(outcome.Refusal);
            using var database = DuckDatabase.Open(threads: 1, memoryMegabytes: 256);
            using var connection = database.Connect();
            var rows = connection.QueryAll($"SELECT CAST(s AS text) FROM read_parquet([{string.Join(", ", outcome.Facts!.Staged.Select(f => $"'{f}'"))}]) AS s ORDER BY row_number", r => r.Text(0));
            return (outcome.Facts, File.Exists(outcome.Facts.Rejections) ? [.. File.ReadLines(outcome.Facts.Rejections)] : [], [.. rows]);
        }
        finally
        {
            Directory.Delete(folder, true);
        }
    }
}
