using System.Globalization;
using Kepil.Fund.Pages;
using Kepil.Fund.Unscheduled;
using Kepil.Law;

namespace Kepil.Fund.Visits;

/// <summary>A contract as it is typed into a draft.</summary>
public sealed record DraftContract(string Number = "", string On = "", string Supplements = "", string Sum = "")
{
    public bool IsEmpty => (Number + On + Supplements + Sum).Length == 0;
}

/// <summary>A row of the results as it is typed into a draft.</summary>
/// <param name="Card">Number of the card, code of the tariff list or number of the prescription.</param>
/// <param name="Survey">Nothing but a patient's word stands behind it.</param>
/// <param name="Elsewhere">Another paper or a proceeding carries its sum.</param>
public sealed record DraftLine(string Service = "", string Card = "", string Person = "", string On = "", string Form = "", string Codes = "", string Sum = "", bool Survey = false, bool Elsewhere = false)
{
    public bool IsEmpty => (Service + Card + Person + On + Codes + Sum).Length == 0;

    public IReadOnlyList<string> CodeList => Codes.Split([',', ';', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}

/// <summary>A clause of the contract that was not fulfilled, as it is typed into a draft.</summary>
/// <param name="Both">The writer confirms that one fact brings both a withholding and a penalty.</param>
public sealed record DraftClause(string Contract = "", string Clause = "", string What = "", string Penalty = "", string Service = "", bool Both = false)
{
    public bool IsEmpty => (Contract + Clause + What + Penalty + Service).Length == 0;
}

/// <summary>Something that a draft lacks before it can become a paper.</summary>
/// <param name="Field">The field of the page where it is mended.</param>
public sealed record DraftProblem(string Field, string Text);

/// <summary>A conclusion as far as it is written: what was typed, whatever it is, so that nothing is lost.</summary>
/// <param name="Token">The word by which its writing is known again, so that pressing twice makes one paper.</param>
public sealed record ConclusionDraft(
    string Token, string Head, string Addresses, string Care, string From, string To, string ConductedFrom, string ConductedTo, string Recommendations,
    IReadOnlyList<DraftContract> Contracts, IReadOnlyList<DraftLine> Lines, IReadOnlyList<DraftClause> Clauses)
{
    /// <summary>Rows of one kind in a draft at most.</summary>
    public const int MostRows = 200;

    /// <summary>What a form of the page says, row by row; empty rows fall away.</summary>
    public static ConclusionDraft Of(IFormCollection form, string token) => new(
        token, Text(form, "head"), Text(form, "addresses"), Text(form, "care"), Text(form, "from"), Text(form, "to"), Text(form, "conducted-from"), Text(form, "conducted-to"), Text(form, "recommendations"),
        [.. Rows(form, "contract", i => new DraftContract(Text(form, $"contract-{i}-number"), Text(form, $"contract-{i}-on"), Text(form, $"contract-{i}-supplements"), Text(form, $"contract-{i}-sum"))).Where(c => !c.IsEmpty)],
        [.. Rows(form, "line", i => new DraftLine(
            Text(form, $"line-{i}-service"), Text(form, $"line-{i}-card"), Text(form, $"line-{i}-person"), Text(form, $"line-{i}-on"), Text(form, $"line-{i}-form"), Text(form, $"line-{i}-codes"), Text(form, $"line-{i}-sum"),
            form[$"line-{i}-survey"] == "1", form[$"line-{i}-elsewhere"] == "1")).Where(l => !l.IsEmpty)],
        [.. Rows(form, "clause", i => new DraftClause(
            Text(form, $"clause-{i}-contract"), Text(form, $"clause-{i}-clause"), Text(form, $"clause-{i}-what"), Text(form, $"clause-{i}-penalty"), Text(form, $"clause-{i}-service"), form[$"clause-{i}-both"] == "1")).Where(c => !c.IsEmpty)]);

    /// <summary>Tiyn that the rows withhold, as far as their sums can be read.</summary>
    public long Withheld => Lines.Where(l => !l.Elsewhere).Sum(l => Sum(l.Sum) ?? 0);

    public long Penalties => Clauses.Sum(c => Sum(c.Penalty) ?? 0);

    /// <summary>What is missing, and where.</summary>
    public IReadOnlyList<DraftProblem> Problems(PageLanguage language)
    {
        var found = new List<DraftProblem>();
        void Missing(bool missing, string field, string key, params object[] values)
        {
            if (missing)
            {
                found.Add(new(field, language.With("Editor.Missing." + key, values)));
            }
        }

        Missing(Head.Length == 0, "head", "head");
        Missing(Addresses.Length == 0, "addresses", "addresses");
        Missing(Contracts.Count == 0, "contract-0-number", "contracts");
        foreach (var (i, c) in Contracts.Index())
        {
            Missing(c.Number.Length == 0, $"contract-{i}-number", "contractNumber", i + 1);
            Missing(VisitDesk.DayOf(c.On) is null, $"contract-{i}-on", "contractDay", i + 1);
            Missing(Sum(c.Sum) is null, $"contract-{i}-sum", "contractSum", i + 1);
        }

        Missing(Care.Length == 0, "care", "care");
        Missing(VisitDesk.DayOf(From) is not { } from || VisitDesk.DayOf(To) is not { } to || to < from, "from", "period");
        Missing(VisitDesk.DayOf(ConductedFrom) is not { } begun || VisitDesk.DayOf(ConductedTo) is not { } ended || ended < begun, "conducted-from", "conducted");
        foreach (var (i, l) in Lines.Index())
        {
            Missing(l.Card.Length == 0, $"line-{i}-card", "card", i + 1);
            Missing(SearchWords.Identity(l.Person) is not { } person || !IdentityNumber.TryRestore(person, out _, out _), $"line-{i}-person", "person", i + 1);
            Missing(VisitDesk.DayOf(l.On) is null, $"line-{i}-on", "lineDay", i + 1);
            Missing(!CareForms.TryParse(l.Form, out _), $"line-{i}-form", "form", i + 1);
            Missing(l.CodeList.Count == 0, $"line-{i}-codes", "codes", i + 1);
            Missing(Sum(l.Sum) is null, $"line-{i}-sum", "sum", i + 1);
        }

        foreach (var (i, c) in Clauses.Index())
        {
            Missing(c.Contract.Length == 0, $"clause-{i}-contract", "clauseContract", i + 1);
            Missing(c.Clause.Length == 0 || c.What.Length == 0, $"clause-{i}-clause", "clauseText", i + 1);
            Missing(Sum(c.Penalty) is null, $"clause-{i}-penalty", "penalty", i + 1);
        }

        Missing(Recommendations.Length == 0, "recommendations", "recommendations");
        return found;
    }

    /// <summary>What the forms say besides the results; days and sums that cannot be read yet stand as the day given.</summary>
    public PaperFacts Facts(DateOnly today) => new(
        Head, Addresses.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
        [.. Contracts.Select(c => new PaperContract(c.Number, VisitDesk.DayOf(c.On) ?? today, Split(c.Supplements), new Money(Sum(c.Sum) ?? 0)))],
        Care, VisitDesk.DayOf(From) ?? today, VisitDesk.DayOf(To) ?? today, VisitDesk.DayOf(ConductedFrom) ?? today, VisitDesk.DayOf(ConductedTo) ?? today, Recommendations);

    /// <summary>The rows that are whole enough to be printed.</summary>
    public IReadOnlyList<ConclusionLine> PrintedLines(DateOnly today) => [.. Lines.Select(l => new ConclusionLine(
        l.Service.Length > 0 ? l.Service : l.Card, l.Card, SearchWords.Identity(l.Person) ?? 0, VisitDesk.DayOf(l.On) ?? today, CareForms.TryParse(l.Form, out var form) ? form : CareForm.Specialist, l.CodeList, new Money(Sum(l.Sum) ?? 0), l.Elsewhere, l.Survey))];

    public IReadOnlyList<ConclusionClause> PrintedClauses(long by) => [.. Clauses.Select(c => new ConclusionClause(c.Contract, c.Clause, c.What, new Money(Sum(c.Penalty) ?? 0), c.Service.Length > 0 ? c.Service : null, c.Both ? by : null))];

    /// <summary>The draft as the act that makes papers of it.</summary>
    public SentResults ToSent(DateOnly today, long by)
    {
        var facts = Facts(today);
        return new(
            facts.Contracts[0].Number,
            new(facts.ProviderHead, facts.Addresses, [.. facts.Contracts.Select(c => new SentContract(c.Number, c.ConcludedOn, c.Supplements, c.Sum.Tiyn))], facts.Care, facts.From, facts.To, facts.ConductedFrom, facts.ConductedTo, facts.Recommendations),
            [.. PrintedLines(today).Select(l => new SentLine(l.Service, l.Number, l.PersonId, l.HappenedOn, l.Form.Word(), l.Codes, l.Sum.Tiyn, l.IsCountedElsewhere, l.OnlySurvey))],
            [.. PrintedClauses(by).Select(c => new SentClause(c.Contract, c.Clause, c.What, c.Penalty.Tiyn, c.Service, c.ConfirmedBy))], null);
    }

    /// <summary>Tiyn of a sum as people write it; nothing when it is none, or below zero.</summary>
    public static long? Sum(string text) => Money.TryParse(text, out var sum) && sum >= Money.Zero ? sum.Tiyn : null;

    private static IReadOnlyList<string> Split(string text) => text.Split([',', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static string Text(IFormCollection form, string name) => form[name].ToString().ReplaceLineEndings("\n").Trim() is var text && text.Length > 8000 ? text[..8000] : text;

    private static IEnumerable<T> Rows<T>(IFormCollection form, string kind, Func<int, T> row) =>
        int.TryParse(form[kind + "s"], NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? Enumerable.Range(0, Math.Min(count, MostRows)).Select(row).ToList() : [];
}
