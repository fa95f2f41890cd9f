using System.Globalization;
using Kepil.Fund.Desk;
using Kepil.Fund.Documents;
using Kepil.Law;
using Kepil.Monitoring;

namespace Kepil.Fund.Unscheduled;

/// <summary>How papers name branches, providers and people.</summary>
/// <param name="records">Where providers stand with name and region.</param>
/// <param name="regions">The regions as known now.</param>
public sealed class PaperNames(DeskStore desk, IRecords records, Func<Regions> regions)
{
    private const string HeadOfBranch = "филиал директоры";

    public string Branch(string region) => Region(region) + " бойынша филиал";

    public string Region(string region) => regions().Find(region)?.Name.Kk ?? region;

    public string Provider(long provider) =>
        records.Query("SELECT name_kk FROM provider WHERE provider_id = $1", r => r.TextOrNull(0), provider) is [{ } name, ..] ? name : provider.ToString("D12", CultureInfo.InvariantCulture);

    public string? RegionOf(long provider) =>
        records.Query("SELECT region FROM provider WHERE provider_id = $1", r => r.TextOrNull(0), provider) is [{ } region, ..] ? region : null;

    /// <summary>The head of a branch; nobody where none is named.</summary>
    public DeskUser? HeadOf(string region) => desk.Users().FirstOrDefault(u => u.Role == Role.BranchHead && u.Region == region && u.OffAt is null);

    /// <summary>Who writes a letter of a branch: its head, or nobody named yet.</summary>
    public LetterHead Letter(string region, string addressee, long? addresseeBin) =>
        new(Branch(region), addressee, addresseeBin, new(HeadOf(region)?.FullName ?? "", HeadOfBranch));

    public IReadOnlyList<Signatory> People(IReadOnlyList<long> users) => [.. users.Select(u => desk.Find(u) is { } found
        ? new Signatory(found.FullName, found.Role == Role.BranchHead ? HeadOfBranch : "сарапшы")
        : new Signatory("№ " + u.ToString(CultureInfo.InvariantCulture)))];
}
