using System.Globalization;
using Kepil.Fund.Desk;
using Kepil.Fund.Pages;
using Kepil.Fund.Proceedings;
using Kepil.Law;

namespace Kepil.Fund.Oversight;

/// <summary>A head's board as it is shown and taken away: the same rows on the page and in the file.</summary>
/// <param name="Region">The branch whose board it is; null for all.</param>
/// <param name="By">rule, code, region, reviewer, or pair of a reviewer and a provider: how the rates are broken down.</param>
/// <param name="Names">Employees by their numbers.</param>
public sealed record BoardView(
    ReviewBoard Board, string? Region, DateOnly? Month, string By, DateTimeOffset Now, PoliciesOnDay Policies, ProductionCalendar Calendar, LawBook Law, RuleShelf Rules, IReadOnlyDictionary<long, string> Names)
{
    /// <summary>Ways to break rates down.</summary>
    public static readonly IReadOnlyList<string> Ways = ["rule", "code", "region", "reviewer", "pair"];

    /// <summary>Pairs that are shown at most: those that are most one-sided.</summary>
    private const int MostPairs = 200;

    public int Least => ReviewBoard.Least(Policies);

    public int Bar => int.Parse(Policies["rule_precision_bar"], CultureInfo.InvariantCulture);

    public IReadOnlyList<ReviewerLoad> Loads => Board.Loads(Now, Calendar);

    public string NameOf(long user) => Names.GetValueOrDefault(user) ?? user.ToString(CultureInfo.InvariantCulture);

    public string RegionName(string code, PageLanguage language) => code.Length == 0 ? language["Board.Central"] : Law.Regions.Find(code) is { } region ? language.Text(region.Name) : code;

    public string RuleName(string rule, PageLanguage language) => Rules.Find(rule) is { } loaded ? loaded.File.Code + " " + loaded.File.Title.In(language.Code) : rule;

    /// <summary>The rates of the chosen way, in the order of their names.</summary>
    public IReadOnlyList<(string Name, string? Link, Rate Rate)> Rates(PageLanguage language) => By switch
    {
        "code" => [.. Board.ByCode().Where(o => o.Overturned.Whole > 0).Select(o => (o.Key + " " + CodeName(o.Key, language), (string?)$"/law/MON-321/A1.{o.Key}", o.Overturned))],
        "region" => [.. Board.ByRegion().Where(o => o.Overturned.Whole > 0).Select(o => (RegionName(o.Key, language), (string?)null, o.Overturned))],
        "reviewer" => [.. Board.Reviewers.Where(r => r.Overturned.Whole > 0).Select(r => (NameOf(r.Reviewer), (string?)null, r.Overturned)).OrderBy(r => r.Item1, StringComparer.Create(language.Culture, true))],
        "pair" => [.. Board.Pairs.Take(MostPairs).Select(p => ($"{NameOf(p.Reviewer)} · {language["Col.Bin"]} {PageLanguage.Identity(p.Provider)}", (string?)null, p.Released))],
        _ => [.. Board.ByRule().Where(o => o.Overturned.Whole > 0).Select(o => (RuleName(o.Key, language), (string?)null, o.Overturned))],
    };

    /// <summary>A part of the board as rows of a file; null when there is no such part.</summary>
    public FindingSheet? Sheet(string part, PageLanguage language, DeskUser reader)
    {
        var (head, rows, widths) = part switch
        {
            "loads" => (
                (string[])["Board.Who", "Board.Region", "Board.Open", "Board.Overdue", "Board.Today", "Board.Oldest"],
                Loads.Select(l => new object?[] { NameOf(l.Reviewer), RegionName(l.Region, language), (long)l.Open, (long)l.Overdue, (long)l.EndsToday, (long)l.OldestDays }).ToList(), (double[])[40, 30, 14, 14, 16, 16]),
            "rates" => (
                ["Board.By." + By, By == "reviewer" ? "Board.Again" : "Board.Judged", By == "reviewer" ? "Board.Changed" : "Board.Rejected", "Board.Share", "Board.Interval"],
                [.. Rates(language).Select(r => new object?[]
                {
                    r.Name, r.Rate.Whole, r.Rate.Part,
                    r.Rate.Whole < Least ? language["Board.TooFew"] : language.Share(r.Rate.Part, r.Rate.Whole), r.Rate.Whole < Least ? null : language.Range(r.Rate.Low, r.Rate.High),
                })], [60, 14, 14, 14, 20]),
            "ledger" => (
                ["Board.By.rule", "Board.Raised", "Board.Silent", "Board.Confirmed", "Board.Rejected", "Board.Undecided", "Board.Precision", "Board.Interval"],
                [.. Board.ByRule().Select(o => new object?[]
                {
                    RuleName(o.Key, language), o.Raised, o.Silent, o.Confirmed, o.Rejected, o.Others,
                    o.Precision.Whole < Least ? language["Board.TooFew"] : language.Share(o.Precision.Part, o.Precision.Whole), o.Precision.Whole < Least ? null : language.Range(o.Precision.Low, o.Precision.High),
                })], [60, 14, 16, 16, 14, 14, 14, 20]),
            _ => ((string[])[], [], (double[])[]),
        };
        return head.Length == 0 ? null : new FindingSheet(
            [.. head.Select(h => language[h])], rows,
            [
                (language["Board.Region"], Region is null ? language["Board.Sub.All"] : RegionName(Region, language)),
                (language["Board.Month"], Month is { } month ? language.Month(month) : language["Board.AllMonths"]),
                (language["Sheet.MadeAt"], language.Moment(Now) + " (UTC+05:00)"),
                (language["Users.Name"], reader.FullName),
            ],
            widths, language, language[part switch { "loads" => "Board.Loads", "rates" => "Board.Rates", _ => "Board.Ledger" }]);
    }

    private string CodeName(string code, PageLanguage language) => Law.Classification.On(LocalDay.Of(Now)).Find(code) is { } row ? language.Text(row.Name) : "";
}
