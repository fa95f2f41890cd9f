namespace Kepil.Demo;

/// <summary>What part a person plays in the invented country.</summary>
internal enum Part : byte
{
    /// <summary>Falls ill and is treated as chance has it.</summary>
    Ordinary,

    /// <summary>Stays healthy until a look-alike or a breach needs him.</summary>
    Extra,
}

/// <summary>A person of the invented country, known wholly from seed and place in the population.</summary>
internal struct Person
{
    public int Index;
    public long Id;
    public int Birth;
    public char Sex;
    public Part Part;
    public bool SexChanged;

    /// <summary>Day of death, 0 while alive.</summary>
    public int Death;
    public short DeathMinute;

    /// <summary>Insured from the first day to the second; a third and fourth day when the insurance was taken up again.</summary>
    public int InsuredFrom;
    public int InsuredTo;
    public int InsuredAgain;

    /// <summary>Abroad, 0 when not.</summary>
    public int AbroadFrom;
    public int AbroadTo;

    /// <summary>Place of the provider of primary care within the area.</summary>
    public short AttachedTo;
    public int AttachedOn;
    public bool Applied;

    /// <summary>Not entered in the register of persons.</summary>
    public bool Missing;

    public readonly bool InsuredOn(int day) => (InsuredFrom != 0 && day >= InsuredFrom && day <= InsuredTo) || (InsuredAgain != 0 && day >= InsuredAgain);

    public readonly bool AwayOn(int day) => AwayBetween(day, day);

    /// <summary>Abroad on one of these days at least.</summary>
    public readonly bool AwayBetween(int from, int to) => AbroadFrom != 0 && AbroadFrom <= to && AbroadTo >= from;

    public readonly bool AliveAfter(int day) => Death == 0 || Death > day;

    public readonly int AgeOn(int day)
    {
        var birth = DateOnly.FromDayNumber(Birth);
        var now = DateOnly.FromDayNumber(day);
        var years = now.Year - birth.Year;
        return now.Month < birth.Month || (now.Month == birth.Month && now.Day < birth.Day) ? years - 1 : years;
    }
}
