using System.Globalization;
using Kepil.Fund.Desk;
using Kepil.Fund.Documents;
using Kepil.Fund.Proceedings;
using Kepil.Law;
using Kepil.Monitoring;

namespace Kepil.Fund.Unscheduled;

/// <summary>Where a provider stands against one of the limits, by what the register holds now.</summary>
/// <param name="Paragraph">The provision of the limit.</param>
/// <param name="Contract">The contract whose cases are counted; nothing where all of the provider are.</param>
/// <param name="Month">The month for which they are counted; nothing for the whole contract.</param>
/// <param name="Concluded">What of it signed conclusions hold: this alone is weighed.</param>
public sealed record LimitStanding(Citation Paragraph, string? Contract, DateOnly? Month, int Cases, Money Sum, Money Concluded, Money Limit)
{
    public bool IsAbove => Concluded > Limit;
}

/// <summary>Weighs signed conclusions on unconfirmed cases against the limits of paragraphs 19 and 20, and writes the letters that follow.</summary>
public sealed class LimitWork(UnscheduledStore store, IRecords records, DocumentStore documents, DeskStore desk, PaperNames names, Func<DateTimeOffset, Terms> terms)
{
    /// <summary>Rows of one conclusion at most.</summary>
    private const int MostRows = 10_000;

    /// <summary>Weighs each signed paper once and writes what letters are missing; whatever a broken process left out is done in the next round. Says how many were weighed.</summary>
    public int Run()
    {
        var weighed = 0;
        foreach (var id in store.NotWeighed())
        {
            Weigh(id, store.ConclusionOf(id)!);
            weighed++;
        }

        foreach (var letter in store.Letters().Where(l => l.SentAt is null))
        {
            Write(letter);
        }

        return weighed;
    }

    /// <summary>What the letter about a conclusion is about, as documents keep it.</summary>
    public static string SubjectOf(long conclusion, bool second = false) => FormattableString.Invariant($"limits:{conclusion}") + (second ? "/2" : "");

    /// <summary>Where a provider stands against each limit today.</summary>
    public IReadOnlyList<LimitStanding> Of(long provider)
    {
        var known = terms(desk.Clock.GetUtcNow());
        var (policies, cases) = (known.Policies, store.Register(provider));
        LimitStanding Standing(string paragraph, string name, string? contract, DateOnly? month, IEnumerable<UnconfirmedCase> counted)
        {
            var all = counted.ToList();
            return new(
                new("MON-321", paragraph), contract, month, all.Count, Sum(all, policies), Sum(all.Where(c => c.ConcludedOn is not null), policies),
                known.Law.Parameters.Sum("mci", all.Max(c => c.IndexOn(policies))) * known.Law.Parameters.Value(name, known.Today));
        }

        var months = cases.GroupBy(c => c.Month(policies, known.Today)).OrderBy(g => g.Key);
        var contracts = cases.GroupBy(c => c.Contract).OrderBy(g => g.Key, StringComparer.Ordinal).ToList();
        return
        [
            .. months.Select(m => Standing("19.2", "unconfirmed_month_limit", null, m.Key, m)),
            .. contracts.Select(c => Standing(TermOf(provider, c.Key, known.Today).IsInForce(known.Today) ? "20.1" : "20.2", "unconfirmed_contract_limit", c.Key, null, c)),
            .. contracts.SelectMany(c => c.GroupBy(x => x.Month(policies, known.Today)).OrderBy(m => m.Key).Select(m => Standing("20.3", "unconfirmed_repeat_limit", c.Key, m.Key, m))),
        ];
    }

    /// <summary>The term of a contract by the register of contracts, with its early end and the register of sole providers.</summary>
    /// <param name="concludedOn">Where the register of contracts does not have it: the day from which it runs to the end of that year.</param>
    public ContractTerm TermOf(long provider, string contract, DateOnly day, DateOnly? concludedOn = null)
    {
        var days = records.Query(
            "SELECT MIN(from_day), MAX(to_day) FROM contract_line WHERE provider_id = $1 AND contract = $2", r => (From: r.DayOrNull(0), To: r.DayOrNull(1)), provider, contract)[0];
        var from = days.From ?? concludedOn ?? new DateOnly(day.Year, 1, 1);
        var ended = store.EndingOf(provider, contract) is { } ending ? LocalDay.Of(ending.At) : (DateOnly?)null;
        return new(contract, from, days.To ?? new DateOnly(Math.Max(from.Year, day.Year), 12, 31), ended, store.SoleOn(provider, day));
    }

    /// <summary>Numbers by which rows of a conclusion stand in the register, by their places in its first version.</summary>
    internal static long EntryOf(long conclusion, int place) => -((conclusion * MostRows) + place + 1);

