using System.Globalization;
using Kepil.Fund.Desk;
using Kepil.Fund.Documents;
using Kepil.Fund.Proceedings;
using Kepil.Law;
using Kepil.Monitoring;

namespace Kepil.Fund.Unscheduled;

/// <summary>Makes the papers of a case out of what happened in it: each once, numbered and with its check code, corrected ones as new versions.</summary>
/// <param name="records">Where providers stand with name and region.</param>
public sealed class CasePapers(UnscheduledStore store, DocumentStore documents, DeskStore desk, IRecords records, Func<DateTimeOffset, Terms> terms)
{
    private const int Part = 200;

    /// <summary>What a paper of a case is about, as documents keep it.</summary>
    public static string SubjectOf(string kind, long id) => FormattableString.Invariant($"{kind}:{id}");

    /// <summary>Makes what is missing in all cases; after a broken process nothing is made twice.</summary>
    public int MakeAll()
    {
        var made = 0;
        while (store.WithoutPapers(Part) is { Count: > 0 } cases)
        {
            foreach (var one in cases)
            {
                Make(one);
                made++;
            }
        }

        return made;
    }

    /// <summary>Makes what is missing in one case.</summary>
    public void Make(UnscheduledCase one)
    {
        switch (one.Kind)
        {
            case "monitoring":
                OfMonitoring(one);
                break;
            case "conclusion":
                OfConclusion(one);
                break;
            default:
                break;
        }

        store.PapersMade(one.Id, one.Events);
    }

    /// <summary>The paper of a conclusion; nothing before it was made.</summary>
    public StoredDocument? ConclusionOf(long id) =>
        documents.About(SubjectOf("conclusion", id)).FirstOrDefault(d => d.Kind is "contract_conclusion" or "unconfirmed_case_conclusion") is { } entry && CheckCode.TryParse(entry.Code, out var code) ? documents.Find(code) : null;

    /// <summary>All papers of a case.</summary>
    public IReadOnlyList<DocumentEntry> Of(string kind, long id) => documents.About(SubjectOf(kind, id)) is var whole
        ? [.. whole, .. Enumerable.Range(1, kind == "monitoring" ? store.MonitoringEvents(id).Count : store.ConclusionEvents(id).Count).SelectMany(n => documents.About(SubjectOf(kind, id) + "/" + n.ToString(CultureInfo.InvariantCulture)))]
        : [];

    private void OfMonitoring(UnscheduledCase one)
    {
        UnscheduledMonitoring? state = null;
        foreach (var (place, happened) in store.MonitoringEvents(one.Id).Index())
        {
            state = UnscheduledMonitoring.Apply(state, happened);
            var known = terms(happened.At);
            var basis = BasisOf(state, known);
            (DocumentKind Kind, Func<DocumentMark, Form> Form)? paper = happened switch
            {
                VisitAnnounced e when state.Visits.First(v => v.On == e.On && v.Place == e.Place) is var visit => (DocumentKind.VisitNotice,
                    new VisitNotice(HeadOf(one), Documents.MonitoringKind.Unscheduled, basis, new(state.OpenedOn, state.Limit?.Last ?? e.On), e.On, e.Place, People(visit.Persons)).ToForm),
                InterruptionAnnounced when state.Interruptions[^1] is var i => (DocumentKind.SuspensionNotice,
                    new SuspensionNotice(HeadOf(one), !i.Suspends, (SuspensionCause)i.Cause, i.Document, i.From, i.From, i.Suspends ? null : new(state.OpenedOn, i.Until)).ToForm),
                MonitoringTerminated => (DocumentKind.TerminationNotice,
                    new TerminationNotice(HeadOf(one), state.Appeal!.Number, state.Appeal.RegisteredOn, state.Termination!.Start).ToForm),
                DocumentsAsked e => (DocumentKind.RequestLetter, new RequestLetter(HeadOf(one), Documents.MonitoringKind.Unscheduled, basis, e.Request.What, e.Request.Reply.Last).ToForm),
                _ => null,
            };
            if (paper is { } made)
            {
                Issue(made.Kind, one, SubjectOf("monitoring", one.Id) + "/" + (place + 1).ToString(CultureInfo.InvariantCulture), LocalDay.Of(happened.At), made.Form);
            }
        }
    }

    private void OfConclusion(UnscheduledCase one)
    {
        Conclusion? state = null;
        foreach (var (place, happened) in store.ConclusionEvents(one.Id).Index())
        {
            state = Conclusion.Apply(state, happened);
            var subject = SubjectOf("conclusion", one.Id);
            var (kind, day) = (state.Head.Form == ConclusionForm.UnconfirmedCases ? DocumentKind.UnconfirmedCaseConclusion : DocumentKind.ContractConclusion, LocalDay.Of(happened.At));
            var form = FormOf(state, terms(happened.At));
            if (happened is ConclusionDrafted)
            {
                Issue(kind, one, subject, day, form);
            }
            else if (happened is ObjectionsConsidered { Corrected: not null } or AppealDecided { Changed: not null } && ConclusionOf(one.Id) is { } paper && paper.Version.Version < state.Versions.Count)
            {
                documents.Correct(paper.Code, day, SignerOf(one), happened is ObjectionsConsidered ? state.Reasons! : ((AppealDecided)happened).Document, desk.Journal.Head().Hash, form);
            }
            else if (happened is ReplySent && ConclusionOf(one.Id) is { } answered)
            {
                var reply = new ReplyLetter(
                    HeadOf(one), answered.Entry.Number.Printed("/"), state.SignedOn!.Value, state.ObjectedOn!.Value, state.Objections, state.Reasons!, state.Versions.Count > 1, state.Versions[0].Withheld, state.Current.Withheld);
                Issue(DocumentKind.ReplyLetter, one, subject + "/" + (place + 1).ToString(CultureInfo.InvariantCulture), day, reply.ToForm);
            }
        }
    }

