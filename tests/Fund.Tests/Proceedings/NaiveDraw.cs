using System.Numerics;
using System.Text.RegularExpressions;

namespace Kepil.Tests.Proceedings;

/// <summary>The draw of agreements for a second look, by other code than the product's: the numbers of splitmix64 (Steele, Lea, Flood: Fast splittable pseudorandom number generators, 2014) with whole numbers of any length, and the shares as the law folder writes them.</summary>
internal static class NaiveDraw
{
    private static readonly BigInteger Word = BigInteger.One << 64;

    /// <summary>Whether an agreement falls among the so many of a hundred that are looked at again.</summary>
    /// <param name="seed">The random number of the server at the decision.</param>
    /// <param name="number">The number of the case.</param>
    public static bool Falls(ulong seed, long number, int percent)
    {
        var mixed = (Xor(seed, number) + BigInteger.Parse("11400714819323198485", null)) % Word;
        mixed = Xor(mixed, mixed / BigInteger.Pow(2, 30)) * BigInteger.Parse("13787848793156543929", null) % Word;
        mixed = Xor(mixed, mixed / BigInteger.Pow(2, 27)) * BigInteger.Parse("10723151780598845931", null) % Word;
        return Xor(mixed, mixed / BigInteger.Pow(2, 31)) % 100 < percent;
    }

    /// <summary>What the law folder says by default under a name.</summary>
    public static int Percent(string folder, string name) => int.Parse(
        Regex.Match(File.ReadAllText(Path.Combine(folder, "policies.yaml")), $"^{name}:\\n(?:  .*\\n)*?  default: \"(\\d+)\"", RegexOptions.Multiline).Groups[1].Value, null);

    private static BigInteger Xor(BigInteger one, BigInteger other) => one ^ other;
}
