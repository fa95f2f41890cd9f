using Kepil.Fund.Desk;
using Kepil.Fund.Documents;
using Kepil.Fund.Proceedings;
using Kepil.Law;

namespace Kepil.Fund.Unscheduled;

/// <summary>What people do with the register of unconfirmed cases and with the limits.</summary>
public sealed partial class CaseWork
{
    /// <summary>Writes the conclusion of annex 3 out of the register: the cases of one contract that no conclusion holds yet. Their sums are withheld by their proceedings.</summary>
    [Law("MON-321:19.1")]
    public WordOutcome ConcludeUnconfirmed(ReceivedWord word, Visitor by, long provider, SentUnconfirmed sent, string? language)
    {
        if (store.KnownWord(word) is { } known)
        {
            return known;
        }

        var (region, team) = (RegionOf(provider) ?? "", sent.Signers ?? []);
        if (FactsOf(sent.Facts) is not { } facts || string.IsNullOrWhiteSpace(sent.Contract))
        {
            return Refuse(word, 0, UnscheduledRefusals.FactsMissing, language);
        }

        if ((NotFit(team, provider, region) ?? NotOfBranch(team, region)) is { } refusal)
        {
            return Refuse(word, 0, refusal, language);
        }

        Registers.Enter();
        var cases = store.NotConcluded(provider, sent.Contract);
        if (cases.Count == 0)
        {
            return Refuse(word, 0, UnscheduledRefusals.NothingUnconfirmed, language);
        }

        return Done(store.ConcludeUnconfirmed(word, new(null, provider, region, sent.Contract, false, team, facts, LinesOf(cases), []), [.. cases.Select(c => c.FindingId)], word.ReceivedAt, ActorOf(by), Terms, Answer(language)));
    }

    /// <summary>The conclusion of annex 3 as it would be written out of the register now.</summary>
    public Conclusion Unconfirmed(long provider, string contract, PaperFacts facts, IReadOnlyList<long> signers) => new(
        new("–", ConclusionForm.UnconfirmedCases, MonitoringKind.Current, new("MON-321", "19.1"), provider, contract, RegionOf(provider) ?? "", false, signers, null, facts),
        ConclusionStage.Drafted, [new(LinesOf(store.NotConcluded(provider, contract)), [], LocalDay.Of(Now))], new HashSet<long>(), null);

    /// <summary>The register of a branch's month with its paper.</summary>
    public RegisterAnswer RegisterOf(string region, DateOnly month)
    {
        Registers.Enter();
        var cases = store.Register(region: region, month: month);
        return new(
            region, month, cases,
            [.. cases.GroupBy(c => (c.ProviderId, c.ProviderName, c.Contract)).Select(g => new RegisterContract(g.Key.ProviderId, g.Key.ProviderName, g.Key.Contract, g.Count(), g.Sum(c => c.Cost.Tiyn)))],
            Registers.PaperOf(region, month) is { } paper ? AnswerOf(paper) : null);
    }

    /// <summary>Makes the paper of a branch's month as the register stands now.</summary>
    public WordOutcome IssueRegister(ReceivedWord word, Visitor by, string region, DateOnly month, string? language)
    {
        if (store.KnownWord(word) is { } known)
        {
            return known;
        }

        Registers.Enter();
        Registers.Issue(region, month, by.User?.Id ?? 0);
        return Refuse(word, 0, null, language);
    }

    /// <summary>Where a provider stands against the limits, the letters that followed and the grounds for ending a contract.</summary>
    public LimitsAnswer LimitsOf(long provider) => new(
        provider, Limits.Of(provider), LettersOf(provider), [.. store.Letters(provider).Select(l => store.OutcomeOf(l.Conclusion)?.Termination).OfType<TerminationGround>()]);

