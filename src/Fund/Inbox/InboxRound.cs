using Kepil.Fund.Desk;
using Kepil.Fund.Proceedings;
using Kepil.Law;

namespace Kepil.Fund.Inbox;

/// <summary>Looks at where the proceedings stand and tells those whom it concerns: on arrival, two working days and one before the end, on the morning of the last day, and when something is late.</summary>
/// <param name="terms">The calendar as known at a moment.</param>
/// <param name="others">What other rooms have to tell, for instance openings of data.</param>
public sealed class InboxRound(InboxStore inbox, ProceedingStore store, DeskStore desk, Func<DateTimeOffset, Terms> terms, params IReadOnlyList<Func<DateTimeOffset, IReadOnlyList<DeskUser>, IEnumerable<InboxNote>>> others)
{
    /// <summary>From this time of the day on reminders come.</summary>
    public static readonly TimeOnly Morning = new(8, 0);

    private readonly Dictionary<(long, string), long> _told = [];

    /// <summary>Tells what was not told yet. Says how many notes are new.</summary>
    public int Run()
    {
        var now = desk.Clock.GetUtcNow();
        var calendar = terms(now).Calendar;
        var users = desk.Users().Where(u => u.OffAt is null).ToList();
        var notes = Reviews(now, calendar, users).Concat(Answers(now, calendar, users)).Concat(Heads(users)).Concat(MovedNotes.Of(store.MovedSince(now.AddDays(-1)), users)).Concat(others.SelectMany(other => other(now, users)))
            .Where(n => !(_told.TryGetValue((n.UserId, n.Key), out var count) && count >= n.Count)).ToList();
        notes.ForEach(n => n.MadeAt = now.ToUnixTimeMilliseconds());
        var added = inbox.Add(notes);
        notes.ForEach(n => _told[(n.UserId, n.Key)] = n.Count);
        return added;
    }

    /// <summary>The reminder that is due on a day; nothing on the days before.</summary>
    public static NoteKind? Reminder(DateTimeOffset now, DateTimeOffset due, ProductionCalendar calendar)
    {
        var (today, last) = (LocalDay.Of(now), LocalDay.Of(due.AddTicks(-1)));
        return LocalDay.TimeOf(now) < Morning || today > last ? null
            : today == last ? NoteKind.LastDay
            : calendar.AddWorkingDays(last, -1) is var before && today >= before ? NoteKind.OneDayLeft
            : today >= calendar.AddWorkingDays(before, -1) ? NoteKind.TwoDaysLeft
            : null;
    }

    private IEnumerable<InboxNote> Reviews(DateTimeOffset now, ProductionCalendar calendar, List<DeskUser> users)
    {
        var byId = users.ToDictionary(u => u.Id);
        foreach (var together in store.OpenReviews().Where(r => byId.ContainsKey(r.Reviewer)).GroupBy(r => (r.Reviewer, r.Region, r.DueAt, r.Overdue)))
        {
            var (reviewer, first, count) = (byId[together.Key.Reviewer], together.MinBy(r => r.Id)!, together.Count());
            var due = together.Key.DueAt?.ToUnixTimeMilliseconds();
            InboxNote Note(long user, NoteKind kind) => new()
            {
                UserId = user, Kind = kind, Key = FormattableString.Invariant($"{kind}:{together.Key.Reviewer}:{due}"), CaseId = first.Id, FindingId = first.FindingId, ProviderId = first.ProviderId, Count = count, DueAt = due,
            };
            yield return Note(reviewer.Id, NoteKind.ReviewArrived);
            if (together.Key.Overdue)
            {
                foreach (var told in HeadsOf(users, together.Key.Region).Append(reviewer))
                {
                    yield return Note(told.Id, NoteKind.ReviewOverdue);
                }
            }
            else if (together.Key.DueAt is { } ends && Reminder(now, ends, calendar) is { } reminder)
            {
                yield return Note(reviewer.Id, reminder);
            }
        }
    }

    private IEnumerable<InboxNote> Answers(DateTimeOffset now, ProductionCalendar calendar, List<DeskUser> users)
    {
        var ofProvider = users.Where(u => u.ProviderId is not null).ToLookup(u => u.ProviderId!.Value);
        foreach (var awaited in store.AwaitedAnswers().Where(a => ofProvider.Contains(a.ProviderId)))
        {
            var due = DateTimeOffset.FromUnixTimeMilliseconds(awaited.DueAt);
            foreach (var user in ofProvider[awaited.ProviderId])
            {
                InboxNote Note(NoteKind kind) => new()
                {
                    UserId = user.Id, Kind = kind, Key = $"{kind}:{awaited.Month}:{awaited.Stage}:{awaited.DueAt}", CaseId = awaited.Id, FindingId = awaited.FindingId,
                    ProviderId = awaited.ProviderId, Month = awaited.Month, Count = awaited.Count, DueAt = awaited.DueAt,
                };
                yield return Note(NoteKind.AnswerAwaited);
                if (Reminder(now, due, calendar) is { } reminder)
                {
                    yield return Note(reminder);
                }
            }
        }

        foreach (var decided in store.DecidedSince(now.AddDays(-1)).Where(d => ofProvider.Contains(d.ProviderId)))
        {
            foreach (var user in ofProvider[decided.ProviderId])
            {
                var kind = decided.Reduced ? NoteKind.Confirmed : NoteKind.Rejected;
                yield return new()
                {
                    UserId = user.Id, Kind = kind, Key = $"{kind}:{decided.Month}:{decided.Day}", CaseId = decided.Id, FindingId = decided.FindingId, ProviderId = decided.ProviderId,
                    Month = decided.Month, Count = decided.Count,
                };
            }
        }
    }

    private IEnumerable<InboxNote> Heads(List<DeskUser> users)
    {
        foreach (var (id, finding, region) in store.WithoutReviewer())
        {
            foreach (var head in HeadsOf(users, region))
            {
                yield return new() { UserId = head.Id, Kind = NoteKind.NobodyFree, Key = $"nobody:{id}", CaseId = id, FindingId = finding };
            }
        }

        foreach (var handover in store.Handovers())
        {
            foreach (var second in users.Where(u => Rights.Of(Right.HandOver, u.Role) is var scope && (scope.HasFlag(Scope.All) || (scope.HasFlag(Scope.Region) && u.Region == handover.Region))
                && u.Id != handover.AskedBy && u.Id != handover.Reviewer))
            {
                yield return new() { UserId = second.Id, Kind = NoteKind.HandoverWaits, Key = $"handover:{handover.Id}", CaseId = handover.ProceedingId };
            }
        }
    }

    private static IEnumerable<DeskUser> HeadsOf(List<DeskUser> users, string region) => users.Where(u => u.Role == Role.BranchHead && u.Region == region);
}
