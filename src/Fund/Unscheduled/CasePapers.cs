using System.Globalization;
using Kepil.Fund.Desk;
using Kepil.Fund.Documents;
using Kepil.Fund.Proceedings;
using Kepil.Law;

namespace Kepil.Fund.Unscheduled;

/// <summary>Makes the papers of a case out of what happened in it: each once, numbered and with its check code, corrected ones as new versions.</summary>
public sealed class CasePapers(UnscheduledStore store, DocumentStore documents, DeskStore desk, PaperNames names, Func<DateTimeOffset, Terms> terms)
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
            case "latent":
                OfLatent(one);
                break;
            case "report":
                OfReport(one);
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
        ? [.. whole, .. Enumerable.Range(1, kind switch { "monitoring" => store.MonitoringEvents(id).Count, "conclusion" => store.ConclusionEvents(id).Count, _ => 0 }).SelectMany(n => documents.About(SubjectOf(kind, id) + "/" + n.ToString(CultureInfo.InvariantCulture)))]
        : [];

    /// <summary>Notices of visits, of suspensions and extensions, of the end by a withdrawn appeal, and requests for documents.</summary>
    [Law("MON-321:7.1")]
    [Law("MON-321:7.2")]
    [Law("MON-321:7.3")]
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
                    new VisitNotice(HeadOf(one), Documents.MonitoringKind.Unscheduled, basis, new(state.OpenedOn, state.Limit?.Last ?? e.On), e.On, e.Place, names.People(visit.Persons)).ToForm),
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
            if (happened is ObjectionsConsidered { Corrected: not null } or AppealDecided { Changed: not null })
            {
                // A row that the correction drops no longer stands in the register on account of this paper.
                store.Strike([.. state.Versions[0].Lines.Index().Where(l => !state.Current.Lines.Any(c => c.Service == l.Item.Service)).Select(l => LimitWork.EntryOf(one.Id, l.Index))], day);
            }

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

    /// <summary>The notice by which the provider is told of a latent defect.</summary>
    [Law("MON-321:53")]
    private void OfLatent(UnscheduledCase one)
    {
        if (store.LatentEvents(one.Id).OfType<LatentNotified>().FirstOrDefault() is not { } told || store.LatentOf(one.Id) is not { } state)
        {
            return;
        }

        var (facts, known) = (state.Facts, terms(told.At));
        var served = facts.ServedOn ?? facts.PaidOn!.Value;
        var measure = known.Policies["recovery"] == "offset_then_invoice" ? "келесі төлемнен есепке алынады / зачёт в следующей оплате" : "өнім беруші қайтарады / возврат поставщиком";
        var notice = new LatentDefectNotice(HeadOf(one), state.FoundOn, facts.Contract, new(served, served), [facts.Service, facts.What], facts.Code, measure, facts.Sum ?? Money.Zero);
        Issue(DocumentKind.LatentDefectNotice, one, SubjectOf("latent", one.Id), LocalDay.Of(told.At), notice.ToForm);
    }

    /// <summary>The report as it was put together last; one that was put together anew is a corrected version.</summary>
    [Law("MON-321:16")]
    [Law("MON-321:17")]
    private void OfReport(UnscheduledCase one)
    {
        if (store.ReportEvents(one.Id).OfType<ReportPrepared>().LastOrDefault() is not { } prepared || store.ReportOf(one.Id) is not { } report)
        {
            return;
        }

        var edition = terms(prepared.At).Law.Classification.On(LocalDay.Of(prepared.At));
        var (rows, told) = (prepared.Rows, string.Create(CultureInfo.InvariantCulture, $"{prepared.Rows.Count} жол, {prepared.Rows.Sum(r => r.Sum.Tiyn)} тиын, {prepared.At.ToUnixTimeMilliseconds()}"));
        (DocumentKind Kind, Func<DocumentMark, Form> Form) paper = report.Kind == ReportKind.Quarterly
            ? (DocumentKind.QuarterReport, new QuarterReport(
                names.Letter(one.Region, "Жергілікті мемлекеттік денсаулық сақтау басқару органы, " + names.Region(one.Region), null), report.From.Year, ((report.From.Month - 1) / 3) + 1,
                [.. rows.GroupBy(r => (r.ProviderId, r.Provider, r.Code)).OrderBy(g => g.Key.ProviderId).ThenBy(g => g.Key.Code, StringComparer.Ordinal).Select(g => new QuarterRow(
                    g.Key.Provider, g.Key.ProviderId, g.Key.Code, edition.Find(g.Key.Code)?.Name.Kk ?? g.Key.Code, edition.Find(g.Key.Code)?.Severity == Severity.Material, g.Count(), new(g.Sum(r => r.Sum.Tiyn))))]).ToForm)
            : (DocumentKind.TenDayReport, new TenDayReport(
                names.Letter(one.Region, "Медициналық қызметтер (көмек) көрсету саласындағы мемлекеттік орган, " + names.Region(one.Region), null),
                [.. rows.Select(r => new AdministrativeRow(
                    r.Provider, r.ProviderId, r.Code, edition.Find(r.Code)?.Name.Kk ?? r.Code, r.DetectedOn, r.What ?? "", r.IsDisputed ? ReportedState.Disputed : ReportedState.Confirmed, r.Sum))]).ToForm);
        documents.IssueCurrent(paper.Kind, one.Region, LocalDay.Of(prepared.At), SubjectOf("report", one.Id), null, SignerOf(one), desk.Journal.Head().Hash, told, paper.Form);
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
        var (period, conducted, people) = (new DaySpan(facts.From, facts.To), new DaySpan(facts.ConductedFrom, facts.ConductedTo), names.People(head.Signers));
        var (branch, provider) = (names.Branch(head.Branch), names.Provider(head.ProviderId));
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

    private LetterHead HeadOf(UnscheduledCase one) => names.Letter(one.Region, names.Provider(one.ProviderId), one.ProviderId);

    private long SignerOf(UnscheduledCase one) => names.HeadOf(one.Region)?.Id ?? 0;

    private static string BasisOf(UnscheduledMonitoring state, Terms known) =>
        TextOf(OpeningGrounds.Citation(state.Opening), known) + (state.Appeal is { } appeal ? $" (№ {appeal.Number}, {FormValue.Of(appeal.RegisteredOn).Printed})" : "");

    /// <summary>The words of the provision, without its number.</summary>
    private static string TextOf(Citation cited, Terms known) =>
        known.Law.Provisions.On(cited.Act, known.Today).Provisions.FirstOrDefault(p => p.Citation == cited) is { } provision
            ? string.Join(' ', provision.Text).Trim().TrimEnd(';', '.').Split(") ", 2)[^1]
            : cited.ToString();
}
