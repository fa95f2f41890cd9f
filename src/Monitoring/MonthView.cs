using System.Security.Cryptography;
using System.Text;
using Kepil.DuckDb;

namespace Kepil.Monitoring;

/// <summary>A documented view over the known lines that several rules read: what takes a pass over the whole month is found once for all of them.</summary>
/// <remarks>On DuckDB it is a table, stored with the working copy of the month or made when the first rule asks for it; on PostgreSQL it is a plain view of the same text.</remarks>
/// <param name="Name">Its name in rules.</param>
/// <param name="Sql">Its SELECT over known_service; portable, as a rule is.</param>
public sealed record MonthView(string Name, string Sql)
{
    /// <summary>All of them; each tells the months apart, so that it says the same however many months are known.</summary>
    public static readonly IReadOnlyList<MonthView> All =
    [
        new("repeated_service", """
            SELECT k.*
            FROM known_service AS k
            JOIN (SELECT t.month, t.person_id, t.service_code
                  FROM known_service AS t
                  WHERE t.service_code <> ''
                  GROUP BY t.month, t.person_id, t.service_code
                  HAVING COUNT(*) > 1) AS r
              ON r.person_id = k.person_id AND r.service_code = k.service_code AND r.month = k.month
            """),
        new("divided_day", """
            SELECT k.*
            FROM known_service AS k
            JOIN (SELECT t.month, t.person_id, t.started_on
                  FROM known_service AS t
                  WHERE t.started_minute IS NOT NULL
                  GROUP BY t.month, t.person_id, t.started_on
                  HAVING MIN(t.provider_id) <> MAX(t.provider_id)) AS d
              ON d.person_id = k.person_id AND d.started_on = k.started_on AND d.month = k.month
            WHERE k.started_minute IS NOT NULL
            """),
        new("belated_service", """
            SELECT k.*
            FROM known_service AS k
            WHERE k.ended_on < k.month
            """),
        new("doctor_day", """
            SELECT k.month, k.doctor_id, k.started_on, COUNT(*) AS lines, CAST(SUM(k.quantity) AS bigint) AS quantity,
                   MIN(k.provider_id) AS first_provider, MAX(k.provider_id) AS last_provider
            FROM known_service AS k
            WHERE k.doctor_id IS NOT NULL
            GROUP BY k.month, k.doctor_id, k.started_on
            """),
        new("provider_service", """
            SELECT k.month, k.provider_id, k.care_form, k.service_code, COUNT(*) AS lines, CAST(SUM(k.quantity) AS bigint) AS quantity
            FROM known_service AS k
            WHERE k.service_code <> '' AND k.medicine_code IS NULL
            GROUP BY k.month, k.provider_id, k.care_form, k.service_code
            """),
        new("contract_use", """
            SELECT k.month, k.contract_line_id, COUNT(*) AS lines, CAST(SUM(k.amount) AS bigint) AS amount
            FROM known_service AS k
            WHERE k.contract_line_id IS NOT NULL
            GROUP BY k.month, k.contract_line_id
            """),
    ];

    /// <summary>Identity of all their texts: a working copy that holds others is made anew.</summary>
    public static string Form { get; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', All.Select(v => v.Name + '\n' + v.Sql)))))[..16];

    /// <summary>Whether a query may read it: its name stands in the text.</summary>
    public bool IsReadBy(string query) => query.Contains(Name, StringComparison.OrdinalIgnoreCase);

    /// <summary>Its SELECT over the lines of one month, under whatever name these stand.</summary>
    public string Over(string lines) => Sql.Replace("known_service", lines, StringComparison.Ordinal);

    /// <summary>Makes them as plain views over known_service of the same connection.</summary>
    public static void Create(DuckConnection connection, bool temporary = false)
    {
        foreach (var view in All)
        {
            connection.Execute($"CREATE {(temporary ? "TEMP " : "")}VIEW {view.Name} AS {view.Sql}");
        }
    }
}
