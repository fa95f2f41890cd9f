namespace Kepil.Demo;

/// <summary>A line of an account-register, in small numbers: places in the lists instead of texts.</summary>
internal struct Line
{
    /// <summary>Number of the line within its area; a correction carries the number of what it corrects.</summary>
    public int Number;

    /// <summary>Month of the register: 3 is the month that is billed, 0 to 2 the look-back.</summary>
    public byte Month;

    /// <summary>0 for the register, 1 for a correction sent later.</summary>
    public byte Edition;
    public Form Form;
    public Package Package;
    public Outcome Outcome;
    public Urgency Urgency;
    public Setting Setting;
    public bool Newborn;

    /// <summary>The person was insured when the care began.</summary>
    public bool Insured;

    /// <summary>Place of the provider within the area.</summary>
    public short Provider;

    /// <summary>Place of the referring provider within the area, -1 for none.</summary>
    public short Referrer;
    public short Service;
    public short Drg;
    public short Diagnosis;
    public short DiagnosisReferral;
    public short DiagnosisAutopsy;
    public short Medicine;

    /// <summary>Group whose operation was made, -1 for none.</summary>
    public short Operation;
    public short BedDays;
    public short Minute;
    public int Start;
    public int End;
    public int Referred;
    public int Recorded;
    public int Quantity;
    public long Price;
    public long Paid;
    public long Person;
    public long Doctor;

    public readonly long Amount => Price * Quantity;
}
