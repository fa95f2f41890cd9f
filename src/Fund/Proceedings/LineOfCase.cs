using System.Security.Cryptography;
using System.Text;
using Kepil.Law;
using Kepil.Monitoring;

namespace Kepil.Fund.Proceedings;

/// <summary>What a case takes from the record of its line.</summary>
/// <param name="Billed">Tiyn.</param>
/// <param name="BedDays">Days in bed; nothing for a visit.</param>
/// <param name="ByTariff">It is paid by the tariff of a service.</param>
/// <param name="Hash">Hash over all that the record says, fixed with the case.</param>
public sealed record LineOfCase(
    long Service, long Provider, CareForm Form, long Billed, DateOnly StartedOn, DateOnly EndedOn, string? Outcome, DateOnly? BornOn, DateOnly? DiedOn, string Diagnosis, long? BedDays, bool IsMedicine, string Region, bool ByTariff, string Hash)
{
    /// <summary>What is asked of the view known_service AS k, in the order of this record.</summary>
    public static readonly string Columns =
        "k.service_id, k.provider_id, k.care_form, k.amount, k.started_on, k.ended_on, k.outcome, k.birth_date, k.death_date, k.diagnosis, k.bed_days, k.medicine_code, k.provider_region, k.service_code, concat_ws('|', "
        + string.Join(", ", LineColumns.All.Select(c => $"COALESCE(CAST(k.{c.Name} AS text), '')")) + ")";

    /// <summary>The line of a month by its number in the fund; nothing when it is not there.</summary>
    public static LineOfCase? Of(IRecords records, DateOnly month, long service) =>
        records.Query($"SELECT {Columns} FROM known_service AS k WHERE k.service_id = $1 AND k.month = $2", Read, service, month).FirstOrDefault();

    /// <summary>Reads a line from the columns in the order of this record.</summary>
    public static LineOfCase Read(IRow r) => new(
        r.Long(0), r.Long(1), CareForms.Parse(r.Text(2)), r.Long(3), r.Day(4), r.Day(5), r.TextOrNull(6), r.DayOrNull(7), r.DayOrNull(8), r.TextOrNull(9) ?? "", r.LongOrNull(10), r.TextOrNull(11) is not null, r.TextOrNull(12) ?? "", r.TextOrNull(13) is not null,
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(r.Text(14)))));

    /// <summary>A stay in hospital or in what replaces it.</summary>
    public bool IsStay => !IsMedicine && (Form.Word() is "drg" or "actual" or "bed_day" or "average" or "met" || (Form.Word() is "rural" or "psychiatry" or "tuberculosis" && BedDays > 0));

    /// <summary>Whether the line tells of a death that current monitoring covers, and which.</summary>
    /// <param name="infantYears">Whoever dies younger is an infant.</param>
    [Law("MON-321:40.1")]
    [Law("MON-321:40.2")]
    public Death DeathIn(int infantYears)
    {
        bool Infant(DateOnly died) => BornOn is { } born && died < born.AddYears(infantYears);
        if (IsStay)
        {
            return Outcome != "died" ? Death.None : Diagnosis.StartsWith('O') ? Death.Maternal : Infant(DiedOn ?? EndedOn) ? Death.InfantInpatient : Death.Inpatient;
        }

        // Outside hospital the care of the month in which the infant died belongs to the case, not what came long before and nothing after.
        return IsMedicine || DiedOn is not { } on || !Infant(on) || StartedOn > on || (StartedOn.Year, StartedOn.Month) != (on.Year, on.Month) ? Death.None
            : Diagnosis.Length > 0 && Diagnosis[0] is 'S' or 'T' or 'V' or 'W' or 'X' or 'Y' ? Death.InfantAccident : Death.InfantOutpatient;
    }
}
