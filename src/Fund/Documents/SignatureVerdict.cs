using Kepil.Law;

namespace Kepil.Fund.Documents;

/// <summary>Why a document or a signature was not taken: a code word, and what is wrong and what to do in three languages.</summary>
public sealed record DocumentRefusal(string Reason, Wording Text);

/// <summary>Who signed, as the certificate says it.</summary>
/// <param name="Name">The common name of the certificate.</param>
/// <param name="PersonNumber">IIN; null when the certificate has none.</param>
/// <param name="OrganisationNumber">BIN; null for a natural person.</param>
/// <param name="Organisation">Name of the organisation; null for a natural person.</param>
/// <param name="ClaimedAt">When the signer says he signed; what counts is when the signature was received.</param>
/// <param name="Certificate">Serial number of the certificate.</param>
public sealed record Signer(string Name, string? PersonNumber, string? OrganisationNumber, string? Organisation, DateTimeOffset? ClaimedAt, string Certificate);

/// <summary>What a verifier found of a signature: good with its signers, or refused with the reason; there is nothing between.</summary>
public sealed record SignatureVerdict
{
    private SignatureVerdict(IReadOnlyList<Signer> signers, DocumentRefusal? refusal) => (Signers, Refusal) = (signers, refusal);

    public bool Good => Refusal is null && Signers.Count > 0;

    /// <summary>Nobody when the signature was refused.</summary>
    public IReadOnlyList<Signer> Signers { get; }

    public DocumentRefusal? Refusal { get; }

    internal static SignatureVerdict Of(IReadOnlyList<Signer> signers) => signers.Count == 0 ? Refused(SignatureRefusals.NoSigner) : new(signers, null);

    internal static SignatureVerdict Refused(DocumentRefusal refusal) => new([], refusal);
}

/// <summary>One that says whether a detached signature is over exactly these bytes, by whom, and whether the signer could be trusted at that moment.</summary>
public interface ISignatureVerifier
{
    /// <param name="document">The exact bytes that were signed.</param>
    /// <param name="signature">The detached CMS: DER, PEM or Base64.</param>
    /// <param name="at">The moment at which the signature was received.</param>
    /// <param name="stop">Stops waiting.</param>
    Task<SignatureVerdict> VerifyAsync(byte[] document, byte[] signature, DateTimeOffset at, CancellationToken stop);
}

/// <summary>The reasons for which a signature is refused.</summary>
public static class SignatureRefusals
{
    public static readonly DocumentRefusal NotASignature = new("not_a_signature", new(
        "Файл CMS форматындағы электрондық қолтаңба емес. Құжаттың өзін емес, қолтаңба файлын жіберіңіз.",
        "Файл не является электронной подписью в формате CMS. Приложите файл подписи, а не сам документ.",
        "The file is no electronic signature in CMS format. Send the signature file, not the document itself."));

    public static readonly DocumentRefusal Attached = new("attached", new(
        "Қолтаңбаның ішінде құжаттың көшірмесі бар. Құжатқа бөлек (detached) қолтаңба қойыңыз.",
        "Подпись содержит внутри копию документа. Подпишите документ отсоединённой (detached) подписью.",
        "The signature carries a copy of the document. Sign with a detached signature."));

    public static readonly DocumentRefusal NoSigner = new("no_signer", new(
        "Файлда бірде-бір қолтаңба жоқ. Құжатқа қайта қол қойыңыз.",
        "В файле нет ни одной подписи. Подпишите документ ещё раз.",
        "The file holds no signature. Sign the document again."));

    public static readonly DocumentRefusal WrongBytes = new("wrong_bytes", new(
        "Қолтаңба басқа файлға қойылған. Осы құжаттың дәл сол файлын жүктеп алып, соған қол қойыңыз.",
        "Подписан другой файл. Скачайте файл именно этого документа и подпишите его без изменений.",
        "Another file was signed. Download the file of this very document and sign it unchanged."));

    public static readonly DocumentRefusal Broken = new("broken", new(
        "Қолтаңба бүлінген: сертификаттың кілтіне сәйкес келмейді. Құжатқа қайта қол қойыңыз.",
        "Подпись повреждена: она не соответствует ключу сертификата. Подпишите документ ещё раз.",
        "The signature is broken: it does not match the key of the certificate. Sign the document again."));

    public static readonly DocumentRefusal Algorithm = new("algorithm", new(
        "Қолтаңбаның алгоритмі мұнда тексерілмейді немесе әлсіз. RSA (2048 биттен бастап, SHA-256) кілтімен қол қойыңыз немесе ұлттық тексеру қызметін қосыңыз.",
        "Алгоритм подписи здесь не проверяется или слаб. Подпишите ключом RSA (от 2048 бит, SHA-256) или подключите национальный сервис проверки.",
        "The algorithm of the signature is weak or cannot be verified here. Sign with RSA (2048 bits or more, SHA-256), or connect the national verifier."));

