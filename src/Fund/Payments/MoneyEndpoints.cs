using Kepil.Fund.Desk;
using Kepil.Fund.Documents;
using Kepil.Fund.Office;
using Kepil.Fund.Pages;
using Kepil.Fund.Proceedings;
using Kepil.Fund.Settlements;
using Kepil.Law;

namespace Kepil.Fund.Payments;

/// <summary>The pages of money: balances with their drill-down, a provider's payments, orders and lines, the papers of a month.</summary>
public static class MoneyEndpoints
{
    /// <summary>Lines of a month that an order tells.</summary>
    private const int Most = 20;

    public static void Map(WebApplication app, MoneyDesk desk)
    {
        app.MapGet("/money", (HttpContext context, Visitor visitor) => MoneyDesk.Page<BalancesPage>(null,
            (nameof(BalancesPage.Desk), desk), (nameof(BalancesPage.View), new MoneyView(desk, MoneyFilter.Of(context.Request.Query, visitor))))).Needs(Right.SeeMoney, _ => Owner.OfRows);
        app.MapGet("/money.xlsx", (HttpContext context, Visitor visitor, PageLanguage language) =>
            Results.File(new MoneyView(desk, MoneyFilter.Of(context.Request.Query, visitor)).Sheet(desk, language, visitor).ToXlsx(), FindingSheet.XlsxType, "kepil-money.xlsx")).Needs(Right.SeeMoney, _ => Owner.OfRows);
        app.MapGet("/money/execution", (HttpContext context, Visitor visitor) => MoneyDesk.Page<ExecutionPage>(null,
            (nameof(ExecutionPage.Desk), desk), (nameof(ExecutionPage.View), ExecutionOf(desk, context, visitor)))).Needs(Right.SeeMoney, _ => Owner.OfRows);
        app.MapGet("/money/execution.xlsx", (HttpContext context, Visitor visitor, PageLanguage language) =>
            Results.File(ExecutionOf(desk, context, visitor).Sheet(desk, language, visitor).ToXlsx(), FindingSheet.XlsxType, "kepil-execution.xlsx")).Needs(Right.SeeMoney, _ => Owner.OfRows);
        app.MapGet("/office/payments", (Visitor visitor) => Results.Redirect(MoneyDesk.ProviderPath(visitor.User!.ProviderId!.Value))).Needs(Right.WorkInOffice, _ => Owner.OfRows);
        app.MapGet("/money/providers/{provider:long}", (long provider) => MoneyDesk.Page<ProviderMoneyPage>(null,
            (nameof(ProviderMoneyPage.Desk), desk), (nameof(ProviderMoneyPage.Provider), desk.ProviderOf(provider)), (nameof(ProviderMoneyPage.Balances), desk.Ledger.Balances(new(provider)).Balances.ToList()),
            (nameof(ProviderMoneyPage.Orders), SeenOrder.Of(desk, provider)), (nameof(ProviderMoneyPage.Plans), ContractUse.Of(desk, provider)),
            (nameof(ProviderMoneyPage.Charges), ContractCharge.All(desk.Ledger, provider)), (nameof(ProviderMoneyPage.Advances), SeenAdvance.All(desk.Ledger, provider)))).Needs(Right.SeePayments, desk.WhoseProvider);
        app.MapGet("/money/providers/{provider:long}/orders.xlsx", (long provider, PageLanguage language) =>
            Results.File(SeenOrder.Sheet(desk, provider, language).ToXlsx(), FindingSheet.XlsxType, $"kepil-payments-{provider:D12}.xlsx")).Needs(Right.SeePayments, desk.WhoseProvider);
        app.MapGet("/money/providers/{provider:long}/orders/{order:long}", (long provider, long order) => Order(desk, provider, order)).Needs(Right.SeePayments, desk.WhoseProvider);
        app.MapGet("/money/providers/{provider:long}/lines/{line:long}", (long provider, long line) => desk.LineOf(provider, line) is { } named && desk.Trail.OfLine(line, named.LineId, named.Month) is { } trail
            ? MoneyDesk.Page<LineMoneyPage>(null, (nameof(LineMoneyPage.Provider), desk.ProviderOf(provider)), (nameof(LineMoneyPage.Trail), trail)) : MessageEndpoints.NotFound()).Needs(Right.SeePayments, desk.WhoseProvider);
        app.MapGet("/money/providers/{provider:long}/acts/{run:long}", (long provider, long run) => Act(desk, provider, run, null)).Needs(Right.SeePayments, desk.WhoseProvider);
        app.MapGet("/money/providers/{provider:long}/acts/{run:long}/{name}.{format}", (long provider, long run, string name, string format) => File(desk, provider, run, name, format)).Needs(Right.SeePayments, desk.WhoseProvider);
        app.MapPost("/money/providers/{provider:long}/acts/{run:long}", (long provider, long run, Visitor visitor) =>
            desk.Papers.Make(run, provider, visitor.User!.Id) is null ? MessageEndpoints.NotFound() : Results.Redirect(MoneyDesk.ActPath(provider, run))).Needs(Right.MakeAct, desk.WhoseProvider);
        app.MapPost("/money/providers/{provider:long}/acts/{run:long}/signature", (long provider, long run, HttpContext context, Visitor visitor, PageLanguage language, CancellationToken stop) =>
            SignAsync(desk, provider, run, context, visitor, language, stop)).Needs(Right.SignAct, desk.WhoseProvider);
        app.MapGet("/law/tariffs.xlsx", (PageLanguage language) => Results.File(TariffSheet.Of(desk.Law, language).ToXlsx(), FindingSheet.XlsxType, "kepil-tariffs.xlsx")).Needs(Right.Open);
        app.MapGet("/law/tariffs", () => MoneyDesk.Page<TariffsPage>(null, (nameof(TariffsPage.Law), desk.Law), (nameof(TariffsPage.Today), LocalDay.Of(desk.Desk.Clock.GetUtcNow())))).Needs(Right.Open);
        PaymentFileEndpoints.Map(app, desk);
        ChargeEndpoints.Map(app, desk);
    }

