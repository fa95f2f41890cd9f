using Kepil.Monitoring;

namespace Kepil.Fund.Findings;

/// <summary>What the pages ask of the stored records and findings.</summary>
public sealed class FindingStore(IRecords records)
{
    private const string SumColumns =
        "CAST(SUM(lines) AS BIGINT), CAST(SUM(billed) AS BIGINT), CAST(SUM(at_risk) AS BIGINT), CAST(SUM(debt) AS BIGINT)";

    private const string FindingColumns =
        """
        f.finding_id, f.code, f.kind, f.rule_id, f.month, f.provider_id, f.service_id, f.person_id, f.care_form, f.counts, f.sum,
        COALESCE(l.at_risk, 0), COALESCE(l.debt, 0)
        """;

    private const string FindingTables = "finding AS f LEFT JOIN line_sum AS l ON l.service_id = f.service_id AND l.month = f.month AND f.counts";

    /// <summary>Months that were monitored, the newest first.</summary>
    public IReadOnlyList<DateOnly> Months() =>
        records.Query("SELECT DISTINCT month FROM month_form ORDER BY month DESC", r => r.Day(0));

    public MonthOverview Overview(DateOnly month) => new(
        month,
        Total(month, null),
        Counts(month, null),
        Codes(month, null),
        records.Query(
            "SELECT code, care_form, COUNT(*), CAST(SUM(at_risk + debt) AS BIGINT) FROM line_sum WHERE month = $1 AND code IS NOT NULL GROUP BY code, care_form",
            r => new CodeInForm(r.Text(0), r.Text(1), r.Long(2), r.Long(3)), month),
        Forms(month, null),
        records.Query($"SELECT package, {SumColumns} FROM month_form WHERE month = $1 GROUP BY package ORDER BY package DESC", SumsByOf, month),
        Providers(month),
        General(month, null));

    /// <summary>A provider's month; nothing when it billed nothing in it.</summary>
    public Statement? StatementOf(DateOnly month, long provider)
    {
        var sums = Total(month, provider);
        return sums.Lines == 0 ? null : new Statement(
            month, ProviderOf(provider), sums, Counts(month, provider), Codes(month, provider), Forms(month, provider), General(month, provider));
    }

    public FindingTotals Totals(DateOnly month, long provider, FindingFilter filter)
    {
        var (where, values) = Where(month, provider, filter);
        return records.Query(
            $"SELECT COUNT(*), CAST(COALESCE(SUM(l.at_risk), 0) AS BIGINT), CAST(COALESCE(SUM(l.debt), 0) AS BIGINT) FROM {FindingTables} WHERE {where}",
            r => new FindingTotals(r.Long(0), r.Long(1), r.Long(2)), values)[0];
    }

    /// <summary>A part of a provider's findings, the heaviest first.</summary>
    public IReadOnlyList<FindingRow> Findings(DateOnly month, long provider, FindingFilter filter, long from, long count)
    {
        var (where, values) = Where(month, provider, filter);
        var rows = records.Query(
            $"""
            SELECT {FindingColumns} FROM {FindingTables} WHERE {where}
            ORDER BY COALESCE(l.at_risk, 0) + COALESCE(l.debt, 0) DESC, f.finding_id LIMIT {count} OFFSET {from}
            """,
            FindingOf, values);
        return WithLines(rows);
    }

    /// <summary>A finding with all that explains it; nothing when there is no such finding.</summary>
    /// <param name="finding">Its number.</param>
    /// <param name="run">The findings of one run; those of the newest run of each month without it.</param>
    public Explanation? Explain(long finding, IRecords? run = null)
    {
        var source = run ?? records;
        var found = source.Query($"SELECT {FindingColumns}, f.evidence, f.cell, f.base, f.run_id FROM {FindingTables} WHERE f.finding_id = $1", r =>
            (Row: FindingOf(r), Evidence: r.Text(13), Cell: r.TextOrNull(14) ?? "", Base: r.LongOrNull(15) ?? 0, Run: r.Long(16)), finding);
        if (found.Count == 0)
        {
            return null;
        }

        var (row, evidence, cell, baseSum, number) = found[0];
        var service = Service(row);
        var others = source.Query(
            $"SELECT {FindingColumns} FROM {FindingTables} WHERE f.service_id = $1 AND f.month = $2 ORDER BY f.counts DESC, f.sum DESC, f.finding_id",
            FindingOf, row.ServiceId, row.Month);
        var counting = others.FirstOrDefault(o => o.Counts);
        var line = new Sums(1, service?.Amount ?? 0, counting?.AtRisk ?? 0, counting?.Debt ?? 0);
        return new Explanation(row, number, evidence, cell, baseSum, service, ProviderOf(row.ProviderId), others, line);
    }

