using Kepil.Fund.Desk;
using Kepil.Fund.Verbs;
using Kepil.Tests.Inbox;
using Xunit;

namespace Kepil.Tests.Verbs;

/// <summary>What must be in order before pages for real work are opened.</summary>
public sealed class StartChecksTests
{
    [Theory]
    [InlineData("10.0.6", false)]
    [InlineData("10.0.7", true)]
    [InlineData("10.1.0", true)]
    [InlineData("9.0.20", false)]
    public void A_runtime_without_its_patches_is_refused(string version, bool good) => Assert.Equal(good, StartChecks.Runtime(Version.Parse(version)) is null);

    [Fact]
    public void Keys_that_sealed_second_factors_must_be_there()
    {
        using var trial = new TrialInbox();
        var keys = Directory.CreateTempSubdirectory("kepil-keys-");
        Assert.Null(StartChecks.Keys(trial.Desk, keys.FullName));
        trial.Desk.Change("system", "SecondFactorSet", trial.Head, u => (u.SecondFactor, u.SecondFactorOn) = ("sealed", true));

        var missing = Assert.Throws<WrongQuestionException>(() => StartChecks.Check(trial.Desk, keys.FullName, StartChecks.LeastRuntime));
        Assert.Contains("reset-factors", missing.Message, StringComparison.Ordinal);
        File.WriteAllText(Path.Combine(keys.FullName, "key-1.xml"), "<key/>");
        StartChecks.Check(trial.Desk, keys.FullName, StartChecks.LeastRuntime);

        keys.Delete(true);
        StartChecks.ResetFactors(trial.Desk, Told.In("en"));
        Assert.Null(StartChecks.Keys(trial.Desk, keys.FullName));
        Assert.Null(trial.Desk.Find(trial.Head)!.SecondFactor);
        Assert.Contains(trial.Desk.Journal.Newest(3), e => e.Act == "SecondFactorTaken");
    }
}
