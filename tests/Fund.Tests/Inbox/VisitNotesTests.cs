using Kepil.Fund.Desk;
using Kepil.Fund.Inbox;
using Kepil.Fund.Proceedings;
using Kepil.Fund.Unscheduled;
using Kepil.Law;
using Kepil.Tests.Unscheduled;
using Xunit;

namespace Kepil.Tests.Inbox;

/// <summary>What people of a provider read of unscheduled monitoring.</summary>
public sealed class VisitNotesTests
{
    private const long ProviderHead = (long)Role.ProviderHead + 1;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    [Proves("MON-321:55")]
    public void A_sent_conclusion_and_a_request_for_documents_are_told_once_and_again_before_their_terms_end(bool postgres)
    {
        using var stand = new DutyStand(postgres);
        var inbox = new InboxStore(stand.Desk);
        var round = new InboxRound(inbox, stand.Proceedings, stand.Desk, _ => stand.Terms, (now, users) => VisitNotes.Of(stand.Store, now, stand.Terms.Calendar, users));
        var conclusion = stand.Store.NextId();
        Answer(CaseSamples.Draft(stand.Now, DutyStand.Clerk, DutyStand.Provider, "Z-1"));
        Answer(new SignConclusion(stand.Now, DutyStand.Clerk));
        var monitoring = stand.Store.NextId();
        Act(new OpenMonitoring(stand.Now, DutyStand.Clerk, DutyStand.Provider, DutyStand.Region, OpeningGround.ContractBreached, null, "4.2", [DutyStand.Expert]));
        round.Run();
        Assert.Empty(Told());

        Answer(new SendConclusion(stand.Now, DutyStand.Clerk, Channel.System));
        Act(new AskForDocuments(stand.Now, DutyStand.Clerk, "cards", Channel.System));
        round.Run();
        round.Run();

        Assert.Equal([(NoteKind.ConclusionWaits, conclusion), (NoteKind.DocumentsAsked, monitoring)], Told());
        stand.MoveTo($"{stand.Store.MonitoringOf(monitoring)!.Requests[0].Reply.Last:yyyy-MM-dd} 09:00");
        round.Run();
        Assert.Equal(2, Told().Count(t => t.Kind == NoteKind.DocumentsAsked));
        Assert.All(inbox.Of(ProviderHead, 10), note => Assert.DoesNotContain("–", NoteText.Of(note).Kk, StringComparison.Ordinal));

        void Answer(ConclusionCommand command) => Assert.Null(stand.Store.Act(conclusion, "", command, stand.Terms).Refusal);

        void Act(MonitoringCommand command) => Assert.Null(stand.Store.Act(monitoring, "M-1", command, stand.Terms).Refusal);

        List<(NoteKind Kind, long Case)> Told() => [.. inbox.Of(ProviderHead, 10).Where(n => n.Kind is NoteKind.ConclusionWaits or NoteKind.DocumentsAsked).Select(n => (n.Kind, n.CaseId)).OrderBy(n => n.Kind.ToString(), StringComparer.Ordinal)];
    }
}
