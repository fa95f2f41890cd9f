using Kepil.Fund.Proceedings;

namespace Kepil.Tests.Proceedings;

/// <summary>Which row of the tables SM-0 to SM-5 an event travels, by what it changed and not by what a file says.</summary>
internal static class ProceedingRows
{
    public static IEnumerable<string> Of(Proceeding? before, ProceedingEvent happened) => before is null
        ? happened is FindingShown shown ? First(shown) : []
        : before.Track switch
        {
            Track.General => Named(General(happened)),
            Track.Death => Named(Death(before, happened)),
            Track.NotInContract => NotInContract(before, happened),
            _ => Named(Potential(before.Stage, happened)),
        };

    /// <summary>The rows of the first event: which track, and its beginning.</summary>
    private static IEnumerable<string> First(FindingShown shown)
    {
        var origin = shown.FoundBy;
        yield return shown.Track switch
        {
            Track.General => "O1",
            Track.Hidden => "O7",
            _ when origin == FoundBy.UnscheduledMonitoring => "O5",
            _ when origin != FoundBy.Algorithm => "O6",
            Track.Death or Track.NotMonitored => "O2",
            Track.NotInContract => "O3",
            _ => "O4",
        };
        if (shown.Track == Track.Hidden)
        {
            yield return "A3";
        }
        else if (origin != FoundBy.Algorithm && origin != FoundBy.UnscheduledMonitoring)
        {
            yield return origin == FoundBy.Review ? "A1" : "A2";
        }
        else if (shown.Track == Track.General)
        {
            yield return "G1";
        }
        else if (shown.Track == Track.NotMonitored || shown.To!.Stage == Stage.Held || shown.Death is Kepil.Fund.Proceedings.Death.Maternal or Kepil.Fund.Proceedings.Death.InfantAccident)
        {
            yield return "D0";
        }
        else if (shown.Track == Track.Death)
        {
            yield return shown.Death == Kepil.Fund.Proceedings.Death.InfantOutpatient ? "D2" : "D1";
        }

        if (shown.To!.Stage == Stage.AwaitingObjection)
        {
            yield return "T1";
        }
        else if (shown.Track == Track.NotInContract)
        {
            yield return "E1";
        }
    }

    private static string? General(ProceedingEvent happened) => happened switch
    {
        FindingExplained => "G2",
        GeneralClosed { By.Party: Party.System } => "G4",
        GeneralClosed => "G3",
        _ => null,
    };

    private static string? Potential(Stage stage, ProceedingEvent happened) => happened switch
    {
        ObjectionFiled { Against: Stage.AwaitingObjection } => "T2",
        ObjectionFiled { Against: Stage.AwaitingRepeat } => "T7",
        SilenceConfirmed { To.Stage: Stage.ConfirmedBySilence } => "T3",
        SilenceConfirmed { To.Stage: Stage.ConfirmedWithoutRepeat } => "T8",
        ReviewerAssigned { Route: Route.OtherRegion } => "T4",
        ReviewerAssigned { Route: Route.SecondPerson } => "T9",
        ReviewerAssigned { Route: Route.Central } => "T12",
        CaseDecided e => stage switch
        {
            Stage.FirstReview => e.Agreed ? "T5" : "T6",
            Stage.SecondReview => e.Agreed ? "T11" : "T10",
            Stage.CentralReview => e.Agreed ? "T13" : "T14",
            // Where the installation wants a decision after silence, the head takes it.
            Stage.KeptOpen => e.Agreed ? null : "T8",
            _ => null,
        },
        ReviewOverdue => "T15",
        StateBodyResultRecorded { To.Stage: Stage.AwaitingObjection } => "T1",
        _ => null,
    };

    private static string? Death(Proceeding before, ProceedingEvent happened) => happened switch
    {
        ObjectionFiled { Against: Stage.AwaitingObjection } => "D5",
        ObjectionFiled { Against: Stage.AwaitingDisagreement } => "D10",
        SilenceConfirmed { To.Stage: Stage.ConfirmedBySilence } => "D6",
        SilenceConfirmed { To.Stage: Stage.ConfirmedWithoutEscalation } => "D11",
        ReviewerAssigned { Route: Route.SameEmployee } e => e.Reviewer == before.BranchReviewer ? "D7" : null,
        CaseDecided e => before.Stage switch
        {
            Stage.BranchReview => e.Agreed ? "D3" : "D4",
            Stage.ReReview => e.Agreed ? "D8" : "D9",
            Stage.CentralReview => e.Agreed ? "D12" : "D13",
            // The head confirms in the place of a branch that released.
            Stage.HeadDecision => e.To!.Stage == Stage.AwaitingObjection ? "D4" : null,
            _ => null,
        },
        OpinionAttached => "D14",
        ConclusionAttached => "D15",
        _ => null,
    };

    private static IEnumerable<string> NotInContract(Proceeding before, ProceedingEvent happened)
    {
        if (before.Stage == Stage.BranchReview)
        {
            return Named(happened is CaseDecided e ? e.Agreed ? "E2" : "E3" : null);
        }

        if (before.Stage == Stage.HeadDecision && happened is CaseDecided { To.Stage: Stage.AwaitingObjection })
        {
            return ["E3"];
        }

        return Potential(before.Stage, happened) is { } row ? row == "T15" ? [row] : ["E4", row] : [];
    }

    private static IEnumerable<string> Named(string? row) => row is null ? [] : [row];
}
