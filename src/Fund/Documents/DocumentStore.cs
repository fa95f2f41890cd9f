using System.Data;
using System.Text;
using Kepil.Fund.Accounts;
using Microsoft.EntityFrameworkCore;

namespace Kepil.Fund.Documents;

/// <summary>A document with one of its versions.</summary>
public sealed record StoredDocument(DocumentEntry Entry, DocumentVersion Version)
{
    public CheckCode Code => CheckCode.TryParse(Entry.Code, out var code) ? code : throw new InvalidOperationException($"{Entry.Code} is no check code.");
}

/// <summary>Documents that left the Fund: gives numbers and check codes, keeps every version and every signature.</summary>
public sealed partial class DocumentStore
{
    private readonly DbContextOptions<DocumentsContext> _options;
    private readonly TimeProvider _clock;
    private readonly string _pages;

    /// <param name="accounts">The database.</param>
    /// <param name="folder">The folder of the fund.</param>
    /// <param name="clock">The time.</param>
    /// <param name="pages">Where the pages answer, for the address printed on documents: the setting KEPIL_PAGES.</param>
    public DocumentStore(AccountsStore accounts, string folder, TimeProvider clock, string pages)
    {
        (_options, _clock, _pages) = (DocumentsContext.In(accounts), clock, pages.TrimEnd('/'));
        Files = new DocumentFiles(folder);
    }

    public DocumentFiles Files { get; }

    /// <summary>Issues a document: its number is taken in the same transaction in which it is stored, so that a failure leaves no gap.</summary>
    /// <param name="kind">What it is.</param>
    /// <param name="branch">Two digits of the branch's region.</param>
    /// <param name="on">The day of the document; its year numbers it.</param>
    /// <param name="subject">What it is about.</param>
    /// <param name="provider">BIN of the provider, where there is one.</param>
    /// <param name="by">The employee who issues it.</param>
    /// <param name="journalHead">The head of the journal at this moment.</param>
    /// <param name="form">The form with its mark.</param>
    public StoredDocument Issue(DocumentKind kind, string branch, DateOnly on, string subject, long? provider, long by, string journalHead, Func<DocumentMark, Form> form) =>
        Issue(kind, branch, on, subject, provider, by, journalHead, form, once: false);

    private StoredDocument Issue(DocumentKind kind, string branch, DateOnly on, string subject, long? provider, long by, string journalHead, Func<DocumentMark, Form> form, bool once, string reason = "")
    {
        using var context = new DocumentsContext(_options);
        using var transaction = Begin(context);
        var year = (long)on.Year;
        context.Database.ExecuteSql($"INSERT INTO document_series (branch, year, last) VALUES ({branch}, {year}, 0) ON CONFLICT (branch, year) DO NOTHING");
        context.Database.ExecuteSql($"UPDATE document_series SET last = last + 1 WHERE branch = {branch} AND year = {year}");
        var word = kind.Word();
        if (once && context.Documents.AsNoTracking().FirstOrDefault(d => d.Subject == subject && d.Kind == word) is { } there)
        {
            // The number goes back with the transaction.
            return new(there, context.Versions.AsNoTracking().Where(v => v.Code == there.Code).OrderByDescending(v => v.Version).First());
        }

        var serial = context.Series.AsNoTracking().Single(s => s.Branch == branch && s.Year == year).Last;
        var entry = new DocumentEntry { Code = CheckCode.Draw().Text, Kind = kind.Word(), Branch = branch, Year = year, Serial = serial, Subject = subject, ProviderId = provider };
        var version = VersionOf(entry, 1, on, by, reason, journalHead, form);
        context.Add(entry);
        context.Add(version);
        context.SaveChanges();
        transaction.Commit();
        return new(entry, version);
    }

    /// <summary>Issues a document of a kind about something once: whoever comes second gets the one that is there.</summary>
    public StoredDocument IssueOnce(DocumentKind kind, string branch, DateOnly on, string subject, long? provider, long by, string journalHead, Func<DocumentMark, Form> form) =>
        Issue(kind, branch, on, subject, provider, by, journalHead, form, once: true);

    /// <summary>Issues a document about something once; where what it tells has changed since, adds a corrected version. Whoever comes second with the same finds it done.</summary>
    /// <param name="told">A word for what it tells, by which a change is known; it is kept as the reason of the version.</param>
    public StoredDocument IssueCurrent(DocumentKind kind, string branch, DateOnly on, string subject, long? provider, long by, string journalHead, string told, Func<DocumentMark, Form> form)
    {
        if (Newest(subject) is { } there && there.Entry.Kind == kind.Word() && there.Version.Reason == told)
        {
            return there;
        }

        var issued = Issue(kind, branch, on, subject, provider, by, journalHead, form, once: true, told);
        return issued.Version.Reason == told ? issued : Correct(issued.Code, on, by, told, journalHead, form, once: true);
    }

    /// <summary>Stores a corrected version beside the earlier ones, under the same number and code.</summary>
    /// <param name="code">The document.</param>
    /// <param name="on">The day of the correction.</param>
    /// <param name="by">The employee who corrected it.</param>
    /// <param name="reason">Why.</param>
    /// <param name="journalHead">The head of the journal at this moment.</param>
    /// <param name="form">The corrected form with its mark.</param>
    public StoredDocument Correct(CheckCode code, DateOnly on, long by, string reason, string journalHead, Func<DocumentMark, Form> form) =>
        Correct(code, on, by, reason, journalHead, form, once: false);

