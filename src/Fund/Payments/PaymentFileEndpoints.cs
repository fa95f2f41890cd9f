using System.Globalization;
using Kepil.Fund.Bank;
using Kepil.Fund.Desk;
using Kepil.Fund.Pages;
using Kepil.Fund.Proceedings;
using Kepil.Law;

namespace Kepil.Fund.Payments;

/// <summary>What goes to the bank and comes back, at the pages: each act is that of the person who signed in.</summary>
public static class PaymentFileEndpoints
{
    /// <summary>Files and details that the page shows.</summary>
    private const int Most = 30;

    /// <summary>Bytes of a statement at most.</summary>
    private const long MostBytes = 64L << 20;

    public static void Map(WebApplication app, MoneyDesk desk)
    {
        app.MapGet("/money/files", (Visitor visitor, PageLanguage language) => Page(desk, null)).Needs(Right.SeeFiles);
        app.MapGet("/money/files/{file:long}.{format}", (long file, string format) => Download(desk, file, format)).Needs(Right.SeeFiles);
        app.MapPost("/money/files", (HttpContext context, Visitor visitor, PageLanguage language) => DoAsync(desk, context, language, (form, bank) =>
            bank.Make(visitor.Actor, DayOf(form["pay-on"]) ?? LocalDay.Of(desk.Desk.Clock.GetUtcNow()), desk.Papers.Signed()) is null ? language["Files.NothingToPay"] : null)).Needs(Right.PayOut);
        app.MapPost("/money/files/{file:long}/{step}", (long file, string step, HttpContext context, Visitor visitor, PageLanguage language) => DoAsync(desk, context, language, (form, bank) =>
        {
            bank.Sign(visitor.Actor, file, step, form["hash"].ToString());
            return null;
        })).Needs(Right.PayOut);
        app.MapPost("/money/statements", (HttpContext context, Visitor visitor, PageLanguage language) => DoAsync(desk, context, language, (form, bank) =>
        {
            if (form.Files.GetFile("statement") is not { Length: > 0 and <= MostBytes } sent)
            {
                return language["Files.NoStatement"];
            }

            using var content = new MemoryStream();
            sent.CopyTo(content);
            bank.TakeIn(visitor.Actor, content.ToArray());
            return null;
        })).Needs(Right.PayOut);
        app.MapPost("/money/rejections", (HttpContext context, Visitor visitor, PageLanguage language) => DoAsync(desk, context, language, (form, _) =>
        {
            var order = form["order"].ToString().Trim();
            if (NumberOf(form["file"].ToString()) is not { } file || (order.Length > 0 && NumberOf(order.TrimStart('P', 'p', '-')) is null))
            {
                return language["Rejections.NoOrder"];
            }

            desk.Rejections.Propose(visitor.Actor, file, NumberOf(order.TrimStart('P', 'p', '-')), form["reason"].ToString());
            return null;
        })).Needs(Right.PayOut);
        app.MapPost("/money/rejections/{rejection:long}/{outcome}", (long rejection, string outcome, HttpContext context, Visitor visitor, PageLanguage language) => DoAsync(desk, context, language, (_, _) =>
        {
            desk.Rejections.Decide(visitor.Actor, rejection, outcome == "confirmed");
            return null;
        })).Needs(Right.PayOut);
        app.MapPost("/money/details", (HttpContext context, Visitor visitor, PageLanguage language) => DoAsync(desk, context, language, (form, bank) =>
        {
            var owner = form["owner"].ToString().Trim();
            if (owner.Length > 0 && SearchWords.Identity(owner) is null)
            {
                return language["Files.WrongOwner"];
            }

            bank.Propose(visitor.Actor, new(SearchWords.Identity(owner) ?? 0, form["name"].ToString().Trim(), Signs(form["iban"]), Signs(form["bic"])));
            return null;
        })).Needs(Right.PayOut);
        app.MapPost("/money/details/{detail:long}/{step}", (long detail, string step, HttpContext context, Visitor visitor, PageLanguage language) => DoAsync(desk, context, language, (form, bank) =>
        {
            if (step == "confirmed")
            {
                bank.Confirm(visitor.Actor, detail);
            }
            else
            {
                bank.Withdraw(visitor.Actor, detail, form["reason"].ToString().Trim());
            }

            return null;
        })).Needs(Right.PayOut);
    }

    private static string Signs(string? text) => (text ?? "").Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant();

    private static long? NumberOf(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static DateOnly? DayOf(string? text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    /// <summary>Does an act of the bank's door; what is refused is told on the page, and nothing was done.</summary>
    private static async Task<IResult> DoAsync(MoneyDesk desk, HttpContext context, PageLanguage language, Func<IFormCollection, BankStore, string?> act)
    {
        var form = await context.Request.ReadFormAsync();
        try
        {
            return act(form, desk.Bank) is { } doubt ? Page(desk, doubt) : Results.Redirect("/money/files");
        }
        catch (BankRefusedException refused)
        {
            return Page(desk, language.Text(refused.Reason));
        }
    }

    private static IResult Page(MoneyDesk desk, string? doubt) => MoneyDesk.Page<PaymentFilesPage>(doubt,
        (nameof(PaymentFilesPage.Desk), desk), (nameof(PaymentFilesPage.Files), desk.Bank.Files(Most)), (nameof(PaymentFilesPage.Details), desk.Bank.Details(Most)),
        (nameof(PaymentFilesPage.Rejections), desk.Rejections.Of(Most)), (nameof(PaymentFilesPage.Returns), desk.Rejections.Returns(Most)), (nameof(PaymentFilesPage.Doubt), doubt),
        (nameof(PaymentFilesPage.Now), desk.Desk.Clock.GetUtcNow()));

    private static IResult Download(MoneyDesk desk, long file, string format) => (format, desk.Bank.BytesOf(file)) switch
    {
        ("xml", { } bytes) => Results.File(bytes, "application/xml", $"kepil-{file}.xml"),
        ("csv", { }) => Results.File(BankStatementCsv.Write(desk.Bank.OrdersOf(file)), "text/csv; charset=utf-8", $"kepil-{file}.csv"),
        _ => MessageEndpoints.NotFound(),
    };
}
