using Kepil.Fund.Verbs;
using Kepil.Tests.Contributions;
using Xunit;
using static Kepil.Tests.Contributions.TrialContributions;

namespace Kepil.Tests.Verbs;

/// <summary>The verbs of contributions and of the insured as a person gives them.</summary>
public sealed class InsuredVerbTests : IDisposable
{
    private readonly TrialContributions _trial = new(false);

    [Fact]
    public void Files_are_taken_in_and_a_person_is_told_his_status_why_and_what_to_pay()
    {
        var standings = _trial.File($"ЖСН;Құқықтық жағдайы;Басталған күні;Дереккөз\n{Adult};азамат;01.01.1992;ІІМ\n", "standings.csv");
        var payments = _trial.File(Heads + $"Y-1;;{Adult};бір жыл бұрын алдын ала;;51000;02.11.2026;\nY-2;;{Adult};дербес төлем;2016-01;4250;02.11.2026;\n", "payments.csv");

        Assert.Equal(0, Ask("kk", "contributions", standings).Code);
        var (code, told) = Ask("kk", "insured", Adult);
        Assert.Equal(1, code);
        Assert.Contains("сақтандырылмаған – төленбеген айлар бар", told, StringComparison.Ordinal);
        Assert.Matches("алдын ала +төлеу|алдын ала төлеу", told.Replace('\n', ' '));
        Assert.Contains("51 000,00 ₸", told, StringComparison.Ordinal);

        (code, told) = Ask("ru", "contributions", payments);
        Assert.Equal(1, code);
        Assert.Contains("строк 2, принято 1, известно 0, отклонено 1", told, StringComparison.Ordinal);
        Assert.Contains("E3", told, StringComparison.Ordinal);
        Assert.Contains("уже принят", Ask("ru", "contributions", payments).Told, StringComparison.Ordinal);

        (code, told) = Ask("en", "insured", Adult, "--on", "2026-11-03");
        Assert.Equal(0, code);
        Assert.Contains("as is known now: insured – the year ahead is paid (until 02.11.2027)", told, StringComparison.Ordinal);
        Assert.Contains("as was known at the end of that day: not insured", told, StringComparison.Ordinal);
        Assert.Contains("OSMS:5.3-2", told, StringComparison.Ordinal);
        Assert.Equal(2, _trial.Desk.Journal.Read().Count(e => e.Act == "InsuranceSeen" && e.Subject == "person:" + Adult));
    }

    [Fact]
    public void Of_a_foreigner_on_a_visit_no_month_is_said_to_be_unpaid()
    {
        Ask("kk", "contributions", _trial.File($"ЖСН;Құқықтық жағдайы;Басталған күні;Дереккөз\n{Adult};уақытша келген шетелдік;01.01.1992;ІІМ\n", "standings.csv"));

        Assert.Contains("не застрахован – взносы с него не требуются и не поступали", Ask("ru", "insured", Adult).Told, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("kk", "insured 800101300017", "бақылау цифры")]
    [InlineData("ru", "insured 8001", "12 цифр")]
    [InlineData("en", "insured 800101300016 --on yesterday", "is no day")]
    [InlineData("en", "insured 800101300016 --on 2010-01-01", "2020-01-01")]
    public void A_wrong_question_is_answered(string language, string line, string told)
    {
        var (code, text) = Ask(language, line.Split(' '));

        Assert.Equal(Faults.Asked, code);
        Assert.Contains(told, text, StringComparison.Ordinal);
    }

    public void Dispose() => _trial.Dispose();

    private (int Code, string Told) Ask(string language, params string[] words) => Executable.Ask(_trial.Fund.Folder.Path, language, words);
}
