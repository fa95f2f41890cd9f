using System.Security.Cryptography;
using System.Text;
using Kepil.Fund.Pages;
using Kepil.Fund.Proceedings;

namespace Kepil.Fund.Office;

/// <summary>A file that was brought for an act and is kept as evidence already.</summary>
/// <param name="MadeOn">The day on which its content arose, as it was said.</param>
/// <param name="FromMis">An entry of a medical information system.</param>
public sealed record DraftPaper(string Hash, string Name, long Size, DateOnly? MadeOn, bool FromMis);

/// <summary>An act on a case as far as it is written: the answers to one question after the other.</summary>
/// <param name="Token">The word by which its sending is known again, so that pressing twice is one act.</param>
/// <param name="Topic">What the provider disagrees with, one of <see cref="Topics"/>.</param>
public sealed record ActDraft(string Token, string? Topic = null, string Reasons = "", IReadOnlyList<DraftPaper>? Papers = null)
{
    /// <summary>Signs of a justification at most.</summary>
    public const int MostSigns = 20_000;

    /// <summary>What a provider can disagree with.</summary>
    public static readonly IReadOnlyList<string> Topics = ["done", "data", "rule", "sum", "other"];

    public IReadOnlyList<DraftPaper> AllPapers => Papers ?? [];

    /// <summary>The questions of an act, in their order.</summary>
    public static IReadOnlyList<string> StepsOf(string act) => act switch
    {
        "objection" or "repeat-objection" => ["what", "why", "papers", "check"],
        "explanation" => ["why", "papers", "check"],
        "documents" => ["papers", "check"],
        _ => ["why", "check"],
    };

    public static string SubjectOf(long proceeding, string act) => FormattableString.Invariant($"case:{proceeding}:{act}");

    public static ActDraft New() => new("page:" + Guid.NewGuid().ToString("n"));

    /// <summary>What is still missing before it can be sent: the question to go back to; nothing when it is whole.</summary>
    public string? Missing(string act) => StepsOf(act).FirstOrDefault(step => step switch
    {
        "what" => Topic is null,
        "why" => string.IsNullOrWhiteSpace(Reasons),
        "papers" => act == "documents" && AllPapers.Count == 0,
        _ => false,
    });

    /// <summary>The justification as the reviewer reads it.</summary>
    public string Text(PageLanguage language) => Topic is null ? Reasons.Trim() : language["Topic." + Topic] + ".\n" + Reasons.Trim();

    /// <summary>The papers as the case keeps them.</summary>
    public IReadOnlyList<Paper> ToPapers() =>
        [.. AllPapers.Select(p => new Paper(p.Hash, p.Name, p.MadeOn is { } day ? LocalDay.At(day, TimeOnly.MinValue) : null, p.FromMis))];

    /// <summary>Identity of what is sent.</summary>
    public static string HashOf(string text, IReadOnlyList<Paper> papers) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text + "\n" + string.Join('\n', papers.Select(p => p.Hash + " " + p.Name + " " + p.MadeAt?.ToString("O") + " " + p.FromMis)))));
}
