using Kepil.Fund.Accounts;
using Kepil.Fund.Desk;
using Kepil.Fund.Pages;
using Kepil.Fund.Proceedings;
using Kepil.Fund.Rules;
using Kepil.Law;
using Kepil.Monitoring;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Kepil.Fund.Oversight;

/// <summary>The page of one rule: what it looks for, its worked cases, its versions, and its trials, which one person makes and another notes.</summary>
internal sealed class RulePages
{
    private readonly ListChanges _changes;
    private readonly RuleVersions _versions;
    private readonly RuleShelf _shelf;
    private readonly ProceedingStore _store;
    private readonly DeskStore _desk;
    private readonly FundFolder _folder;
    private readonly LawBook _law;
    private readonly string _pack;

    /// <param name="pack">The folder of the pack, in which trials are noted.</param>
    public RulePages(ListChanges changes, RuleVersions versions, RuleShelf shelf, ProceedingStore store, DeskStore desk, FundFolder folder, LawBook law, string pack)
    {
        (_changes, _versions, _shelf, _store, _desk, _folder, _law, _pack) = (changes, versions, shelf, store, desk, folder, law, pack);
        _versions.See(shelf.All, "system");
    }

    /// <summary>The worked cases that lie beside a rule.</summary>
    public static IReadOnlyList<RuleCase> CasesOf(LoadedRule rule)
    {
        var file = Path.ChangeExtension(rule.File.Path, ".cases.md");
        return File.Exists(file) ? CaseFile.Read(file).Cases : [];
    }

    public IResult Show(string id) => Page(id, null, null);

    /// <summary>Tries the rule, as it stands in the pack now, over the newest month, and keeps the report.</summary>
    public async Task<IResult> TryAsync(string id, Visitor visitor)
    {
        var trial = new RuleTrial(_folder, _law, _desk.Clock);
        var read = Read();
        if (_shelf.Find(id) is null || read.Rules.FirstOrDefault(r => r.Id == id) is not { } rule)
        {
            return MessageEndpoints.NotFound();
        }

        if (trial.Months(1) is not [var month])
        {
            return Page(id, null, new("сақталған ай жоқ", "сохранённых месяцев нет", "there is no stored month"));
        }

        _versions.See([rule], visitor.Actor);
        var outcome = await trial.RunAsync(month, read, [rule]);
        _versions.Keep(rule, [outcome[id]], visitor.Actor);
        return Page(id, outcome[id], null);
    }

    /// <summary>The second person's word on a trial.</summary>
    public IResult Answer(string id, long trial, string? answer, string? note, Visitor visitor) =>
        answer is not ("noted" or "refused") || _shelf.Find(id) is null || Read().Rules.FirstOrDefault(r => r.Id == id) is not { } rule ? MessageEndpoints.NotFound()
        : _versions.Answer(trial, answer == "noted", note ?? "", visitor.User!, rule, _pack) is { } wrong ? Page(id, null, wrong)
        : Results.Redirect($"/rules/{id}#versions");

    private RulePack Read() => RuleCommands.LoadForTrial(_law, LocalDay.Of(_desk.Clock.GetUtcNow()), _pack).Pack;

    private IResult Page(string id, TrialMonth? tried, Wording? wrong)
    {
        if (_shelf.Find(id) is not { } rule)
        {
            return MessageEndpoints.NotFound();
        }

        return new RazorComponentResult<RulePage>(new Dictionary<string, object?>
        {
            [nameof(RulePage.Rule)] = rule,
            [nameof(RulePage.Noted)] = RuleCommands.Trials(_pack).FirstOrDefault(t => t.Rule == id),
            [nameof(RulePage.Tried)] = tried,
            [nameof(RulePage.Cases)] = CasesOf(rule),
            [nameof(RulePage.Lists)] = _changes.ListsOf(rule.File),
            [nameof(RulePage.Titles)] = _changes.Titles(),
            [nameof(RulePage.Others)] = _shelf.All.Where(r => r.File.Code == rule.File.Code && r.Id != id).ToList(),
            [nameof(RulePage.Ledger)] = _store.OutcomesOf(id) is { Raised: > 0 } outcomes ? outcomes : null,
            [nameof(RulePage.Proposal)] = ReviewBoard.ProposalOf(_store.OutcomesOf(id), _law.Policies.On(LocalDay.Of(_desk.Clock.GetUtcNow()))),
            [nameof(RulePage.Versions)] = _versions.Of(id),
            [nameof(RulePage.Trials)] = _versions.TrialsOf(id),
            [nameof(RulePage.Names)] = _desk.Users().ToDictionary(u => u.Actor, u => u.FullName),
            [nameof(RulePage.Wrong)] = wrong,
        })
        { StatusCode = wrong is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity };
    }
}