    /// <summary>The form of annex 3 or 4 as it would be printed, without number and code.</summary>
    public Form Preview(Conclusion draft, Terms known) => FormOf(draft, known)(null);

    /// <summary>The form of annex 3 or 4 with what the conclusion says now.</summary>
    [Law("MON-321:54")]
    [Law("MON-321:19.1")]
    private Func<DocumentMark?, Form> FormOf(Conclusion state, Terms known)
    {
        var head = state.Head;
        var facts = head.Facts ?? throw new InvalidOperationException($"The conclusion {head.Number} does not say what its form says besides the results.");
        var kind = (Documents.MonitoringKind)head.Kind;
        var basis = head.Monitoring is { } monitoring && store.MonitoringOf(monitoring) is { } opened ? BasisOf(opened, known)
            : TextOf(head.Basis, known);
        var (period, conducted, people) = (new DaySpan(facts.From, facts.To), new DaySpan(facts.ConductedFrom, facts.ConductedTo), People(head.Signers));
        var (branch, provider) = (BranchOf(head.Branch), ProviderOf(head.ProviderId));
        return head.Form == ConclusionForm.UnconfirmedCases
            ? new UnconfirmedCaseConclusion
            {
                Branch = branch, Provider = provider, ProviderHead = facts.ProviderHead, ProviderBin = head.ProviderId, Addresses = facts.Addresses,
                Contracts = [.. facts.Contracts.Select(c => new ContractMention(c.Number, c.Supplements, c.Sum))],
                CareKind = facts.Care, Basis = basis, Kind = kind, Specialists = people, Period = period, Conducted = conducted,
                Results = [.. state.Current.Lines.Select(l => new UnconfirmedCaseResult(l.Number, l.PersonId, l.HappenedOn, l.Codes, l.Sum))],
                ConclusionsAndRecommendations = facts.Recommendations,
            }.ToForm
            : new ContractConclusion
            {
                Branch = branch, Provider = provider, CareKind = facts.Care, Basis = basis, Kind = kind, Specialists = people, Period = period, Conducted = conducted,
                Results = [.. state.Current.Lines.Select(l => new DefectResult(l.Number, l.PersonId, l.HappenedOn, l.Codes, l.Sum))],
                Clauses = [.. state.Current.Clauses.Select(c => new UnfulfilledClause(
                    c.Contract, facts.Contracts.FirstOrDefault(f => f.Number == c.Contract)?.ConcludedOn ?? facts.From, c.Clause, c.What, c.Penalty))],
                ConclusionsAndRecommendations = facts.Recommendations,
            }.ToForm;
    }

    private StoredDocument Issue(DocumentKind kind, UnscheduledCase one, string subject, DateOnly day, Func<DocumentMark, Form> form) =>
        documents.IssueOnce(kind, one.Region, day, subject, one.ProviderId, SignerOf(one), desk.Journal.Head().Hash, form);

    private LetterHead HeadOf(UnscheduledCase one) => new(BranchOf(one.Region), ProviderOf(one.ProviderId), one.ProviderId, HeadOfBranch(one.Region));

    /// <summary>Who signs letters of a branch: its head, or nobody named yet.</summary>
    private Signatory HeadOfBranch(string region) =>
        desk.Users().FirstOrDefault(u => u.Role == Role.BranchHead && u.Region == region && u.OffAt is null) is { } head ? new(head.FullName, "филиал директоры") : new("", "филиал директоры");

    private long SignerOf(UnscheduledCase one) => desk.Users().FirstOrDefault(u => u.Role == Role.BranchHead && u.Region == one.Region && u.OffAt is null)?.Id ?? 0;

    private List<Signatory> People(IReadOnlyList<long> users) => [.. users.Select(u => desk.Find(u) is { } found ? new Signatory(found.FullName, found.Role == Role.BranchHead ? "филиал директоры" : "сарапшы") : new Signatory("№ " + u.ToString(CultureInfo.InvariantCulture)))];

    private string BranchOf(string region) => (terms(desk.Clock.GetUtcNow()).Law.Regions.Find(region)?.Name.Kk ?? region) + " бойынша филиал";

    private string ProviderOf(long provider) =>
        records.Query("SELECT name_kk FROM provider WHERE provider_id = $1", r => r.TextOrNull(0), provider) is [{ } name, ..] ? name : provider.ToString("D12", CultureInfo.InvariantCulture);

    private static string BasisOf(UnscheduledMonitoring state, Terms known) =>
        TextOf(OpeningGrounds.Citation(state.Opening), known) + (state.Appeal is { } appeal ? $" (№ {appeal.Number}, {FormValue.Of(appeal.RegisteredOn).Printed})" : "");

    /// <summary>The words of the provision, without its number.</summary>
    private static string TextOf(Citation cited, Terms known) =>
        known.Law.Provisions.On(cited.Act, known.Today).Provisions.FirstOrDefault(p => p.Citation == cited) is { } provision
            ? string.Join(' ', provision.Text).Trim().TrimEnd(';', '.').Split(") ", 2)[^1]
            : cited.ToString();
}
