namespace Kepil.Law;

/// <summary>The fifteen forms of care and payment that annex 1 tells apart, in the order of its columns 4 to 18.</summary>
[Law("MON-321:A1")]
public enum CareForm
{
    Phc,
    Specialist,
    Train,
    Drg,
    Actual,
    BedDay,
    Average,
    Met,
    Ambulance,
    Rural,
    Psychiatry,
    Tuberculosis,
    Hiv,
    Pathology,
    Blood,
}

/// <summary>The code words of the forms of care.</summary>
public static class CareForms
{
    public static readonly IReadOnlyList<CareForm> All = Enum.GetValues<CareForm>();

    /// <summary>The code word: <c>bed_day</c>.</summary>
    public static string Word(this CareForm form) => Words<CareForm>.Of(form);

    /// <summary>The column of annex 1.</summary>
    public static int Column(this CareForm form) => (int)form + 4;

    public static bool TryParse(string? word, out CareForm form) => Words<CareForm>.TryRead(word ?? "", out form);

    public static CareForm Parse(string word) =>
        TryParse(word, out var form) ? form : throw new FormatException($"'{word}' is not a form of care. One of {string.Join(", ", Words<CareForm>.All)}.");
}
