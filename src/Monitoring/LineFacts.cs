using Kepil.DuckDb;

namespace Kepil.Monitoring;

/// <summary>What the registers say about billed lines at the moment when the fund accepts them; stored with each line, so that an appeal years later sees what was known then.</summary>
public static class LineFacts
{
    /// <summary>The registers that say something about a line.</summary>
    public static readonly IReadOnlyList<string> Registers = ["person_merge", "person", "attachment", "insured_period", "absence", "provider", "licence", "staff", "contract_line", "tariff", "drg"];

    /// <summary>The columns of a register that say something about a line.</summary>
    public static string ColumnsOf(string register) => register == "person" ? "person_id, birth_date, sex, sex_changed, death_date, death_minute" : "*";

    /// <summary>Makes the temporary table <paramref name="target"/> (all columns of <see cref="LineColumns.All"/>) from the table staged_line (the billed columns).</summary>
    /// <param name="connection">A connection that sees staged_line and the registers under their names.</param>
    /// <param name="target">Name of the table to make.</param>
    /// <param name="loaded">Registers that are loaded; the facts of others are null, for what is not known accuses nobody.</param>
    /// <param name="acceptedOn">The day of acceptance: tariffs announced later are not yet known.</param>
    public static void Find(DuckConnection connection, string target, IReadOnlySet<string> loaded, DateOnly acceptedOn) =>
        connection.Execute($"CREATE TEMP TABLE {target} AS {Query(loaded, acceptedOn)}");

