using System.Globalization;
using Kepil.Monitoring;

namespace Kepil.Fund.Unscheduled;

/// <summary>A billed line as a latent defect keeps it.</summary>
/// <param name="Text">The line in one row, fixed with the defect.</param>
internal sealed record LatentLine(string? Contract, DateOnly ServedOn, string Text)
{
    /// <summary>The line of a provider by its number in the fund; nothing when it is not there.</summary>
    public static LatentLine? Of(IRecords records, long service, long provider) => records.Query(
        "SELECT line_id, month, contract, person_id, service_code, started_on, ended_on, quantity, amount FROM known_service WHERE service_id = $1 AND provider_id = $2",
        r => new LatentLine(r.TextOrNull(2), r.Day(6), string.Create(CultureInfo.InvariantCulture,
            $"{r.TextOrNull(0)};{r.Day(1):yyyy-MM-dd};{r.TextOrNull(2)};{r.Long(3)};{r.TextOrNull(4)};{r.Day(5):yyyy-MM-dd};{r.Day(6):yyyy-MM-dd};{r.Long(7)};{r.Long(8)}\n")), service, provider).FirstOrDefault();
}
