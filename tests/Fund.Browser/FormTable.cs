using Kepil.Fund.Desk;

namespace Kepil.Tests.Browser;

/// <summary>A form sent as it is not taken, whose answer is a page that says so.</summary>
/// <param name="Form">Selector of the form on the page.</param>
/// <param name="Fields">What its fields say.</param>
public sealed record FormRow(PageHostKind On, Role? Role, string Address, string Form, params (string Name, string Value)[] Fields)
{
    public override string ToString() => $"{Role?.ToString() ?? "nobody"} POST {Address} {Form}";
}

/// <summary>One form of each kind, with what its page has to refuse.</summary>
public static class FormTable
{
    public static readonly IReadOnlyList<FormRow> Rows =
    [
        new(PageHostKind.Desk, Role.CentralExpert, "/desk/CENTRAL", "form.decision", ("outcome", "confirm"), ("reasons", "")),
        new(PageHostKind.Desk, Role.CentralExpert, "/desk/bulk?case=CENTRAL&case=OTHER", "form.bulk", ("outcome", "confirm"), ("reasons", "")),
        new(PageHostKind.Desk, Role.CentralExpert, "/purchase", "form[action='/purchase']"),
        new(PageHostKind.Desk, Role.CentralExpert, "/purchase/contracts/190140000018/BOUGHT", "details form", ("volume", "x"), ("sum", "x"), ("ground", "")),
        new(PageHostKind.Desk, Role.CentralExpert, "/people/files", "form[action='/people/files']"),
        new(PageHostKind.Desk, Role.CentralExpert, "/money/files", "form[action='/money/details']"),
        new(PageHostKind.Desk, Role.CentralExpert, "/account", "form[action='/account/password']", ("old", "x"), ("fresh", "x")),
        new(PageHostKind.Desk, Role.BranchExpert, "/people", "form[action='/people']", ("number", "123"), ("why", "citizen")),
        new(PageHostKind.Desk, Role.ProviderClerk, "/entitle", "form[action='/entitle']", ("diagnosis", "?")),
        new(PageHostKind.Desk, Role.ProviderHead, "/office/purchase/1", "form.deed"),
        new(PageHostKind.Desk, Role.LocalBody, "/uninsured/duties", "form[action='/uninsured/duties']"),
        new(PageHostKind.Desk, Role.Administrator, "/users", "form[action='/users']", ("full", ""), ("name", "")),
        new(PageHostKind.Desk, Role.Administrator, "/keys", "form[action='/keys']", ("provider", "12"), ("name", "")),
        new(PageHostKind.Desk, null, "/sign-in", "form[action='/sign-in']", ("name", "nobody-of-that-name"), ("password", "x")),
        new(PageHostKind.FirstDay, Role.Administrator, "/account/second-factor", "form[action='/account/second-factor']", ("code", "1")),
        new(PageHostKind.Office, Role.ProviderHead, "/office/GENERAL/explanation", "form.card", ("text", ""), ("go", "next")),
        new(PageHostKind.Office, Role.ProviderHead, "BULK", "form.card", ("reasons", ""), ("go", "check")),
        new(PageHostKind.Office, Role.ProviderHead, "/office/bulk/file", "form[action='/office/bulk/file']"),
        new(PageHostKind.Office, Role.ProviderHead, "/office/registers", "form[action='/office/registers']"),
        new(PageHostKind.Watch, Role.CentralExpert, "/access", "form[action='/access']", ("person", "12"), ("reason", "")),
        new(PageHostKind.Watch, Role.Methodologist, "/lists/rule_bounds", "form[action='/lists/rule_bounds']", ("text", "x"), ("reason", "")),
        new(PageHostKind.Watch, Role.Methodologist, "/editions", "form[action='/editions']"),
        new(PageHostKind.Visits, Role.BranchExpert, "/monitorings/new/190140000018?ground=ConsumerAppeal", "form.deed"),
        new(PageHostKind.Visits, Role.BranchExpert, "/monitorings/OPEN", "form[action$='/requests']", ("what", "")),
        new(PageHostKind.Visits, Role.BranchExpert, "/monitorings/OPEN/conclusion", "form.deed", ("go", "next")),
        new(PageHostKind.Visits, Role.BranchExpert, "/conclusions/OBJECTED", "form[action$='/consideration']", ("reasons", "")),
        new(PageHostKind.Visits, Role.BranchExpert, "/conclusions/DRAFTED/signature", "form.deed[enctype]"),
        new(PageHostKind.Visits, Role.BranchExpert, "/duties/measures/UNMARKED", "form.deed"),
        new(PageHostKind.Visits, Role.BranchExpert, "/deaths/DEATH", "form.deed", ("go", "next")),
        new(PageHostKind.Visits, Role.BranchExpert, "/providers/190140000018/latent-defect?line=SERVICE", "form.deed"),
        new(PageHostKind.Visits, Role.BranchHead, "/outages", "form[action='/outages']"),
        new(PageHostKind.Visits, Role.ProviderHead, "/office/conclusions/RECEIVED/answer", "form.deed", ("go", "next")),
        new(PageHostKind.Visits, Role.ProviderHead, "/office/conclusions/LISTED", "form[action$='/objection-list']", ("list", "")),
        new(PageHostKind.Visits, Role.ProviderHead, "/office/monitorings/OPEN", "form.deed"),
        new(PageHostKind.Empty, null, "/first-start", "form[action='/first-start']", ("code", "0")),
    ];
}
