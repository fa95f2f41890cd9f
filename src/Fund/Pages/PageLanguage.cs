using System.Globalization;
using System.Resources;
using Kepil.Law;

namespace Kepil.Fund.Pages;

/// <summary>The language in which a page speaks: its words, and how it writes sums, days and numbers.</summary>
public sealed class PageLanguage
{
    private const char NoBreak = '\u00A0';

    private static readonly ResourceManager Words = new("Kepil.Fund.Resources.SharedUi", typeof(PageLanguage).Assembly);

    private PageLanguage(string code, string label, CultureInfo culture)
    {
        (Code, Label, Culture) = (code, label, culture);
    }

    public static readonly PageLanguage Kazakh = new("kk", "ҚАЗ", Clone("kk-KZ"));

    public static readonly PageLanguage Russian = new("ru", "РУС", Clone("ru-KZ"));

    public static readonly PageLanguage English = new("en", "ENG", Clone("en-GB"));

    /// <summary>The languages in the order in which they are offered.</summary>
    public static readonly IReadOnlyList<PageLanguage> All = [Kazakh, Russian, English];

    /// <summary>Two letters, as in <c>html lang</c>.</summary>
    public string Code { get; }

    /// <summary>What the switch of languages shows.</summary>
    public string Label { get; }

    public CultureInfo Culture { get; }

    /// <summary>The language of a two-letter word; Kazakh when there is none or another.</summary>
    public static PageLanguage Of(string? code) => All.FirstOrDefault(l => l.Code == code) ?? Kazakh;

    /// <summary>Stops the start when the machine lacks the Kazakh culture.</summary>
    /// <exception cref="CultureNotFoundException">The libraries of ICU are missing or switched off.</exception>
    public static void Check()
    {
        if (Kazakh.MonthName(new DateOnly(2026, 3, 1)) != "наурыз" || Kazakh.Money(123456789) != "1\u00A0234\u00A0567,89\u00A0₸")
        {
            throw new CultureNotFoundException("The Kazakh culture kk-KZ is not complete here. Install the ICU library (Debian: libicu72) and leave DOTNET_SYSTEM_GLOBALIZATION_INVARIANT unset.");
        }
    }

    /// <summary>A text of the pages by its key.</summary>
    public string this[string key] =>
        Words.GetString(key, Culture) ?? throw new ArgumentException($"SharedUi.resx has no text '{key}'.", nameof(key));

    /// <summary>A text of the pages, or what is given when there is none: registers may hold words that the pages do not know.</summary>
    public string WordOr(string key, string otherwise) => Words.GetString(key, Culture) ?? otherwise;

    /// <summary>A text of the pages with its places filled.</summary>
    public string With(string key, params object[] values) => string.Format(Culture, this[key], values);

    /// <summary>A number with its noun, in the form that the number asks for: forms stand in the text, split by |.</summary>
    public string Count(string key, long number)
    {
        var forms = this[key].Split('|');
        return string.Format(Culture, forms[Math.Min(Form(number), forms.Length - 1)], Number(number));
    }

    public string Text(Wording text) => text.In(Code);

    /// <summary>The Kazakh or the Russian name, whichever suits the language; nothing when there is neither.</summary>
    public string? Name(string? kazakh, string? russian)
    {
        var (first, second) = this == Kazakh ? (kazakh, russian) : (russian, kazakh);
        return string.IsNullOrWhiteSpace(first) ? string.IsNullOrWhiteSpace(second) ? null : second : first;
    }

    public string Number(long number) => number.ToString("N0", Culture);

    /// <summary>Tiyn as tenge with the sign of the currency.</summary>
    public string Money(long tiyn) => Sum(tiyn) + NoBreak + "₸";

    /// <summary>Tiyn as tenge, for columns whose head names the currency.</summary>
    public string Sum(long tiyn) => (tiyn / 100m).ToString("N2", Culture);

    /// <summary>A large sum in three digits and a word: <c>4,81 млрд ₸</c>.</summary>
    public string Short(long tiyn)
    {
        var tenge = Math.Abs(tiyn / 100m);
        var (size, word) = tenge >= 1_000_000_000m ? (1_000_000_000m, this["Sum.Billion"])
            : tenge >= 1_000_000m ? (1_000_000m, this["Sum.Million"])
            : tenge >= 10_000m ? (1_000m, this["Sum.Thousand"])
            : (1m, "");
        var value = tiyn / 100m / size;
        var places = Math.Abs(value) >= 100 || size == 1m ? "N0" : Math.Abs(value) >= 10 ? "N1" : "N2";
        return value.ToString(places, Culture) + (word.Length == 0 ? "" : NoBreak + word) + NoBreak + "₸";
    }

