using System.Globalization;
using Kepil.Fund.Accounts;
using Kepil.Fund.Bench;
using Kepil.Fund.Desk;
using Kepil.Fund.Documents;
using Kepil.Fund.Proceedings;
using Kepil.Fund.Unscheduled;
using Kepil.Law;
using Kepil.Tests.Desk;
using Kepil.Tests.Law;
using Kepil.Tests.Pages;
using Kepil.Tests.Proceedings;
using Xunit;

namespace Kepil.Tests.Unscheduled;

/// <summary>A whole fund with proceedings on invented records, in a database of its own: what the Fund owes follows from what happens in it.</summary>
internal sealed class DutyStand : IDisposable
{
    public const long Provider = SampleRecords.BigProvider;
    public const string Region = "61";
    public const long Expert = (long)Role.BranchExpert + 1;
    public static readonly Actor Clerk = new(Party.Fund, Expert, Region);

    private static readonly Lazy<SampleRecords> Invented = new(() => new());

    private readonly TermsByDay terms = new(TheLaw.Book);
    private readonly string database;
    private int word;

    public DutyStand(bool postgres, string day = "2026-10-05")
    {
        database = postgres ? PrivatePostgres.NewDatabase() : "sqlite";
        Folder = FundFolder.Open(Directory.CreateTempSubdirectory("kepil-duties-").FullName, database);
        Clock = new(TrialCase.Moment(day));
        using (var context = Folder.Accounts.Context())
        {
            Desk = new(DeskSource.Of(context), Clock);
        }

        DemoUsers.Add(Desk, Provider, Region, TheLaw.Book.Regions);
        Proceedings = ProceedingStore.Of(Desk);
        Documents = new(Folder.Accounts, Folder.Path, Clock, "http://127.0.0.1");
        Work = Another();
    }

    public FundFolder Folder { get; }

    public MovedClock Clock { get; }

    public DeskStore Desk { get; }

    /// <summary>Only read here, so that all stands share them.</summary>
    public SampleRecords Records => Invented.Value;

    public ProceedingStore Proceedings { get; }

    public DocumentStore Documents { get; }

    public CaseWork Work { get; }

    public UnscheduledStore Store => Work.Store;

    public DateTimeOffset Now => Clock.GetUtcNow();

    public Terms Terms => terms.At(Now);

    public Visitor ExpertVisitor => new(Desk.Find(Expert), true, null);

    /// <summary>The same fund as another process has it.</summary>
    public CaseWork Another() => new(Folder, Records, Desk, UnscheduledStore.Of(Desk), Documents, new CmsVerifier(Folder.At("trust")), terms);

    public void MoveTo(string moment) => Clock.Move(TrialCase.Moment(moment) - Now);

    /// <summary>Lines of the provider in October 2026, the dearest first.</summary>
    public IReadOnlyList<(long Service, long Amount, long Person, string Form, DateOnly On)> Lines(int count, long provider = Provider) => Records.Query(
        $"SELECT service_id, amount, person_id, care_form, ended_on FROM known_service WHERE month = DATE '2026-10-01' AND provider_id = $1 ORDER BY amount DESC, service_id LIMIT {count}",
        r => (r.Long(0), r.Long(1), r.Long(2), r.Text(3), r.Day(4)), provider);

    /// <summary>Shows a finding on a line, now.</summary>
    /// <returns>The number of its proceeding.</returns>
    public long Show((long Service, long Amount, long Person, string Form, DateOnly On) line, string code, long sum, Death death = Death.None, long provider = Provider)
    {
        var key = (line.Service * 100) + (long)(decimal.Parse(code, CultureInfo.InvariantCulture) * 10);
        var finding = TrialCase.Finding(code: code, form: CareForms.Parse(line.Form), death: death, atRisk: sum, places: Places.In(Work.RegionOf(provider)!)) with
        {
            At = Now, DetectedAt = Now, ShownAt = Now, SnapshotAt = Now, LineId = line.Service, FindingId = line.Service * 1024, ProviderId = provider, Billed = line.Amount,
        };
        Assert.Equal(1, Proceedings.Open([new(finding, new(2026, 10, 1), "rule", "{}", key)], Terms, "system").Opened);
        return Proceedings.OfLine(line.Service)[^1].Id;
    }

    /// <summary>Lets all open terms of providers end in silence.</summary>
    public void Silence(string moment)
    {
        MoveTo(moment);
        new ProceedingWatch(ProceedingStore.Of(Desk), Clock, terms.At).Run("A. Person");
    }

    /// <summary>A word that nobody sent before.</summary>
    public ReceivedWord Word() => new(null, "user:3", "w" + ++word, "act", "hash", Now);

    /// <summary>Writes annex 3 out of the register and signs it; both today.</summary>
    public long Concluded(string contract = "C-18")
    {
        var outcome = Work.ConcludeUnconfirmed(Word(), ExpertVisitor, Provider, new(contract, CaseSamples.SentFacts with { Contracts = [new(contract, new(2025, 12, 28), [], 25_000_000_000)] }, [Expert]), "en");
        Assert.Null(outcome.Receipt.Refusal);
        Assert.Null(Store.Act(outcome.Receipt.CaseId, "", new SignConclusion(Now, Clerk), Terms).Refusal);
        return outcome.Receipt.CaseId;
    }

    public void Dispose() => Directory.Delete(Folder.Path, true);
}
