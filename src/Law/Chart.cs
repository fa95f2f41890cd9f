namespace Kepil.Law;

/// <summary>An account of the Fund's ledger.</summary>
public enum AccountKind
{
    Billed,
    Payable,
    Withheld,
    InDispute,
    Settled,
    Scale,
    Debt,
    AdvanceGiven,
    AdvanceRecovered,
    Penalty,
    Charged,
    Ordered,
    Bank,
}

/// <summary>The side of an account on which its balance usually stands.</summary>
public enum AccountSide
{
    Debit,
    Credit,
}

/// <summary>A row of the chart of accounts.</summary>
/// <param name="From">First day on which it may be posted to.</param>
/// <param name="Says">What stands there.</param>
public sealed record ChartRow(AccountKind Kind, DateOnly From, AccountSide Side, Wording Name, Wording Says)
{
    /// <summary>The code word, as tables of the ledger keep it.</summary>
    public string Word => Words<AccountKind>.Of(Kind);
}

/// <summary>The chart of accounts of the ledger, read from law/ledger.yaml.</summary>
public sealed class Chart
{
    private readonly Dictionary<AccountKind, ChartRow> rows;

    private Chart(Dictionary<AccountKind, ChartRow> rows) => this.rows = rows;

    /// <summary>All accounts, in the order of the trial balance.</summary>
    public IReadOnlyList<ChartRow> All => [.. rows.Values.OrderBy(r => r.Kind)];

    public ChartRow this[AccountKind kind] => rows[kind];

    /// <summary>The account of a code word that the ledger keeps.</summary>
    public static AccountKind KindOf(string word) =>
        Words<AccountKind>.TryRead(word, out var kind) ? kind : throw new ArgumentException($"'{word}' is no account of law/ledger.yaml.", nameof(word));

    /// <summary>The code word of an account.</summary>
    public static string WordOf(AccountKind kind) => Words<AccountKind>.Of(kind);

    public static Chart Read(string file)
    {
        var rows = new Dictionary<AccountKind, ChartRow>();
        var whole = LawPage.Read(file);
        foreach (var (word, page) in whole.Entries)
        {
            page.Only("from", "side", "name", "says");
            if (!Words<AccountKind>.TryRead(word, out var kind))
            {
                throw page.Fault($"'{word}' is no account; one of {string.Join(", ", Words<AccountKind>.All)}");
            }

            if (!rows.TryAdd(kind, new(kind, page.Day("from"), page.Word<AccountSide>("side"), page.Wording("name"), page.Wording("says"))))
            {
                throw page.Fault($"'{word}' stands here twice");
            }
        }

        return Enum.GetValues<AccountKind>().Where(k => !rows.ContainsKey(k)).Select(k => (AccountKind?)k).FirstOrDefault() is { } missing
            ? throw whole.Fault($"the account '{Words<AccountKind>.Of(missing)}' is missing")
            : new(rows);
    }
}
