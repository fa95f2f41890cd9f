using System.Text;
using Kepil.Fund.Registers;
using Kepil.Monitoring;
using Xunit;

namespace Kepil.Tests.Registers;

/// <summary>The forms in which the same register may come.</summary>
public sealed class RegisterShapesTests
{
    private static readonly string Text = string.Join("\r\n", RegisterFiles.Head, RegisterFiles.Row("A-1"), RegisterFiles.Row("A-2"), "");

    public static TheoryData<string, byte[]> Codings => new()
    {
        { "utf-8", Encoding.UTF8.GetBytes(Text) },
        { "utf-8", [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(Text)] },
        { "utf-16le", [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(Text)] },
        { "utf-16be", [0xFE, 0xFF, .. Encoding.BigEndianUnicode.GetBytes(Text)] },
        { "utf-16le", Encoding.Unicode.GetBytes(Text) },
        { "windows-1251", Windows1251(Text) },
    };

    [Theory]
    [MemberData(nameof(Codings))]
    public void The_coding_of_letters_is_recognised(string coding, byte[] content)
    {
        var (outcome, _) = RegisterFiles.Read(content, "r.csv", RegisterFiles.October);
        Assert.Equal((coding, 2L), (outcome.Facts!.Encoding, outcome.Facts.Accepted));
    }

    [Theory]
    [InlineData(';')]
    [InlineData('\t')]
    [InlineData('|')]
    public void The_separator_is_recognised(char separator)
    {
        var (outcome, _) = RegisterFiles.Read(Text.Replace(';', separator));
        Assert.Equal((separator.ToString(), 2L), (outcome.Facts!.Separator, outcome.Facts.Accepted));
    }

    [Fact]
    public void A_comma_separates_when_decimal_commas_are_quoted()
    {
        var (outcome, _) = RegisterFiles.Read(Text.Replace("980,40", "\"980,40\"", StringComparison.Ordinal).Replace(';', ','));
        Assert.Equal((",", 2L, 196080L), (outcome.Facts!.Separator, outcome.Facts.Accepted, outcome.Facts.Billed));
    }

    [Theory]
    [InlineData("Қызметтің ID;ЖСН;Қызмет коды;Қызмет көрсетілген күн;Саны;Тарифі, теңге;Сомасы, теңге;Диагноз (АХЖ-10);Қаржыландыру көзі")]
    [InlineData("Service ID;Patient IIN;Service code;Date of service;Quantity;Price;Amount;Diagnosis (ICD-10);Source of funding")]
    [InlineData("line_id;stated_id;service_code;started_on;quantity;price;amount;diagnosis;package")]
    public void Heads_are_recognised_in_each_language(string head)
    {
        var (outcome, _) = RegisterFiles.Read(Text.Replace(RegisterFiles.Head, head, StringComparison.Ordinal));
        Assert.Equal((2L, 1), (outcome.Facts!.Accepted, outcome.Facts.HeadRow));
        Assert.Empty(outcome.Facts.UnknownHeads);
    }

    [Theory]
    [InlineData("Счет-реестр за октябрь 2026 года\nБИН;210440297469\n")]
    [InlineData("2026 жылғы қазан айына шот-тізілім\nБСН: 210440297469;;Шарт;№ К-1 01.02.2026\n")]
    [InlineData("Register for October 2026\nBIN 210440297469\n")]
    [InlineData("Отчётный период: 01.10.2026 - 31.10.2026\nБИН;210440297469;Договор;№ К-1 от 15 января 2026 года\n")]
    public void Month_and_provider_stand_above_the_heads(string title)
    {
        var (outcome, _) = RegisterFiles.Read(title + Text, options: RegisterFiles.Options);
        Assert.Equal((new DateOnly(2026, 10, 1), 210440297469L, 2L), (outcome.Facts!.Month!.Value, outcome.Facts.ProviderId!.Value, outcome.Facts.Accepted));
    }

    [Fact]
    public void Heads_in_two_rows_repeated_heads_numbers_totals_and_signatures_are_no_lines()
    {
        const string text = """
            ID услуги;Пациент;;Услуга;;;;;
            ;ИИН;Источник финансирования;Код услуги;Дата оказания;Кол-во;Тариф;Сумма;МКБ-10
            1;2;3;4;5;6;7;8;9
            A-1;620106422885;ОСМС;B03.335.002;30.10.2026;1;980,40;980,40;I20.8

            ID услуги;ИИН;Источник финансирования;Код услуги;Дата оказания;Кол-во;Тариф;Сумма;МКБ-10
            A-2;620106422885;ОСМС;B03.335.002;30.10.2026;1;980,40;980,40;I20.8
            Итого по реестру:;;;;;2;;1 960,80;
            Руководитель;;;_____________;;;;;
            """;
        var (outcome, rejections) = RegisterFiles.Read(text.Replace("ID услуги;ИИН;", "ID услуги;ИИН;", StringComparison.Ordinal));
        Assert.Empty(rejections);
        Assert.Equal((2L, 2L, 196080L), (outcome.Facts!.Rows, outcome.Facts.Accepted, outcome.Facts.StatedTotal));
        Assert.Equal((1L, 1L, 1L, 1L), (outcome.Facts.Skipped["numbers"], outcome.Facts.Skipped["blank"], outcome.Facts.Skipped["total"], outcome.Facts.Skipped["below"]));
    }

