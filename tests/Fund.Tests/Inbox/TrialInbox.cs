using System.Globalization;
using Kepil.Fund.Accounts;
using Kepil.Fund.Bench;
using Kepil.Fund.Desk;
using Kepil.Fund.Inbox;
using Kepil.Fund.Proceedings;
using Kepil.Tests.Desk;
using Kepil.Tests.Law;
using Kepil.Tests.Proceedings;

namespace Kepil.Tests.Inbox;

/// <summary>A desk with reviewers of two branches, a head of each, the head of a provider, and a clock that stands.</summary>
internal sealed class TrialInbox : IDisposable
{
    public const long Provider = 5;

    private readonly FundFolder _folder;

    public TrialInbox(bool postgres = false, string moment = "2025-09-15 10:00")
    {
        _folder = FundFolder.Open(Directory.CreateTempSubdirectory("kepil-inbox-").FullName, postgres ? PrivatePostgres.NewDatabase() : "sqlite");
        Clock = new(TrialCase.Moment(moment));
        using var context = _folder.Accounts.Context();
        Desk = new(DeskSource.Of(context), Clock);
        Cases = ProceedingStore.Of(Desk);
        Inbox = new(Desk);
        (Reviewer, Head, OtherHead, OfProvider) = (Add(Role.BranchExpert, "62"), Add(Role.BranchHead, "62"), Add(Role.BranchHead, "75"), Add(Role.ProviderHead, null));
    }

    public FundFolder Folder => _folder;

    public MovedClock Clock { get; }

    public DeskStore Desk { get; }

    public ProceedingStore Cases { get; }

    public InboxStore Inbox { get; }

    public long Reviewer { get; }

    public long Head { get; }

    public long OtherHead { get; }

    public long OfProvider { get; }

    public Terms Terms => TermsAt(Clock.GetUtcNow());

    /// <summary>A round as a process makes it that has just started.</summary>
    public int Round() => new InboxRound(Inbox, Cases, Desk, TermsAt).Run();

    public void MoveTo(string moment) => Clock.Move(TrialCase.Moment(moment) - Clock.GetUtcNow());

    /// <summary>Shows findings on the lines 1, 2, … to the provider.</summary>
    public void Open(int count)
    {
        var at = Clock.GetUtcNow();
        Cases.Open(
            [.. Enumerable.Range(1, count).Select(i => new OpenedFinding(TrialCase.Finding() with { At = at, LineId = i, FindingId = i * 1024L, DetectedAt = at, ShownAt = at, SnapshotAt = at }, new(2025, 8, 1), "rule", "{}", 1))],
            Terms, "system");
    }

    public void Object(long id) => Cases.Act(id, new FileObjection(TrialCase.Provider, Clock.GetUtcNow(), Clock.GetUtcNow(), "the record shows the visit", []), Terms, "key:1");

    public IReadOnlyList<NoteKind> Told(long user) => [.. Inbox.Of(user, 100).OrderBy(n => n.Id).Select(n => n.Kind)];

    public void Dispose() => Directory.Delete(_folder.Path, true);

    private static Terms TermsAt(DateTimeOffset at) => new(TheLaw.Book, LocalDay.Of(at));

    private long Add(Role role, string? region)
    {
        var name = $"{role}-{region}";
        return Desk.Add("system", new DeskUser
        {
            SignInName = name, NormalName = name.ToUpperInvariant(), FullName = name, Role = role, Region = region, ProviderId = role == Role.ProviderHead ? Provider : null,
            Stamp = Guid.NewGuid().ToString("n", CultureInfo.InvariantCulture),
        }).Id;
    }
}
