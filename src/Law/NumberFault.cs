namespace Kepil.Law;

/// <summary>Why twelve digits are not the number of a person or an organisation.</summary>
public enum NumberFault
{
    None,
    NotDigits,
    Length,
    CheckDigit,
    ImpossibleDate,
}

/// <summary>What a reader is told about a faulty number.</summary>
public static class NumberFaults
{
    public static Wording Text(this NumberFault fault) => fault switch
    {
        NumberFault.NotDigits => new("нөмірде цифрдан басқа таңба бар", "в номере есть знаки, кроме цифр", "the number holds signs other than digits"),
        NumberFault.Length => new("нөмірде 12 цифр болуы керек", "в номере должно быть 12 цифр", "the number must have 12 digits"),
        NumberFault.CheckDigit => new("бақылау цифры сәйкес келмейді", "контрольная цифра не сходится", "the check digit does not agree"),
        NumberFault.ImpossibleDate => new("нөмірдегі күн мүмкін емес", "дата в номере невозможна", "the date in the number is impossible"),
        _ => new("нөмір дұрыс", "номер верен", "the number is right"),
    };
}

/// <summary>The twelfth digit of both numbers, computed from the eleven before it.</summary>
internal static class CheckDigit
{
    public const long Limit = 1_000_000_000_000;

    /// <summary>The check digit, or nothing for eleven digits that are never issued.</summary>
    public static int? Of(long elevenDigits)
    {
        Span<int> digits = stackalloc int[11];
        for (var i = 10; i >= 0; i--)
        {
            digits[i] = (int)(elevenDigits % 10);
            elevenDigits /= 10;
        }

        int first = 0, second = 0;
        for (var i = 0; i < 11; i++)
        {
            first += digits[i] * (i + 1);
            second += digits[i] * ((i + 2) % 11 + 1);
        }

        var check = first % 11 == 10 ? second % 11 : first % 11;
        return check == 10 ? null : check;
    }

    public static bool Agrees(long twelveDigits) => Of(twelveDigits / 10) == (int)(twelveDigits % 10);

    public static NumberFault Read(ReadOnlySpan<char> text, out long number)
    {
        number = 0;
        text = text.Trim();
        foreach (var sign in text)
        {
            if (!char.IsAsciiDigit(sign))
            {
                return NumberFault.NotDigits;
            }
        }

        if (text.Length != 12)
        {
            return NumberFault.Length;
        }

        foreach (var sign in text)
        {
            number = number * 10 + (sign - '0');
        }

        return NumberFault.None;
    }
}
