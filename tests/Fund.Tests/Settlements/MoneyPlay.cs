using System.Globalization;
using Kepil.Fund.Ledger;
using Kepil.Fund.Proceedings;
using Kepil.Fund.Settlements;
using Kepil.Law;
using Kepil.Tests.Law;

namespace Kepil.Tests.Settlements;

/// <summary>Random operations on the money of a few providers, by the product and by the naive model side by side.</summary>
/// <param name="store">The ledger of a database, written in parts; null: in memory alone.</param>
internal sealed class MoneyPlay(ulong seed, LedgerStore? store, bool pricedAsSum = false)
{
    private const int Purses = 12;
    private const int Months = 6;

    /// <summary>Lines of a purse and month that are kept in play; older ones stand still.</summary>
    private const int Kept = 8;

    /// <summary>Postings that go to the database at once.</summary>
    private const int Part = 400;

    private static readonly DateOnly First = new(2026, 1, 1);

    private readonly Books _books = new();
    private readonly NaiveMoney _naive = new(pricedAsSum);
    private readonly SettlementPolicy _policy = SettlementPolicy.On(TheLaw.Book, new(2026, 11, 5)) with { MultiCode = pricedAsSum ? "sum" : "max" };
    private readonly List<Posting> _waiting = [];
    private readonly Dictionary<(string, int), LineShares> _stated = [];
    private readonly Dictionary<(string, int), List<NaiveLine>> _lines = [];
    private readonly Dictionary<string, List<Posting>> _orders = [];
    private readonly Dictionary<string, Posting> _paid = [];
    private readonly Dictionary<string, Posting> _paidBy = [];
    private readonly Dictionary<string, List<Advance>> _advances = [];
    private readonly ulong _seed = seed;
    private ulong _state = seed;
    private long _step;

    public Books Books => _books;

    public long Postings { get; private set; }

    public Dictionary<string, long> Done { get; } = [];

    public void Run(long steps)
    {
        for (var last = _step + steps; _step < last;)
        {
            _step++;
            Step();
        }

        Flush();
        for (var purse = 0; purse < Purses; purse++)
        {
            Check(Name(purse));
        }
    }

    private void Step()
    {
        var (purse, month) = (Name(Dice(Purses)), Dice(Months));
        var lines = _lines.TryGetValue((purse, month), out var there) ? there : _lines[(purse, month)] = [];
        switch (Dice(20))
        {
            case 0 or 1 or 2 or 3:
                Did("bill");
                if (lines.Count == Kept)
                {
                    lines.RemoveAt(0);
                }

                var line = new NaiveLine(purse, month, Dice(1_000_000) + 1);
                lines.Add(line);
                _naive.Lines.Add(line);
                break;
            case 4 when lines.Count > 0:
                Did("correct");
                // A line with a finding is frozen.
                var corrected = lines[Dice(lines.Count)];
                corrected.Billed = corrected.Findings.Count == 0 ? Dice(1_000_000) : corrected.Billed;
                break;
            case 5 or 6 when lines.Count > 0:
                Did("find");
                var found = lines[Dice(lines.Count)];
                if (found.Findings.Count < 3)
                {
                    found.Findings.Add((new Money(found.Billed).Percent(new[] { 0, 30, 50, 100, 300 }[Dice(5)]).Tiyn, 'o'));
                }

                break;
            case 7 or 8 or 9 when lines.Count > 0 && lines[Dice(lines.Count)] is { Findings.Count: > 0 } decided:
                Did("decide");
                var which = Dice(decided.Findings.Count);
                decided.Findings[which] = (decided.Findings[which].Sum, "cdo"[Dice(3)]);
                break;
            case 10 or 11 or 12:
                Did("register");
                Register(purse, month);
                break;
            case 13 or 14:
                Did("settle");
                Settle(purse, month);
                break;
            case 15:
                Did("charge");
                Charge(purse, month);
                break;
            case 16:
                Did("advance");
                Advance(purse, month);
                break;
            case 17:
                Did("pay");
                Pay(purse);
                break;
            case 18:
                Did("return");
                Return(purse);
                break;
            default:
                Did("retry");
                Retry();
                break;
        }
    }

    /// <summary>The state of the lines goes into the books as the settlement of a month does it: the difference to what was stated before.</summary>
    private void Register(string purse, int month)
    {
        var now = _naive.Lines.Where(l => l.Purse == purse && l.Month == month).Aggregate(default(LineShares), (sum, line) => sum + SharesOf(line));
        var change = now - _stated.GetValueOrDefault((purse, month));
        if (Bookings.Register(_books, Key("register"), new("run", Key("")), Day, Of(purse), First.AddMonths(month), change) is { } posting)
        {
            Post(posting);
        }

        _stated[(purse, month)] = now;
        _naive.Register(purse, month);
        Check(purse);
        Shrink(purse, month);
    }

