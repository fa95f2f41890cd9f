using System.Globalization;
using Kepil.Fund.Desk;
using Kepil.Fund.Proceedings;

namespace Kepil.Fund.Inbox;

/// <summary>Who is told that a running term got another last day: whose act it is, in one note for all cases that moved together.</summary>
public static class MovedNotes
{
    /// <summary>Notes on terms that moved, one for each reader and pair of days.</summary>
    public static IEnumerable<InboxNote> Of(IReadOnlyList<MovedCaseTerm> moved, IReadOnlyList<DeskUser> users)
    {
        foreach (var together in moved.GroupBy(m => (m.Kind, m.Owner, m.ProviderId, m.Reviewer, m.Region, m.Was, m.Now, Case: m.Kind == "proceeding" ? 0 : m.CaseId)))
        {
            var (first, count) = (together.MinBy(m => m.CaseId)!, together.Select(m => m.CaseId).Distinct().Count());
            foreach (var user in ReadersOf(first, users))
            {
                yield return new()
                {
                    UserId = user.Id, Kind = NoteKind.TermMoved, Key = FormattableString.Invariant($"{NoteKind.TermMoved}:{first.Kind}:{together.Key.Case}:{first.Owner}:{first.ProviderId}:{first.Was:yyyyMMdd}:{first.Now:yyyyMMdd}"),
                    CaseId = first.CaseId, Subject = first.Number, ProviderId = first.ProviderId, Count = count, DueAt = LocalDay.At(first.Now.AddDays(1), TimeOnly.MinValue).ToUnixTimeMilliseconds(),
                };
            }
        }
    }

    /// <summary>The last day as it was before, by the key of a note.</summary>
    public static DateOnly WasOf(InboxNote note) => DateOnly.ParseExact(note.Key.Split(':')[^2], "yyyyMMdd", CultureInfo.InvariantCulture);

    /// <summary>What kind of case a note is about: proceeding, monitoring or conclusion.</summary>
    public static string KindOf(InboxNote note) => note.Key.Split(':')[1];

    private static IEnumerable<DeskUser> ReadersOf(MovedCaseTerm moved, IReadOnlyList<DeskUser> users)
    {
        if (moved.Owner == ProceedingJson.Word(Party.Provider))
        {
            return users.Where(u => u.ProviderId == moved.ProviderId);
        }

        if (moved.Reviewer != 0)
        {
            return users.Where(u => u.Id == moved.Reviewer);
        }

        var heads = users.Where(u => u.Role == Role.BranchHead && u.Region == moved.Region).ToList();
        return heads.Count > 0 ? heads : users.Where(u => u.Role == Role.CentralExpert);
    }
}
