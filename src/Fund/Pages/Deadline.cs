using System.Globalization;
using Kepil.Fund.Proceedings;
using Kepil.Law;

namespace Kepil.Fund.Pages;

/// <summary>A running term as a reader sees it: what is left in words, the last minute, the share that has run, and how it was counted.</summary>
/// <param name="Words">What is left: ends today.</param>
/// <param name="Until">The last minute in local time.</param>
/// <param name="Tone">over, today, soon or calm.</param>
/// <param name="Run">Percent of the term that has run.</param>
/// <param name="Rule">The paragraph and the length.</param>
/// <param name="Ends">The last day in full.</param>
/// <param name="Skipped">Days between that do not count; empty if there are none.</param>
public sealed record Deadline(string Words, string Until, string Tone, int Run, string Rule, string Ends, string Skipped)
{
    /// <summary>Days before its end over which the bar of a first review runs.</summary>
    private const int DaysOfReview = 7;

    /// <summary>All of it in one text, as a cell shows it on hovering.</summary>
    public string Title => string.Join(". ", new[] { Ends, Rule, Skipped }.Where(t => t.Length > 0));

    /// <param name="terms">The terms as known today.</param>
    public static Deadline Of(Due due, DateTimeOffset now, Terms terms, PageLanguage language)
    {
        var left = due.Last.DayNumber - LocalDay.Of(now).DayNumber;
        var over = now >= due.EndsAt;
        var words = over ? language["Deadline.Over"] : left switch
        {
            0 => language["Deadline.Today"],
            1 => language["Deadline.Tomorrow"],
            _ => language.Count("Deadline.Left", left),
        };
        // A second look must not be told from a first review: of either the length and the first day are left out.
        var blind = due.Name is TermName.Review or TermName.SecondLook;
        var start = blind ? due.Last.AddDays(-DaysOfReview) : due.Start;
        var began = LocalDay.At(start, TimeOnly.MinValue);
        var run = over ? 100 : (int)Math.Clamp((now - began).Ticks * 100 / Math.Max(1, (due.EndsAt - began).Ticks), 0, 100);
        var source = TermSource.All.GetValueOrDefault(blind ? TermName.Review : due.Name);
        var rule = source is null ? "" : LawPages.Named(Citation.Parse(source.Paragraph), language);
        var skipped = source is null || due.Length == 0 ? [] : Skips(start, due.Last, terms).ToList();
        return new(
            words,
            due.Last.ToString("dd.MM", CultureInfo.InvariantCulture) + "\u00A024:00",
            over ? "over" : left switch { 0 => "today", 1 => "soon", _ => "calm" },
            run,
            due.Length == 0 || blind ? rule : $"{rule}: {language.Count("Deadline.WorkingDays", due.Length)}, {language.With("Deadline.From", language.Day(due.Start))}",
            language.With("Deadline.Ends", language.LongDay(due.Last)),
            skipped.Count == 0 ? "" : language.With("Deadline.Skipped", string.Join("; ", skipped.Select(s => $"{s.Day.ToString("dd.MM", CultureInfo.InvariantCulture)} – {language.Text(s.Why)}"))));
    }

    private static IEnumerable<DayOff> Skips(DateOnly start, DateOnly last, Terms terms)
    {
        for (var day = start.AddDays(1); day < last; day = day.AddDays(1))
        {
            if (terms.Calendar.Off(day) is { } why)
            {
                yield return new(day, why);
            }
        }
    }
}
