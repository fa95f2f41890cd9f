using Kepil.Fund.Desk;
using Microsoft.EntityFrameworkCore;

namespace Kepil.Fund.Proceedings;

/// <summary>The employees among whom reviews are distributed: experts of the desk that are not off, with their absences and conflicts of interest.</summary>
public sealed class ReviewStaff(DeskStore desk)
{
    /// <param name="day">Who is away on it is not chosen.</param>
    /// <param name="loads">Reviews that lie with each now.</param>
    public IReadOnlyList<Employee> On(DateOnly day, IReadOnlyDictionary<long, int> loads)
    {
        using var context = desk.Context();
        var away = context.Absences.AsNoTracking().AsEnumerable().Where(a => a.FromDay <= day && day <= a.ToDay).Select(a => a.UserId).ToHashSet();
        var conflicts = context.Conflicts.AsNoTracking().AsEnumerable().ToLookup(c => c.UserId, c => c.ProviderId);
        return
        [
            .. context.Users.AsNoTracking().Where(u => u.OffAt == null && (u.Role == Role.BranchExpert || u.Role == Role.CentralExpert)).OrderBy(u => u.Id).AsEnumerable()
                .Select(u => new Employee(u.Id, u.Region ?? "", u.Role == Role.CentralExpert, away.Contains(u.Id), conflicts[u.Id].ToHashSet(), loads.GetValueOrDefault(u.Id))),
        ];
    }
}
