using Kepil.Fund.Ledger;

namespace Kepil.Fund.Bank;

/// <summary>The payment of each order that stands: the bank made it and did not send it back. Entries of a statement move it on.</summary>
public sealed class OpenPayments
{
    private readonly LedgerWork _work;
    private readonly List<string> _keys;
    private readonly Dictionary<string, Posting?> _moved = new(StringComparer.Ordinal);

    public OpenPayments(LedgerWork work)
    {
        _work = work;
        _keys = [.. work.Query("SELECT p.key FROM ledger_posting AS p WHERE p.kind = 'payment' AND NOT EXISTS (SELECT 1 FROM ledger_posting AS r WHERE r.key = 'reversal|' || p.key)", r => r.GetString(0))];
        _keys.Sort(StringComparer.Ordinal);
    }

    /// <summary>Nothing when the order is to be paid still.</summary>
    /// <param name="order">Key of the posting that ordered.</param>
    public Posting? Of(string order)
    {
        if (_moved.TryGetValue(order, out var moved))
        {
            return moved;
        }

        var prefix = $"payment|{order}|";
        var place = _keys.BinarySearch(prefix, StringComparer.Ordinal);
        place = place < 0 ? ~place : place;
        return place < _keys.Count && _keys[place].StartsWith(prefix, StringComparison.Ordinal) ? _work.Find(_keys[place]) : null;
    }

    public void Put(string order, Posting? payment) => _moved[order] = payment;
}
