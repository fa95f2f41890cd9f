using Kepil.Fund.Desk;
using Kepil.Fund.Proceedings;
using Kepil.Fund.Unscheduled;
using Kepil.Law;

namespace Kepil.Fund.Inbox;

/// <summary>What people of a provider are told of unscheduled monitoring: a conclusion to sign or object to, the reply to their objections, documents that are asked for.</summary>
public static class VisitNotes
{
    private const string Arrived = "arrived";

    /// <summary>Whether a note repeats what was told before.</summary>
    public static bool IsReminder(InboxNote note) => note.Kind is NoteKind.ConclusionWaits or NoteKind.ReplyCame or NoteKind.DocumentsAsked && !note.Key.Contains($":{Arrived}:", StringComparison.Ordinal);

    /// <summary>Notes on arrival, and reminders as of other terms.</summary>
    public static IEnumerable<InboxNote> Of(UnscheduledStore cases, DateTimeOffset now, ProductionCalendar calendar, IReadOnlyList<DeskUser> users)
    {
        var ofProvider = users.Where(u => u.ProviderId is not null).ToLookup(u => u.ProviderId!.Value);
        var open = cases.OpenCases(null, null, int.MaxValue).Where(c => ofProvider.Contains(c.ProviderId)).ToList();
        var papers = open.Where(c => c.Kind == "conclusion" && c.DueAt is not null).Select(c => (c.Id, c.ProviderId, c.Number, About: "", Kind: KindOf(c.Term), DueAt: c.DueAt!.Value));
        var numbers = open.ToDictionary(c => c.Id, c => c.Number);
        var asked = cases.MonitoringsOf([.. open.Where(c => c.Kind == "monitoring").Select(c => c.Id)])
            .SelectMany(m => m.Value.Requests.Where(r => r.IsOpen).Select(r => (m.Key, m.Value.ProviderId, Number: numbers[m.Key], About: FormattableString.Invariant($"/{r.Number}"), Kind: (NoteKind?)NoteKind.DocumentsAsked, DueAt: r.Reply.EndsAt.ToUnixTimeMilliseconds())));
        foreach (var (id, provider, number, about, found, due) in papers.Concat(asked))
        {
            if (found is not { } kind)
            {
                continue;
            }

            foreach (var user in ofProvider[provider])
            {
                InboxNote Note(string when) => new()
                {
                    UserId = user.Id, Kind = kind, Key = FormattableString.Invariant($"{kind}:{when}:{id}{about}:{due}"), CaseId = id, Subject = number, ProviderId = provider, DueAt = due, MadeAt = now.ToUnixTimeMilliseconds(),
                };
                yield return Note(Arrived);
                if (InboxRound.Reminder(now, DateTimeOffset.FromUnixTimeMilliseconds(due), calendar) is { } reminder)
                {
                    yield return Note(reminder.ToString());
                }
            }
        }
    }

    /// <summary>What a running term of the provider is about.</summary>
    private static NoteKind? KindOf(string? term) => term switch
    {
        nameof(TermName.ConclusionObjection) => NoteKind.ConclusionWaits,
        nameof(TermName.Appeal) => NoteKind.ReplyCame,
        _ => null,
    };
}