    /// <summary>A share of a whole as a percentage with one decimal.</summary>
    public string Share(long part, long whole) => whole == 0 ? "–" : Percent(((decimal)part * 1000 / whole / 10).ToString("N1", Culture));

    /// <summary>An interval of shares from 0 to 1 as whole percents.</summary>
    public string Range(decimal low, decimal high) => Percent((low * 100).ToString("N0", Culture) + "–" + (high * 100).ToString("N0", Culture));

    /// <summary>A cell of the classification as a reader of the language expects it: the abbreviations of norms are words too.</summary>
    public string Cell(Cell cell) => cell switch
    {
        Law.Cell.NotApplicable => "–",
        Law.Cell.Percent share => Percent(Number(share.Value)),
        Law.Cell.Multiple multiple => Times(multiple.Tenths, multiple.Norm),
        Law.Cell.MultipleOrPercent either => Times(either.Tenths, either.Norm) + " / " + Percent(Number(either.Value)),
        _ => cell.ToString(),
    };

    private string Times(int tenths, Norm norm) =>
        (tenths / 10m).ToString("0.#", Culture) + NoBreak + this["Norm." + norm];

    public string Percent(string number) => number + (this == English ? "%" : NoBreak + "%");

    public string Day(DateOnly day) => day.ToString(this == English ? "d\u00A0MMM\u00A0yyyy" : "dd.MM.yyyy", Culture);

    /// <summary>A day with its weekday, in words.</summary>
    public string LongDay(DateOnly day) => day.ToString("D", Culture).Replace('\u202F', NoBreak);

    /// <summary>A day of this year in few signs, for columns of days.</summary>
    public string ShortDay(DateOnly day) => day.ToString(this == English ? "d\u00A0MMM" : "dd.MM", Culture);

    /// <summary>A fact of the record as its reader expects it: a day, yes or no, a sum in tiyn written as money, a number of an organisation or text.</summary>
    public string Value(string key, object value) => value switch
    {
        DateOnly day => Day(day),
        bool holds => this[holds ? "Record.Yes" : "Record.No"],
        long tiyn when key == "Fact.Tariff" => Money(tiyn),
        long organisation => Identity(organisation),
        _ => value.ToString() ?? "",
    };

    public string Month(DateOnly month) => With("Month.OfYear", month.Year.ToString(CultureInfo.InvariantCulture), MonthName(month));

    /// <summary>A moment in the time of the country.</summary>
    public string Moment(DateTimeOffset moment)
    {
        var local = moment.ToOffset(TimeSpan.FromHours(5));
        return Day(DateOnly.FromDateTime(local.DateTime)) + " " + local.ToString("HH:mm", CultureInfo.InvariantCulture);
    }

    /// <summary>A moment to the second, for receipts.</summary>
    public string Second(DateTimeOffset moment) => Moment(moment) + moment.ToString(":ss", CultureInfo.InvariantCulture);

    /// <summary>The time of a moment in the country.</summary>
    public static string Time(DateTimeOffset moment) => moment.ToOffset(TimeSpan.FromHours(5)).ToString("HH:mm", CultureInfo.InvariantCulture);

    public string Minute(int minute) => $"{minute / 60:00}:{minute % 60:00}";

    /// <summary>A number of a person or an organisation in its twelve digits.</summary>
    public static string Identity(long number) => number.ToString("D12", CultureInfo.InvariantCulture);

    /// <summary>A number of a person with the half hidden that tells one from another.</summary>
    public static string Masked(long number) => string.Concat(Identity(number).AsSpan(0, 6), "••••••");

    private string MonthName(DateOnly month)
    {
        var name = Culture.DateTimeFormat.MonthNames[month.Month - 1];
        return this == English ? name : name.ToLower(Culture);
    }

    private int Form(long number)
    {
        if (this == Kazakh)
        {
            return 0;
        }

        var (last, lastTwo) = (number % 10, number % 100);
        return this == English ? number == 1 ? 0 : 1
            : last == 1 && lastTwo != 11 ? 0
            : last is >= 2 and <= 4 && lastTwo is < 12 or > 14 ? 1
            : 2;
    }

    /// <summary>A culture whose numbers never break over a line.</summary>
    private static CultureInfo Clone(string name)
    {
        var culture = (CultureInfo)CultureInfo.GetCultureInfo(name).Clone();
        var numbers = culture.NumberFormat;
        numbers.NumberGroupSeparator = numbers.NumberGroupSeparator.Trim().Length == 0 ? NoBreak.ToString() : numbers.NumberGroupSeparator;
        numbers.NegativeSign = "−";
        numbers.CurrencySymbol = "₸";
        return culture;
    }
}