    public Provider ProviderOf(long provider) =>
        records.Query("SELECT provider_id, name_kk, name_ru FROM provider WHERE provider_id = $1", ProviderRow, provider) is [var known, ..]
            ? known
            : new Provider(provider, null, null);

    /// <summary>Findings on the lines of a person in all months.</summary>
    public IReadOnlyList<FindingRow> OfPerson(long person, int count) =>
        WithLines(records.Query($"SELECT {FindingColumns} FROM {FindingTables} WHERE f.person_id = $1 ORDER BY f.month DESC, f.finding_id LIMIT {count}", FindingOf, person));

    /// <summary>Findings on the lines that a provider knows under this id.</summary>
    public IReadOnlyList<FindingRow> OfLine(string lineId, int count)
    {
        var services = records.Query("SELECT service_id FROM known_service WHERE line_id = $1 LIMIT 100", r => r.Long(0), lineId);
        return services.Count == 0
            ? []
            : WithLines(records.Query(
                $"SELECT {FindingColumns} FROM {FindingTables} WHERE f.service_id IN ({string.Join(',', services)}) ORDER BY f.month DESC, f.finding_id LIMIT {count}", FindingOf));
    }

    /// <summary>How many lines carry this id, with findings or without.</summary>
    public long LinesNamed(string lineId) => records.Query("SELECT COUNT(*) FROM known_service WHERE line_id = $1", r => r.Long(0), lineId)[0];

    /// <summary>Months in which a provider billed, the newest first.</summary>
    public IReadOnlyList<DateOnly> MonthsOf(long provider) =>
        records.Query("SELECT DISTINCT month FROM month_form WHERE provider_id = $1 ORDER BY month DESC", r => r.Day(0), provider);

    public IReadOnlyList<RuleWeight> Rules() =>
        records.Query(
            $"SELECT f.rule_id, COUNT(*), CAST(COALESCE(SUM(l.at_risk + l.debt), 0) AS BIGINT) FROM {FindingTables} GROUP BY f.rule_id",
            r => new RuleWeight(r.Text(0), r.Long(1), r.Long(2)));

    private static (string Where, object?[] Values) Where(DateOnly month, long provider, FindingFilter filter)
    {
        var where = "f.month = $1 AND f.provider_id = $2";
        List<object?> values = [month, provider];
        foreach (var (column, value) in new[] { ("code", filter.Code), ("care_form", filter.Form), ("kind", filter.Kind) })
        {
            if (value is not null)
            {
                values.Add(value);
                where += $" AND f.{column} = ${values.Count}";
            }
        }

        return (where, [.. values]);
    }

    private static (string Where, object?[] Values) Of(DateOnly month, long? provider) =>
        provider is { } id ? ("month = $1 AND provider_id = $2", [month, id]) : ("month = $1", [month]);

    private Sums Total(DateOnly month, long? provider)
    {
        var (where, values) = Of(month, provider);
        return records.Query(
            $"SELECT CAST(COALESCE(SUM(lines), 0) AS BIGINT), CAST(COALESCE(SUM(billed), 0) AS BIGINT), CAST(COALESCE(SUM(at_risk), 0) AS BIGINT), CAST(COALESCE(SUM(debt), 0) AS BIGINT) FROM month_form WHERE {where}",
            r => SumsOf(r, 0), values)[0];
    }

