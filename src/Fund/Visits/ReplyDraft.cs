using Kepil.Fund.Office;
using Kepil.Fund.Pages;
using Kepil.Fund.Unscheduled;
using Microsoft.Extensions.Primitives;

namespace Kepil.Fund.Visits;

/// <summary>The decision on a provider's objections as far as it is written: its reasons, and the rows that are kept with their sums. All who lead the monitoring write in it.</summary>
/// <param name="Fields">What the fields of its form hold; a row that is not kept has none.</param>
public sealed record ReplyDraft(IReadOnlyDictionary<string, string> Fields)
{
    /// <summary>The place of the Fund's own drafts among those of the providers, whose numbers have twelve digits.</summary>
    private const long OfFund = 0;

    private static readonly string[] Names = ["keep-", "sum-", "penalty-"];

    /// <summary>The draft of a conclusion with its version and the moment of its last save; nothing when nobody began one.</summary>
    public static (ReplyDraft Draft, int Version, DateTimeOffset At)? Of(OfficeStore store, long conclusion) => store.Draft<ReplyDraft>(OfFund, SubjectOf(conclusion));

    /// <summary>Saves what a form says of a conclusion whose objections wait for a decision; where they wait no more nothing is written.</summary>
    public static DraftSaved Save(OfficeStore store, long conclusion, Conclusion state, IFormCollection form, long user, DateTimeOffset now) =>
        state.Stage != ConclusionStage.Objected ? new(0, now, true) : store.Save(OfFund, SubjectOf(conclusion), Read(form), DraftSaved.VersionOf(form), user);

    public static void Discard(OfficeStore store, long conclusion) => store.Discard(OfFund, SubjectOf(conclusion));

    public IFormCollection ToForm() => new FormCollection(Fields.ToDictionary(f => f.Key, f => new StringValues(f.Value)));

    private static ReplyDraft Read(IFormCollection form) => new(
        form.Where(f => Names.Any(n => f.Key.StartsWith(n, StringComparison.Ordinal))).Select(f => KeyValuePair.Create(f.Key, f.Value.ToString())).Append(KeyValuePair.Create("reasons", Phrases.Written(form)))
            .ToDictionary(f => f.Key, f => f.Value[..Math.Min(f.Value.Length, Phrases.MostLetters)]));

    private static string SubjectOf(long conclusion) => FormattableString.Invariant($"reply:{conclusion}");
}
