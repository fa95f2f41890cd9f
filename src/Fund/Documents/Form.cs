using System.Globalization;
using Kepil.Law;

namespace Kepil.Fund.Documents;

/// <summary>A value that stands in a form: a text, a day, a sum or a count.</summary>
public readonly record struct FormValue
{
    private readonly string? _text;

    private FormValue(string? text, DateOnly? day, Money? sum, long? count) => (_text, Day, Sum, Count) = (text, day, sum, count);

    public DateOnly? Day { get; }

    public Money? Sum { get; }

    public long? Count { get; }

    /// <summary>As paper shows it.</summary>
    public string Printed =>
        Day is { } day ? day.ToString("dd.MM.yyyy", CultureInfo.InvariantCulture)
        : Sum is { } sum ? sum.Digits()
        : Count is { } count ? count.ToString(CultureInfo.InvariantCulture)
        : _text ?? "";

    public static FormValue Of(string? text) => new(PlainText.Of(text), null, null, null);

    public static FormValue Of(DateOnly day) => new(null, day, null, null);

    public static FormValue Of(Money sum) => new(null, null, sum, null);

    public static FormValue Of(long count) => new(null, null, null, count);

    /// <summary>A number of a person or an organisation in its twelve digits.</summary>
    public static FormValue Identity(long number) => Of(number.ToString("D12", CultureInfo.InvariantCulture));

    public static implicit operator FormValue(string? text) => Of(text);

    public static implicit operator FormValue(DateOnly day) => Of(day);

    public static implicit operator FormValue(Money sum) => Of(sum);

    public static implicit operator FormValue(long count) => Of(count);
}

/// <summary>What part a line plays in a form.</summary>
public enum LineRole
{
    /// <summary>Which annex of which rules the form is.</summary>
    Annex,

    /// <summary>The name of the document with its day and number.</summary>
    Title,

    /// <summary>A point of the form with its number.</summary>
    Numbered,

    /// <summary>A line under a point.</summary>
    Under,

    Paragraph,
    Signature,
    Objection,
    Note,

    /// <summary>How the document is told from a forged one.</summary>
    Mark,
}

/// <summary>A stretch of a line; underlined where the form asks to underline what applies.</summary>
public sealed record FormRun(string Text, bool Underlined = false);

/// <summary>A part of a form: a line or a table.</summary>
public abstract record FormBlock;

/// <summary>A line of a form: its Kazakh words, what was filled in, and the Russian parallel.</summary>
public sealed record FormLine(LineRole Role, IReadOnlyList<FormRun> Kazakh, IReadOnlyList<FormRun> Russian, IReadOnlyList<FormValue> Values) : FormBlock
{
    public string KazakhText => string.Concat(Kazakh.Select(r => r.Text));

    public string RussianText => string.Concat(Russian.Select(r => r.Text));

    /// <summary>The value, where it is one and short enough to stand behind its label.</summary>
    internal string? Beside => Values is [var only] && only.Printed is { Length: <= 120 } printed && !printed.Contains('\n', StringComparison.Ordinal) ? printed : null;

    /// <summary>What was filled in, one line of paper after the other, where it does not stand behind the label.</summary>
    internal IEnumerable<string> Below => Beside is null ? Values.SelectMany(v => v.Printed.Split('\n')) : [];

    public static FormLine Of(LineRole role, ParallelText text, params IReadOnlyList<FormValue> values) =>
        new(role, [new(PlainText.Of(text.Kazakh))], [new(PlainText.Of(text.Russian))], values);

    /// <summary>A point of the form; its number stands before both languages.</summary>
    public static FormLine Numbered(string number, ParallelText text, params IReadOnlyList<FormValue> values) =>
        Of(LineRole.Numbered, new($"{number} {text.Kazakh}", $"{number} {text.Russian}"), values);

    /// <summary>A line that asks to underline one of its choices.</summary>
    /// <param name="role">The part it plays.</param>
    /// <param name="before">The words before the choices, with the number of the point.</param>
    /// <param name="choices">What there is to choose from.</param>
    /// <param name="chosen">Which of them; null while nothing is chosen.</param>
    /// <param name="between">What stands between two choices.</param>
    /// <param name="after">The words after them.</param>
    public static FormLine Choice(LineRole role, ParallelText before, IReadOnlyList<ParallelText> choices, int? chosen, string between, ParallelText after)
    {
        List<FormRun> Runs(Func<ParallelText, string> tongue)
        {
            var runs = new List<FormRun>();
            void Add(string text, bool underlined)
            {
                if (text.Length > 0)
                {
                    runs.Add(new(text, underlined));
                }
            }

            Add(tongue(before), false);
            for (var i = 0; i < choices.Count; i++)
            {
                Add(i == 0 ? "" : between, false);
                Add(tongue(choices[i]), i == chosen);
            }

            Add(tongue(after), false);
            return runs;
        }

        return new(role, Runs(t => t.Kazakh), Runs(t => t.Russian), []);
    }
}

/// <summary>A column of a table in a form: its head, and whether what stands in it is a number.</summary>
public sealed record FormColumn(ParallelText Head, bool Number = false, int Share = 10);

/// <summary>The line that closes a table: its words, how many there are, and what they come to.</summary>
public sealed record FormTotal(ParallelText Label, long Count, Money Sum)
{
    internal string Printed => $"{Label.Kazakh} {FormValue.Of(Count).Printed}";
}

/// <summary>A table of a form; the sum of its closing line stands under the last column.</summary>
public sealed record FormTable(ParallelText Name, IReadOnlyList<FormColumn> Columns, IReadOnlyList<IReadOnlyList<FormValue>> Rows, FormTotal? Total = null) : FormBlock;

/// <summary>A document as blocks, from which the page, the text document and the spreadsheet are all made.</summary>
public sealed record Form(DocumentKind Kind, IReadOnlyList<FormBlock> Blocks)
{
    /// <summary>Wide tables go on paper lying on its side.</summary>
    public bool Wide { get; init; }

    public IEnumerable<FormLine> Lines => Blocks.OfType<FormLine>();

    public IEnumerable<FormTable> Tables => Blocks.OfType<FormTable>();
}
