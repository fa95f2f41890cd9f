using Kepil.Fund.Proceedings;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Kepil.Tests.Proceedings;

/// <summary>What holds in a store of proceedings whatever befell the processes that wrote it: every act is there once, and the sums add up.</summary>
internal static class StoreRules
{
    /// <param name="billed">Tiyn billed by the provider in the month, one line for each case.</param>
    public static void Check(ProceedingStore store, DateOnly month, long provider, long billed)
    {
        using var db = store.Context();
        var receipts = db.Receipts.AsNoTracking().Where(r => r.Refusal == null).ToLookup(r => r.ProceedingId);
        var sent = db.Pending.AsNoTracking().Where(p => p.State == PendingDecision.WasSent).ToLookup(p => p.ProceedingId);
        Assert.All(sent, s => Assert.Equal(s.Count(), s.DistinctBy(p => p.UserId).Count()));
        var (open, withheld, disputed) = (new Dictionary<long, long>(), (Int128)0, (Int128)0);
        foreach (var row in db.Proceedings.AsNoTracking())
        {
            var (state, history) = (row.ToProceeding(), store.History(row.Id));
            HistoryRules.Check(state, history);
            Assert.Equal(receipts[row.Id].Count(), history.Count(e => e is ObjectionFiled));
            Assert.Equal(sent[row.Id].Count(), history.Count(e => e is CaseDecided));
            withheld += state.Effect == Effect.Reduce ? state.AtRisk : 0;
            disputed += state.IsFinal ? 0 : state.AtRisk;
            if (state.Reviewer != 0)
            {
                open[state.Reviewer] = open.GetValueOrDefault(state.Reviewer) + 1;
            }
        }

        // What lies with each employee was counted neither twice nor not at all.
        Assert.Equal(open.OrderBy(o => o.Key), db.Loads.AsNoTracking().Where(l => l.Open != 0).ToDictionary(l => l.Reviewer, l => l.Open).OrderBy(o => o.Key));
        var sums = store.PayableOf(month, provider, billed, "max");
        Assert.Equal((withheld, disputed, 0L), ((Int128)sums.Withheld, (Int128)sums.InDispute, (long)sums.Debt));
        Assert.Equal((Int128)billed, (Int128)sums.Payable + sums.Withheld + sums.InDispute);
    }
}