    private StoredDocument Correct(CheckCode code, DateOnly on, long by, string reason, string journalHead, Func<DocumentMark, Form> form, bool once)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        using var context = new DocumentsContext(_options);
        using var transaction = Begin(context);
        Hold(context, code);
        var entry = context.Documents.AsNoTracking().Single(d => d.Code == code.Text);
        var newest = context.Versions.AsNoTracking().Where(v => v.Code == code.Text).OrderByDescending(v => v.Version).First();
        if (once && newest.Reason == reason)
        {
            return new(entry, newest);
        }

        var last = newest.Version;
        var version = VersionOf(entry, (int)last + 1, on, by, reason, journalHead, form);
        context.Add(version);
        context.SaveChanges();
        transaction.Commit();
        return new(entry, version);
    }

    /// <summary>The newest version of a document, or the version asked for; null when there is none.</summary>
    public StoredDocument? Find(CheckCode code, int? version = null)
    {
        using var context = new DocumentsContext(_options);
        return context.Documents.AsNoTracking().FirstOrDefault(d => d.Code == code.Text) is { } entry
            && context.Versions.AsNoTracking().Where(v => v.Code == code.Text && (version == null || v.Version == version)).OrderByDescending(v => v.Version).FirstOrDefault() is { } found
            ? new(entry, found)
            : null;
    }

    /// <summary>All versions of a document, the newest first.</summary>
    public IReadOnlyList<DocumentVersion> Versions(CheckCode code)
    {
        using var context = new DocumentsContext(_options);
        return [.. context.Versions.AsNoTracking().Where(v => v.Code == code.Text).OrderByDescending(v => v.Version)];
    }

    /// <summary>Documents about something, in the order of their numbers.</summary>
    public IReadOnlyList<DocumentEntry> About(string subject)
    {
        using var context = new DocumentsContext(_options);
        return [.. context.Documents.AsNoTracking().Where(d => d.Subject == subject).OrderBy(d => d.Year).ThenBy(d => d.Branch).ThenBy(d => d.Serial)];
    }

    /// <summary>Documents that bear a number, in the newest version of each.</summary>
    public IReadOnlyList<StoredDocument> Numbered(DocumentNumber number)
    {
        using var context = new DocumentsContext(_options);
        var entries = context.Documents.AsNoTracking().Where(d => d.Branch == number.Branch && d.Year == number.Year && d.Serial == number.Serial).ToList();
        return [.. entries.Select(e => CheckCode.TryParse(e.Code, out var code) ? Find(code) : null).OfType<StoredDocument>()];
    }

    /// <summary>What the documents of a kind are about whose newest version both sides signed.</summary>
    public IReadOnlySet<string> SignedByBoth(DocumentKind kind)
    {
        var word = kind.Word();
        using var context = new DocumentsContext(_options);
        return context.Documents.AsNoTracking().Where(d => d.Kind == word
            && context.Signatures.Any(s => s.Code == d.Code && s.Side == "fund" && s.Version == context.Versions.Where(v => v.Code == d.Code).Max(v => v.Version))
            && context.Signatures.Any(s => s.Code == d.Code && s.Side == "provider" && s.Version == context.Versions.Where(v => v.Code == d.Code).Max(v => v.Version))).Select(d => d.Subject).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>The newest version of the first document about something; null when there is none.</summary>
    public StoredDocument? Newest(string subject) => About(subject) is [var entry, ..] && CheckCode.TryParse(entry.Code, out var code) ? Find(code) : null;

    private DocumentVersion VersionOf(DocumentEntry entry, int version, DateOnly on, long by, string reason, string journalHead, Func<DocumentMark, Form> form)
    {
        CheckCode.TryParse(entry.Code, out var code);
        var filled = form(new DocumentMark(entry.Number, on, version, code, journalHead, $"{_pages}/documents/{code}"));
        if (filled.Kind.Word() != entry.Kind)
        {
            throw new ArgumentException($"The form is a {filled.Kind.Word()}, the document a {entry.Kind}.", nameof(form));
        }

        return new DocumentVersion
        {
            Code = entry.Code,
            Version = version,
            IssuedOn = on,
            MadeAt = _clock.GetUtcNow().ToUnixTimeMilliseconds(),
            MadeBy = by,
            Reason = reason,
            JournalHead = journalHead,
            DocxHash = Files.Keep(FormDocx.Bytes(filled)),
            XlsxHash = Files.Keep(FormXlsx.Bytes(filled)),
            PrintHash = Files.Keep(Encoding.UTF8.GetBytes(FormPrint.Html(filled))),
        };
    }

    /// <summary>Lets those who add to one document in one after the other.</summary>
    private static void Hold(DocumentsContext context, CheckCode code) =>
        context.Database.ExecuteSql($"UPDATE document SET subject = subject WHERE code = {code.Text}");

    /// <summary>On SQLite the writer is alone from the start; on PostgreSQL the row of the series, or of the document, lets one in after the other.</summary>
    private static Microsoft.EntityFrameworkCore.Storage.IDbContextTransaction Begin(DocumentsContext context) =>
        context.Database.BeginTransaction(context.Database.IsSqlite() ? IsolationLevel.Serializable : IsolationLevel.ReadCommitted);
}
