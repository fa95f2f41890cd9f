using Kepil.Fund.Verbs;
using Kepil.Tests.Contributions;
using Xunit;
using static Kepil.Tests.Contributions.TrialContributions;

namespace Kepil.Tests.Verbs;

/// <summary>The verb that says which package pays, as a person gives it.</summary>
public sealed class EntitleVerbTests : IDisposable
{
    private readonly TrialContributions _trial = new(false);

    [Fact]
    public void A_person_is_told_the_package_the_line_and_the_referral_and_without_insurance_what_helps()
    {
        _trial.Take($"ЖСН;Құқықтық жағдайы;Басталған күні;Дереккөз\n{Adult};азамат;01.01.1992;ІІМ\n", "standings.csv");

        var (code, told) = Ask("kk", Adult, "--service", "hospital", "--diagnosis", "K40.9", "--on", "2026-11-05");
        Assert.Equal(1, code);
        Assert.Contains("екі пакет те төлемейді", told, StringComparison.Ordinal);
        Assert.Contains("Сақтандырылса, МӘМС төлейді", told, StringComparison.Ordinal);
        Assert.Contains("kepil insured", told, StringComparison.Ordinal);

        (code, told) = Ask("ru", Adult, "--service", "A02.005.000", "--diagnosis", "i10", "--on", "2026-11-05");
        Assert.Equal(0, code);
        Assert.Contains("платит ГОБМП", told, StringComparison.Ordinal);
        Assert.Contains("Нужно направление", told, StringComparison.Ordinal);
        Assert.Contains("SLIDES-FUND-PACKAGES:4.37", told, StringComparison.Ordinal);

        _trial.Pay($"Y-1;;{Adult};бір жыл бұрын алдын ала;;51000;02.11.2026;");
        (code, told) = Ask("en", Adult, "--service", "hospital", "--diagnosis", "K40.9", "--urgent", "--on", "2026-11-05");
        Assert.Equal(0, code);
        Assert.Contains("insurance pays", told, StringComparison.Ordinal);
        Assert.Contains("No referral is needed", told, StringComparison.Ordinal);
        Assert.Equal(3, _trial.Desk.Journal.Read().Count(e => e.Act == "EntitlementSeen" && e.Subject == "person:" + Adult));
    }

    [Theory]
    [InlineData("kk", "800101300017 --service hospital --diagnosis I10", "бақылау цифры")]
    [InlineData("ru", "800101300016 --service massage --diagnosis I10", "нет такого вида помощи")]
    [InlineData("en", "800101300016 --service hospital --diagnosis flu", "no code of ICD-10")]
    [InlineData("en", "800101300016 --service hospital --diagnosis I10 --level first", "second –")]
    [InlineData("ru", "800101300016 --service hospital --diagnosis I10 --on 2019-01-01", "18.07.2020")]
    public void A_wrong_question_is_answered(string language, string line, string told)
    {
        var (code, text) = Ask(language, line.Split(' '));

        Assert.Equal(Faults.Asked, code);
        Assert.Contains(told, text, StringComparison.Ordinal);
    }

    public void Dispose() => _trial.Dispose();

    private (int Code, string Told) Ask(string language, params string[] words) => Executable.Ask(_trial.Fund.Folder.Path, language, ["entitle", .. words]);
}
