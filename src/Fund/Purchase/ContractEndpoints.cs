using System.Globalization;
using Kepil.Fund.Desk;
using Kepil.Fund.Ledger;
using Kepil.Fund.Pages;
using Kepil.Fund.Settlements;
using Kepil.Fund.Unscheduled;
using Kepil.Law;

namespace Kepil.Fund.Purchase;

/// <summary>A contract with its lines, what was executed of them and its changes; what is proposed and decided there.</summary>
public static class ContractEndpoints
{
    public static void Map(WebApplication app, PurchaseDesk desk)
    {
        app.MapGet("/purchase/contracts/{provider:long}/{contract}", (long provider, string contract) => Show(desk, provider, contract, null, null)).Needs(Right.SeeContract, desk.WhoseProvider);
        app.MapPost("/purchase/contracts/{provider:long}/{contract}", (long provider, string contract, HttpContext context, Visitor visitor, PageLanguage language) =>
            DoAsync(desk, provider, contract, context, language, form => Propose(desk, provider, contract, visitor, form))).Needs(Right.ChangeContract, desk.WhoseProvider);
        app.MapPost("/purchase/contracts/{provider:long}/{contract}/{change:long}", (long provider, string contract, long change, HttpContext context, Visitor visitor, PageLanguage language) =>
            DoAsync(desk, provider, contract, context, language, form => desk.Changes.Decide(visitor.Actor, change, form["outcome"] == "confirmed", form["reason"].ToString()))).Needs(Right.ChangeContract, desk.WhoseProvider);
    }

    private static async Task<IResult> DoAsync(PurchaseDesk desk, long provider, string contract, HttpContext context, PageLanguage language, Action<IFormCollection> act)
    {
        var form = await context.Request.ReadFormAsync();
        return PurchaseEndpoints.Do(language, () =>
        {
            act(form);
            return Results.Redirect(PurchaseDesk.ContractPath(provider, contract));
        }, doubt => Show(desk, provider, contract, doubt, form));
    }

    private static void Propose(PurchaseDesk desk, long provider, string contract, Visitor visitor, IFormCollection form)
    {
        var ground = form["ground"].ToString();
        if (form["kind"] == "termination")
        {
            desk.Changes.Terminate(visitor.Actor, provider, contract, PurchaseEndpoints.DayOf(form["ends"]) ?? throw Unclear(), form["by"] == "limit", ground);
            return;
        }

        var (package, care) = form["line"].ToString().Split('|') is [var p, var c] && CareForms.TryParse(c, out _) ? (p, c) : throw Unclear();
        var (volume, sum) = (NumberOf(form["volume"]), Money.TryParse(form["sum"], out var money) ? money : throw Unclear());
        var month = MonthOf(form["month"]);
        if (form["kind"] == "agreement")
        {
            var sign = form["sign"] == "less" ? -1 : 1;
            desk.Changes.Propose(visitor.Actor, "agreement", ground, [new(provider, contract, package, care, month, sign * volume, new(sign * sum.Tiyn))]);
            return;
        }

        var to = form["to-provider"].ToString().Trim() is { Length: > 0 } bin ? SearchWords.Identity(bin) ?? throw Unclear() : provider;
        var other = form["to-contract"].ToString().Trim() is { Length: > 0 } number ? number : contract;
        desk.Changes.Propose(visitor.Actor, "reallocation", ground,
            [new(provider, contract, package, care, month, -volume, new(-sum.Tiyn)), new(to, other, package, care, MonthOf(form["to-month"]), volume, sum)]);
    }

    private static IResult Show(PurchaseDesk desk, long provider, string contract, string? doubt, IFormCollection? form)
    {
        var lines = desk.Contracts.Lines([(provider, contract)]);
        var changes = desk.Changes.Of(provider, contract);
        if (lines.Count == 0 && changes.Count == 0)
        {
            return MessageEndpoints.NotFound();
        }

        var ledger = LedgerStore.Of(desk.Desk);
        var executed = lines.SelectMany(l => Enumerable.Range(l.From.Year, l.To.Year - l.From.Year + 1)).Distinct().SelectMany(y => SettlementStore.Forms(ledger, y, DateTimeOffset.MaxValue))
            .Where(f => f.Of.ProviderId == provider && f.Of.Contract == contract).ToLookup(f => (f.Of.Package, f.CareForm, f.Month), f => f.Shares.Billed - f.Shares.Withheld);
        return PurchaseDesk.Page<ContractPage>(doubt, (nameof(ContractPage.Desk), desk), (nameof(ContractPage.Provider), provider), (nameof(ContractPage.Contract), contract), (nameof(ContractPage.Lines), lines),
            (nameof(ContractPage.Changes), changes), (nameof(ContractPage.Stuck), changes.Where(desk.Changes.IsStuck).Select(c => c.Id).ToHashSet()), (nameof(ContractPage.Executed), executed), (nameof(ContractPage.Ending), UnscheduledStore.Of(desk.Desk).EndingOf(provider, contract)), (nameof(ContractPage.Doubt), doubt), (nameof(ContractPage.Form), form));
    }

    private static long NumberOf(string? text) => long.TryParse((text ?? "").Replace(" ", "", StringComparison.Ordinal), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw Unclear();

    private static DateOnly MonthOf(string? text) => DateOnly.TryParseExact(text, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out var month) ? month : throw Unclear();

    private static PurchaseRefusedException Unclear() => new(new(
        "Жолды, айды (2027-03), көлемді, соманы немесе тоқтату күнін толық көрсетіңіз.", "Укажите строку, месяц (2027-03), объём, сумму или день расторжения полностью.", "Give the line, the month (2027-03), the volume, the sum or the day of the end in full."));
}
