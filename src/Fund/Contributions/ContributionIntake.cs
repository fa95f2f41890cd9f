using Kepil.Fund.Accounts;
using Kepil.Fund.Desk;
using Kepil.Fund.Registers;
using Kepil.Law;

namespace Kepil.Fund.Contributions;

/// <summary>Takes files of contributions, of categories and of standings in, each once.</summary>
public sealed class ContributionIntake(FundFolder folder, LawBook law, DeskStore desk)
{
    private readonly ContributionStore _store = ContributionStore.Of(desk);

    /// <exception cref="RegisterRefusedException">No row of the file can be taken.</exception>
    public TakenContributions Take(string path, string who)
    {
        var stage = folder.Stage();
        try
        {
            var read = ContributionReading.Read(path, Path.GetFileName(path), law, DateOnly.FromDateTime(desk.Clock.GetLocalNow().DateTime), Path.Combine(stage, "rejections.jsonl"));
            return _store.Take(who, read, KnownPersons.Of(folder, read.Payments.Select(p => p.StatedId).Concat(read.Times.Select(c => c.StatedId))));
        }
        finally
        {
            Directory.Delete(stage, true);
        }
    }
}
