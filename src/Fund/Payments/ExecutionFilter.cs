using System.Globalization;
using Kepil.Fund.Desk;
using Kepil.Fund.Pages;

namespace Kepil.Fund.Payments;

/// <summary>Which part of the budget a reader asks for, and by what it is grouped; it stands in the address, so that it can be passed on.</summary>
/// <param name="By">One of <see cref="Ways"/>.</param>
/// <param name="Region">Two digits of the КАТО of the provider.</param>
/// <param name="District">Nine digits.</param>
/// <param name="Until">What was settled and paid later does not count.</param>
public sealed record ExecutionFilter(
    string By, int Year, DateOnly? Month = null, string? Region = null, string? District = null, string? CareForm = null, string? Package = null, long? ProviderId = null, string? Contract = null, DateOnly? Until = null)
{
    public static readonly IReadOnlyList<string> Ways = ["month", "region", "district", "form", "package", "provider", "contract"];

    private const int FirstYear = 2018;

    /// <summary>Whether a form of care is asked for: what was settled and paid is not told apart by it.</summary>
    public bool IsByForm => By == "form" || CareForm is not null;

    /// <summary>Reads an address; a branch sees its own region alone.</summary>
    public static ExecutionFilter Of(IQueryCollection query, Visitor visitor, DateOnly today)
    {
        string? Word(string name) => query[name].ToString().Trim() is { Length: > 0 } word ? word : null;
        DateOnly? Day(string? text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
        var month = Day(Word("month") + "-01");
        var year = int.TryParse(Word("year"), NumberStyles.None, CultureInfo.InvariantCulture, out var asked) && asked >= FirstYear && asked <= today.Year + 1 ? asked : today.Year;
        return new(
            Ways.Contains(Word("by")) ? Word("by")! : "month", month?.Year ?? year, month, visitor.User is { IsOfBranch: true } user ? user.Region : Word("region"), Word("district"),
            Word("form"), Word("package"), SearchWords.Identity(Word("provider") ?? ""), Word("contract"), Day(Word("until")));
    }
}