    private void Weigh(long id, Conclusion paper)
    {
        var signed = store.ConclusionEvents(id).OfType<ConclusionSignedByAll>().First();
        var known = terms(signed.At);
        var (provider, number) = (paper.Head.ProviderId, paper.Head.Number);
        var contract = TermOf(provider, paper.Head.Contract, signed.On, paper.Head.Facts?.Contracts.FirstOrDefault(c => c.Number == paper.Head.Contract)?.ConcludedOn);
        if (paper.Head.Form != ConclusionForm.UnconfirmedCases)
        {
            store.SetOff(number, signed.On, contract, new HashSet<long>(), known);
            return;
        }

        var name = names.Provider(provider);
        var lines = paper.Versions[0].Lines;
        store.EnterAll([.. lines.Index().Select(l => new UnconfirmedCase(
            EntryOf(id, l.Index), l.Item.Codes.First(UnconfirmedCase.IsUnconfirmed), paper.Head.Branch, provider, name, paper.Head.Contract, l.Item.Number, l.Item.PersonId,
            l.Item.HappenedOn, CostOf(l.Item), l.Item.Sum, l.Item.Service, signed.On, signed.On))], known);
        var services = lines.Select(l => l.Service).ToHashSet();
        store.SetOff(number, signed.On, contract, store.Register(provider).Where(c => services.Contains(c.Service)).Select(c => c.FindingId).ToHashSet(), known);
    }

    /// <summary>What the service of a row cost: as the paper says, else by the record of the service, else the sum of the row.</summary>
    private Money CostOf(ConclusionLine line) => line.Cost
        ?? (long.TryParse(line.Service, NumberStyles.None, CultureInfo.InvariantCulture, out var service)
            && records.Query("SELECT amount FROM known_service WHERE service_id = $1 AND person_id = $2", r => r.Long(0), service, line.PersonId) is [var amount, ..]
            ? new Money(amount)
            : line.Sum);

    /// <summary>Writes the letter of grounds with the register of its cases, anew while it did not go and a ground was added.</summary>
    [Law("MON-321:19.2")]
    [Law("MON-321:20.1")]
    [Law("MON-321:20.2")]
    private void Write(ThresholdLetter letter)
    {
        var second = letter.Conclusion.EndsWith(UnscheduledStore.SecondLetter(""), StringComparison.Ordinal);
        var number = second ? letter.Conclusion[..^UnscheduledStore.SecondLetter("").Length] : letter.Conclusion;
        if (store.CaseOf("conclusion", number) is not { } one || store.OutcomeOf(letter.Conclusion) is not { Notice: { } notice } outcome)
        {
            return;
        }

        var told = string.Join(", ", notice.Grounds.Select(g => g.Ground.Paragraph.Paragraph + (g.Month is { } m ? m.ToString(" yyyy-MM", CultureInfo.InvariantCulture) : "") + (g.Limit is null ? " " + g.Ground.Outcome : "")));
        if (documents.Newest(SubjectOf(one.Id, second))?.Version.Reason == told)
        {
            return;
        }

        var paper = store.ConclusionOf(one.Id)!;
        var at = desk.Clock.GetUtcNow();
        var known = terms(at);
        var policies = known.Policies;
        var counted = store.Concluded(letter.ProviderId).Where(c => c.Case.ConcludedOn <= paper.SignedOn).ToList();
        var own = counted.Where(c => c.Conclusion == number).Select(c => c.Case).ToList();
        var month = notice.Grounds.FirstOrDefault(g => g.Month is not null)?.Month ?? own.Select(c => c.Month(policies, paper.SignedOn!.Value)).DefaultIfEmpty(new(paper.SignedOn!.Value.Year, paper.SignedOn.Value.Month, 1)).Max();
        var ofContract = counted.Where(c => c.Case.Contract == paper.Head.Contract).ToList();
        var form = new GroundsLetter(
            names.Letter(one.Region, "Құқық қорғау органы", null), names.Provider(letter.ProviderId), letter.ProviderId, paper.Head.Contract, month,
            Sum(counted.Select(c => c.Case).Where(c => c.Month(policies, paper.SignedOn!.Value) == month), policies), Sum(ofContract.Select(c => c.Case), policies),
            known.Law.Parameters.Sum("mci", paper.SignedOn!.Value),
            [.. notice.Grounds.Select(GroundOf), .. outcome.Termination is { Stands: true } ? new[] { UnconfirmedGround.Repeated } : []],
            [.. ofContract.GroupBy(c => c.Conclusion).Select(g => new ConclusionMention(g.Key, g.First().Case.ConcludedOn!.Value, g.Count(), Sum(g.Select(c => c.Case), policies)))]);
        documents.IssueCurrent(
            DocumentKind.GroundsLetter, one.Region, LocalDay.Of(at), SubjectOf(one.Id, second), letter.ProviderId, names.HeadOf(one.Region)?.Id ?? 0, desk.Journal.Head().Hash, told, form.ToForm);
    }

    private static UnconfirmedGround GroundOf(ThresholdGround ground) => ground.Ground.Outcome == Thresholds.CrimeOutcome ? UnconfirmedGround.Crime : ground.Ground.Paragraph.Paragraph switch
    {
        "20.1" => UnconfirmedGround.Contract,
        "20.2" => UnconfirmedGround.EndedContract,
        _ => UnconfirmedGround.Month,
    };

    private static Money Sum(IEnumerable<UnconfirmedCase> cases, PoliciesOnDay policies) => cases.Aggregate(Money.Zero, (sum, c) => sum + c.Weighed(policies));
}
