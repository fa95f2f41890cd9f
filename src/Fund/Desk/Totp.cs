using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Kepil.Fund.Desk;

/// <summary>Codes of the second factor: six digits that change every half-minute (RFC 6238), as telephones' authenticators count them.</summary>
public static class Totp
{
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    private const int SecondsOfAStep = 30;

    /// <summary>A new secret of 160 bits, in the letters that people type into a telephone.</summary>
    public static string NewSecret()
    {
        var bytes = RandomNumberGenerator.GetBytes(20);
        var text = new StringBuilder(32);
        for (var bit = 0; bit < bytes.Length * 8; bit += 5)
        {
            var pair = (bytes[bit / 8] << 8) | (bit / 8 + 1 < bytes.Length ? bytes[(bit / 8) + 1] : 0);
            text.Append(Letters[(pair >> (11 - (bit % 8))) & 31]);
        }

        return text.ToString();
    }

    /// <summary>The half-minute of a moment.</summary>
    public static long StepAt(DateTimeOffset moment) => moment.ToUnixTimeSeconds() / SecondsOfAStep;

    public static string CodeOf(string secret, long step)
    {
        Span<byte> counter = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        // The standard of the telephones' authenticators is SHA-1, and as a keyed hash it is sound.
#pragma warning disable CA5350
        var hash = HMACSHA1.HashData(Bytes(secret), counter);
#pragma warning restore CA5350
        var number = BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(hash[^1] & 15)) & 0x7FFFFFFF;
        return (number % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }

    /// <summary>The half-minute to which a code belongs: this one or a neighbour, for clocks that differ; nothing when it fits none or was used before.</summary>
    public static long? StepOf(string secret, string code, DateTimeOffset now, long lastStep)
    {
        var digits = new string([.. code.Where(char.IsAsciiDigit)]);
        for (var step = StepAt(now) - 1; step <= StepAt(now) + 1; step++)
        {
            if (step > lastStep && CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(CodeOf(secret, step)), Encoding.ASCII.GetBytes(digits)))
            {
                return step;
            }
        }

        return null;
    }

    /// <summary>The address by which a telephone takes the secret over.</summary>
    public static string Address(string secret, string name) =>
        $"otpauth://totp/Kepil:{Uri.EscapeDataString(name)}?secret={secret}&issuer=Kepil&digits=6&period={SecondsOfAStep}";

    private static byte[] Bytes(string secret)
    {
        var bytes = new List<byte>();
        var (held, bits) = (0, 0);
        foreach (var letter in secret)
        {
            held = ((held << 5) | Letters.IndexOf(letter, StringComparison.Ordinal)) & 0xFFF;
            bits += 5;
            if (bits >= 8)
            {
                bits -= 8;
                bytes.Add((byte)((held >> bits) & 0xFF));
            }
        }

        return [.. bytes];
    }
}