    [Fact]
    public void Json_is_read_as_an_array_in_an_object_and_line_by_line()
    {
        const string line = """{"line_id":"A-1","stated_id":"620106422885","service_code":"B03.335.002","started_on":"2026-10-30T14:05:00","quantity":1,"price":980.4,"amount":980.40,"diagnosis":"I20.8","package":"tmkkk"}""";
        var other = line.Replace("A-1", "A-2", StringComparison.Ordinal);
        foreach (var text in new[] { $"[{line},{other}]", $$"""{"provider_id":"210440297469","month":"2026-10","lines":[{{line}},{{other}}]}""", line + "\n" + other })
        {
            var (outcome, rejections) = RegisterFiles.Read(text, "r.json", text.Contains("lines", StringComparison.Ordinal) ? RegisterFiles.Options : RegisterFiles.October);
            Assert.Empty(rejections);
            Assert.Equal(("json", 2L, 196080L), (outcome.Facts!.Format, outcome.Facts.Accepted, outcome.Facts.Billed));
        }
    }

    [Fact]
    public void Broken_json_is_refused_with_its_line() =>
        Assert.Equal("json_broken", RegisterFiles.Read("[{\"line_id\":\"A-1\",\n}]", "r.json").Outcome.Refusal!.Reason);

    [Fact]
    public void A_row_with_several_faults_is_rejected_once_and_all_are_named()
    {
        var (outcome, rejections) = RegisterFiles.Read(RegisterFiles.Head + "\n" + RegisterFiles.Row("A-1", person: "1", day: "никогда", quantity: "1,5", amount: "много", diagnosis: "ZZZ"));
        Assert.Equal((1L, 0L, 1L), (outcome.Facts!.Rows, outcome.Facts.Accepted, outcome.Facts.Rejected));
        Assert.Equal(["date_unread", "diagnosis_form", "identity_short", "money_text", "quantity_fraction"], rejections.Select(r => r.Reason).Order());
    }

    [Theory]
    [InlineData("=1+1")]
    [InlineData("@SUM(A1)")]
    [InlineData("+cmd|' /C calc'!A0")]
    [InlineData("-2+3+cmd|' /C calc'!A0")]
    [InlineData("\t=1+1")]
    public void Text_that_a_spreadsheet_would_run_is_rejected(string payload)
    {
        var (outcome, rejections) = RegisterFiles.Read(RegisterFiles.Head + ";Примечание\n" + RegisterFiles.Row("A-1") + ";\"" + payload + "\"\n");
        Assert.Equal((1L, "formula_injection", "J2"), (outcome.Facts!.Rejected, rejections.Single().Reason, rejections.Single().Cell));
    }

    [Fact]
    public void Diagnoses_are_compared_with_their_register()
    {
        var options = RegisterFiles.October with { Diagnoses = [Path.Combine(RegisterFiles.Kept("diagnoses.csv"))] };
        var (outcome, rejections) = RegisterFiles.Read(string.Join('\n', RegisterFiles.Head, RegisterFiles.Row("A-1", diagnosis: "і208"), RegisterFiles.Row("A-2", diagnosis: "I20,8"), RegisterFiles.Row("A-3", diagnosis: "I20.7")), options: options);
        Assert.Equal(2, outcome.Facts!.Accepted);
        Assert.Equal(("diagnosis_unknown", "H4"), (rejections.Single().Reason, rejections.Single().Cell));
    }

    [Theory]
    [MemberData(nameof(Tables))]
    public void Every_reference_register_is_known_by_the_names_of_its_columns(string table)
    {
        var columns = ReferenceTables.Named(table).Columns;
        var cells = columns.Select(c => c.Name switch
        {
            "person_id" or "old_id" or "doctor_id" or "parent_id" => "620106422885",
            "provider_id" or "payer_id" => "210440297469",
            "sex" => "ж",
            "package" => "ОСМС",
            "care_form" => "drg",
            "code" => "I20.8",
            _ => c.Type switch { DuckDb.DuckType.Date => "2020-01-01", DuckDb.DuckType.Boolean => "нет", DuckDb.DuckType.Text => "A1", _ => "5" },
        });
        var (outcome, rejections) = RegisterFiles.Read(string.Join(';', columns.Select(c => c.Name)) + "\n" + string.Join(';', cells), table + ".csv", RegisterFiles.Options);
        Assert.Empty(rejections);
        Assert.Equal((table, 1L), (outcome.Facts!.Table, outcome.Facts.Accepted));
    }

    public static TheoryData<string> Tables => [.. ReferenceTables.All.Select(t => t.Name)];

    [Fact]
    public void A_register_of_persons_may_leave_birth_and_sex_to_the_number()
    {
        var path = Path.Combine(RegisterFiles.Folder(), "persons.csv");
        File.WriteAllText(path, "ИИН;Дата рождения;Пол\n620106422885;;\n620106422886;;\n");
        var (facts, rejections, rows) = RegisterFiles.Staged(path, RegisterFiles.Options with { Table = "person" }, "SELECT person_id, birth_date, sex FROM staged");
        Assert.Equal([620106422885L, new DateOnly(1962, 1, 6), "f"], rows.Single());
        Assert.Equal((1L, "identity_checksum"), (facts.Rejected, rejections.Single().Reason));
    }

    private static byte[] Windows1251(string text) =>
        [.. text.Select(c => c < 0x80 ? (byte)c : c is >= 'А' and <= 'я' ? (byte)(c - 'А' + 0xC0) : c == '№' ? (byte)0xB9 : c == 'ё' ? (byte)0xB8 : (byte)'?')];
}
