using System.Globalization;
using Kepil.Fund.Desk;
using Kepil.Fund.Findings;
using Kepil.Fund.Proceedings;
using Kepil.Law;
using Kepil.Monitoring;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Kepil.Fund.Pages;

/// <summary>The addresses of months, statements, findings, rules and the search.</summary>
public static class FindingEndpoints
{
    /// <summary>Rows that a sheet of a spreadsheet holds, less its head.</summary>
    private const int MostRows = 1_048_575;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/", Home).Needs(Right.Enter);
        routes.MapGet("/months", PickedMonth).Needs(Right.SeeMonths);
        routes.MapGet("/months/{month}", Overview).Needs(Right.SeeMonths);
        routes.MapGet("/months/{month}/providers.xlsx", ProviderSheet).Needs(Right.SeeMonths);
        routes.MapGet("/months/{month}/providers/{provider:long}", Statement).Needs(Right.SeeStatement, FindingOwner.OfProviderIn, seen: "StatementSeen");
        routes.MapGet("/months/{month}/providers/{provider:long}/findings.{kind}", Download).Needs(Right.SeeStatement, FindingOwner.OfProviderIn, seen: "FindingsTaken");
        routes.MapGet("/findings/{finding:long}", Finding).Needs(Right.SeeFinding, FindingOwner.OfFindingIn, seen: "FindingSeen");
        routes.MapGet("/rules", Rules).Needs(Right.SeeRules);
        var (search, proceedings, owners) = (routes.ServiceProvider.GetRequiredService<SearchPages>(), routes.ServiceProvider.GetRequiredService<ProceedingStore>(), routes.ServiceProvider.GetRequiredService<FindingOwner>());
        // A provider is led to the case in its office.
        search.Add((asked, visitor) => visitor.User is { IsOfProvider: false } && SearchWords.CaseNumber(asked) is { } id && proceedings.Row(id) is { } row && visitor.May(Right.SeeFinding, owners.OfFinding(row.FindingId))
            ? [new(FormattableString.Invariant($"/findings/{row.FindingId}"), w => w.With("Search.Finding", id.ToString(CultureInfo.InvariantCulture)))]
            : []);
        routes.MapGet("/rules.xlsx", (FindingStore store, RuleShelf rules, Visitor visitor, TimeProvider clock, PageLanguage language) =>
            Results.File(MonthSheet.OfRules(Ordered(rules), store.Rules().ToDictionary(w => w.RuleId), visitor, clock.GetUtcNow(), language).ToXlsx(), FindingSheet.XlsxType, "kepil-rules.xlsx")).Needs(Right.SeeRules);
        routes.MapGet("/search", Search).Needs(Right.Search, _ => Owner.OfRows, seen: "Searched");
    }

    /// <summary>Where everybody's work begins.</summary>
    private static IResult Home(FindingStore store, Visitor visitor)
    {
        if (!visitor.IsReady)
        {
            return Results.Redirect("/account");
        }

        if (visitor.May(Right.WorkInOffice))
        {
            return Results.Redirect("/office");
        }

        return !visitor.May(Right.SeeMonths) ? Results.Redirect(visitor.May(Right.ManageUsers) ? "/users" : visitor.May(Right.SeeUninsured) ? "/uninsured" : "/account")
            : store.Months() is [var newest, ..] ? Results.Redirect(FundWeb.MonthPath(newest))
            : MessageEndpoints.Empty();
    }

    private static IResult PickedMonth(string? month) =>
        MonthOf(month) is { } picked ? Results.Redirect(FundWeb.MonthPath(picked)) : Results.Redirect("/");

    private static IResult Overview(string month, string? view, string? name, string? sort, string? down, int? page, FindingStore store, LawBook law, PageLanguage language)
    {
        if (MonthOf(month) is not { } asked)
        {
            return MessageEndpoints.NotFound();
        }

        var overview = store.Overview(asked);
        return overview.Lines.All == 0 ? MessageEndpoints.NotFound() : new RazorComponentResult<OverviewPage>(new Dictionary<string, object?>
        {
            [nameof(OverviewPage.Month)] = overview,
            [nameof(OverviewPage.Months)] = store.Months(),
            [nameof(OverviewPage.Providers)] = ProviderList.Of(overview.Providers, language, name, sort, down, page ?? 1),
            [nameof(OverviewPage.Classification)] = law.Classification.On(asked),
            [nameof(OverviewPage.Confirmed)] = view == "confirmed",
        });
    }

    private static IResult ProviderSheet(string month, string? view, string? name, string? sort, string? down, FindingStore store, Visitor visitor, TimeProvider clock, PageLanguage language)
    {
        if (MonthOf(month) is not { } asked || store.Overview(asked) is not { Lines.All: > 0 } overview)
        {
            return MessageEndpoints.NotFound();
        }

        var providers = ProviderList.Of(overview.Providers, language, name, sort, down, 1, overview.Providers.Count);
        return Results.File(MonthSheet.OfProviders(overview, providers, view == "confirmed", visitor, clock.GetUtcNow(), language).ToXlsx(), FindingSheet.XlsxType, $"kepil-{month}.xlsx");
    }

    private static IResult Statement(string month, long provider, string? view, string? @as, string? code, string? form, string? kind, int? page, FindingStore store, ProceedingStore cases, LawBook law, Visitor visitor)
    {
        if (MonthOf(month) is not { } asked || store.StatementOf(asked, provider) is not { } statement)
        {
            return MessageEndpoints.NotFound();
        }

        var filter = FilterOf(code, form, kind);
        var totals = store.Totals(asked, provider, filter);
        var last = (int)Math.Max(1, (totals.Findings + FundWeb.FindingsOnAPage - 1) / FundWeb.FindingsOnAPage);
        var shown = Math.Clamp(page ?? 1, 1, last);
        return new RazorComponentResult<StatementPage>(new Dictionary<string, object?>
        {
            [nameof(StatementPage.Statement)] = statement,
            [nameof(StatementPage.Filter)] = filter,
            [nameof(StatementPage.Rows)] = store.Findings(asked, provider, filter, (shown - 1L) * FundWeb.FindingsOnAPage, FundWeb.FindingsOnAPage),
            [nameof(StatementPage.Totals)] = totals,
            [nameof(StatementPage.Page)] = shown,
            [nameof(StatementPage.Classification)] = law.Classification.On(asked),
            [nameof(StatementPage.Confirmed)] = view == "confirmed",
            [nameof(StatementPage.Standing)] = cases.OfProvider(provider, asked, 0, 1).Count == 0 ? null : cases.PayableOf(asked, provider, statement.Sums.Billed, law.Policies.On(asked).LinePricing),
            [nameof(StatementPage.Expert)] = @as == "expert" && visitor.May(Right.SeeRules),
        });
    }

    private static IResult Download(string month, long provider, string kind, string? code, string? form, string? view, FindingStore store, LawBook law, PageLanguage language, TimeProvider clock, HttpContext context)
    {
        if (MonthOf(month) is not { } asked || kind is not ("csv" or "xlsx") || store.StatementOf(asked, provider) is not { } statement)
        {
            return MessageEndpoints.NotFound();
        }

        var filter = FilterOf(code, form, context.Request.Query["kind"]);
        var rows = store.Findings(asked, provider, filter, 0, MostRows);
        var sheet = FindingSheet.Of(statement, filter, view == "confirmed", rows, law.Classification.On(asked), language, clock.GetUtcNow());
        var name = $"kepil-{month}-{PageLanguage.Identity(provider)}.{kind}";
        var (bytes, type) = kind == "xlsx" ? (sheet.ToXlsx(), FindingSheet.XlsxType) : (sheet.ToCsv(), "text/csv; charset=utf-8");
        return Results.File(bytes, type, name);
    }

    private static IResult Finding(long finding, string? @as, FindingStore store, LawBook law, JudgedBy judged, Visitor visitor)
    {
        if (store.Explain(finding) is not { } explanation)
        {
            return MessageEndpoints.NotFound();
        }

        var (rule, edition, _, _) = judged.Of(explanation);
        return new RazorComponentResult<FindingPage>(new Dictionary<string, object?>
        {
            [nameof(FindingPage.Explanation)] = explanation,
            [nameof(FindingPage.Classification)] = edition,
            [nameof(FindingPage.Provisions)] = LawPages.Of(law.Provisions, rule?.File.Law ?? [], explanation.Finding.Code, explanation.Finding.IsGeneral),
            [nameof(FindingPage.Rule)] = visitor.May(Right.SeeRules) || law.Policies.On(explanation.Finding.Month)["algo_visibility"] == "reason_only" ? rule : null,
            [nameof(FindingPage.Expert)] = @as == "expert" && visitor.May(Right.SeeRules),
        });
    }

    private static RazorComponentResult<RulesPage> Rules(FindingStore store, RuleShelf rules) => new(new Dictionary<string, object?>
    {
        [nameof(RulesPage.Rules)] = Ordered(rules),
        [nameof(RulesPage.Weights)] = store.Rules().ToDictionary(w => w.RuleId),
    });

    private static List<LoadedRule> Ordered(RuleShelf rules) => [.. rules.All.OrderBy(r => CodeOrder(r.File.Code)).ThenBy(r => r.Id, StringComparer.Ordinal)];

    private static RazorComponentResult<SearchPage> Search(string? q, FindingStore store, LawBook law, FindingOwner owner, SearchPages pages, Visitor visitor)
    {
        var asked = (q ?? "").Trim();
        return new(new Dictionary<string, object?>
        {
            [nameof(SearchPage.Asked)] = asked,
            [nameof(SearchPage.Found)] = Seen(Find(asked, store), owner, visitor),
            [nameof(SearchPage.Pages)] = pages.Of(asked, visitor),
            [nameof(SearchPage.Classification)] = law.Classification.Editions[^1],
        });
    }

    private static SearchPage.Hits Find(string asked, FindingStore store)
    {
        const int most = 200;
        if (asked.Length == 0)
        {
            return new(null, [], [], 0);
        }

        if (SearchWords.Identity(asked) is { } number)
        {
            var months = store.MonthsOf(number);
            var rows = store.OfPerson(number, most);
            if (months.Count > 0 || rows.Count > 0)
            {
                return new(months.Count > 0 ? store.ProviderOf(number) : null, months, rows, 0);
            }
        }

        var line = asked.Replace(" ", "", StringComparison.Ordinal).Replace("\u00A0", "", StringComparison.Ordinal);
        return new(null, [], store.OfLine(line, most), store.LinesNamed(line));
    }

    /// <summary>What of the hits the visitor may see; of the rest not even the number.</summary>
    private static SearchPage.Hits Seen(SearchPage.Hits hits, FindingOwner owner, Visitor visitor)
    {
        if (Desk.Rights.Of(Right.Search, visitor.Holder).HasFlag(Scope.All))
        {
            return hits;
        }

        var open = new Dictionary<long, bool>();
        bool Open(long provider) => open.TryGetValue(provider, out var may) ? may : open[provider] = visitor.May(Right.Search, owner.OfProvider(provider));
        return hits.Provider is { } found && !Open(found.Id)
            ? new(null, [], [.. hits.Rows.Where(r => Open(r.ProviderId))], 0)
            : new(hits.Provider, hits.Months, [.. hits.Rows.Where(r => Open(r.ProviderId))], 0);
    }

    private static FindingFilter FilterOf(string? code, string? form, string? kind) =>
        new(string.IsNullOrEmpty(code) ? null : code, string.IsNullOrEmpty(form) ? null : form, kind is "potential" or "general" ? kind : null);

    private static DateOnly? MonthOf(string? month) =>
        DateOnly.TryParseExact(month + "-01", "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    /// <summary>Codes in the order of the classification: 2.0 before 10.0.</summary>
    private static int CodeOrder(string code)
    {
        var parts = code.Split('.');
        return int.TryParse(parts[0], CultureInfo.InvariantCulture, out var root) && int.TryParse(parts[^1], CultureInfo.InvariantCulture, out var sub) ? (root * 100) + sub : int.MaxValue;
    }
}
