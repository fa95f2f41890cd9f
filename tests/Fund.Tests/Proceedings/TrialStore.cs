using Kepil.Fund.Accounts;
using Kepil.Fund.Bench;
using Kepil.Fund.Desk;
using Kepil.Fund.Proceedings;
using Kepil.Tests.Desk;

namespace Kepil.Tests.Proceedings;

/// <summary>A store of proceedings in a database of its own, with the staff of the trial case and a clock that stands.</summary>
internal sealed class TrialStore : IDisposable
{
    private readonly FundFolder _folder;
    private readonly TrialCase _law = new();

    public TrialStore(bool postgres, string day = "2025-09-15")
    {
        _folder = FundFolder.Open(Directory.CreateTempSubdirectory("kepil-proceedings-").FullName, postgres ? PrivatePostgres.NewDatabase() : "sqlite");
        Clock = new(TrialCase.Moment(day));
        using var context = _folder.Accounts.Context();
        Source = DeskSource.Of(context);
        Journal = new(Source.Open, Clock);
        Store = Another();
    }

    public MovedClock Clock { get; }

    public DeskSource Source { get; }

    public JournalStore Journal { get; }

    public ProceedingStore Store { get; }

    public DateTimeOffset Now => Clock.GetUtcNow();

    public Terms Terms => TermsAt(Now);

    public Terms TermsAt(DateTimeOffset at) => _law.TermsAt(at);

    /// <summary>Another store on the same database, as another process has it.</summary>
    public ProceedingStore Another() => new(Source, Journal, (_, loads) => [.. TrialCase.Staff.Select(e => e with { Load = loads.GetValueOrDefault(e.Id) })]);

    public ProceedingWatch Watch(ReceiptDoor? door = null) => new(Another(), Clock, new TrialCase().TermsAt, door);

    public void MoveTo(string moment) => Clock.Move(TrialCase.Moment(moment) - Now);

    /// <summary>Opens so many proceedings of lines 1, 2, …, all shown now.</summary>
    public void Open(int count, string code = "1.1", int from = 1) => Store.Open([.. Enumerable.Range(from, count).Select(i => Finding(i, code))], Terms, "system");

    public OpenedFinding Finding(int line, string code = "1.1", string evidence = "{}", long sum = 1000)
    {
        var at = Now;
        return new(TrialCase.Finding(code: code, atRisk: sum) with { At = at, LineId = line, FindingId = line * 1024L, DetectedAt = at, ShownAt = at, SnapshotAt = at, Billed = 5000 }, new(2025, 8, 1), "rule", evidence, MonthNotice.KeyOf("rule", evidence));
    }

    public Ruling Object(long id, DateTimeOffset received) => Store.Act(id, new FileObjection(TrialCase.Provider, Now, received, "the record shows the visit", []), Terms, "key:1");

    public void Dispose() => Directory.Delete(_folder.Path, true);
}