    public static readonly DocumentRefusal NoCertificate = new("no_certificate", new(
        "Қолтаңба файлында қол қоюшының сертификаты жоқ. Сертификатты қосып қол қойыңыз.",
        "В файле подписи нет сертификата подписавшего. Подпишите с приложением сертификата.",
        "The signature file lacks the signer's certificate. Sign with the certificate included."));

    public static readonly DocumentRefusal Expired = new("expired", new(
        "Сертификаттың мерзімі өтіп кеткен. Жарамды сертификатпен қол қойыңыз.",
        "Срок действия сертификата истёк. Подпишите действующим сертификатом.",
        "The certificate has expired. Sign with a valid certificate."));

    public static readonly DocumentRefusal NotYetValid = new("not_yet_valid", new(
        "Сертификат әлі күшіне енген жоқ. Жарамды сертификатпен қол қойыңыз.",
        "Срок действия сертификата ещё не начался. Подпишите действующим сертификатом.",
        "The certificate is not valid yet. Sign with a valid certificate."));

    public static readonly DocumentRefusal Untrusted = new("untrusted", new(
        "Сертификатты Қор танитын куәландырушы орталық бермеген. Танылған орталықтың сертификатымен қол қойыңыз.",
        "Сертификат выдан не тем удостоверяющим центром, который признаёт Фонд. Подпишите сертификатом признанного центра.",
        "The certificate was not issued by an authority that the Fund trusts. Sign with a certificate of a trusted one."));

    public static readonly DocumentRefusal Revoked = new("revoked", new(
        "Сертификат қайтарып алынған. Жаңа сертификат алып, қайта қол қойыңыз.",
        "Сертификат отозван. Получите новый сертификат и подпишите ещё раз.",
        "The certificate was revoked. Get a new one and sign again."));

    public static readonly DocumentRefusal ListUnfit = new("list_unfit", new(
        "Сертификаттың қайтарып алынбағанын тексеру мүмкін болмады: тізім ескірген немесе жарамсыз. Әкімші тізімді жаңартқаннан кейін қайталаңыз.",
        "Не удалось проверить, не отозван ли сертификат: список устарел или непригоден. Повторите после обновления списка администратором.",
        "Whether the certificate was revoked could not be checked: the list is stale or unfit. Try again when the administrator has renewed it."));

    public static readonly DocumentRefusal Usage = new("usage", new(
        "Бұл сертификат қол қоюға арналмаған (мысалы, тек кіруге арналған). Қол қою сертификатын таңдаңыз.",
        "Этот сертификат не предназначен для подписи (например, только для входа). Выберите сертификат для подписи.",
        "This certificate is not meant for signing (for signing in, say). Choose the certificate for signatures."));

    public static readonly DocumentRefusal NoNumber = new("no_number", new(
        "Сертификатта қол қоюшының ЖСН-і немесе БСН-і жоқ не қате. Жеке немесе заңды тұлғаның сертификатымен қол қойыңыз.",
        "В сертификате нет ИИН или БИН подписавшего, или он ошибочен. Подпишите сертификатом физического или юридического лица.",
        "The certificate has no IIN or BIN of the signer, or a wrong one. Sign with a certificate of a person or an organisation."));

    public static readonly DocumentRefusal Future = new("future", new(
        "Қол қойылған уақыт болашақта көрсетілген. Компьютердің сағатын түзетіп, қайта қол қойыңыз.",
        "Время подписи указано в будущем. Исправьте часы компьютера и подпишите ещё раз.",
        "The time of signing lies in the future. Set the clock of the computer right and sign again."));

    public static readonly DocumentRefusal VerifierSilent = new("verifier_silent", new(
        "Қолтаңбаны тексеру қызметі жауап бермеді, қолтаңба қабылданған жоқ. Кейінірек қайталаңыз.",
        "Сервис проверки подписи не ответил, подпись не принята. Повторите позже.",
        "The verifier of signatures did not answer; the signature was not taken. Try again later."));

    public static readonly DocumentRefusal VerifierRefused = new("verifier_refused", new(
        "Ұлттық тексеру қызметі қолтаңбаны растамады. Жарамды сертификатпен осы құжатқа қайта қол қойыңыз.",
        "Национальный сервис проверки не подтвердил подпись. Подпишите этот документ ещё раз действующим сертификатом.",
        "The national verifier did not confirm the signature. Sign this document again with a valid certificate."));

    public static readonly DocumentRefusal OtherSigner = new("other_signer", new(
        "Қолтаңба осы құжатқа қол қоюға тиіс ұйымның немесе адамның сертификатымен қойылмаған.",
        "Подпись поставлена сертификатом не той организации или не того лица, которые должны подписать этот документ.",
        "The signature is not by the organisation or the person who is to sign this document."));
}
