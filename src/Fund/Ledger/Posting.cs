using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Kepil.Law;

namespace Kepil.Fund.Ledger;

/// <summary>What is paid apart: a package of care under a contract of a provider; each of the three has money of its own.</summary>
/// <param name="Contract">Number of the contract; empty where a line names none.</param>
public readonly record struct ContractPackage(long ProviderId, string Contract, string Package);

/// <summary>An account of the ledger: its kind, whose it is, and the month that it is about.</summary>
/// <param name="Month">First day of the month in which the care was given; of orders and the bank, of the payment.</param>
public readonly record struct Account(AccountKind Kind, ContractPackage Of, DateOnly Month);

/// <summary>One side of a posting.</summary>
/// <param name="Amount">Debit above zero, credit below.</param>
public readonly record struct Leg(Account Account, Money Amount);

/// <summary>What a posting rests on: a run over the register, a decision, an agreement, a claim, a notice, a payment.</summary>
public readonly record struct PostingGround(string Kind, string Id)
{
    public override string ToString() => Kind + ":" + Id;

    public static PostingGround Parse(string text) =>
        text.IndexOf(':', StringComparison.Ordinal) is > 0 and var at ? new(text[..at], text[(at + 1)..]) : throw new FormatException($"'{text}' is no ground of a posting; write kind:id.");
}

/// <summary>Immutable rows that say of each line what a posting did, in a file that is named by its content.</summary>
/// <param name="Path">Place under the folder of the fund.</param>
/// <param name="Hash">SHA-256 of the file.</param>
public sealed record LineDetail(string Path, string Hash);

/// <summary>Legs that do not add up to nothing, or fewer than two.</summary>
public sealed class UnbalancedPostingException(string key, Int128 sum, int legs)
    : Exception(string.Create(CultureInfo.InvariantCulture, $"The posting {key} has {legs} legs with a sum of {sum} tiyn; it needs two or more that add up to nothing."));

/// <summary>A dated act of the ledger: legs that add up to nothing, their ground, and a key by which it is posted once.</summary>
public sealed record Posting
{
    private Posting(string key, string kind, DateOnly day, PostingGround ground, IReadOnlyList<Leg> legs) => (Key, Kind, Day, Ground, Legs) = (key, kind, day, ground, legs);

    /// <summary>Made of the ground: whoever tries the same again has the same key.</summary>
    public string Key { get; }

    /// <summary>What it does: register, settlement, advance, charge, payment, reversal.</summary>
    public string Kind { get; }

    /// <summary>Day for which it is posted.</summary>
    public DateOnly Day { get; }

    public PostingGround Ground { get; }

    public IReadOnlyList<Leg> Legs { get; }

    public LineDetail? Detail { get; init; }

    /// <summary>Lines whose sums it moves.</summary>
    public long Lines { get; init; }

    /// <summary>Number in the ledger; zero until it is stored.</summary>
    public long Id { get; init; }

    /// <summary>A posting of the legs that move something; legs of one account are one leg. Nothing when none does.</summary>
    /// <exception cref="UnbalancedPostingException">The legs do not add up to nothing.</exception>
    public static Posting? Of(string key, string kind, DateOnly day, PostingGround ground, IEnumerable<Leg> legs)
    {
        var moving = new List<Leg>();
        foreach (var leg in legs)
        {
            var at = moving.FindIndex(l => l.Account == leg.Account);
            if (at < 0)
            {
                moving.Add(leg);
            }
            else
            {
                moving[at] = leg with { Amount = moving[at].Amount + leg.Amount };
            }
        }

        moving.RemoveAll(l => l.Amount == Money.Zero);
        var sum = moving.Aggregate((Int128)0, (s, l) => s + l.Amount.Tiyn);
        return moving.Count == 0 ? null : moving.Count == 1 || sum != 0 ? throw new UnbalancedPostingException(key, sum, moving.Count) : new(key, kind, day, ground, moving);
    }

    /// <summary>SHA-256 of what it says, whatever the day: the same key with another content is refused.</summary>
    public string Content()
    {
        var text = new StringBuilder().Append(Kind).Append('\n').Append(Ground);
        foreach (var leg in Legs)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n{Chart.WordOf(leg.Account.Kind)}|{leg.Account.Of.ProviderId}|{leg.Account.Of.Contract}|{leg.Account.Of.Package}|{leg.Account.Month:yyyy-MM-dd}|{leg.Amount.Tiyn}");
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }
}
