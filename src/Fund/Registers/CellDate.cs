using System.Buffers.Text;

namespace Kepil.Fund.Registers;

/// <summary>What is wrong with a date in a cell.</summary>
public enum DateTrouble
{
    None,
    NotDate,
    Impossible,
}

/// <summary>Dates as registers write them: 15.10.2026, 15.10.2026 14:30, 2026-10-15, 2026-10-15T14:30:00Z, days of a spreadsheet.</summary>
public static class CellDate
{
    private static readonly TimeZoneInfo Almaty = TimeZoneInfo.FindSystemTimeZoneById("Asia/Almaty");

    /// <summary>Reads a day and, when it is told, the minute of that day. A time with a zone becomes the time of Almaty.</summary>
    public static DateTrouble Read(ReadOnlySpan<byte> text, bool from1904, out DateOnly day, out int? minute)
    {
        day = default;
        minute = null;
        if (text.Length >= 10 && text[2] == '.' && text[5] == '.')
        {
            var trouble = Day(Digits(text.Slice(6, 4)), Digits(text.Slice(3, 2)), Digits(text[..2]), out day);
            return trouble != DateTrouble.None || text.Length == 10 ? trouble : Time(text[10..], ref day, ref minute);
        }

        if (text.Length >= 10 && text[4] == '-' && text[7] == '-')
        {
            var trouble = Day(Digits(text[..4]), Digits(text.Slice(5, 2)), Digits(text.Slice(8, 2)), out day);
            return trouble != DateTrouble.None || text.Length == 10 ? trouble : Time(text[10..], ref day, ref minute);
        }

        var point = text.IndexOf((byte)'.');
        return point is 1 or 2 && text[(point + 1)..].IndexOf((byte)'.') is 1 or 2
            ? Loose(text, point, out day, ref minute)
            : Serial(text, from1904, out day, out minute);
    }

    /// <summary>A month: 2026-10, 10.2026, 2026-10-01 or any date within it.</summary>
    public static DateTrouble ReadMonth(ReadOnlySpan<byte> text, bool from1904, out DateOnly month)
    {
        if (text.Length == 7 && text[4] == '-')
        {
            return Day(Digits(text[..4]), Digits(text[5..]), 1, out month);
        }

        if (text.Length == 7 && text[2] == '.')
        {
            return Day(Digits(text[3..]), Digits(text[..2]), 1, out month);
        }

        var trouble = Read(text, from1904, out month, out _);
        month = trouble == DateTrouble.None ? new DateOnly(month.Year, month.Month, 1) : default;
        return trouble;
    }

    /// <summary>1.10.2026: days and months of one digit.</summary>
    private static DateTrouble Loose(ReadOnlySpan<byte> text, int point, out DateOnly day, ref int? minute)
    {
        day = default;
        var second = point + 1 + text[(point + 1)..].IndexOf((byte)'.');
        var year = text[(second + 1)..];
        if (year.Length < 4 || Digits(year[..4]) < 0)
        {
            return DateTrouble.NotDate;
        }

        var trouble = Day(Digits(year[..4]), Digits(text[(point + 1)..second]), Digits(text[..point]), out day);
        return trouble != DateTrouble.None || year.Length == 4 ? trouble : Time(year[4..], ref day, ref minute);
    }

    private static DateTrouble Serial(ReadOnlySpan<byte> text, bool from1904, out DateOnly day, out int? minute)
    {
        day = default;
        minute = null;
        if (text.Length == 8 && Digits(text) is >= 18000101 and <= 21001231 and var whole)
        {
            return Day(whole / 10000, whole / 100 % 100, whole % 100, out day);
        }

        Span<byte> plain = stackalloc byte[24];
        if (text.Length is 0 or > 24)
        {
            return DateTrouble.NotDate;
        }

        text.CopyTo(plain);
        plain = plain[..text.Length];
        plain.Replace((byte)',', (byte)'.');
        if (!Utf8Parser.TryParse(plain, out double serial, out var used) || used != plain.Length || !double.IsFinite(serial))
        {
            return DateTrouble.NotDate;
        }

        if (serial is < 1 or > 109_574)
        {
            return DateTrouble.Impossible;
        }

        // A spreadsheet of 1900 counts a 29 February that never was.
        var days = (int)serial;
        var start = from1904 ? new DateOnly(1904, 1, 1) : days < 60 ? new DateOnly(1899, 12, 31) : new DateOnly(1899, 12, 30);
        day = start.AddDays(days);
        var minutes = (int)Math.Round((serial - days) * 1440);
        minute = minutes > 0 ? Math.Min(minutes, 1439) : null;
        return DateTrouble.None;
    }