    private void Settle(string purse, int month)
    {
        var due = _advances.GetValueOrDefault(purse, []).Aggregate(Money.Zero, (s, a) => s + a.DueBy(First.AddMonths(month)));
        if (Bookings.Settlement(_books, Key("settlement"), new("run", Key("")), Day, Of(purse), First.AddMonths(month), _policy, ContractTerm.Believed, due) is { } posting)
        {
            Post(posting);
            if (posting.Legs.Any(l => l.Account.Kind == AccountKind.Ordered))
            {
                Orders(purse).Add(posting);
            }
        }

        _naive.Settle(purse, month, due.Tiyn);
        Check(purse);
    }

    private void Charge(string purse, int month)
    {
        var (kind, word) = new[] { (AccountKind.Scale, "scale"), (AccountKind.Debt, "debt"), (AccountKind.Penalty, "penalty") }[Dice(3)];
        var sum = Dice(200_000) + 1;
        Post(Bookings.Charge(kind, new("claim", Key("")), Day, Of(purse), First.AddMonths(month), new(sum)));
        _naive.Owe(purse, word, month, sum);
    }

    private void Advance(string purse, int month)
    {
        var (sum, limit) = (new Money(Dice(500_000) + 1), new Money(5_000_000));
        var (given, _) = _naive.Advances.GetValueOrDefault(purse);
        try
        {
            var posting = Bookings.Advance(_books, new("agreement", Key("")), Day, Of(purse), sum, limit, _policy);
            Holds(given + sum.Tiyn <= (Int128)limit.Tiyn * 30 / 100, $"{purse}: an advance above 30 percent");
            Post(posting);
            Orders(purse).Add(posting);
            (_advances.TryGetValue(purse, out var all) ? all : _advances[purse] = []).Add(new(sum, First.AddMonths(month), Dice(5) + 1));
            _naive.Advances[purse] = (given + sum.Tiyn, _naive.Advances.GetValueOrDefault(purse).Back);
            var (ordered, paid) = _naive.Bank.GetValueOrDefault(purse);
            _naive.Bank[purse] = (ordered + sum.Tiyn, paid);
        }
        catch (AdvanceRefusedException)
        {
            Holds(given + sum.Tiyn > (Int128)limit.Tiyn * 30 / 100, $"{purse}: an advance within 30 percent was refused");
        }
    }

    private void Pay(string purse)
    {
        if (Orders(purse) is not { Count: > 0 } orders)
        {
            return;
        }

        var order = orders[Dice(orders.Count)];
        var ordered = -order.Legs.Where(l => l.Account.Kind == AccountKind.Ordered).Sum(l => l.Amount.Tiyn);
        if (Bookings.Payment(_books, order, new("bank", Key("")), Day) is { } payment)
        {
            // The orders of a month lie in one account; each is paid once, and no more than they are.
            Post(payment);
            orders.Remove(order);
            _paidBy[payment.Key] = order;
            _paid[purse] = payment;
            _naive.Pay(purse, ordered);
        }

        // Orders of one month lie in one account: with the last of them paid, none can be paid again.
        Holds(orders.Count > 0 || Bookings.Payment(_books, order, new("bank", "again"), Day) is null, $"{purse}: paid twice");
        Check(purse);
    }

    /// <summary>The bank returns what it sent last; it is ordered again.</summary>
    private void Return(string purse)
    {
        if (!_paid.Remove(purse, out var payment))
        {
            return;
        }

        Post(Bookings.Reversal(payment, new("bank", Key("return")), Day));
        var sum = payment.Legs.Where(l => l.Account.Kind == AccountKind.Ordered).Sum(l => l.Amount.Tiyn);
        _naive.Pay(purse, -sum);
        // What came back is paid by its order once more.
        Orders(purse).Add(_paidBy[payment.Key]);
        Check(purse);
    }

    /// <summary>The same postings once more, as after an answer that was lost: nothing may move.</summary>
    private void Retry()
    {
        if (store is not null && Dice(50) == 0)
        {
            var again = _waiting.ToList();
            Flush();
            var posted = store.Post(again, "system").Count;
            Holds(posted == 0, $"{posted} postings were posted twice");
        }
    }

    private void Post(Posting posting)
    {
        Holds(posting.Legs.Aggregate((Int128)0, (s, l) => s + l.Amount.Tiyn) == 0, posting.Key);
        _books.Add(posting);
        Postings++;
        _waiting.Add(posting);
        if (_waiting.Count >= Part)
        {
            Flush();
        }
    }

    private void Flush()
    {
        if (store is not null && _waiting.Count > 0)
        {
            var posted = store.Post(_waiting, "system").Count;
            Holds(posted == _waiting.Count, $"{posted} of {_waiting.Count} postings were new");
        }

        _waiting.Clear();
    }

