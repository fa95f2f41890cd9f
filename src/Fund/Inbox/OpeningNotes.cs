using Kepil.Fund.Desk;

namespace Kepil.Fund.Inbox;

/// <summary>Who is told that a person's data were opened outside somebody's cases: those who may review it, and the auditors.</summary>
public static class OpeningNotes
{
    /// <summary>Notes about openings that nobody has reviewed; once more when the time for it is over.</summary>
    public static IEnumerable<InboxNote> Of(IReadOnlyList<DataOpening> unreviewed, DateTimeOffset now, IReadOnlyList<DeskUser> users)
    {
        foreach (var opening in unreviewed)
        {
            foreach (var user in users.Where(u => u.Id != opening.UserId && (u.Role == Role.Auditor || MayReview(u, opening))))
            {
                foreach (var kind in opening.ReviewDue <= now ? new[] { NoteKind.DataOpened, NoteKind.OpeningUnreviewed } : [NoteKind.DataOpened])
                {
                    yield return new()
                    {
                        UserId = user.Id, Kind = kind, Key = $"{kind}:{opening.Id}", CaseId = opening.Id, DueAt = opening.ReviewDue.ToUnixTimeMilliseconds(), MadeAt = now.ToUnixTimeMilliseconds(),
                    };
                }
            }
        }
    }

    /// <summary>Whether a user may say whether an opening was justified.</summary>
    public static bool MayReview(DeskUser user, DataOpening opening) =>
        user.Id != opening.UserId && Rights.Of(Right.ReviewOpening, user.Role) is var scope && (scope.HasFlag(Scope.All) || (scope.HasFlag(Scope.Region) && user.Region is not null && user.Region == opening.Region));
}
