using Kepil.Fund.Desk;
using Kepil.Fund.Findings;
using Kepil.Fund.Pages;
using Kepil.Fund.Proceedings;
using Kepil.Law;
using Kepil.Monitoring;

namespace Kepil.Fund.Reviews;

/// <summary>Puts the desk of a reviewer together: his queue, the case that is open, what he may undo.</summary>
public sealed class ReviewDeskReader(ReviewQueue queue, ReviewStore kept, DeskStore desk, FindingStore findings, IRecords records, LawBook law, JudgedBy judged, TermsByDay terms)
{
    /// <summary>For how long it is told that a decision could not be sent.</summary>
    private static readonly TimeSpan Told = TimeSpan.FromHours(1);

    public DateTimeOffset Now => desk.Clock.GetUtcNow();

    public Terms Terms => terms.At(Now);

    /// <param name="chosen">The case that the address names; the first of the filter without it.</param>
    /// <param name="opened">The number of the person is shown in full.</param>
    public ReviewDesk Of(DeskUser user, ReviewFilter filter, long? chosen, int page, bool opened, PageLanguage language)
    {
        var now = Now;
        var all = queue.Of(user);
        var found = all.Where(c => filter.Holds(c, now)).ToList();
        var shown = Math.Clamp(page, 1, Math.Max(1, (found.Count + ReviewDesk.OnAPage - 1) / ReviewDesk.OnAPage));
        var rows = found.Skip((shown - 1) * ReviewDesk.OnAPage).Take(ReviewDesk.OnAPage).ToList();
        var open = chosen is { } id ? all.FirstOrDefault(c => c.Id == id) : rows.FirstOrDefault();
        return new(
            filter, all, rows, found.Count, shown, open is null ? null : SheetOf(user, open, opened, language), chosen is not null,
            queue.Store.WaitingOf(user.Id), queue.Store.DroppedOf(user.Id, now - Told), kept.ViewsOf(user.Id), now, Terms);
    }

    /// <summary>The case that follows in the order of the filter; nothing when it is the last one there.</summary>
    public long? After(DeskUser user, ReviewFilter filter, long id)
    {
        var now = Now;
        var order = queue.Of(user).Where(c => c.Id == id || filter.Holds(c, now)).Select(c => c.Id).ToList();
        var place = order.IndexOf(id);
        order.Remove(id);
        return order.Count == 0 ? null : order[place >= 0 && place < order.Count ? place : 0];
    }

    /// <summary>What a code withholds of the line, where the classification gives a share of it.</summary>
    public long? AtRiskOf(Proceeding state, string code)
    {
        var edition = law.Classification.On(LocalDay.Of(state.DetectedAt));
        return edition.Find(code) is not null && edition.Resolve(code, state.Form, Terms.Policies).Value is Cell.Percent share ? new Money(state.Billed).Percent(share.Value).Tiyn : null;
    }

    /// <summary>The case as the user may see it.</summary>
    public ProceedingView ViewOf(DeskUser user, Proceeding state) =>
        state.For(ReviewQueue.ActorOf(user, state).Party, queue.Store.History(state.Id), Terms.Policies);

    private CaseSheet SheetOf(DeskUser user, QueuedCase open, bool opened, PageLanguage language)
    {
        var state = open.State;
        var (rule, edition, _, _) = judged.Of(open.Row.RunId, open.Row.RuleId, LocalDay.Of(state.DetectedAt));
        // Of a case that was opened before its run was kept, the newest run may have numbered its findings anew; then the sum alone is shown.
        var explanation = judged.AsShown(findings, open.Row.RunId, state.FindingId) is { } shown ? shown
            : findings.Explain(state.FindingId) is { } e && (open.Row.RunId == 0 || open.Row.RunId == e.Run) && e.Finding.ServiceId == state.LineId && e.Finding.Code == state.Code ? e : null;
        var mine = queue.Store.History(state.Id).OfType<ReviewerAssigned>().LastOrDefault(a => a.Reviewer == user.Id);
        var view = ViewOf(user, state);
        return new(
            open, view, explanation, edition,
            LawPages.Of(law.Provisions, rule?.File.Law ?? [], state.Code, false), rule, CaseRecord.Of(records, open.Row, language, opened), mine, kept.DraftOf(user.Id, state.Id), opened, queue.Versions.Of(state.Id),
            view.Steps.Any(s => s.Person is not null) ? desk.Users().ToDictionary(u => u.Id, u => u.FullName) : []);
    }
}
