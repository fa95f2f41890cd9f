using Kepil.Law;
using Microsoft.EntityFrameworkCore;

namespace Kepil.Fund.Documents;

/// <summary>For whom a signature stands.</summary>
public enum SigningSide
{
    Fund,
    Provider,
}

/// <summary>How the provider took a conclusion: with or without objections, and which.</summary>
/// <param name="ListFollows">The objections are sent apart from the signature, as paragraph 56 of the order allows on the same day.</param>
public sealed record Acquainted(Acquaintance How, IReadOnlyList<string> Objections, bool ListFollows = false)
{
    public static readonly Acquainted Without = new(Acquaintance.WithoutObjections, []);
}

/// <summary>A signature on paper: the scan, its day, who signed and who registered it.</summary>
public sealed record PaperSignature(byte[] Scan, DateOnly SignedOn, string SignerName, string? Organisation, long RegisteredBy);

/// <summary>What became of a signature: stored, or refused with the reason.</summary>
public sealed record SigningAnswer(DocumentRefusal? Refusal, DocumentSignature? Signature);

/// <summary>Signatures on stored documents, verified before they are kept.</summary>
public sealed partial class DocumentStore
{
    private static readonly DocumentRefusal NoSuchDocument = new("no_such_document", new(
        "Мұндай құжат жоқ.", "Такого документа нет.", "There is no such document."));

    private static readonly DocumentRefusal Replaced = new("version_replaced", new(
        "Құжаттың бұл нұсқасы түзетілген нұсқамен ауыстырылды. Соңғы нұсқасына қол қойыңыз.",
        "Эта версия документа заменена исправленной. Подпишите последнюю версию.",
        "This version was replaced by a corrected one. Sign the newest version."));

    private static readonly DocumentRefusal HowMissing = new("acquaintance_missing", new(
        "Қарсылықсыз немесе қарсылықтармен танысқаныңыз көрсетілмеген. Біреуін таңдаңыз.",
        "Не указано, ознакомлены вы без возражений или с возражениями. Выберите одно.",
        "It is not said whether you are acquainted without or with objections. Choose one."));

    private static readonly DocumentRefusal ObjectionsMissing = new("objections_missing", new(
        "Қарсылықтармен қол қойылды, бірақ қарсылықтардың тізбесі бос. Кемінде бір қарсылықты жазыңыз.",
        "Подписано с возражениями, но перечень возражений пуст. Напишите хотя бы одно возражение.",
        "Signed with objections, but the list of objections is empty. Write at least one."));

    private static readonly DocumentRefusal ObjectionsIdle = new("objections_idle", new(
        "Қарсылықсыз деп көрсетілген, бірақ қарсылықтар жазылған. Бірін алып тастаңыз.",
        "Указано «без возражений», но возражения перечислены. Уберите одно из двух.",
        "It says without objections, but objections are listed. Take one of the two away."));

    private static readonly DocumentRefusal Already = new("already_signed", new(
        "Бұл құжатқа осы адам қол қойып қойған.", "Этот документ уже подписан этим лицом.", "This person has already signed this document."));

    private static readonly DocumentRefusal PaperUnfit = new("paper_unfit", new(
        "Қағаздағы қолтаңбаның сканы, қол қоюшының аты-жөні немесе күні дұрыс емес. Сканды тіркеп, құжат күнінен ерте емес және бүгіннен кеш емес күнді көрсетіңіз.",
        "Скан, имя подписавшего или дата подписи на бумаге неверны. Приложите скан и укажите дату не раньше дня документа и не позже сегодняшнего.",
        "The scan, the signer's name or the day of the paper signature is not right. Attach the scan and give a day not before the document's and not after today."));

    /// <summary>Verifies an electronic signature over the exact bytes of a version and stores it; a refused one is not stored.</summary>
    /// <param name="code">The document.</param>
    /// <param name="version">Its version, which must be the newest.</param>
    /// <param name="side">For whom it is signed.</param>
    /// <param name="cms">The detached signature.</param>
    /// <param name="expected">IIN or BIN that the certificate must name.</param>
    /// <param name="acquainted">How the provider took it; null for the Fund's side.</param>
    /// <param name="verifier">Who verifies.</param>
    /// <param name="stop">Stops waiting.</param>
    public async Task<SigningAnswer> SignAsync(CheckCode code, int version, SigningSide side, byte[] cms, long expected, Acquainted? acquainted, ISignatureVerifier verifier, CancellationToken stop)
    {
        if ((FaultOf(code, version) ?? FaultOf(side, acquainted)) is { } fault)
        {
            return new(fault, null);
        }

        var received = _clock.GetUtcNow();
        var verdict = await verifier.VerifyAsync(Files.Read(Find(code, version)!.Version.DocxHash), cms, received, stop).ConfigureAwait(false);
        if (!verdict.Good)
        {
            return new(verdict.Refusal, null);
        }

        var number = expected.ToString("D12", System.Globalization.CultureInfo.InvariantCulture);
        if (verdict.Signers is not [var signer] || (signer.PersonNumber != number && signer.OrganisationNumber != number))
        {
            return new(SignatureRefusals.OtherSigner, null);
        }

        return Store(code, version, side, acquainted, new DocumentSignature
        {
            Code = code.Text,
            Version = version,
            Side = Word(side),
            Way = "cms",
            FileHash = Files.Keep(cms),
            SignerName = signer.Name,
            PersonNumber = signer.PersonNumber,
            OrganisationNumber = signer.OrganisationNumber,
            Organisation = signer.Organisation,
            Certificate = signer.Certificate,
            ClaimedAt = signer.ClaimedAt?.ToUnixTimeMilliseconds(),
            SignedOn = DayOf(received),
            ReceivedAt = received.ToUnixTimeMilliseconds(),
            Objections = "",
        });
    }