    private static ExecutionView ExecutionOf(MoneyDesk desk, HttpContext context, Visitor visitor) =>
        new(desk, ExecutionFilter.Of(context.Request.Query, visitor, LocalDay.Of(desk.Desk.Clock.GetUtcNow())));

    private static IResult Order(MoneyDesk desk, long provider, long order)
    {
        if (desk.Ledger.Find(order) is not { Kind: "settlement" or "advance" or "payment" } posting || posting.Legs[0].Account.Of.ProviderId != provider)
        {
            return MessageEndpoints.NotFound();
        }

        var trail = desk.Trail.OfPayment(order, Most);
        return MoneyDesk.Page<OrderPage>(null,
            (nameof(OrderPage.Desk), desk), (nameof(OrderPage.Provider), desk.ProviderOf(provider)), (nameof(OrderPage.Order), trail?.Settlement ?? posting), (nameof(OrderPage.Months), trail?.Months ?? []),
            (nameof(OrderPage.Payments), trail?.Payments ?? []));
    }

    private static IResult Act(MoneyDesk desk, long provider, long run, string? doubt)
    {
        if (desk.Papers.Of(run, provider) is not { } told)
        {
            return MessageEndpoints.NotFound();
        }

        var (protocol, act) = (desk.Papers.Protocol(run, provider), desk.Papers.Act(run, provider));
        return MoneyDesk.Page<ActPage>(doubt,
            (nameof(ActPage.Provider), desk.ProviderOf(provider)), (nameof(ActPage.Run), run), (nameof(ActPage.Told), told), (nameof(ActPage.Act), act), (nameof(ActPage.Protocol), protocol),
            (nameof(ActPage.ActHtml), PrintOf(desk, act) ?? FormPrint.Html(told.ToAct(null))), (nameof(ActPage.ProtocolHtml), PrintOf(desk, protocol) ?? FormPrint.Html(told.ToProtocol(null))), (nameof(ActPage.Doubt), doubt),
            (nameof(ActPage.Signatures), act is null ? [] : desk.Documents.Signatures(act.Code, (int)act.Version.Version)), (nameof(ActPage.Today), LocalDay.Of(desk.Desk.Clock.GetUtcNow())));
    }