    /// <summary>The query that gives all columns of <see cref="LineColumns.All"/> of the lines of the table or view staged_line.</summary>
    /// <param name="loaded">Registers that are loaded; the facts of others are null, for what is not known accuses nobody.</param>
    /// <param name="acceptedOn">The day of acceptance: tariffs announced later are not yet known.</param>
    public static string Query(IReadOnlySet<string> loaded, DateOnly acceptedOn)
    {
        var day = acceptedOn.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        bool Has(string register) => loaded.Contains(register);
        string Known(string register, string expression) => Has(register) ? expression : "NULL";
        var providerIsKnown = Has("provider") ? "pr.provider_id IS NOT NULL" : "TRUE";

        // Small look-ups are made over the distinct keys of the batch, so that the many lines meet them by a plain hash join.
        var joins = new List<string>();
        if (Has("person_merge"))
        {
            joins.Add("LEFT JOIN person_merge AS m ON m.old_id = b.stated_id");
        }

        var person = Has("person_merge") ? "COALESCE(m.person_id, b.stated_id)" : "b.stated_id";
        void Join(string register, string text)
        {
            if (Has(register))
            {
                joins.Add(text);
            }
        }

        Join("person", $"LEFT JOIN person AS p ON p.person_id = {person}");
        Join("attachment", $"LEFT JOIN attachment AS a ON a.person_id = {person} AND b.started_on BETWEEN a.from_day AND a.to_day");
        Join("insured_period", $"LEFT JOIN insured_period AS i ON i.person_id = {person} AND b.started_on BETWEEN i.from_day AND i.to_day");
        Join("absence", $"LEFT JOIN absence AS ab ON ab.person_id = {person} AND b.started_on > ab.from_day AND b.started_on < ab.to_day");
        Join("provider", "LEFT JOIN provider AS pr ON pr.provider_id = b.provider_id");
        Join("licence", """
            LEFT JOIN (SELECT DISTINCT k.provider_id, k.care_form, k.started_on
                       FROM (SELECT DISTINCT provider_id, care_form, started_on FROM staged_line) AS k
                       JOIN licence AS l ON l.provider_id = k.provider_id AND l.care_form = k.care_form AND k.started_on BETWEEN l.from_day AND l.to_day) AS li
              ON li.provider_id = b.provider_id AND li.care_form = b.care_form AND li.started_on = b.started_on
            """);
        Join("staff", """
            LEFT JOIN (SELECT k.doctor_id, k.provider_id, k.started_on, MAX(CASE WHEN k.started_on BETWEEN s.from_day AND s.to_day THEN 1 ELSE 0 END) AS certified,
                              COALESCE(MIN(CASE WHEN k.started_on BETWEEN s.from_day AND s.to_day THEN s.specialty END), MIN(s.specialty)) AS specialty
                       FROM (SELECT DISTINCT doctor_id, provider_id, started_on FROM staged_line WHERE doctor_id IS NOT NULL) AS k
                       JOIN staff AS s ON s.doctor_id = k.doctor_id AND s.provider_id = k.provider_id
                       GROUP BY k.doctor_id, k.provider_id, k.started_on) AS st
              ON st.doctor_id = b.doctor_id AND st.provider_id = b.provider_id AND st.started_on = b.started_on
            """);
        Join("contract_line", """
            LEFT JOIN (SELECT k.provider_id, k.package, k.care_form, k.service_code, k.month,
                              arg_min(c.contract_line_id, (CASE WHEN c.service_code IS NULL THEN 1 ELSE 0 END, c.contract_line_id)) AS contract_line_id
                       FROM (SELECT DISTINCT provider_id, package, care_form, service_code, month FROM staged_line) AS k
                       JOIN contract_line AS c ON c.provider_id = k.provider_id AND c.package = k.package AND c.care_form = k.care_form
                        AND (c.service_code IS NULL OR c.service_code = k.service_code) AND k.month BETWEEN date_trunc('month', c.from_day) AND c.to_day
                       GROUP BY k.provider_id, k.package, k.care_form, k.service_code, k.month) AS cl
              ON cl.provider_id = b.provider_id AND cl.package = b.package AND cl.care_form = b.care_form
             AND cl.service_code IS NOT DISTINCT FROM b.service_code AND cl.month = b.month
            """);
        Join("tariff", $"""
            LEFT JOIN (SELECT k.service_code, k.ended_on, arg_max(t.price, (COALESCE(t.known_on, t.from_day), t.from_day)) AS price
                       FROM (SELECT DISTINCT service_code, ended_on FROM staged_line WHERE service_code IS NOT NULL) AS k
                       JOIN tariff AS t ON t.service_code = k.service_code AND k.ended_on BETWEEN t.from_day AND t.to_day
                        AND COALESCE(t.known_on, t.from_day) <= DATE '{day}'
                       GROUP BY k.service_code, k.ended_on) AS ta
              ON ta.service_code = b.service_code AND ta.ended_on = b.ended_on
            """);
        Join("drg", $"""
            LEFT JOIN (SELECT k.drg_code, k.ended_on,
                              CAST(ROUND(CAST(arg_max(w.weight_e4, (COALESCE(w.known_on, w.from_day), w.from_day)) AS DECIMAL(18, 0)) * MAX(v.value) * 0.0001, 0) AS BIGINT) AS price
                       FROM (SELECT DISTINCT drg_code, ended_on FROM staged_line WHERE drg_code IS NOT NULL) AS k
                       JOIN drg AS w ON w.drg_code = k.drg_code AND k.ended_on BETWEEN w.from_day AND w.to_day
                        AND COALESCE(w.known_on, w.from_day) <= DATE '{day}'
                       JOIN legal_value AS v ON v.name = 'drg_base_rate' AND k.ended_on BETWEEN v.from_day AND v.to_day
                       GROUP BY k.drg_code, k.ended_on) AS dr
              ON dr.drg_code = b.drg_code AND dr.ended_on = b.ended_on
            """);

        // The number itself tells birth and sex where the register of persons does not: yymmdd, then 1-6 for century and sex.
        const string century = "CAST(b.stated_id // 100000 % 10 AS INTEGER)";
        const string ownNumber = $"b.stated_id < 1000000000000 AND {century} BETWEEN 1 AND 6";
        const string ownBirth = $"""
            CASE WHEN {ownNumber} THEN TRY_CAST(
              CAST(1800 + ({century} - 1) // 2 * 100 + b.stated_id // 10000000000 AS VARCHAR) || '-' || lpad(CAST(b.stated_id // 100000000 % 100 AS VARCHAR), 2, '0')
              || '-' || lpad(CAST(b.stated_id // 1000000 % 100 AS VARCHAR), 2, '0') AS DATE) END
            """;
        const string ownSex = $"CASE WHEN {ownNumber} THEN CASE WHEN {century} % 2 = 1 THEN 'm' ELSE 'f' END END";
        var billed = string.Join(", ", LineColumns.Billed.Select(c => $"b.{c.Name}"));
        return $"""
            SELECT f.*,
                   CASE WHEN f.birth_date IS NOT NULL THEN date_part('year', f.started_on) - date_part('year', f.birth_date)
                        - CASE WHEN date_part('month', f.started_on) * 100 + date_part('day', f.started_on) < date_part('month', f.birth_date) * 100 + date_part('day', f.birth_date) THEN 1 ELSE 0 END
                   END::INTEGER AS age_years,
                   CAST(f.started_on - f.birth_date AS INTEGER) AS age_days,
                   CAST(f.started_on - f.death_date AS INTEGER) AS days_after_death
            FROM (
              SELECT {billed},
                     {person} AS person_id,
                     {Known("person", "p.person_id IS NOT NULL")} AS person_known,
                     {(Has("person") ? $"COALESCE(p.birth_date, {ownBirth})" : ownBirth)} AS birth_date,
                     {(Has("person") ? $"COALESCE(p.sex, {ownSex})" : ownSex)} AS sex,
                     {Known("person", "p.sex_changed")} AS sex_changed,
                     {Known("person", "p.death_date")} AS death_date,
                     {Known("person", "p.death_minute")} AS death_minute,
                     {Known("insured_period", $"CASE WHEN i.person_id IS NOT NULL THEN TRUE {(Has("person") ? "WHEN p.person_id IS NULL THEN NULL" : "")} ELSE FALSE END")} AS insured,
                     {Known("absence", "ab.person_id IS NOT NULL")} AS abroad,
                     {Known("attachment", "a.provider_id")} AS attached_to,
                     {Known("attachment", "a.from_day")} AS attached_on,
                     {Known("attachment", "a.by_application")} AS attached_by_application,
                     {Known("licence", $"CASE WHEN {providerIsKnown} THEN li.provider_id IS NOT NULL END")} AS licensed,
                     {Known("staff", $"CASE WHEN b.doctor_id IS NOT NULL AND {providerIsKnown} THEN st.doctor_id IS NOT NULL END")} AS doctor_known,
                     {Known("staff", "CASE WHEN st.doctor_id IS NOT NULL THEN st.certified = 1 END")} AS doctor_certified,
                     {Known("staff", "st.specialty")} AS doctor_specialty,
                     {Known("contract_line", $"CASE WHEN {providerIsKnown} THEN cl.contract_line_id IS NOT NULL END")} AS contracted,
                     {Known("contract_line", "cl.contract_line_id")} AS contract_line_id,
                     COALESCE({Known("drg", "dr.price")}, {Known("tariff", "ta.price")}) AS tariff,
                     {Known("provider", "pr.region")} AS provider_region,
                     {Known("provider", "pr.palliative")} AS provider_palliative
              FROM staged_line AS b
              {string.Join("\n  ", joins)}
            ) AS f
            """;
    }

    /// <summary>The select list that puts the columns of a record into their stored order and types.</summary>
    public static string InOrder(string alias) =>
        string.Join(", ", LineColumns.All.Select(c => $"CAST({alias}.{c.Name} AS {LineColumns.Sql(c.Type)}) AS {c.Name}"));
}