    /// <summary>Registers a signature that came on paper.</summary>
    public SigningAnswer RegisterPaper(CheckCode code, int version, SigningSide side, PaperSignature paper, Acquainted? acquainted)
    {
        if ((FaultOf(code, version) ?? FaultOf(side, acquainted)) is { } fault)
        {
            return new(fault, null);
        }

        var now = _clock.GetUtcNow();
        var name = PlainText.Of(paper.SignerName).Trim();
        return paper.Scan.Length == 0 || name.Length == 0 || paper.SignedOn < Find(code, version)!.Version.IssuedOn || paper.SignedOn > DayOf(now)
            ? new(PaperUnfit, null)
            : Store(code, version, side, acquainted, new DocumentSignature
            {
                Code = code.Text,
                Version = version,
                Side = Word(side),
                Way = "paper",
                FileHash = Files.Keep(paper.Scan),
                SignerName = name,
                Organisation = paper.Organisation is null ? null : PlainText.Of(paper.Organisation),
                SignedOn = paper.SignedOn,
                ReceivedAt = now.ToUnixTimeMilliseconds(),
                Objections = "",
                RegisteredBy = paper.RegisteredBy,
            });
    }

    /// <summary>Signatures on a version in the order in which they came.</summary>
    public IReadOnlyList<DocumentSignature> Signatures(CheckCode code, int version)
    {
        using var context = new DocumentsContext(_options);
        return [.. context.Signatures.AsNoTracking().Where(s => s.Code == code.Text && s.Version == version).OrderBy(s => s.Place)];
    }

    private SigningAnswer Store(CheckCode code, int version, SigningSide side, Acquainted? acquainted, DocumentSignature signature)
    {
        signature.Acquaintance = side == SigningSide.Fund ? null : acquainted!.How == Acquaintance.WithObjections ? "with" : "without";
        signature.Objections = string.Join('\n', acquainted?.Objections.Select(o => PlainText.Of(o).Replace('\n', ' ').Trim()) ?? []);
        using var context = new DocumentsContext(_options);
        using var transaction = Begin(context);
        Hold(context, code);
        // The newest version may have changed while the signature was being verified.
        var newest = context.Versions.Where(v => v.Code == code.Text).Max(v => v.Version);
        var stored = context.Signatures.AsNoTracking().Where(s => s.Code == code.Text && s.Version == version).ToList();
        if (newest != version)
        {
            return new(Replaced, null);
        }

        if (stored.Exists(s => s.Side == signature.Side && (s.PersonNumber, s.OrganisationNumber, s.SignerName) == (signature.PersonNumber, signature.OrganisationNumber, signature.SignerName)))
        {
            return new(Already, null);
        }

        signature.Place = stored.Count + 1;
        context.Add(signature);
        context.SaveChanges();
        transaction.Commit();
        return new(null, signature);
    }

    private DocumentRefusal? FaultOf(CheckCode code, int version) =>
        Find(code) is not { } newest ? NoSuchDocument
        : newest.Version.Version != version ? Replaced
        : null;

    private static DocumentRefusal? FaultOf(SigningSide side, Acquainted? acquainted) =>
        side == SigningSide.Fund ? null
        : acquainted is null ? HowMissing
        : acquainted.How == Acquaintance.WithObjections ? acquainted.ListFollows || acquainted.Objections.Any(o => !string.IsNullOrWhiteSpace(PlainText.Of(o))) ? null : ObjectionsMissing
        : acquainted.Objections.Count > 0 ? ObjectionsIdle
        : null;

    private static string Word(SigningSide side) => side == SigningSide.Fund ? "fund" : "provider";

    /// <summary>The day of a moment in the time of the country.</summary>
    private static DateOnly DayOf(DateTimeOffset moment) => DateOnly.FromDateTime(moment.ToOffset(TimeSpan.FromHours(5)).DateTime);
}
