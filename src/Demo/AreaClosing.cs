namespace Kepil.Demo;

/// <summary>Contracts that follow from what was billed, and the release of the lines.</summary>
internal sealed partial class Area
{
    private readonly List<(string Rule, int Line)> _key = [];

    /// <summary>Draws up the contracts, keeps the answer key and lets the lines go.</summary>
    public AreaRegister Close()
    {
        var sums = new SortedDictionary<(int Provider, Form Form, Package Package), long[]>();
        long month = 0;
        foreach (ref readonly var line in Lines)
        {
            if (line.Edition > 0)
            {
                continue;
            }

            var what = (line.Provider, line.Form, line.Package);
            if (!sums.TryGetValue(what, out var sum))
            {
                sums[what] = sum = new long[DemoSize.Months * 2];
            }

            sum[line.Month * 2] += line.Quantity;
            sum[line.Month * 2 + 1] += line.Amount;
            month += line.Month == DemoSize.Months - 1 ? 1 : 0;
        }

        var plans = new List<Plan>();
        foreach (var ((provider, form, package), sum) in sums)
        {
            if (!Uncontracted.Contains((provider, form, package)))
            {
                // A plan of the whole form leaves room: a third above the fullest month.
                var quantity = Enumerable.Range(0, DemoSize.Months).Max(m => sum[m * 2]);
                var amount = Enumerable.Range(0, DemoSize.Months).Max(m => sum[m * 2 + 1]);
                plans.Add(new Plan(provider, form, package, -1, quantity * 4 / 3 + 50, amount * 4 / 3 + 5_000_000));
            }
        }

        foreach (var narrow in Narrow)
        {
            plans.Add(new Plan(narrow.Provider, narrow.Form, narrow.Package, narrow.Service, narrow.Quantity, narrow.Quantity * Lists.Services[narrow.Service].Price));
        }

        var key = new List<(string, long, string, long)>(_key.Count);
        foreach (var (rule, index) in _key)
        {
            var provider = Providers[_lines[index].Provider];
            key.Add((rule, provider.Id, RegisterFiles.IdOf(provider, _lines[index].Number), _lines[index].Person));
        }

        var register = new AreaRegister(this, plans, key, Count, month);
        _lines = [];
        Count = 0;
        return register;
    }
}
