using Kepil.Law;

namespace Kepil.Fund.Pages;

/// <summary>The words of the page that checks a document, in three languages.</summary>
internal static class DocumentWords
{
    public static readonly Wording Title = new("Құжатты тексеру", "Проверка документа", "Check of a document");
    public static readonly Wording Ask = new("Құжаттың төменгі жағындағы кодты енгізіңіз.", "Введите код, напечатанный внизу документа.", "Enter the code printed at the foot of the document.");
    public static readonly Wording Code = new("Тексеру коды", "Код проверки", "Check code");
    public static readonly Wording Check = new("Тексеру", "Проверить", "Check");
    public static readonly Wording NotFound = new("Мұндай коды бар құжат табылмады", "Документ с таким кодом не найден", "No document was found by this code");
    public static readonly Wording NotFoundHint = new(
        "Кодты құжаттан дәл көшіріп, бір минуттан кейін қайталаңыз. Код дұрыс болса да табылмаса, құжатты Қор шығармаған болуы мүмкін.",
        "Перепишите код с документа точно и повторите через минуту. Если код верен, а документ не находится, возможно, Фонд его не выдавал.",
        "Copy the code exactly as printed and try again in a minute. If the code is right and nothing is found, the Fund may not have issued the document.");
    public static readonly Wording Genuine = new("Құжатты Қор шығарған", "Документ выдан Фондом", "The document was issued by the Fund");
    public static readonly Wording Kind = new("Құжаттың түрі", "Вид документа", "Kind of document");
    public static readonly Wording Number = new("Нөмірі", "Номер", "Number");
    public static readonly Wording Day = new("Күні", "Дата", "Day");
    public static readonly Wording Version = new("Нұсқасы", "Версия", "Version");
    public static readonly Wording Replaced = new("Құжат түзетілген; мұнда соңғы нұсқасы көрсетілген.", "Документ исправлялся; показана последняя версия.", "The document was corrected; the newest version is shown.");
    public static readonly Wording Head = new("Құжатта басылған журнал буыны", "Звено журнала, напечатанное на документе", "Link of the journal printed on the document");
    public static readonly Wording Hash = new("Файлдың SHA-256 таңбасы", "SHA-256 файла", "SHA-256 of the file");
    public static readonly Wording Versions = new("Нұсқалары", "Версии", "Versions");
    public static readonly Wording Signatures = new("Қолтаңбалар", "Подписи", "Signatures");
    public static readonly Wording NoSignatures = new("Бұл нұсқаға әлі қол қойылмаған.", "Эта версия ещё не подписана.", "This version is not signed yet.");
    public static readonly Wording Fund = new("Қор", "Фонд", "the Fund");
    public static readonly Wording Provider = new("Өнім беруші", "Поставщик", "the provider");
    public static readonly Wording Electronic = new("электрондық қолтаңба", "электронная подпись", "electronic signature");
    public static readonly Wording Paper = new("қағаздағы қолтаңба", "подпись на бумаге", "signature on paper");
    public static readonly Wording Compare = new("Файлды салыстыру", "Сравнить файл", "Compare a file");
    public static readonly Wording CompareHint = new(
        "Файл сақталмайды: тек оның таңбасы Қордағы файлдың таңбасымен салыстырылады.",
        "Файл не сохраняется: сравнивается только его отпечаток с отпечатком файла Фонда.",
        "The file is not kept: only its hash is compared with that of the Fund's file.");
    public static readonly Wording File = new("Құжаттың файлы (DOCX немесе XLSX, 20 МБ дейін)", "Файл документа (DOCX или XLSX, до 20 МБ)", "File of the document (DOCX or XLSX, up to 20 MB)");
    public static readonly Wording SameFile = new("Файл Қордағы құжаттың соңғы нұсқасымен дәл келеді.", "Файл в точности совпадает с последней версией документа Фонда.", "The file is exactly the newest version of the Fund's document.");
    public static readonly Wording EarlierFile = new("Файл шынайы, бірақ ескі: оны түзетілген нұсқа ауыстырған.", "Файл подлинный, но старый: его заменила исправленная версия.", "The file is genuine but old: a corrected version has replaced it.");
    public static readonly Wording OtherFile = new("Файл Қордағы құжаттың ешбір нұсқасына сәйкес келмейді: ол өзгертілген немесе басқа құжат.", "Файл не совпадает ни с одной версией документа Фонда: он изменён или это другой документ.", "The file is no version of the Fund's document: it was changed, or it is another document.");
    public static readonly Wording NoFile = new("Файл таңдалмаған немесе 20 МБ-тан үлкен. Құжаттың өз файлын таңдаңыз.", "Файл не выбран или больше 20 МБ. Выберите файл самого документа.", "No file was chosen, or it is larger than 20 MB. Choose the file of the document itself.");
}
