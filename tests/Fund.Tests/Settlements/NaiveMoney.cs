namespace Kepil.Tests.Settlements;

/// <summary>Money of the fund as a child would count it: a list of lines, a few sums for each month and purse, no entries. It knows nothing of the product.</summary>
internal sealed class NaiveMoney(bool pricedAsSum)
{
    private readonly Dictionary<(string Purse, int Month), (Int128 Due, Int128 Out, Int128 Withheld, Int128 Dispute, Int128 Billed)> _months = [];

    /// <summary>Sums of lines that nothing will happen to any more.</summary>
    private readonly Dictionary<(string Purse, int Month), (Int128 Billed, Int128 Taken, Int128 Held)> _folded = [];

    public List<NaiveLine> Lines { get; } = [];

    /// <summary>By purse and kind: what a provider owes under «scale», «debt:month», «penalty:month».</summary>
    public Dictionary<(string Purse, string Kind, int Month), Int128> Owed { get; } = [];

    public Dictionary<string, (Int128 Given, Int128 Back)> Advances { get; } = [];

    /// <summary>By purse: what was ordered and not paid yet, and what was paid.</summary>
    public Dictionary<string, (Int128 Ordered, Int128 Paid)> Bank { get; } = [];

    public (Int128 Due, Int128 Out, Int128 Withheld, Int128 Dispute, Int128 Billed) Month(string purse, int month) => _months.GetValueOrDefault((purse, month));

    /// <summary>The register of a purse and month is looked at: its sums become what the lines say now.</summary>
    public void Register(string purse, int month)
    {
        var folded = _folded.GetValueOrDefault((purse, month));
        var now = (Due: folded.Billed - folded.Taken - folded.Held, Out: Month(purse, month).Out, Withheld: folded.Taken, Dispute: folded.Held, Billed: folded.Billed);
        foreach (var line in Lines.Where(l => l.Purse == purse && l.Month == month))
        {
            var (sure, taken, held) = Shares(line);
            (now.Billed, now.Withheld, now.Dispute, now.Due) = (now.Billed + line.Billed, now.Withheld + taken, now.Dispute + held, now.Due + line.Billed - taken - held);
            Owe(purse, "debt", month, sure - taken - line.Debt);
            line.Debt = sure - taken;
        }

        // Money that left for what is due no more is owed back.
        if (now.Out > now.Due)
        {
            Owe(purse, "debt", month, now.Out - now.Due);
            now.Out = now.Due;
        }

        _months[(purse, month)] = now;
    }

    /// <summary>Everything that is due goes out, less what is owed.</summary>
    public Int128 Settle(string purse, int month, Int128 advanceDue)
    {
        Int128 rest = 0;
        foreach (var key in _months.Keys.Where(k => k.Purse == purse && k.Month <= month).ToList())
        {
            var m = _months[key];
            rest += m.Due - m.Out;
            _months[key] = m with { Out = m.Due };
        }

        foreach (var key in Owed.Keys.Where(k => k.Purse == purse && Owed[k] < 0).ToList())
        {
            rest -= Owed[key];
            Owed[key] = 0;
        }

        foreach (var kind in new[] { "scale", "debt", "advance", "penalty" })
        {
            if (kind == "advance")
            {
                var (given, back) = Advances.GetValueOrDefault(purse);
                var part = Least(rest, Least(given - back, advanceDue - back));
                part = part < 0 ? 0 : part;
                Advances[purse] = (given, back + part);
                rest -= part;
                continue;
            }

            foreach (var key in Owed.Keys.Where(k => k.Purse == purse && k.Kind == kind).OrderBy(k => k.Month).ToList())
            {
                var part = Least(rest, Owed[key]);
                Owed[key] -= part;
                rest -= part;
            }
        }

        var (ordered, paid) = Bank.GetValueOrDefault(purse);
        Bank[purse] = (ordered + rest, paid);
        return rest;
    }

    public void Owe(string purse, string kind, int month, Int128 sum) => Owed[(purse, kind, month)] = Owed.GetValueOrDefault((purse, kind, month)) + sum;

    public void Pay(string purse, Int128 sum) => Bank[purse] = (Bank.GetValueOrDefault(purse).Ordered - sum, Bank.GetValueOrDefault(purse).Paid + sum);

    public Int128 OwedOf(string purse, string kind) => Owed.Where(o => o.Key.Purse == purse && o.Key.Kind == kind).Aggregate((Int128)0, (s, o) => s + o.Value);

    /// <summary>Lines that left the play; their debts stand where they stood.</summary>
    public void Fold(IReadOnlyCollection<NaiveLine> gone)
    {
        foreach (var line in gone)
        {
            var (_, taken, held) = Shares(line);
            var folded = _folded.GetValueOrDefault((line.Purse, line.Month));
            _folded[(line.Purse, line.Month)] = (folded.Billed + line.Billed, folded.Taken + taken, folded.Held + held);
            Lines.Remove(line);
        }
    }

    private (Int128 Sure, Int128 Taken, Int128 Held) Shares(NaiveLine line)
    {
        var sure = Price(line.Findings.Where(f => f.State == 'c').Select(f => f.Sum));
        var all = Price(line.Findings.Where(f => f.State is 'c' or 'o').Select(f => f.Sum));
        var taken = sure < line.Billed ? sure : line.Billed;
        return (sure, taken, (all < line.Billed ? all : line.Billed) - taken);
    }

    private Int128 Price(IEnumerable<long> sums) => sums.Aggregate((Int128)0, (s, x) => pricedAsSum ? s + x : x > s ? x : s);

    private static Int128 Least(Int128 a, Int128 b) => a < b ? a : b;
}

/// <summary>A line of a register with its findings: o open, c confirmed, d dropped.</summary>
internal sealed class NaiveLine(string purse, int month, long billed)
{
    public string Purse { get; } = purse;

    public int Month { get; } = month;

    public long Billed { get; set; } = billed;

    public List<(long Sum, char State)> Findings { get; } = [];

    /// <summary>What of it stands among the debts.</summary>
    public Int128 Debt { get; set; }
}
