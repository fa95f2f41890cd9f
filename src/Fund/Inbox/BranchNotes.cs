using Kepil.Fund.Desk;
using Kepil.Fund.Unscheduled;

namespace Kepil.Fund.Inbox;

/// <summary>Who is told that a branch owes a report, a conclusion, a notice or a letter: its head, and where there is none the central office.</summary>
public static class BranchNotes
{
    /// <summary>Notes on arrival, and once more when the term is over; who learns of something late is told of its lateness alone.</summary>
    public static IEnumerable<InboxNote> Of(IReadOnlyList<OwedAct> owed, DateTimeOffset now, IReadOnlyList<DeskUser> users)
    {
        foreach (var act in owed)
        {
            var heads = users.Where(u => u.Role == Role.BranchHead && u.Region == act.Region).ToList();
            foreach (var user in heads.Count > 0 ? heads : users.Where(u => u.Role == Role.CentralExpert))
            {
                var kind = KindOf(act, now);
                yield return new()
                {
                    UserId = user.Id, Kind = kind, Key = FormattableString.Invariant($"{kind}:{act.Key}:{act.EndsAt.ToUnixTimeMilliseconds()}"), CaseId = act.Id, ProviderId = act.ProviderId, Subject = act.Number,
                    DueAt = act.EndsAt.ToUnixTimeMilliseconds(), MadeAt = now.ToUnixTimeMilliseconds(),
                };
            }
        }
    }

    private static NoteKind KindOf(OwedAct act, DateTimeOffset now) =>
        act.EndsAt <= now ? NoteKind.FundActOverdue : act.Kind switch { "report" => NoteKind.ReportOwed, "hiv" => NoteKind.HivConclusionOwed, "letter" => NoteKind.LetterOwed, _ => NoteKind.FundActOwed };

    /// <summary>What was owed, by the key of a note that it is late: report, hiv, letter or the kind of a case.</summary>
    public static string OwedOf(InboxNote note) => note.Key.Split(':') is [_, var kind, ..] ? kind : "";
}
