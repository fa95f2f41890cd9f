using Kepil.Fund.Pages;
using Kepil.Fund.Proceedings;
using Kepil.Monitoring;

namespace Kepil.Fund.Reviews;

/// <summary>A line of the record: what was billed beside what the registers say, and whether the two differ.</summary>
/// <param name="Key">Name of the line among the texts of the pages.</param>
public sealed record RecordLine(string Key, string Billed, string Known, bool Differs);

/// <summary>A visit or a stay of the patient near the one that is reviewed.</summary>
/// <param name="IsThis">It is the one that is reviewed.</param>
public sealed record CareEvent(DateOnly From, DateOnly To, string Form, string? Code, string? Diagnosis, long Provider, bool IsThis)
{
    public bool IsStay => To > From || Form is "drg" or "bed_day" or "actual" or "average";
}

/// <summary>The record of a case: the line as it was billed with the facts of the registers, and the patient's care around it.</summary>
public sealed record CaseRecord(IReadOnlyList<RecordLine> Lines, IReadOnlyList<CareEvent> Care, DateOnly? Death, DateOnly From, DateOnly To, long Person)
{
    /// <summary>Days before and after the service that the timeline shows.</summary>
    private const int Around = 45;

    private const int MostEvents = 60;

    /// <summary>The record of a proceeding; nothing where the line is not stored any more.</summary>
    /// <param name="opened">The reader has opened the number of the person with a reason.</param>
    public static CaseRecord? Of(IRecords records, ProceedingRow row, PageLanguage w, bool opened)
    {
        var month = DateOnly.ParseExact(row.Month, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        var found = records.Query(
            """
            SELECT k.line_id, k.person_id, k.birth_date, k.sex, COALESCE(k.service_code, k.drg_code, k.medicine_code), k.started_on, k.ended_on, k.started_minute, k.quantity, k.price, k.amount,
                   k.diagnosis, k.doctor_id, k.death_date, k.insured, k.abroad, k.attached_to, k.licensed, k.doctor_known, k.doctor_certified, k.contracted, k.tariff, k.package, k.care_form, k.bed_days,
                   k.diagnosis_referral, k.diagnosis_autopsy, k.provider_id
            FROM known_service AS k WHERE k.month = $1 AND k.service_id = $2
            """,
            r =>
            {
                var (from, to, death) = (r.Day(5), r.Day(6), r.DayOrNull(13));
                var (price, tariff, provider, doctor) = (r.Long(9), r.LongOrNull(21), r.Long(27), r.LongOrNull(12));
                string Yes(bool? value) => value is null ? "–" : w[value.Value ? "Record.Yes" : "Record.No"];
                var lines = new List<RecordLine>
                {
                    new("Col.Line", r.Text(0), "", false),
                    new("Col.Person", opened ? PageLanguage.Identity(r.Long(1)) : PageLanguage.Masked(r.Long(1)), r.DayOrNull(2) is { } birth ? (opened ? w.Day(birth) : birth.Year.ToString(w.Culture)) + (r.TextOrNull(3) is "m" or "f" ? ", " + w["Sex." + r.Text(3)] : "") : "–", false),
                    new("Col.Service", r.TextOrNull(4) ?? "–", "", false),
                    new("Fact.Period", (from == to ? w.Day(from) : w.Day(from) + " – " + w.Day(to)) + (r.LongOrNull(7) is { } minute && from == to ? " " + w.Minute((int)minute) : ""), death is null ? "" : w.With("Record.Death", w.Day(death.Value)), death < to),
                    new("Record.Price", w.Money(price), tariff is null ? "–" : w.Money(tariff.Value), tariff is not null && tariff != price),
                    new("Fact.Quantity", w.Number(r.Int(8)) + (r.LongOrNull(24) is { } days ? $" ({w["Fact.BedDays"]}: {w.Number(days)})" : ""), "", false),
                    new("Sum.Billed", w.Money(r.Long(10)), "", false),
                    new("Fact.Diagnosis", r.TextOrNull(11) ?? "–", r.TextOrNull(26) ?? r.TextOrNull(25) ?? "", r.TextOrNull(26) is { Length: > 0 } autopsy && autopsy != r.TextOrNull(11)),
                    new("Fact.Doctor", doctor is null ? "–" : PageLanguage.Masked(doctor.Value), doctor is null ? "–" : w.With("Record.Doctor", Yes(r.FlagOrNull(18)), Yes(r.FlagOrNull(19))), doctor is not null && (r.FlagOrNull(18) == false || r.FlagOrNull(19) == false)),
                    new("Record.Insured", w["Package.Short." + r.Text(22)], Yes(r.FlagOrNull(14)), r.Text(22) == "mams" && r.FlagOrNull(14) == false),
                    new("Record.Abroad", "", Yes(r.FlagOrNull(15)), r.FlagOrNull(15) == true),
                    new("Record.Attached", PageLanguage.Identity(provider), r.LongOrNull(16) is { } to2 ? PageLanguage.Identity(to2) : "–", r.Text(23) == "phc" && r.LongOrNull(16) is { } attached && attached != provider),
                    new("Record.Licence", w["Form." + r.Text(23)], Yes(r.FlagOrNull(17)), r.FlagOrNull(17) == false),
                    new("Record.Contract", "", Yes(r.FlagOrNull(20)), r.FlagOrNull(20) == false),
                };
                return (Lines: lines, Person: r.Long(1), From: from, To: to, Death: death);
            },
            month, row.LineId);
        if (found.Count == 0)
        {
            return null;
        }

        var (lines, person, from, to, death) = found[0];
        var (first, last) = (from.AddDays(-Around), to.AddDays(Around));
        var care = records.Query(
            $"""
            SELECT started_on, ended_on, care_form, COALESCE(service_code, drg_code, medicine_code), diagnosis, provider_id, service_id FROM known_service
            WHERE person_id = $1 AND month >= $2 AND month <= $3 AND ended_on >= $4 AND started_on <= $5 ORDER BY started_on, service_id LIMIT {MostEvents}
            """,
            r => new CareEvent(r.Day(0), r.Day(1), r.Text(2), r.TextOrNull(3), r.TextOrNull(4), r.Long(5), r.Long(6) == row.LineId),
            person, new DateOnly(first.Year, first.Month, 1), new DateOnly(last.Year, last.Month, 1), first, last);
        return new(lines, care, death is { } day && day >= first && day <= last ? day : null, first, last, person);
    }
}