    /// <summary>Letters to law enforcement, the most pressing first.</summary>
    public IReadOnlyList<LetterAnswer> LettersOf(long? provider) => [.. store.Letters(provider).Select(letter =>
    {
        var outcome = store.OutcomeOf(letter.Conclusion);
        var second = letter.Conclusion.EndsWith(UnscheduledStore.SecondLetter(""), StringComparison.Ordinal);
        var number = second ? letter.Conclusion[..^UnscheduledStore.SecondLetter("").Length] : letter.Conclusion;
        var paper = store.CaseOf("conclusion", number) is { } one ? documents.Newest(LimitWork.SubjectOf(one.Id, second)) : null;
        return new LetterAnswer(
            number, letter.DueAt is { } due ? LocalDay.Of(DateTimeOffset.FromUnixTimeMilliseconds(due - 1)) : null, letter.SentAt is { } sent ? DateTimeOffset.FromUnixTimeMilliseconds(sent) : null, letter.Overdue == 1,
            [.. (outcome?.Notice?.Grounds ?? []).Select(g => new LetterGround(g.Ground.Paragraph.ToString(), g.Ground.Outcome, g.Month, g.Sum.Tiyn, g.Limit?.Tiyn, g.Term.Last))],
            paper is null ? null : AnswerOf(paper));
    })];

    /// <summary>Notes that the letters about a conclusion went.</summary>
    public WordOutcome SendLetter(ReceivedWord word, Visitor by, long conclusion, string? language) => store.SendLetter(word, conclusion, ActorOf(by), Answer(language));

    /// <summary>A person whom the policy names says that there are signs of a crime.</summary>
    public WordOutcome TellCrime(ReceivedWord word, Visitor by, long conclusion, SentReasons sent, string? language)
    {
        var role = by.User?.Role == Role.Lawyer ? "lawyer" : "";
        var outcome = store.TellCrime(word, conclusion, new(by.User?.Id ?? 0, role, LocalDay.Of(word.ReceivedAt), sent.Reasons ?? ""), Terms, Answer(language));
        Limits.Run();
        return outcome;
    }

    /// <summary>Decides that the contract is ended early on the ground that a conclusion gave.</summary>
    public WordOutcome EndContract(ReceivedWord word, Visitor by, long conclusion, SentReasons sent, string? language) =>
        store.EndContract(word, conclusion, ActorOf(by), sent.Reasons ?? "", Terms, Answer(language));

    /// <summary>Notes that a provider is the only one of its kind.</summary>
    public WordOutcome NoteSole(ReceivedWord word, long provider, SentSoleProvider sent, string? language) =>
        store.NoteSole(word, provider, new(sent.District ?? "", sent.Care ?? "", string.IsNullOrWhiteSpace(sent.Entry) ? null : sent.Entry.Trim(), sent.From, sent.To), Answer(language));

    /// <summary>Notes that an organisation treats citizens abroad: it is not monitored.</summary>
    public WordOutcome NoteForeign(ReceivedWord word, Visitor by, long provider, SentForeign sent, string? language) =>
        store.NoteForeign(word, provider, sent.Contract ?? "", sent.Document ?? "", ActorOf(by), Answer(language));

    /// <summary>Makes the conclusion on mortality of a death.</summary>
    public WordOutcome ConcludeDeath(ReceivedWord word, Visitor by, long proceeding, SentMortality sent, string? language) =>
        store.KnownWord(word) ?? Refuse(word, 0, Deaths.Conclude(proceeding, by, sent, word.ReceivedAt), language);

    /// <summary>Rows of a conclusion out of cases of the register; their sums are withheld by their proceedings.</summary>
    private IReadOnlyList<ConclusionLine> LinesOf(IReadOnlyList<UnconfirmedCase> cases)
    {
        var forms = proceedings.Rows([.. cases.Select(c => c.FindingId)]).ToDictionary(p => p.Id, p => CareForms.Parse(p.Form));
        return [.. cases.Select(c => new ConclusionLine(
            c.Service, c.Card, c.PersonId, c.ServedOn, forms.GetValueOrDefault(c.FindingId), [c.Code], c.Sanction, IsCountedElsewhere: true, Cost: c.Cost))];
    }

    internal static PaperAnswer AnswerOf(StoredDocument paper) => new(paper.Entry.Kind, paper.Entry.Number.ToString(), paper.Code.ToString(), (int)paper.Version.Version);
}