    private LineCounts Counts(DateOnly month, long? provider)
    {
        var (where, values) = Of(month, provider);
        var all = records.Query($"SELECT CAST(COALESCE(SUM(lines), 0) AS BIGINT) FROM month_form WHERE {where}", r => r.Long(0), values)[0];
        var found = records.Query($"SELECT COUNT(DISTINCT service_id) FROM finding WHERE {where}", r => r.Long(0), values)[0];
        var (atRisk, debt) = records.Query(
            $"SELECT COUNT(*), CAST(COALESCE(SUM(CASE WHEN debt > 0 THEN 1 ELSE 0 END), 0) AS BIGINT) FROM line_sum WHERE {where}", r => (r.Long(0), r.Long(1)), values)[0];
        return new LineCounts(all, found, atRisk, debt);
    }

    private List<SumsByCode> Codes(DateOnly month, long? provider)
    {
        var (where, values) = Of(month, provider);
        var found = records.Query($"SELECT code, COUNT(*) FROM finding WHERE {where} AND kind = 'potential' GROUP BY code", r => (Code: r.Text(0), Count: r.Long(1)), values);
        var weighed = records.Query(
            $"SELECT code, COUNT(*), CAST(SUM(at_risk) AS BIGINT), CAST(SUM(debt) AS BIGINT) FROM line_sum WHERE {where} AND code IS NOT NULL GROUP BY code",
            r => (Code: r.Text(0), Lines: r.Long(1), AtRisk: r.Long(2), Debt: r.Long(3)), values).ToDictionary(w => w.Code);
        return
        [
            .. found.Select(f => weighed.TryGetValue(f.Code, out var w)
                    ? new SumsByCode(f.Code, f.Count, w.Lines, w.AtRisk, w.Debt)
                    : new SumsByCode(f.Code, f.Count, 0, 0, 0))
                .OrderByDescending(c => c.Sum).ThenByDescending(c => c.Findings).ThenBy(c => c.Code, StringComparer.Ordinal),
        ];
    }

    private IReadOnlyList<SumsBy> Forms(DateOnly month, long? provider)
    {
        var (where, values) = Of(month, provider);
        return records.Query($"SELECT care_form, {SumColumns} FROM month_form WHERE {where} GROUP BY care_form ORDER BY SUM(billed) DESC, care_form", SumsByOf, values);
    }

    private IReadOnlyList<GeneralCode> General(DateOnly month, long? provider)
    {
        var (where, values) = Of(month, provider);
        return records.Query(
            $"SELECT code, COUNT(*), COUNT(DISTINCT service_id) FROM finding WHERE {where} AND kind = 'general' GROUP BY code ORDER BY COUNT(*) DESC, code",
            r => new GeneralCode(r.Text(0), r.Long(1), r.Long(2)), values);
    }

    private List<SumsByProvider> Providers(DateOnly month)
    {
        var known = records.Query("SELECT provider_id, name_kk, name_ru FROM provider", ProviderRow).ToLookup(p => p.Id);
        var found = records.Query("SELECT provider_id, COUNT(*) FROM finding WHERE month = $1 AND kind = 'potential' GROUP BY provider_id", r => (r.Long(0), r.Long(1)), month)
            .ToDictionary(f => f.Item1, f => f.Item2);
        return
        [
            .. records.Query($"SELECT provider_id, {SumColumns} FROM month_form WHERE month = $1 GROUP BY provider_id ORDER BY provider_id", r => (Id: r.Long(0), Sums: SumsOf(r, 1)), month)
                .Select(p => new SumsByProvider(known[p.Id].FirstOrDefault() ?? new Provider(p.Id, null, null), p.Sums, found.GetValueOrDefault(p.Id))),
        ];
    }

    /// <summary>The same findings with their lines; the page's lines are asked for by id, never by a join over all records.</summary>
    private List<FindingRow> WithLines(IReadOnlyList<FindingRow> rows)
    {
        var lines = new Dictionary<(DateOnly, long), BilledLine>();
        foreach (var month in rows.GroupBy(r => r.Month))
        {
            foreach (var part in month.Select(r => r.ServiceId).Distinct().Chunk(1000))
            {
                var found = records.Query(
                    $"SELECT service_id, line_id, started_on, COALESCE(service_code, drg_code, medicine_code), amount FROM known_service WHERE month = $1 AND service_id IN ({string.Join(',', part)})",
                    r => new BilledLine(r.Long(0), r.Text(1), r.Day(2), r.TextOrNull(3), r.Long(4)), month.Key);
                foreach (var line in found)
                {
                    lines[(month.Key, line.ServiceId)] = line;
                }
            }
        }

        return [.. rows.Select(r => r with { Line = lines.GetValueOrDefault((r.Month, r.ServiceId)) })];
    }