    private static DateTrouble Time(ReadOnlySpan<byte> text, ref DateOnly day, ref int? minute)
    {
        if (text[0] is not ((byte)' ' or (byte)'T' or (byte)'t'))
        {
            return DateTrouble.NotDate;
        }

        text = CellText.Trim(text[1..]);
        var colon = text.IndexOf((byte)':');
        if (colon is not (1 or 2) || text.Length < colon + 3)
        {
            return DateTrouble.NotDate;
        }

        var hours = Digits(text[..colon]);
        var minutes = Digits(text.Slice(colon + 1, 2));
        text = text[(colon + 3)..];
        if (hours < 0 || minutes < 0)
        {
            return DateTrouble.NotDate;
        }

        if (hours > 23 || minutes > 59)
        {
            return DateTrouble.Impossible;
        }

        minute = (hours * 60) + minutes;
        if (text.Length >= 3 && text[0] == ':')
        {
            if (Digits(text.Slice(1, 2)) is < 0 or > 59)
            {
                return DateTrouble.Impossible;
            }

            text = text[3..];
            if (text.Length > 1 && text[0] is (byte)'.' or (byte)',')
            {
                var end = text[1..].IndexOfAnyExceptInRange((byte)'0', (byte)'9');
                text = end < 0 ? default : text[(end + 1)..];
            }
        }

        return text.IsEmpty ? DateTrouble.None : Zone(text, ref day, ref minute);
    }

    private static DateTrouble Zone(ReadOnlySpan<byte> text, ref DateOnly day, ref int? minute)
    {
        var offset = 0;
        if (text[0] is (byte)'+' or (byte)'-')
        {
            var hours = text.Length >= 3 ? Digits(text.Slice(1, 2)) : -1;
            var tail = text.Length >= 3 ? text[3..] : default;
            var minutes = tail.IsEmpty ? 0 : tail[0] == ':' ? Digits(tail[1..]) : Digits(tail);
            if (hours is < 0 or > 14 || minutes is < 0 or > 59)
            {
                return DateTrouble.NotDate;
            }

            offset = ((hours * 60) + minutes) * (text[0] == '-' ? -1 : 1);
        }
        else if (!text.SequenceEqual("Z"u8) && !text.SequenceEqual("z"u8))
        {
            return DateTrouble.NotDate;
        }

        if (day.Year is < 1800 or > 2200)
        {
            return DateTrouble.Impossible;
        }

        var universal = day.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc).AddMinutes(minute!.Value - offset);
        var local = TimeZoneInfo.ConvertTimeFromUtc(universal, Almaty);
        day = DateOnly.FromDateTime(local);
        minute = (local.Hour * 60) + local.Minute;
        return DateTrouble.None;
    }

    private static DateTrouble Day(int year, int month, int dayOfMonth, out DateOnly day)
    {
        day = default;
        if (year < 0 || month < 0 || dayOfMonth < 0)
        {
            return DateTrouble.NotDate;
        }

        if (year is < 1800 or > 9999 || month is < 1 or > 12 || dayOfMonth < 1 || dayOfMonth > DateTime.DaysInMonth(year, month))
        {
            return DateTrouble.Impossible;
        }

        day = new DateOnly(year, month, dayOfMonth);
        return DateTrouble.None;
    }

    private static int Digits(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty || text.Length > 9)
        {
            return -1;
        }

        var number = 0;
        foreach (var sign in text)
        {
            if (sign is < (byte)'0' or > (byte)'9')
            {
                return -1;
            }

            number = (number * 10) + (sign - '0');
        }

        return number;
    }
}
