using Kepil.Fund.Desk;
using Kepil.Monitoring;

namespace Kepil.Fund.Coverage;

/// <summary>Whose entitlement a reader may ask for.</summary>
public static class SeenPersons
{
    /// <summary>A provider's people see those who are attached to it or whom it treated; a branch those of its region; the rest by their right.</summary>
    public static bool MaySee(IRecords records, Visitor visitor, long person, DateOnly day)
    {
        var scope = Rights.Of(Right.SeeEntitlement, visitor.Holder);
        return visitor.May(Right.SeeEntitlement) && (scope.HasFlag(Scope.All)
            || (scope.HasFlag(Scope.Own) && visitor.User?.ProviderId is { } provider && IsOf(records, provider, person, day))
            || (scope.HasFlag(Scope.Region) && visitor.User?.Region is { } region && LivesIn(records, region, person)));
    }

    private static bool IsOf(IRecords records, long provider, long person, DateOnly day) =>
        records.Query("SELECT person_id FROM attachment WHERE person_id = $1 AND provider_id = $2 AND from_day <= $3 AND to_day >= $3 LIMIT 1", r => r.Long(0), person, provider, day).Count > 0
        || records.Query("SELECT person_id FROM known_service WHERE person_id = $1 AND provider_id = $2 LIMIT 1", r => r.Long(0), person, provider).Count > 0;

    private static bool LivesIn(IRecords records, string region, long person) =>
        records.Query("SELECT person_id FROM person WHERE person_id = $1 AND region = $2 LIMIT 1", r => r.Long(0), person, region).Count > 0
        || records.Query("SELECT k.person_id FROM known_service AS k JOIN provider AS p ON p.provider_id = k.provider_id WHERE k.person_id = $1 AND p.region = $2 LIMIT 1", r => r.Long(0), person, region).Count > 0;
}