    /// <summary>The books of a purse against the naive model, and what must always hold.</summary>
    private void Check(string purse)
    {
        var of = Of(purse);
        Int128 all = 0;
        foreach (var kind in Enum.GetValues<AccountKind>())
        {
            all += _books[kind, of].Tiyn;
        }

        Holds(all == 0, $"{purse}: the accounts add up to {all}");
        for (var month = 0; month < Months; month++)
        {
            var (day, naive) = (First.AddMonths(month), _naive.Month(purse, month));
            long At(AccountKind kind) => _books[kind, of, day].Tiyn;
            Holds(At(AccountKind.Billed) + At(AccountKind.Payable) + At(AccountKind.Withheld) + At(AccountKind.InDispute) == 0, $"{purse}/{month}: billed is not payable, withheld and in dispute");
            Holds(_books.Open(of, day) >= Money.Zero && At(AccountKind.Payable) <= 0, $"{purse}/{month}: pay is negative");
            Same(purse, month, "billed", At(AccountKind.Billed), naive.Billed);
            Same(purse, month, "payable", -At(AccountKind.Payable), naive.Due);
            Same(purse, month, "withheld", -At(AccountKind.Withheld), naive.Withheld);
            Same(purse, month, "in dispute", -At(AccountKind.InDispute), naive.Dispute);
            Same(purse, month, "settled", At(AccountKind.Settled), naive.Out);
            Same(purse, month, "debt", At(AccountKind.Debt), _naive.Owed.GetValueOrDefault((purse, "debt", month)));
        }

        Same(purse, -1, "scale", _books[AccountKind.Scale, of].Tiyn, _naive.OwedOf(purse, "scale"));
        Same(purse, -1, "penalty", _books[AccountKind.Penalty, of].Tiyn, _naive.OwedOf(purse, "penalty"));
        Same(purse, -1, "advance given", _books[AccountKind.AdvanceGiven, of].Tiyn, _naive.Advances.GetValueOrDefault(purse).Given);
        Same(purse, -1, "advance recovered", -_books[AccountKind.AdvanceRecovered, of].Tiyn, _naive.Advances.GetValueOrDefault(purse).Back);
        Same(purse, -1, "ordered", -_books[AccountKind.Ordered, of].Tiyn, _naive.Bank.GetValueOrDefault(purse).Ordered);
        Same(purse, -1, "bank", -_books[AccountKind.Bank, of].Tiyn, _naive.Bank.GetValueOrDefault(purse).Paid);
    }

    /// <summary>Lines that left the play are kept as one, so that a million steps do not look at a million lines each.</summary>
    private void Shrink(string purse, int month)
    {
        var kept = _lines.GetValueOrDefault((purse, month), []);
        var gone = _naive.Lines.Where(l => l.Purse == purse && l.Month == month && !kept.Contains(l)).ToList();
        if (gone.Count > 0)
        {
            _naive.Fold(gone);
            _stated[(purse, month)] = gone.Aggregate(_stated[(purse, month)], (sum, line) => sum - SharesOf(line));
        }
    }

    private void Same(string purse, int month, string what, long here, Int128 naive) => Holds(here == naive, $"{purse}/{month}: {what} {here}, by the naive model {naive}");

    private void Holds(bool holds, string what)
    {
        if (!holds)
        {
            throw new InvalidOperationException($"seed {_seed}, step {_step}: {what}");
        }
    }

    /// <summary>A line shared out by the product.</summary>
    private LineShares SharesOf(NaiveLine line)
    {
        var shares = PayableSums.Of(line.Billed, [new(line.Billed, [.. Sums(line, 'c')], [.. Sums(line, 'o')])], _policy.MultiCode);
        return new(new(shares.Billed), new(shares.Withheld), new(shares.InDispute), new(shares.Debt));
    }

    private static IEnumerable<long> Sums(NaiveLine line, char state) => line.Findings.Where(f => f.State == state).Select(f => f.Sum);

    private List<Posting> Orders(string purse) => _orders.TryGetValue(purse, out var there) ? there : _orders[purse] = [];

    private DateOnly Day => First.AddDays((int)(_step % 300));

    private string Key(string kind) => string.Create(CultureInfo.InvariantCulture, $"{kind}|{_step}");

    private void Did(string what) => Done[what] = Done.GetValueOrDefault(what) + 1;

    private static string Name(int purse) => purse.ToString(CultureInfo.InvariantCulture);

    private static ContractPackage Of(string purse) => new(100_000_000_000 + int.Parse(purse, CultureInfo.InvariantCulture), "C-" + purse, purse.Length % 2 == 0 ? "mams" : "tmkkk");

    /// <summary>SplitMix64: the same seed plays the same game everywhere.</summary>
    private int Dice(int sides)
    {
        unchecked
        {
            var z = _state += 0x9E3779B97F4A7C15;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return (int)((z ^ (z >> 31)) % (ulong)sides);
        }
    }
}