    /// <summary>A paper that was made, as it was printed then.</summary>
    private static string? PrintOf(MoneyDesk desk, StoredDocument? paper) => paper is null ? null : System.Text.Encoding.UTF8.GetString(desk.Documents.Files.Read(paper.Version.PrintHash));

    private static IResult File(MoneyDesk desk, long provider, long run, string name, string format)
    {
        var paper = name switch { "act" => desk.Papers.Act(run, provider), "protocol" => desk.Papers.Protocol(run, provider), _ => null };
        return (paper, format) switch
        {
            (null, _) => MessageEndpoints.NotFound(),
            ({ } p, "docx") => Results.File(desk.Documents.Files.Read(p.Version.DocxHash), "application/vnd.openxmlformats-officedocument.wordprocessingml.document", $"{name}-{run}.docx"),
            ({ } p, "xlsx") => Results.File(desk.Documents.Files.Read(p.Version.XlsxHash), FindingSheet.XlsxType, $"{name}-{run}.xlsx"),
            _ => MessageEndpoints.NotFound(),
        };
    }

    /// <summary>Takes a signature on the act: a file of the national key made elsewhere, or the scan of one on paper. Each side signs for itself.</summary>
    private static async Task<IResult> SignAsync(MoneyDesk desk, long provider, long run, HttpContext context, Visitor visitor, PageLanguage language, CancellationToken stop)
    {
        if (desk.Papers.Act(run, provider) is not { } act)
        {
            return MessageEndpoints.NotFound();
        }

        var form = await context.Request.ReadFormAsync(stop);
        var (side, acquainted) = visitor.User!.IsOfProvider ? (SigningSide.Provider, Acquainted.Without) : (SigningSide.Fund, null);
        var sent = form.Files.Count == 1 ? form.Files[0] : null;
        if (sent is null || sent.Length == 0)
        {
            return Act(desk, provider, run, language[form["way"] == "paper" ? "Sign.NoScan" : "Sign.NoCms"]);
        }

        using var content = new MemoryStream();
        await sent.CopyToAsync(content, stop);
        SigningAnswer answer;
        if (form["way"] == "paper")
        {
            if (PaperCheck.Doubt(Path.GetFileName(sent.FileName), content.ToArray(), 0, language) is { } doubt)
            {
                return Act(desk, provider, run, doubt);
            }

            var on = DateOnly.TryParseExact(form["signed-on"].ToString(), "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.None, out var day) ? day : LocalDay.Of(desk.Desk.Clock.GetUtcNow());
            answer = desk.Documents.RegisterPaper(act.Code, (int)act.Version.Version, side, new(content.ToArray(), on, form["name"].ToString().Trim() is { Length: > 0 } name ? name : visitor.User.FullName, null, visitor.User.Id), acquainted);
        }
        else if ((side == SigningSide.Provider ? provider : SearchWords.Identity(form["iin"].ToString())) is { } expected)
        {
            answer = await desk.Documents.SignAsync(act.Code, (int)act.Version.Version, side, content.ToArray(), expected, acquainted, desk.Verifier, stop);
        }
        else
        {
            return Act(desk, provider, run, language["Sign.NoIin"]);
        }

        return answer.Refusal is { } refusal ? Act(desk, provider, run, language.Text(refusal.Text)) : Results.Redirect(MoneyDesk.ActPath(provider, run));
    }
}
