using System.Globalization;
using Kepil.Fund.Accounts;
using Kepil.Fund.Desk;
using Kepil.Fund.Findings;
using Kepil.Fund.Pages;
using Kepil.Fund.Proceedings;
using Kepil.Law;
using Kepil.Monitoring;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;

namespace Kepil.Fund.Office;

/// <summary>The provider's office: its inbox, its cases with papers and receipts, and the way to objections and registers.</summary>
public static class OfficeEndpoints
{
    /// <summary>Rows on a page of the inbox.</summary>
    public const int OnAPage = 50;

    private const int MostRows = 100_000;

    private const string Xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    /// <param name="pack">The rules for a check before a register is handed in.</param>
    public static void Map(WebApplication app, FundFolder folder, LawBook law, IRecords records, ProceedingStore store, DeskStore desk, Func<RulePack> pack)
    {
        var office = new ProviderOffice(folder, law, records, store, desk, app.Services.GetRequiredService<TermsByDay>(), pack);
        app.MapGet("/office", (string? view, string? code, string? month, string? q, int? page, Visitor visitor, PageLanguage language) => List(office, view, code, month, q, page, visitor, language))
            .Needs(Right.WorkInOffice, _ => Owner.OfRows, seen: "OfficeSeen");
        app.MapGet("/office/cases.xlsx", (string? view, string? code, string? month, string? q, Visitor visitor, PageLanguage language) => Sheet(office, view, code, month, q, visitor, language))
            .Needs(Right.WorkInOffice, _ => Owner.OfRows, seen: "OfficeTaken");
        app.MapPost("/office/views", ([FromForm] string? name, [FromForm] string? view, [FromForm] string? code, [FromForm] string? month, Visitor visitor) => KeepView(office, name, view, code, month, visitor))
            .Needs(Right.WorkInOffice, _ => Owner.OfRows);
        app.MapPost("/office/views/remove", ([FromForm] string? name, Visitor visitor) =>
        {
            office.Own.RemoveView(visitor.User!.Id, name ?? "");
            return Results.Redirect("/office");
        }).Needs(Right.WorkInOffice, _ => Owner.OfRows);
        app.MapGet("/office/statement", (Visitor visitor, FindingStore findings) =>
                findings.MonthsOf(ProviderOffice.ProviderOf(visitor)) is [var newest, ..] ? Results.Redirect(FundWeb.StatementPath(newest, ProviderOffice.ProviderOf(visitor))) : MessageEndpoints.Empty())
            .Needs(Right.WorkInOffice, _ => Owner.OfRows);
        app.MapGet("/office/{proceeding:long}", (long proceeding, FindingStore findings, JudgedBy judged) => Case(office, proceeding, findings, judged))
            .Needs(Right.WorkInOffice, office.WhoseCase, seen: "CaseSeen");
        app.MapGet("/office/{proceeding:long}/papers/{hash}", (long proceeding, string hash, HttpContext context) => Paper(office, proceeding, hash, context))
            .Needs(Right.WorkInOffice, office.WhoseCase, seen: "PaperTaken");
        app.MapGet("/office/{proceeding:long}/receipts/{receipt:long}", (long proceeding, long receipt, Visitor visitor) => Receipt(office, proceeding, receipt))
            .Needs(Right.WorkInOffice, office.WhoseCase, seen: "ReceiptSeen");
        app.Services.GetRequiredService<SearchPages>().AddCases((id, visitor) => visitor.May(Right.WorkInOffice, office.WhoseCase(id)) ? FormattableString.Invariant($"/office/{id}") : null);
        ObjectionEndpoints.Map(app, office);
        BulkEndpoints.Map(app, office);
        UploadEndpoints.Map(app, office);
    }

    private static RazorComponentResult<OfficePage> List(ProviderOffice office, string? view, string? code, string? month, string? q, int? page, Visitor visitor, PageLanguage language)
    {
        var (provider, end, hides) = (ProviderOffice.ProviderOf(visitor), office.EndOfDay, office.HidesPrebranch);
        var filter = FilterOf(office, provider, view, code, month, q);
        var counts = office.Cases.OfficeCounts(provider, filter, end, hides);
        if (string.IsNullOrEmpty(view))
        {
            // The first view that has something to do; everything when nothing waits.
            filter = filter with { View = OfficeFilter.Views.FirstOrDefault(v => v is "today" or "answer" && counts[v] > 0) ?? "all" };
        }

        var last = (int)Math.Max(1, (counts[filter.View] + OnAPage - 1) / OnAPage);
        var shown = Math.Clamp(page ?? 1, 1, last);
        var rows = office.Cases.OfficeCases(provider, filter, end, hides, (shown - 1) * OnAPage, OnAPage);
        var (codes, months) = office.Cases.OfficeChoices(provider, hides);
        return new(new Dictionary<string, object?>
        {
            [nameof(OfficePage.Filter)] = filter,
            [nameof(OfficePage.Asked)] = q?.Trim() ?? "",
            [nameof(OfficePage.Counts)] = counts,
            [nameof(OfficePage.Sum)] = office.Cases.OfficeSum(provider, filter, end, hides),
            [nameof(OfficePage.Rows)] = OfficeRow.Of(rows, office, language),
            [nameof(OfficePage.Page)] = shown,
            [nameof(OfficePage.Codes)] = codes.OrderBy(CodeOrder).ToList(),
            [nameof(OfficePage.Months)] = months,
            [nameof(OfficePage.Now)] = office.Now,
            [nameof(OfficePage.Terms)] = office.Terms,
            [nameof(OfficePage.Provider)] = new FindingStore(office.Records).ProviderOf(provider),
            [nameof(OfficePage.Drafts)] = office.Own.Drafts(provider),
            [nameof(OfficePage.Kept)] = office.Own.ViewsOf(visitor.User!.Id).Select(v => (v.Name, v.Query, CountOf(office, provider, v.Query))).ToList(),
        });
    }

