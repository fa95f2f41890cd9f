using Kepil.Fund.Accounts;
using Kepil.Fund.Desk;
using Kepil.Fund.Registers;
using Kepil.Law;

namespace Kepil.Fund.Contributions;

/// <summary>Takes files of contributions, of categories and of standings in, each once.</summary>
public sealed class ContributionIntake(FundFolder folder, LawBook law, DeskStore desk)
{
    private readonly ContributionStore _store = ContributionStore.Of(desk);

    /// <param name="name">Name under which the file came, where it lies under another.</param>
    /// <exception cref="RegisterRefusedException">No row of the file can be taken.</exception>
    public TakenContributions Take(string path, string who, string? name = null)
    {
        var stage = folder.Stage();
        try
        {
            var read = Read(path, name, stage);
            return _store.Take(who, read, Persons(read));
        }
        finally
        {
            Directory.Delete(stage, true);
        }
    }

    /// <summary>Reads and judges the rows as <see cref="Take"/> does, and keeps nothing.</summary>
    /// <exception cref="RegisterRefusedException">No row of the file can be taken.</exception>
    public (ReadContributions Read, JudgedContributions Judged) Check(string path, string name)
    {
        var stage = folder.Stage();
        try
        {
            var read = Read(path, name, stage);
            return (read, _store.Judge(read, Persons(read)));
        }
        finally
        {
            Directory.Delete(stage, true);
        }
    }

    private ReadContributions Read(string path, string? name, string stage) =>
        ContributionReading.Read(path, name ?? Path.GetFileName(path), law, DateOnly.FromDateTime(desk.Clock.GetLocalNow().DateTime), Path.Combine(stage, "rejections.jsonl"));

    private KnownPersons Persons(ReadContributions read) => KnownPersons.Of(folder, read.Payments.Select(p => p.StatedId).Concat(read.Times.Select(c => c.StatedId)));
}
