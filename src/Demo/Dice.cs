namespace Kepil.Demo;

/// <summary>A small source of chance whose throws depend on nothing but its seed.</summary>
internal struct Dice(ulong seed)
{
    private ulong _state = seed;

    /// <summary>A number made of two others, the same on every machine.</summary>
    public static ulong Mix(ulong a, ulong b)
    {
        var x = a + b * 0x9E3779B97F4A7C15UL + 0x632BE59BD9B4E019UL;
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9UL;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EBUL;
        return x ^ (x >> 31);
    }

    public ulong Next()
    {
        _state += 0x9E3779B97F4A7C15UL;
        var x = _state;
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9UL;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EBUL;
        return x ^ (x >> 31);
    }

    /// <summary>A whole number from 0 to one below the limit.</summary>
    public int Below(int limit) => (int)(((Next() >> 32) * (ulong)limit) >> 32);

    public int Between(int first, int last) => first + Below(last - first + 1);

    /// <summary>True so many times in a hundred thousand.</summary>
    public bool Chance(int per100000) => Below(100_000) < per100000;
}