    private static IResult KeepView(ProviderOffice office, string? name, string? view, string? code, string? month, Visitor visitor)
    {
        var query = new PageAddress("", [new("view", view ?? ""), new("code", code ?? ""), new("month", month ?? "")]).To("");
        if (name?.Trim() is { Length: > 0 and <= 40 } given)
        {
            office.Own.KeepView(visitor.User!.Id, given, query);
        }

        return Results.Redirect("/office" + query);
    }

    private static long CountOf(ProviderOffice office, long provider, string kept)
    {
        var query = QueryHelpers.ParseQuery(kept);
        var filter = FilterOf(office, provider, query.GetValueOrDefault("view"), query.GetValueOrDefault("code"), query.GetValueOrDefault("month"), null);
        return office.Cases.OfficeCounts(provider, filter, office.EndOfDay, office.HidesPrebranch)[filter.View];
    }

    private static FileContentHttpResult Sheet(ProviderOffice office, string? view, string? code, string? month, string? q, Visitor visitor, PageLanguage language)
    {
        var provider = ProviderOffice.ProviderOf(visitor);
        var filter = FilterOf(office, provider, view, code, month, q);
        var rows = OfficeRow.Of(office.Cases.OfficeCases(provider, filter, office.EndOfDay, office.HidesPrebranch, 0, MostRows), office, language);
        return TypedResults.File(OfficeSheet.Of(rows, filter, q, visitor, office, language).ToXlsx(), Xlsx, $"kepil-{PageLanguage.Identity(provider)}-{filter.View}.xlsx");
    }

    private static IResult Case(ProviderOffice office, long id, FindingStore findings, JudgedBy judged)
    {
        if (office.Cases.Row(id) is not { } row)
        {
            return MessageEndpoints.NotFound();
        }

        return new RazorComponentResult<CasePage>(new Dictionary<string, object?> { [nameof(CasePage.Case)] = SeenCase.Of(office, row, findings, judged) });
    }

    /// <summary>A file of the case as a download that no browser opens by itself.</summary>
    private static IResult Paper(ProviderOffice office, long id, string hash, HttpContext context)
    {
        var seen = office.Cases.Find(id)!.For(Party.Provider, office.Cases.History(id), office.Terms.Policies);
        if (seen.Steps.SelectMany(s => s.Papers.Select(p => (s.Who, Paper: p))).FirstOrDefault(p => p.Paper.Hash == hash) is not { Paper: { } paper } found || !File.Exists(office.Acts.PathOf(paper)))
        {
            return MessageEndpoints.NotFound();
        }

        context.Response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        // The name of a reviewer's file might tell who made it.
        return Results.File(office.Acts.PathOf(paper), "application/octet-stream", found.Who == "provider" ? paper.Name : hash[..12] + Path.GetExtension(paper.Name));
    }

    private static IResult Receipt(ProviderOffice office, long id, long number)
    {
        if (office.Cases.Receipt(number) is not { } receipt || receipt.ProceedingId != id)
        {
            return MessageEndpoints.NotFound();
        }

        return new RazorComponentResult<ReceiptPage>(new Dictionary<string, object?>
        {
            [nameof(ReceiptPage.Receipt)] = receipt,
            [nameof(ReceiptPage.Case)] = office.Cases.Row(id)!,
            [nameof(ReceiptPage.Line)] = office.LinesOf([office.Cases.Row(id)!]).Values.FirstOrDefault(),
            [nameof(ReceiptPage.Provider)] = new FindingStore(office.Records).ProviderOf(receipt.ProviderId),
            [nameof(ReceiptPage.Classification)] = office.Law.Classification.On(office.Today),
        });
    }

    internal static OfficeFilter FilterOf(ProviderOffice office, long provider, string? view, string? code, string? month, string? q)
    {
        var asked = q?.Trim() ?? "";
        long? number = asked.Length is > 0 and < 12 && long.TryParse(asked, NumberStyles.None, CultureInfo.InvariantCulture, out var read) ? read : null;
        return new(
            OfficeFilter.Views.Contains(view ?? "") ? view! : "all",
            string.IsNullOrEmpty(code) ? null : code,
            DateOnly.TryParseExact(month + "-01", "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var first) ? first : null,
            number,
            asked.Length == 0 ? null : office.LinesFor(provider, asked));
    }

    /// <summary>Codes in the order of the classification: 2.0 before 10.0.</summary>
    private static int CodeOrder(string code)
    {
        var parts = code.Split('.');
        return int.TryParse(parts[0], CultureInfo.InvariantCulture, out var root) && int.TryParse(parts[^1], CultureInfo.InvariantCulture, out var sub) ? (root * 100) + sub : int.MaxValue;
    }
}
