using Kepil.Fund.Office;
using Kepil.Tests.Proceedings;
using Xunit;

namespace Kepil.Tests.Office;

/// <summary>Two clerks at once in the store of the office, on both databases.</summary>
public sealed class OfficeStoreTests
{
    private const int Clerks = 4;
    private const int Files = 12;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Clerks_who_bring_registers_at_the_same_moment_each_get_a_number_of_their_own(bool postgres)
    {
        using var trial = new TrialStore(postgres);
        var given = await Task.WhenAll(Enumerable.Range(0, Clerks).Select(clerk => Task.Run(() =>
        {
            var store = new OfficeStore(trial.Source, trial.Clock);
            return Enumerable.Range(0, Files).Select(i => store.Add(Upload($"{clerk}-{i}"))).ToList();
        })));

        var all = given.SelectMany(g => g).ToList();
        Assert.All(all, a => Assert.False(a.Known));
        Assert.Equal(Enumerable.Range(1, Clerks * Files).Select(i => (long)i), all.Select(a => a.Upload.Id).Order());
        Assert.Equal(Clerks * Files, new OfficeStore(trial.Source, trial.Clock).Uploads(5, 1000).Count);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_same_register_brought_by_several_at_once_is_one(bool postgres)
    {
        using var trial = new TrialStore(postgres);
        for (var round = 0; round < Files; round++)
        {
            var file = $"round-{round}";
            var given = await Task.WhenAll(Enumerable.Range(0, Clerks).Select(_ => Task.Run(() => new OfficeStore(trial.Source, trial.Clock).Add(Upload(file)))));

            Assert.Single(given, g => !g.Known);
            Assert.Single(given.Select(g => g.Upload.Id).Distinct());
        }
    }

    private static RegisterUpload Upload(string file) => new() { ProviderId = 5, UserId = 1, FileName = file + ".csv", FileHash = file, Size = 1, State = "reading" };
}
