using System.Globalization;
using System.Text.RegularExpressions;
using Kepil.Fund.Documents;
using Kepil.Law;
using Kepil.Tests.House;
using Xunit;

namespace Kepil.Tests.Documents;

/// <summary>The forms of the order against its text, and their three outputs against each other.</summary>
public sealed class FormTests
{
    private static readonly string Golden = Path.Combine(Repository.Root, "tests", "Fund.Tests", "Documents", "golden");

    [Fact]
    [Proves("MON-321:A2")]
    public void The_register_has_the_words_of_annex_2() => IsTheAnnex("A2", SampleForms.Register.ToForm(null));

    [Fact]
    [Proves("MON-321:A3")]
    public void The_conclusion_on_unconfirmed_cases_has_the_words_of_annex_3() =>
        IsTheAnnex("A3", (SampleForms.Unconfirmed with { Conducted = null, Objections = [] }).ToForm(null));

    [Fact]
    [Proves("MON-321:A4")]
    public void The_conclusion_on_the_contract_has_the_words_of_annex_4() =>
        IsTheAnnex("A4", (SampleForms.Contract with { Conducted = null }).ToForm(null));

    [Fact]
    [Proves("MON-321:A5")]
    public void The_conclusion_on_mortality_has_the_words_of_annex_5() => IsTheAnnex("A5", SampleForms.Mortality.ToForm(null));

    [Theory]
    [MemberData(nameof(SampleForms.Kinds), MemberType = typeof(SampleForms))]
    public void Every_label_and_value_stands_in_every_output(DocumentKind kind)
    {
        var form = SampleForms.Of(kind);
        var (html, docx, xlsx) = (ReadBack.Html(FormPrint.Html(form)), ReadBack.Docx(FormDocx.Bytes(form)), ReadBack.Xlsx(FormXlsx.Bytes(form)));

        foreach (var label in ReadBack.Labels(form).Concat(ReadBack.Russian(form)))
        {
            Assert.Contains(html, t => t.Contains(label.Trim(), StringComparison.Ordinal));
            Assert.Contains(docx, t => t.Contains(label, StringComparison.Ordinal));
            Assert.Contains(label, xlsx);
        }

        foreach (var value in ReadBack.Values(form).Where(v => v.Printed.Length > 0))
        {
            foreach (var piece in value.Printed.Split('\n'))
            {
                Assert.Contains(html, t => t.Contains(piece, StringComparison.Ordinal));
                Assert.Contains(docx, t => t.Contains(piece, StringComparison.Ordinal));
            }

            Assert.Contains(InASpreadsheet(value), xlsx);
        }
    }

    [Theory]
    [MemberData(nameof(SampleForms.Kinds), MemberType = typeof(SampleForms))]
    public void The_document_reads_as_it_was_last_read(DocumentKind kind)
    {
        var text = string.Join('\n', ReadBack.Docx(FormDocx.Bytes(SampleForms.Of(kind)))) + "\n";
        var file = Path.Combine(Golden, kind.Word() + ".txt");
        if (Environment.GetEnvironmentVariable("KEPIL_WRITE_GOLDEN") == "1")
        {
            Directory.CreateDirectory(Golden);
            File.WriteAllText(file, text);
        }

        Assert.Equal(File.ReadAllText(file), text);
    }

    [Theory]
    [MemberData(nameof(SampleForms.Kinds), MemberType = typeof(SampleForms))]
    public void Office_files_keep_to_their_format_and_the_same_values_give_the_same_bytes(DocumentKind kind)
    {
        var form = SampleForms.Of(kind);

        Assert.Empty(ReadBack.Complaints(FormDocx.Bytes(form), spreadsheet: false));
        Assert.Empty(ReadBack.Complaints(FormXlsx.Bytes(form), spreadsheet: true));
        Assert.Equal(FormDocx.Bytes(form), FormDocx.Bytes(form));
        Assert.Equal(FormXlsx.Bytes(form), FormXlsx.Bytes(form));
    }

    [Fact]
    public void What_applies_is_underlined_and_the_other_choice_stays_readable()
    {
        var html = FormPrint.Html(SampleForms.Unconfirmed.ToForm(SampleForms.Mark));

        Assert.Contains("5. Мониторинг түрі: ағымдағы, <u>жоспардан тыс</u> (керегінің астын сызу керек)", html, StringComparison.Ordinal);
        Assert.Contains("Қарсылықсыз/<u>қарсылықтармен</u> таныстым", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<u>Қарсылықсыз", FormPrint.Html((SampleForms.Unconfirmed with { Acquaintance = null }).ToForm(null)), StringComparison.Ordinal);
    }

    [Fact]
    public void Objections_beyond_the_four_lines_of_the_form_get_lines_of_their_own()
    {
        var form = (SampleForms.Unconfirmed with { Objections = [.. Enumerable.Range(1, 7).Select(i => $"қарсылық {i}")] }).ToForm(SampleForms.Mark);

        Assert.Equal(7, form.Lines.Count(l => l.Role == LineRole.Objection));
        Assert.Equal(4, SampleForms.Contract.ToForm(null).Lines.Count(l => l.Role == LineRole.Objection));
    }

    [Fact]
    public void The_closing_lines_count_and_add_up()
    {
        var table = SampleForms.Unconfirmed.ToForm(SampleForms.Mark).Tables.Single();

        Assert.Equal((3L, Money.OfTenge(3_037_037.01m)), (table.Total!.Count, table.Total.Sum));
    }

    [Fact]
    public void One_letter_names_each_ground_once() =>
        Assert.Equal(["1)", "2)", "3)"], SampleForms.Of(DocumentKind.GroundsLetter).Lines.Where(l => l.Role == LineRole.Numbered).Select(l => l.KazakhText.Split(' ')[0]));

    /// <summary>The Kazakh words of a form with nothing filled in are the words of the annex, sign by sign and in its order.</summary>
    private static void IsTheAnnex(string annex, Form blank)
    {
        var provision = TheBook.Value.Provisions.Find(new Citation("MON-321", annex))!;
        var lines = blank.Lines.ToList();
        var words = string.Concat(blank.Blocks.SelectMany(b => b switch
        {
            FormLine line => [line.KazakhText],
            FormTable table => [.. table.Columns.Select(c => c.Head.Kazakh), table.Total?.Label.Kazakh ?? ""],
            _ => Enumerable.Empty<string>(),
        }).Skip(1));

        Assert.EndsWith(provision.Text[0], lines[0].KazakhText, StringComparison.Ordinal);
        Assert.Equal(Signs(string.Concat(provision.Text.Skip(1))), Signs(words));
    }

    private static readonly Lazy<LawBook> TheBook = new(() => LawBook.Open());

    /// <summary>Without blanks and without the bars that part columns in the quoted text.</summary>
    private static string Signs(string text) => Regex.Replace(text, @"[\s|]", "");

    private static string InASpreadsheet(FormValue value) =>
        value.Sum is { } sum ? (sum.Tiyn / 100m).ToString(CultureInfo.InvariantCulture)
        : value.Day is { } day ? (day.DayNumber - new DateOnly(1899, 12, 30).DayNumber).ToString(CultureInfo.InvariantCulture)
        : value.Printed;
}
