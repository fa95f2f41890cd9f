using Kepil.Fund.Desk;
using Kepil.Fund.Pages;
using Kepil.Fund.Settlements;
using Kepil.Law;

namespace Kepil.Fund.Payments;

/// <summary>The pages of advances, charges and their invoices.</summary>
public static class ChargeEndpoints
{
    public static void Map(WebApplication app, MoneyDesk desk)
    {
        app.MapGet("/money/charges", (HttpContext context, Visitor visitor) => Page(desk, context, visitor, null)).Needs(Right.SeeMoney, _ => Owner.OfRows);
        app.MapPost("/money/providers/{provider:long}/invoices", (long provider, HttpContext context, Visitor visitor, PageLanguage language) => MakeAsync(desk, provider, context, visitor, language)).Needs(Right.MakeAct, desk.WhoseProvider);
        app.MapGet("/money/providers/{provider:long}/invoices/{invoice:long}", (long provider, long invoice, Visitor visitor) => Find(desk, provider, invoice) is { } found && PaperOf(desk, found, visitor) is { } paper
            ? MoneyDesk.Page<InvoicePage>(null, (nameof(InvoicePage.Provider), desk.ProviderOf(provider)), (nameof(InvoicePage.Invoice), found), (nameof(InvoicePage.Paper), paper),
                (nameof(InvoicePage.Html), System.Text.Encoding.UTF8.GetString(desk.Documents.Files.Read(paper.Version.PrintHash))), (nameof(InvoicePage.Charges), ChargesOf(desk, found)))
            : MessageEndpoints.NotFound()).Needs(Right.SeePayments, desk.WhoseProvider);
        app.MapGet("/money/providers/{provider:long}/invoices/{invoice:long}.docx", (long provider, long invoice) => Find(desk, provider, invoice) is not null && ChargePapers.Of(desk, invoice) is { } paper
            ? Results.File(desk.Documents.Files.Read(paper.Version.DocxHash), "application/vnd.openxmlformats-officedocument.wordprocessingml.document", $"invoice-{invoice}.docx") : MessageEndpoints.NotFound()).Needs(Right.SeePayments, desk.WhoseProvider);
    }

    private static ChargeInvoice? Find(MoneyDesk desk, long provider, long invoice) => ChargeInvoiceStore.Find(desk.Ledger, invoice) is { } found && found.Of.ProviderId == provider ? found : null;

    /// <summary>The paper; where a process broke off before it was made, whoever may make it makes it now.</summary>
    private static Documents.StoredDocument? PaperOf(MoneyDesk desk, ChargeInvoice invoice, Visitor visitor) =>
        ChargePapers.Of(desk, invoice.Id) ?? (visitor.May(Right.MakeAct) ? ChargePapers.Issue(desk, invoice, visitor.User!.Id) : null);

    private static List<ContractCharge> ChargesOf(MoneyDesk desk, ChargeInvoice invoice) =>
        [.. ContractCharge.All(desk.Ledger, invoice.Of.ProviderId).Where(c => c.Of == invoice.Of && c.Posting <= invoice.UpTo && c.Kind != AccountKind.Scale)];

    private static IResult Page(MoneyDesk desk, HttpContext context, Visitor visitor, string? doubt)
    {
        var provider = SearchWords.Identity(context.Request.Query["provider"].ToString());
        var state = context.Request.Query["state"].ToString();
        var region = visitor.User is { IsOfBranch: true } user ? user.Region : null;
        var regions = desk.Regions();
        bool Seen(Ledger.ContractPackage of) => region is null || regions.GetValueOrDefault(of.ProviderId) == region;
        return MoneyDesk.Page<ChargesPage>(doubt,
            (nameof(ChargesPage.Names), desk.Names()), (nameof(ChargesPage.Doubt), doubt), (nameof(ChargesPage.Provider), provider), (nameof(ChargesPage.State), state),
            (nameof(ChargesPage.Charges), ContractCharge.All(desk.Ledger, provider).Where(c => Seen(c.Of) && (state.Length == 0 || c.State == state)).ToList()),
            (nameof(ChargesPage.Advances), SeenAdvance.All(desk.Ledger, provider).Where(a => Seen(a.Of)).ToList()));
    }

    private static async Task<IResult> MakeAsync(MoneyDesk desk, long provider, HttpContext context, Visitor visitor, PageLanguage language)
    {
        var form = await context.Request.ReadFormAsync();
        try
        {
            var invoice = ChargePapers.Make(desk, visitor.Actor, visitor.User!.Id, new(provider, form["contract"].ToString(), form["package"].ToString()));
            return Results.Redirect(MoneyDesk.InvoicePath(provider, invoice.Id));
        }
        catch (ChargeInvoiceRefusedException refused)
        {
            return Page(desk, context, visitor, language.Text(refused.Reason));
        }
    }
}
