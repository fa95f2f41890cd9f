using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Kepil.Fund.Accounts;
using Kepil.Fund.Desk;
using Kepil.Fund.Documents;
using Kepil.Fund.Findings;
using Kepil.Fund.Office;
using Kepil.Fund.Pages;
using Kepil.Fund.Proceedings;
using Kepil.Fund.Unscheduled;
using Kepil.Law;
using Kepil.Monitoring;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Kepil.Fund.Visits;

/// <summary>What the pages of unscheduled monitoring work with: the acts of the room Unscheduled, the people, the providers and the drafts of conclusions.</summary>
/// <param name="program">Address of the browser's signing program on the reader's own machine.</param>
public sealed class VisitDesk(CaseWork work, DeskStore desk, IRecords records, FundFolder folder, ProceedingStore proceedings, string program)
{
    /// <summary>Where the signing program of the national key answers.</summary>
    public const string SigningProgram = "wss://127.0.0.1:13579";

    public CaseWork Work => work;

    public UnscheduledStore Store => work.Store;

    public IRecords Records => records;

    public ProceedingStore Proceedings => proceedings;

    public DraftStore Drafts { get; } = new(desk);

    public ProviderActs Acts { get; } = new(folder, proceedings);

    /// <summary>Drafts of the provider's answers.</summary>
    public OfficeStore Answers { get; } = new(SourceOf(desk), desk.Clock);

    public string Program => program;

    public DateTimeOffset Now => work.Now;

    public Terms Terms => work.Terms;

    public Provider ProviderOf(long provider) => new FindingStore(records).ProviderOf(provider);

    /// <summary>Names of accounts, for lines of what happened.</summary>
    public IReadOnlyDictionary<long, string> Names() => desk.Users().ToDictionary(u => u.Id, u => u.FullName);

    /// <summary>Employees who may monitor a provider of a region: those of its branch and of the central office.</summary>
    public IReadOnlyList<DeskUser> MayMonitor(string? region) =>
        [.. desk.Users().Where(u => u.OffAt is null && (u.IsOfBranch && u.Region == region || u.Role == Role.CentralExpert)).OrderBy(u => u.Role == Role.CentralExpert).ThenBy(u => u.FullName, StringComparer.CurrentCulture)];

    public DeskUser? UserOf(long id) => desk.Find(id);

    public Owner? WhoseMonitoring(HttpContext context) => Store.CaseOf(context.Number("monitoring")) is { Kind: "monitoring" } one ? OwnerOf(one) : null;

    /// <summary>Whose conclusion it is; a provider is not told of one before it is sent.</summary>
    public Owner? WhoseConclusion(HttpContext context) =>
        Store.CaseOf(context.Number("conclusion")) is { Kind: "conclusion" } one && IsShown(one, Gate.VisitorOf(context)) ? OwnerOf(one) : null;

    public Owner? WhoseProvider(HttpContext context) => new(context.Number("provider"), work.RegionOf(context.Number("provider")), []);

    public Owner? WhosePaper(HttpContext context) => CheckCode.TryParse((string?)context.Request.RouteValues["code"], out var code) && work.Documents.Find(code) is { } paper
        ? UnscheduledEndpoints.OwnerOf(work, paper, Gate.VisitorOf(context)) : null;

    /// <summary>The papers of a case with their codes, the newest last.</summary>
    public IReadOnlyList<CasePaper> PapersOf(UnscheduledCase one) => [.. work.Papers.Of(one.Kind, one.Id)
        .Select(d => CheckCode.TryParse(d.Code, out var code) && work.Documents.Find(code) is { } found ? new CasePaper(DocumentKinds.Of(d.Kind), d.Number.ToString(), code.ToString(), found.Version.IssuedOn, (int)found.Version.Version) : null)
        .OfType<CasePaper>()];

    /// <summary>The signatures on a conclusion, each with the bytes over which it stands; those on versions that were replaced too.</summary>
    [Law("MON-321:55")]
    public IReadOnlyList<SignedBytes> SignedOf(long conclusion) => work.Papers.ConclusionOf(conclusion) is not { } paper ? [] :
    [
        .. Enumerable.Range(1, (int)paper.Version.Version).SelectMany(version => work.Documents.Signatures(paper.Code, version)
            .Select(s => new SignedBytes(paper.Entry.Number.ToString().Replace('/', '-') + ".docx", work.Documents.Find(paper.Code, version)!.Version.DocxHash, version, s))),
    ];

