using System.Globalization;
using System.Security.Cryptography;
using Kepil.Law;

namespace Kepil.Fund.Documents;

/// <summary>The number of a document: the branch that issued it, the year, and its place in the branch's row of that year.</summary>
public readonly record struct DocumentNumber(string Branch, int Year, long Serial)
{
    /// <summary>As the forms print it: the branch by the code of its region, then the serial.</summary>
    public string Printed(string gap = " / ") => Branch + gap + Serial.ToString(CultureInfo.InvariantCulture);

    /// <summary>Reads a number as it is printed, with or without its year: "61 / 11", "61/11-2026".</summary>
    /// <param name="year">The year that is meant where none is written.</param>
    public static DocumentNumber? Parse(string written, int year)
    {
        var parts = written.Replace(" ", "", StringComparison.Ordinal).Replace("\u00A0", "", StringComparison.Ordinal).TrimStart('№').Split('/');
        if (parts is not [{ Length: > 0 and <= 8 } branch, { Length: <= 24 } rest])
        {
            return null;
        }

        var (serial, told) = rest.Split('-') is [var first, var second] ? (first, second) : (rest, year.ToString(CultureInfo.InvariantCulture));
        return long.TryParse(serial, NumberStyles.None, CultureInfo.InvariantCulture, out var place) && told.Length == 4 && int.TryParse(told, NumberStyles.None, CultureInfo.InvariantCulture, out var of) ? new(branch, of, place) : null;
    }

    public override string ToString() => $"{Printed("/")}-{Year.ToString(CultureInfo.InvariantCulture)}";
}

/// <summary>Twenty signs drawn at random that name one document to whoever holds it: no sign of it can be guessed from another document.</summary>
public readonly record struct CheckCode
{
    /// <summary>Without I, L, O and U, so that a code read aloud or from paper is written back right.</summary>
    private const string Signs = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    private const int Length = 20;

    private CheckCode(string text) => Text = text;

    /// <summary>Twenty signs without hyphens, as tables keep it.</summary>
    public string Text { get; }

    public static CheckCode Draw() => new(RandomNumberGenerator.GetString(Signs, Length));

    /// <summary>Reads what people type: any case, with hyphens or blanks, O for zero and I or L for one.</summary>
    public static bool TryParse(string? written, out CheckCode code)
    {
        code = default;
        if (written is null || written.Length > 3 * Length)
        {
            return false;
        }

        var signs = written.Where(c => c is not ('-' or ' ' or '\u00A0')).Select(char.ToUpperInvariant).Select(c => c switch { 'O' => '0', 'I' or 'L' => '1', _ => c }).ToArray();
        if (signs.Length != Length || !Array.TrueForAll(signs, Signs.Contains))
        {
            return false;
        }

        code = new CheckCode(new string(signs));
        return true;
    }

    /// <summary>In four groups of five.</summary>
    public override string ToString() => string.Join('-', (Text ?? "").Chunk(5).Select(g => new string(g)));
}

/// <summary>What a document that leaves the Fund carries besides its form: number, day, version, check code and the head of the journal at that moment.</summary>
/// <param name="Number">Its number.</param>
/// <param name="On">Its day.</param>
/// <param name="Version">One for the first, more for a corrected one.</param>
/// <param name="Code">The code by which anybody checks it.</param>
/// <param name="JournalHead">The last link of the Fund's journal when the document was made.</param>
/// <param name="CheckAddress">The page on which the code is checked.</param>
public sealed record DocumentMark(DocumentNumber Number, DateOnly On, int Version, CheckCode Code, string JournalHead, string CheckAddress)
{
    /// <summary>The lines at the foot of the document.</summary>
    /// <param name="numbered">Also number and day, for a form that has no place for them.</param>
    internal IEnumerable<FormBlock> Lines(bool numbered = false)
    {
        FormLine Line(string kazakh, string russian, FormValue value) => FormLine.Of(LineRole.Mark, new(kazakh, russian), value);

        if (numbered)
        {
            yield return Line("Құжаттың нөмірі:", "Номер документа:", Number.Printed());
            yield return Line("Құжаттың күні:", "Дата документа:", On);
        }

        yield return Line("Құжатты тексеру коды:", "Код проверки документа:", Code.ToString());
        yield return Line("Тексеру беті:", "Страница проверки:", CheckAddress);
        if (Version > 1)
        {
            yield return Line("Түзетілген құжаттың нұсқасы:", "Версия исправленного документа:", (long)Version);
        }

        yield return Line("Қор журналының соңғы буыны:", "Последнее звено журнала Фонда:", JournalHead);
    }
}

/// <summary>Days and numbers as the forms of the order write them, with the blanks of the form where there is nothing yet.</summary>
internal static class FormDays
{
    private static readonly string[] Kazakh = ["қаңтар", "ақпан", "наурыз", "сәуір", "мамыр", "маусым", "шілде", "тамыз", "қыркүйек", "қазан", "қараша", "желтоқсан"];

    private static readonly string[] Russian = ["января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября", "декабря"];

    /// <summary>As annex 4 and the terms in annex 3 write it: <c>2026 жылғы "02" наурыз</c>.</summary>
    public static string InKazakh(DateOnly? day) => day is { } d ? $"{Year(d)} жылғы \"{Two(d)}\" {Kazakh[d.Month - 1]}" : "202__ жылғы \"____\" ________";

    public static string InRussian(DateOnly? day) => day is { } d ? $"\"{Two(d)}\" {Russian[d.Month - 1]} {Year(d)} года" : "\"____\" ________ 202__ года";

    /// <summary>As the heads of annexes 3 and 5 write it, without a blank after the year.</summary>
    public static string Close(DateOnly? day) => day is { } d ? $"{Year(d)}жылғы \"{Two(d)}\" {Kazakh[d.Month - 1]}" : "202__жылғы \"__\" ___";

    /// <summary>The head of annex 4, which has longer blanks.</summary>
    public static string Long(DateOnly? day) => day is null ? "202__ жылғы \"____\" ___________" : InKazakh(day);

    private static string Year(DateOnly day) => day.Year.ToString(CultureInfo.InvariantCulture);

    private static string Two(DateOnly day) => day.Day.ToString("00", CultureInfo.InvariantCulture);
}