    private ServiceFacts? Service(FindingRow finding)
    {
        var found = records.Query(
            """
            SELECT line_id, package, care_form, contract, service_code, started_on, ended_on, started_minute, quantity, price, amount,
                   diagnosis, doctor_id, bed_days, drg_code, medicine_code, person_id, birth_date, sex,
                   person_known, death_date, insured, abroad, attached_to, attached_on, licensed, doctor_certified, doctor_specialty, contracted, tariff, provider_region
            FROM known_service WHERE month = $1 AND service_id = $2
            """,
            r => new ServiceFacts(
                r.Text(0), r.Text(1), r.Text(2), r.TextOrNull(3), r.TextOrNull(4), r.Day(5), r.Day(6), (int?)r.LongOrNull(7), r.Int(8), r.Long(9), r.Long(10),
                r.TextOrNull(11), r.LongOrNull(12), (int?)r.LongOrNull(13), r.TextOrNull(14), r.TextOrNull(15), r.Long(16), r.DayOrNull(17), r.TextOrNull(18))
            {
                Known = new(
                    r.FlagOrNull(19), r.DayOrNull(20), r.FlagOrNull(21), r.FlagOrNull(22), r.LongOrNull(23), r.DayOrNull(24), r.FlagOrNull(25), r.FlagOrNull(26), r.TextOrNull(27), r.FlagOrNull(28),
                    r.LongOrNull(29), r.TextOrNull(30)),
            },
            finding.Month, finding.ServiceId);
        if (found.Count == 0)
        {
            return null;
        }

        var service = found[0];
        var names = (service.ServiceCode, service.DrgCode, service.MedicineCode) switch
        {
            ({ Length: > 0 } code, _, _) => records.Query("SELECT name_kk, name_ru FROM tariff WHERE service_code = $1 ORDER BY from_day DESC LIMIT 1", Names, code),
            (_, { Length: > 0 } drg, _) => records.Query("SELECT name_kk, name_ru FROM drg WHERE drg_code = $1 ORDER BY from_day DESC LIMIT 1", Names, drg),
            (_, _, { Length: > 0 } medicine) => records.Query("SELECT name_ru, name_ru FROM medicine WHERE medicine_code = $1 ORDER BY from_day DESC LIMIT 1", Names, medicine),
            _ => [],
        };
        var diagnosis = service.Diagnosis is null ? [] : records.Query("SELECT name_ru FROM diagnosis WHERE code = $1 LIMIT 1", r => r.TextOrNull(0), service.Diagnosis);
        return service with
        {
            NameKk = names.Count == 0 ? null : names[0].Kk,
            NameRu = names.Count == 0 ? null : names[0].Ru,
            DiagnosisName = diagnosis.Count == 0 ? null : diagnosis[0],
        };
    }

    private static (string? Kk, string? Ru) Names(IRow row) => (row.TextOrNull(0), row.TextOrNull(1));

    private static Provider ProviderRow(IRow row) => new(row.Long(0), row.TextOrNull(1), row.TextOrNull(2));

    private static Sums SumsOf(IRow row, int from) => new(row.Long(from), row.Long(from + 1), row.Long(from + 2), row.Long(from + 3));

    private static SumsBy SumsByOf(IRow row) => new(row.Text(0), SumsOf(row, 1));

    private static FindingRow FindingOf(IRow r) => new(
        r.Long(0), r.Text(1), r.Text(2), r.Text(3), r.Day(4), r.Long(5), r.Long(6), r.Long(7), r.Text(8), r.Flag(9), r.Long(10), r.Long(11), r.Long(12));
}