    /// <summary>The word of a form: its token is the word of the sender, its fields and files are the content.</summary>
    public static ReceivedWord WordOf(HttpContext context, string act, IFormCollection form, DateTimeOffset at, params IReadOnlyList<string> hashes)
    {
        var fields = form.Where(f => f.Key is not ("__RequestVerificationToken" or "token")).OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => f.Key + "=" + f.Value);
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(context.Request.Path + "\n" + string.Join('\n', [.. fields, .. hashes]))));
        var arrival = ProceedingEndpoints.ArrivalOf(context);
        return new(arrival?.DoorId, Gate.VisitorOf(context).Actor, form["token"].ToString() is { Length: > 0 and <= 100 } token ? token : NewToken(), act, hash, arrival?.At ?? at);
    }

    public static string NewToken() => "page:" + Guid.NewGuid().ToString("n");

    /// <summary>Why an act was not taken, in the reader's language; nothing when it was.</summary>
    public static string? DoubtOf(WordOutcome outcome, PageLanguage language) =>
        outcome.Differs ? language["Visit.Differs"] : JsonSerializer.Deserialize<WordAnswer>(outcome.Receipt.Answer, UnscheduledEndpoints.Json) is { Taken: false } refused ? Sentence(refused.Text ?? refused.Reason ?? "") : null;

    /// <summary>The files of a form that are fit to be kept; the first doubt about one of them.</summary>
    public (IReadOnlyList<Paper> Papers, string? Doubt) Keep(IFormCollection form, string name, PageLanguage language)
    {
        var (papers, doubt) = (new List<Paper>(), (string?)null);
        foreach (var file in form.Files.Where(f => f.Name == name && f.FileName.Length > 0))
        {
            var content = BytesOf(file);
            var called = Path.GetFileName(file.FileName.Replace('\\', '/'));
            if (PaperCheck.Doubt(called, content, papers.Count, language) is { } wrong)
            {
                doubt ??= wrong;
                continue;
            }

            papers.Add(Acts.Keep(called, content, null, false));
        }

        return (papers, doubt);
    }

    public static byte[] BytesOf(IFormFile file)
    {
        using var content = new MemoryStream();
        using (var stream = file.OpenReadStream())
        {
            stream.CopyTo(content);
        }

        return content.ToArray();
    }

    /// <summary>As what a page shows a kept file beside the decision; nothing for one that is only downloaded.</summary>
    public Func<Paper, string?> ShownAs => paper => paper.Hash.Length >= 24 ? ShownPaper.TypeOf(paper.Name, Acts.PathOf(paper)) : null;

    /// <summary>A kept file as a download that no browser opens by itself; where a page shows it, as what it is.</summary>
    public IResult Download(HttpContext context, Paper? paper)
    {
        if (paper is null || !File.Exists(Acts.PathOf(paper)))
        {
            return MessageEndpoints.NotFound();
        }

        if (context.Request.Query["show"] == "1" && ShownAs(paper) is { } type)
        {
            return ShownPaper.Answer(context, Acts.PathOf(paper), type);
        }

        context.Response.Headers.ContentSecurityPolicy = ShownPaper.Policy;
        return Results.File(Acts.PathOf(paper), "application/octet-stream", paper.Name);
    }

    public static DateOnly? DayOf(string? text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    public static Channel ChannelOf(string? text) => text switch { "system" => Channel.System, "post" => Channel.Post, _ => Channel.Electronic };

    /// <summary>A page with what it shows; a refusal is a conflict with what stands.</summary>
    public static RazorComponentResult<T> Page<T>(string? doubt, params IReadOnlyList<(string Name, object? Value)> values)
        where T : IComponent => new(values.ToDictionary(v => v.Name, v => v.Value)) { StatusCode = doubt is null ? StatusCodes.Status200OK : StatusCodes.Status409Conflict };

    private static DeskSource SourceOf(DeskStore desk)
    {
        using var context = desk.Context();
        return DeskSource.Of(context);
    }

    private static Owner OwnerOf(UnscheduledCase one) => new(one.ProviderId, one.Region, []);

    internal static bool IsShown(UnscheduledCase one, Visitor visitor) => visitor is { Key: null, User.IsOfProvider: false } || one.Stage is not ("Drafted" or "Signed" or "Discarded");

    private static string Sentence(string text) => text.Length == 0 ? text : char.ToUpper(text[0], CultureInfo.InvariantCulture) + text[1..] + (text.EndsWith('.') ? "" : ".");
}

/// <summary>A signature and the file whose bytes it signs.</summary>
/// <param name="Name">Name of the file as it is taken.</param>
/// <param name="Hash">SHA-256 of its bytes.</param>
public sealed record SignedBytes(string Name, string Hash, int Version, DocumentSignature Signature);

/// <summary>A paper of a case as a list shows it.</summary>
public sealed record CasePaper(DocumentKind Kind, string Number, string Code, DateOnly On, int Version);
