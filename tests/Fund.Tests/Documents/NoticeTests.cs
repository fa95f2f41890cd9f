using Kepil.Fund.Documents;
using Kepil.Law;
using Kepil.Tests.House;
using Xunit;

namespace Kepil.Tests.Documents;

/// <summary>Notices, letters and reports: what each must say, and its paragraph.</summary>
public sealed class NoticeTests
{
    [Fact]
    [Proves("MON-321:4")]
    [Proves("MON-321:7.1")]
    public void A_notice_of_a_visit_says_where_when_and_who_comes() =>
        Says(DocumentKind.VisitNotice, "7-тармағының бірінші бөлігіне", "Келетін күні: 18.03.2026", "Қонаев қаласы, Үлгі көшесі, 1", "Үлгіев Айдос Сынақұлы / сарапшы", "жоспардан тыс");

    [Fact]
    [Proves("MON-321:7.2")]
    public void A_notice_of_suspension_names_the_decision_and_its_day()
    {
        Says(DocumentKind.SuspensionNotice, "тоқтатыла тұрғаны", "сот шешімі", "№ 2-17/26 шешім", "Күшіне енген күні: 10.03.2026");
        var extended = new SuspensionNotice(SampleForms.Head, true, SuspensionCause.Emergency, "№ 1", new(2026, 3, 10), new(2026, 3, 11), new(new(2026, 3, 2), new(2026, 3, 25))).ToForm(null);
        Assert.Contains(extended.Lines, l => l.KazakhText.Contains("ұзартылғаны", StringComparison.Ordinal));
        Assert.Contains(extended.Lines, l => l.Values is [{ Printed: "02.03.2026 – 25.03.2026" }]);
    }

    [Fact]
    [Proves("MON-321:7.3")]
    public void A_notice_of_termination_names_the_appeal_and_the_day_of_its_withdrawal() =>
        Says(DocumentKind.TerminationNotice, "7-тармағының үшінші бөлігіне", "Өтініштің нөмірі: ӨТ-17", "Кері қайтарып алу тіркелген күн: 11.03.2026");

    [Fact]
    [Proves("MON-321:9.2")]
    public void The_letter_on_an_outage_confirms_its_hours_and_the_days_not_counted() =>
        Says(DocumentKind.OutageLetter, "растаймыз", "09.03.2026 09:00", "10.03.2026 18:30", "09.03.2026, 10.03.2026", "17-02/5, 11.03.2026");

    [Fact]
    [Proves("MON-321:5")]
    [Proves("MON-321:6.3")]
    public void A_request_for_documents_says_which_and_until_when() =>
        Says(DocumentKind.RequestLetter, "5 және 6-тармақтарына", "К-17/26 картасы және рецепт", "Ұсынудың соңғы күні: 17.03.2026");

    [Fact]
    [Proves("MON-321:58")]
    public void A_reasoned_reply_says_what_was_objected_why_and_what_the_conclusion_takes_now() =>
        Says(DocumentKind.ReplyLetter, "58-тармағына", "К-17/26 картасы бойынша келіспейміз.", "Картада қабылдау көрсетілген.", "түзету енгізілді", "60-тармағы");

    [Fact]
    [Proves("MON-321:23")]
    public void A_notice_of_a_finding_says_the_code_the_line_and_the_last_day_and_no_person()
    {
        Says(DocumentKind.FindingNotice, "5.1", "SRV-000017", "Анықталған күні: 12.03.2026", "Ақпараттық жүйеде көрсетілген сәті: 12.03.2026 09:30", "Қарсылық білдірудің соңғы күні (24:00-ге дейін): 19.03.2026", "27-тармағы");
        Assert.DoesNotContain(ReadBack.Values(SampleForms.Of(DocumentKind.FindingNotice)), v => v.Printed.Contains("900101300017", StringComparison.Ordinal));
    }

    [Fact]
    [Proves("MON-321:53")]
    public void A_notice_of_a_latent_defect_says_the_facts_and_the_measure() =>
        Says(DocumentKind.LatentDefectNotice, "53-тармағына", "Анықталған күні: 02.03.2026", "Бір қызмет екі рет төленген.", "9\u00A0000,00");

    [Fact]
    [Proves("MON-321:16")]
    public void The_quarterly_information_adds_up_what_was_found_by_provider()
    {
        Says(DocumentKind.QuarterReport, "16-тармағына", "2026 жылғы 1-тоқсан", "елеулі");
        Assert.Equal((2L, Money.OfTenge(865_001)), Total(DocumentKind.QuarterReport));
    }

    [Fact]
    [Proves("MON-321:17")]
    public void The_ten_day_information_says_what_is_still_disputed()
    {
        Says(DocumentKind.TenDayReport, "17-тармағына", "02.03.2026", "дауланып жатыр");
        Assert.Equal((1L, Money.OfTenge(5_000)), Total(DocumentKind.TenDayReport));
    }

    [Theory]
    [Proves("MON-321:19.2")]
    [Proves("MON-321:20.1")]
    [Proves("MON-321:20.2")]
    [Proves("MON-321:20.3")]
    [InlineData(UnconfirmedGround.Month, "200 еселенген", "19-тармағы")]
    [InlineData(UnconfirmedGround.Contract, "800 еселенген", "20-тармағының бірінші бөлігі")]
    [InlineData(UnconfirmedGround.EndedContract, "аяқталғаннан кейін", "20-тармағының екінші бөлігі")]
    [InlineData(UnconfirmedGround.Crime, "қылмыстық құқық бұзушылық", "19 және 20-тармақтары")]
    [InlineData(UnconfirmedGround.Repeated, "мерзімінен бұрын бұзу", "20-тармағының үшінші бөлігі")]
    public void Each_ground_of_a_letter_names_its_paragraph(UnconfirmedGround ground, string words, string paragraph)
    {
        var letter = new GroundsLetter(SampleForms.Head, "«Үлгі»", SampleForms.Bin, "045/2026", new(2026, 2, 1), Money.OfTenge(865_001), Money.OfTenge(865_001), Money.OfTenge(4_325), [ground], []).ToForm(null);
        var line = Assert.Single(letter.Lines, l => l.Role == LineRole.Numbered);

        Assert.Contains(words, line.KazakhText, StringComparison.Ordinal);
        Assert.Contains(paragraph, line.KazakhText, StringComparison.Ordinal);
        Assert.DoesNotContain("АЕК", string.Concat(ReadBack.Labels(letter)), StringComparison.Ordinal);
    }

    private static void Says(DocumentKind kind, params string[] words)
    {
        var text = ReadBack.Docx(FormDocx.Bytes(SampleForms.Of(kind)));
        Assert.All(words, w => Assert.Contains(text, t => t.Contains(w, StringComparison.Ordinal)));
    }

    private static (long Count, Money Sum) Total(DocumentKind kind) => SampleForms.Of(kind).Tables.Single().Total is { } total ? (total.Count, total.Sum) : default;
}
