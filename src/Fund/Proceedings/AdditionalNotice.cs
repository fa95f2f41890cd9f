using Kepil.Law;
using Kepil.Monitoring;

namespace Kepil.Fund.Proceedings;

/// <summary>Shows what a reviewer found on a line besides the finding that he was reviewing: a finding of its own, with its own time to object, never a part of the running review.</summary>
/// <param name="paid">Which lines were paid already: what is found on them goes on as a latent defect.</param>
public sealed class AdditionalNotice(IRecords records, ProceedingStore store, PaidAmong paid)
{
    /// <summary>Stages at which somebody of a branch has the records before his eyes.</summary>
    private static readonly HashSet<Stage> Reviews = [Stage.BranchReview, Stage.FirstReview, Stage.SecondLook, Stage.ReReview, Stage.SecondReview];

    /// <summary>Whether something may be added while the case stands where it stands.</summary>
    public static bool IsOpenIn(Stage stage) => Reviews.Contains(stage);

    /// <summary>Opens the case of the additional finding. Says why it did not.</summary>
    /// <param name="under">The case under review.</param>
    /// <param name="month">Month of the line.</param>
    /// <param name="code">Code of the classification, another than that of the case.</param>
    /// <param name="what">What was found; the provider reads it.</param>
    /// <param name="who">Who found it, as the journal calls him.</param>
    [Law("MON-321:14")]
    [Law("MON-321:24")]
    public Refusal? Show(Proceeding under, DateOnly month, Actor by, string code, string what, DateTimeOffset at, Terms terms, string who)
    {
        if (!IsOpenIn(under.Stage))
        {
            return Refusal.NotPossible(ProceedingJson.Word(under.Stage));
        }

        if (string.IsNullOrWhiteSpace(what))
        {
            return Refusal.WithoutReasons;
        }

        if (LineOfCase.Of(records, month, under.LineId) is not { } line || terms.Law.Classification.On(month, LocalDay.Of(at)).Find(code) is null
            || SanctionTable.Find(terms.Law, month, LocalDay.Of(at), code, line.Form, line.Region) is not { } sanction)
        {
            return Refusal.CodeNotApplicable(code, under.Form.Word());
        }

        if (store.OfLine(under.LineId).Any(p => p.Code == code))
        {
            return Refusal.FoundAlready(code);
        }

        var show = new ShowFinding(
            by, at, 0, 0, line.Service, line.Provider, code, line.Form, Detection.Additional, FoundBy.Review, Death.None,
            paid(month, [line.Service]).ContainsKey(line.Service), line.StartedOn, line.Billed, sanction.On(new(line.Billed), line.ByTariff).Tiyn,
            new(line.Region, line.Region, line.Region, [.. under.ExcludedRegions]), at, at, line.Hash, at);
        var (_, known, refused) = store.Open([new(show, month, "", what.Trim(), MonthNotice.KeyOf("additional", code))], terms, who);
        return refused.Count > 0 ? refused[0] : known > 0 ? Refusal.FoundAlready(code) : null;
    }
}
