using Kepil.Fund.Desk;
using Kepil.Fund.Documents;
using Kepil.Fund.Ledger;
using Kepil.Fund.Proceedings;
using Kepil.Fund.Settlements;
using Kepil.Fund.Unscheduled;
using Kepil.Law;

namespace Kepil.Fund.Payments;

/// <summary>The protocol of execution and the act of services of a provider for a run of settlement; both are made once, of the postings of the run, which never change.</summary>
public sealed class MonthPapers(LedgerStore ledger, DocumentStore documents, DeskStore desk, PaperNames names)
{
    /// <summary>What the protocol is about, as documents keep it.</summary>
    public static string ProtocolOf(long run, long provider) => FormattableString.Invariant($"protocol:r{run}:{provider}");

    public StoredDocument? Protocol(long run, long provider) => documents.Newest(ProtocolOf(run, provider));

    public StoredDocument? Act(long run, long provider) => documents.Newest(SettlementStore.ActOf(run, provider));

    /// <summary>Whether both sides signed the act about this.</summary>
    public Func<string, bool> Signed() => documents.SignedByBoth(DocumentKind.ServiceAct).Contains;

    /// <summary>What both papers tell; nothing when the run moved no money of the provider.</summary>
    public ServiceAct? Of(long run, long provider)
    {
        var ground = new PostingGround("run", run.ToString(System.Globalization.CultureInfo.InvariantCulture));
        var postings = ledger.Postings(new(provider)).Where(p => p.Ground == ground).ToList();
        if (postings.Count == 0 || SettlementStore.MonthOf(ledger, run) is not { } month)
        {
            return null;
        }

        static Money In(Posting posting, AccountKind kind) => posting.Legs.Where(l => l.Account.Kind == kind).Aggregate(Money.Zero, (s, l) => s + l.Amount);
        var region = names.RegionOf(provider);
        return new(
            region is null ? "" : names.Branch(region), names.Provider(provider), provider, month, run,
            [
                .. postings.Where(p => p.Kind == "register").Select(p => (Of: p.Legs[0].Account, p)).Select(r => new ProtocolRow(
                    r.Of.Of.Contract, r.Of.Of.Package, r.Of.Month, r.p.Lines, In(r.p, AccountKind.Billed), -In(r.p, AccountKind.Withheld), -In(r.p, AccountKind.InDispute), -In(r.p, AccountKind.Payable), In(r.p, AccountKind.Debt))),
            ],
            [
                .. postings.Where(p => p.Kind == "settlement").Select(p => (p.Legs[0].Account.Of, p)).Select(r => new ActRow(
                    r.Of.Contract, r.Of.Package, In(r.p, AccountKind.Settled), -In(r.p, AccountKind.Scale), -In(r.p, AccountKind.Debt), -In(r.p, AccountKind.AdvanceRecovered), -In(r.p, AccountKind.Penalty), -In(r.p, AccountKind.Ordered))),
            ],
            region is not null && names.HeadOf(region) is { } head ? names.People([head.Id]) : []);
    }

    /// <summary>Makes both papers; whoever comes second finds them made.</summary>
    /// <param name="by">The employee who issues them.</param>
    /// <returns>The act; nothing when there is nothing to tell.</returns>
    public StoredDocument? Make(long run, long provider, long by)
    {
        if (Of(run, provider) is not { } act)
        {
            return null;
        }

        var (branch, on, head) = (names.RegionOf(provider) ?? "00", LocalDay.Of(desk.Clock.GetUtcNow()), desk.Journal.Head().Hash);
        documents.IssueOnce(DocumentKind.ExecutionProtocol, branch, on, ProtocolOf(run, provider), provider, by, head, act.ToProtocol);
        return documents.IssueOnce(DocumentKind.ServiceAct, branch, on, SettlementStore.ActOf(run, provider), provider, by, head, act.ToAct);
    }
}
