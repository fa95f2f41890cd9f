using Kepil.Fund.Office;
using Kepil.Fund.Proceedings;

namespace Kepil.Fund.Visits;

/// <summary>A provider's answer to a conclusion as far as it is written: acquainted with or without objections, their list, what goes with them, and the scan of a signature on paper.</summary>
/// <param name="Token">The word by which its sending is known again, so that pressing twice is one act.</param>
/// <param name="Objects">With objections; nothing while it is not said.</param>
/// <param name="List">The objections, each on a line of its own.</param>
/// <param name="SignedOn">Day of the signature on paper.</param>
/// <param name="Name">Who signed on paper.</param>
/// <param name="ListLater">The list is sent apart from the signature, on the day of signing.</param>
public sealed record AnswerDraft(string Token, bool? Objects = null, string List = "", IReadOnlyList<DraftPaper>? Papers = null, DraftPaper? Scan = null, DateOnly? SignedOn = null, string Name = "", bool ListLater = false)
{
    /// <summary>Signs of a list at most.</summary>
    public const int MostSigns = 20_000;

    public IReadOnlyList<DraftPaper> AllPapers => Papers ?? [];

    public IReadOnlyList<string> Objections => Objects == true && !ListLater ? ListOf(List) : [];

    /// <summary>Whether it says all that is signed.</summary>
    public bool IsWhole => Objects == false || Objects == true && (ListLater ? IsBare : Objections.Count > 0);

    /// <summary>Whether neither a list nor a file is here that would be left behind.</summary>
    public bool IsBare => string.IsNullOrWhiteSpace(List) && AllPapers.Count == 0;

    public static string SubjectOf(long conclusion) => FormattableString.Invariant($"conclusion:{conclusion}");

    /// <summary>A list as people write it: each line is one objection, its own number before it falls away.</summary>
    public static IReadOnlyList<string> ListOf(string text) =>
        [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(l => System.Text.RegularExpressions.Regex.Replace(l, @"^\d{1,2}[.)]\s+", "")).Where(l => l.Length > 0)];

    public IReadOnlyList<Paper> ToPapers() => [.. AllPapers.Select(p => new Paper(p.Hash, p.Name, null, p.FromMis))];
}
