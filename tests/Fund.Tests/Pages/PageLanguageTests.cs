using Kepil.Fund.Documents;
using Kepil.Fund.Findings;
using Kepil.Fund.Pages;
using Kepil.Monitoring;
using Xunit;

namespace Kepil.Tests.Pages;

/// <summary>How pages write sums, days and numbers, and read what people type.</summary>
public sealed class PageLanguageTests
{
    [Fact]
    public void Sums_never_break_over_a_line()
    {
        Assert.Equal("1\u00A0234\u00A0567,50\u00A0₸", PageLanguage.Kazakh.Money(123456750));
        Assert.Equal("1\u00A0234\u00A0567,50\u00A0₸", PageLanguage.Russian.Money(123456750));
        Assert.Equal("1,234,567.50\u00A0₸", PageLanguage.English.Money(123456750));
    }

    [Fact]
    public void Large_sums_are_said_in_three_digits_and_a_word()
    {
        Assert.Equal("4,81\u00A0млрд\u00A0₸", PageLanguage.Kazakh.Short(481234567800));
        Assert.Equal("12,3\u00A0млн\u00A0₸", PageLanguage.Russian.Short(1234567800));
        Assert.Equal("9,900\u00A0₸", PageLanguage.English.Short(990000));
    }

    [Fact]
    public void Days_and_months_are_written_as_the_language_has_them()
    {
        var day = new DateOnly(2026, 3, 5);

        Assert.Equal(("05.03.2026", "05.03.2026", "5\u00A0Mar\u00A02026"), (PageLanguage.Kazakh.Day(day), PageLanguage.Russian.Day(day), PageLanguage.English.Day(day)));
        Assert.Equal(("2026 жылғы наурыз", "март 2026 года", "March 2026"), (PageLanguage.Kazakh.Month(day), PageLanguage.Russian.Month(day), PageLanguage.English.Month(day)));
    }

    [Theory]
    [InlineData(1, "1 строка", "1 line")]
    [InlineData(3, "3 строки", "3 lines")]
    [InlineData(11, "11 строк", "11 lines")]
    [InlineData(22, "22 строки", "22 lines")]
    [InlineData(112, "112 строк", "112 lines")]
    public void Nouns_follow_their_number(long number, string russian, string english)
    {
        Assert.Equal(russian, PageLanguage.Russian.Count("Count.Lines", number));
        Assert.Equal(english, PageLanguage.English.Count("Count.Lines", number));
        Assert.Equal(number + " жол", PageLanguage.Kazakh.Count("Count.Lines", number));
    }

    [Theory]
    [InlineData("190140 000 018")]
    [InlineData("190140\u00A0000018")]
    [InlineData("\"ұқ\"ңқққққ\"ү")]
    public void A_number_is_understood_with_spaces_and_on_the_kazakh_layout(string typed)
    {
        Assert.Equal(190_140_000_018, SearchWords.Identity(typed));
    }

    [Theory]
    [InlineData("6041", 6041L)]
    [InlineData(" № 6041 ", 6041L)]
    [InlineData("№6041 іс", 6041L)]
    [InlineData("дело № 6041", 6041L)]
    [InlineData("case 60 41", 6041L)]
    [InlineData("үқғ\"", 8051L)]
    [InlineData("800101300016", null)]
    [InlineData("L-000001", null)]
    [InlineData("№", null)]
    public void The_number_of_a_case_is_read_as_people_write_it(string written, long? meant) => Assert.Equal(meant, SearchWords.CaseNumber(written));

    [Theory]
    [InlineData("61/11-2025", "61", 2025, 11)]
    [InlineData("№ 61 / 11", "61", 2026, 11)]
    public void The_number_of_a_paper_is_read_as_it_is_printed(string written, string branch, int year, long serial) => Assert.Equal(new DocumentNumber(branch, year, serial), DocumentNumber.Parse(written, 2026));

    [Theory]
    [InlineData("2026-61-16")]
    [InlineData("/")]
    [InlineData("61/11-x")]
    [InlineData("61/11/12")]
    public void What_is_no_number_of_a_paper_is_none(string written) => Assert.Null(DocumentNumber.Parse(written, 2026));

    [Fact]
    public void A_word_is_no_number()
    {
        Assert.Equal("", SearchWords.Digits("L-000123"));
        Assert.Null(SearchWords.Identity("12345"));
    }

    [Fact]
    public void A_number_of_a_person_is_shown_by_half_with_its_leading_zeros()
    {
        Assert.Equal("000311••••••", PageLanguage.Masked(311_500_123));
    }

    [Theory]
    [InlineData("300%", 1_240_000, 3_720_000, "300", "%", false)]
    [InlineData("20 КЖН/ЖБН", 154_300, 3_086_000, "20", "КЖН/ЖБН", false)]
    [InlineData("0,3 КТ", 3_310_055, 993_017, "0,3", "КТ", true)]
    public void A_cell_times_its_base_is_the_sum(string cell, long baseSum, long sum, string number, string unit, bool rounded)
    {
        Assert.Equal(new Arithmetic(number, unit, baseSum, sum, rounded), Arithmetic.Of(cell, baseSum, sum));
    }

    [Fact]
    public void Evidence_is_told_in_the_language_of_the_reader_and_hides_persons()
    {
        var rule = SampleRecords.Rules[0];

        Assert.Equal("Service on 20\u00A0Oct\u00A02026, the patient died on 17\u00A0Oct\u00A02026; billed 12,400.00\u00A0₸", EvidenceText.Of(rule, "2026-10-20\u001F2026-10-17\u001F1240000", PageLanguage.English, expert: true));
    }

    [Theory]
    [InlineData("other_person_id", "bigint", "311500123", "000311••••••")]
    [InlineData("doctor_number", "bigint", "780505300123", "780505••••••")]
    [InlineData("stated_number", "bigint", "780505300123", "780505••••••")]
    [InlineData("previous_provider", "bigint", "40140005883", "040140005883")]
    [InlineData("admitted_by", "bigint", "40140005883", "040140005883")]
    [InlineData("plan_amount", "bigint", "123456700", "1 234 567,00 ₸")]
    [InlineData("other_persons", "bigint", "12345", "12 345")]
    [InlineData("care_form", "text", "drg", "Пролеченный случай по КЗГ")]
    [InlineData("first_package", "text", "mams", "ОСМС")]
    [InlineData("care_form", "text", "dental", "dental")]
    [InlineData("started_on", "date", "2026-10-05", "05.10.2026")]
    public void A_value_of_evidence_is_written_as_what_it_is(string column, string type, string value, string written) =>
        Assert.Equal(written, EvidenceText.Written(new EvidenceColumn(column, type), value, PageLanguage.Russian).Replace('\u00A0', ' '));

    [Fact]
    [Proves("MON-321:15")]
    public void A_provider_reads_the_reason_and_the_expert_the_limit_too()
    {
        var rule = SampleRecords.Rules[1] with { File = SampleRecords.Rules[1].File with { Reason = new("қайта жатқызылған", "поступил снова", "admitted again on {started_on}") } };
        const string evidence = "2026-10-11\u001F2026-10-20\u001F9";

        Assert.Equal("admitted again on 20 Oct 2026", EvidenceText.Of(rule, evidence, PageLanguage.English, expert: false).Replace('\u00A0', ' '));
        Assert.Equal("Discharged on 11 Oct 2026, admitted again on 20 Oct 2026 (9 days later)", EvidenceText.Of(rule, evidence, PageLanguage.English, expert: true).Replace('\u00A0', ' '));
    }
}
