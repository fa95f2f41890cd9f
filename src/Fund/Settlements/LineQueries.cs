using System.Globalization;
using Kepil.DuckDb;
using Kepil.Monitoring;

namespace Kepil.Fund.Settlements;

/// <summary>The queries that share out each line of a month and find what changed since the last settlement; they run in DuckDB over the files of the fund.</summary>
internal static class LineQueries
{
    /// <summary>Columns of a detail file: what a settlement changed of a line, and why. Files of older runs have no form of care.</summary>
    public static readonly IReadOnlyList<LineColumn> Detail =
    [
        new("service_id", DuckType.BigInt), new("provider_id", DuckType.BigInt), new("contract", DuckType.Text), new("package", DuckType.Text),
        new("billed", DuckType.BigInt), new("withheld", DuckType.BigInt), new("in_dispute", DuckType.BigInt), new("debt", DuckType.BigInt), new("ground", DuckType.Text),
        new("care_form", DuckType.Text),
    ];

    /// <summary>Cases of the month that bear on money; key is the beginning of the hash of rule and evidence, by which a finding is known again.</summary>
    public static readonly IReadOnlyList<LineColumn> Cases =
    [
        new("service_id", DuckType.BigInt), new("sum", DuckType.BigInt), new("confirmed", DuckType.Boolean), new("open", DuckType.Boolean), new("key", DuckType.Text), new("ground", DuckType.Text),
    ];

    /// <summary>Tariffs that an act changes: the price of a unit in tiyn before and after.</summary>
    public static readonly IReadOnlyList<LineColumn> TariffChanges =
    [
        new("care_form", DuckType.Text), new("code", DuckType.Text), new("from_day", DuckType.Date), new("to_day", DuckType.Date), new("old", DuckType.BigInt), new("new", DuckType.BigInt),
    ];

    private const string Sums = "CAST(SUM(billed) AS bigint) AS billed, CAST(SUM(withheld) AS bigint) AS withheld, CAST(SUM(in_dispute) AS bigint) AS in_dispute, CAST(SUM(debt) AS bigint) AS debt";

    /// <summary>Lines with a finding that counts: what final decisions take, what they and open ones would take, and the grounds.</summary>
    /// <param name="findings">The file of findings of the last monitoring. One that has no case yet was not shown to the provider and is open.</param>
    public static string Touched(string findings, string multiCode)
    {
        var price = multiCode == "max" ? "MAX" : "SUM";
        return $"""
            CREATE TEMP TABLE touched AS
            SELECT service_id, CAST(COALESCE({price}(CASE WHEN confirmed THEN sum END), 0) AS bigint) AS confirmed, CAST({price}(sum) AS bigint) AS total,
                   bool_or(NOT confirmed) AS disputed, string_agg(ground, ' ' ORDER BY ground) AS ground
            FROM (
              SELECT service_id, sum, confirmed, ground FROM case_now WHERE confirmed OR open
              UNION ALL
              SELECT f.service_id, f.sum, false, 'finding:' || f.finding_id
              FROM read_parquet('{RuleWorker.Quoted(findings)}') AS f
              WHERE f.kind = 'potential' AND f.sum > 0
                AND NOT EXISTS (SELECT 1 FROM case_now AS c WHERE c.service_id = f.service_id AND c.key = substr(sha256(f.rule_id || chr(10) || f.evidence), 1, 16))
            ) AS e
            GROUP BY service_id
            """;
    }

    /// <summary>Each line of the month as it is shared out now.</summary>
    /// <param name="touchedOnly">Only lines that findings touch or touched: the others are as they were.</param>
    public static string Now(IEnumerable<string> records, SettlementPolicy policy, bool touchedOnly)
    {
        var (confirmed, total) = policy.MultiCode == "sum_capped"
            ? ("LEAST(COALESCE(t.confirmed, 0), l.amount)", "LEAST(COALESCE(t.total, 0), l.amount)") : ("COALESCE(t.confirmed, 0)", "COALESCE(t.total, 0)");
        var withheld = $"LEAST({confirmed}, l.amount)";
        var dispute = !policy.SetsApart ? "0" : policy.HoldsLine
            ? $"CASE WHEN t.disputed THEN l.amount - {withheld} ELSE 0 END" : $"LEAST({total}, l.amount) - {withheld}";
        var debt = policy.CarriesDebt ? $"{confirmed} - {withheld}" : "0";
        return $"""
            SELECT l.service_id, l.provider_id, COALESCE(l.contract, '') AS contract, l.package, l.amount AS billed,
                   CAST({withheld} AS bigint) AS withheld, CAST({dispute} AS bigint) AS in_dispute, CAST({debt} AS bigint) AS debt, COALESCE(t.ground, 'register') AS ground,
                   l.care_form
            FROM read_parquet({RuleWorker.FileList(records)}) AS l LEFT JOIN touched AS t ON t.service_id = l.service_id
            {(touchedOnly ? "WHERE l.service_id IN (SELECT service_id FROM candidate)" : "")}
            """;
    }

    /// <summary>Lines that may have changed while the records stayed the same.</summary>
    public static string Candidates(IEnumerable<string> before) => $"""
        CREATE TEMP TABLE candidate AS
        SELECT service_id FROM touched UNION SELECT service_id FROM read_parquet({RuleWorker.FileList(before)}) WHERE ground <> 'register'
        """;

    /// <summary>What changed of each line since the detail files before.</summary>
    public static string Changes(string now, IReadOnlyCollection<string> before, bool touchedOnly) => before.Count == 0 ? now : $"""
        SELECT service_id, provider_id, contract, package, {Sums}, MAX(ground) AS ground, care_form
        FROM (
          {now}
          UNION ALL
          SELECT service_id, provider_id, contract, package, -billed, -withheld, -in_dispute, -debt, NULL, care_form
          FROM (SELECT * FROM read_parquet({RuleWorker.FileList(before)}, union_by_name = true) UNION ALL BY NAME SELECT CAST(NULL AS text) AS care_form WHERE false) AS o {(touchedOnly ? "WHERE service_id IN (SELECT service_id FROM candidate)" : "")}
        ) AS b
        GROUP BY service_id, provider_id, contract, package, care_form
        HAVING SUM(billed) <> 0 OR SUM(withheld) <> 0 OR SUM(in_dispute) <> 0 OR SUM(debt) <> 0
        """;

    /// <summary>Changes by provider, contract, package and form of care.</summary>
    public static string Totals(string detail) =>
        $"SELECT provider_id, contract, package, {Sums}, COUNT(*), COALESCE(care_form, '') AS form FROM read_parquet('{RuleWorker.Quoted(detail)}') GROUP BY provider_id, contract, package, form ORDER BY provider_id, contract, package, form";

    /// <summary>Each contract and package: its sum, which is the plan of a month times the months of the line, and nothing where a line names no sum; and the first and last day of its lines.</summary>
    public static string ContractTerms(string contractLines) => $"""
        SELECT provider_id, contract, package, CASE WHEN COUNT(*) = COUNT(amount) THEN CAST(SUM(amount * (date_diff('month', from_day, to_day) + 1)) AS bigint) END, MIN(from_day), MAX(to_day)
        FROM read_parquet('{RuleWorker.Quoted(contractLines)}') WHERE contract <> '' GROUP BY provider_id, contract, package
        """;

    /// <summary>The plan of each contract, package and form of care for each month of a year; a line without a sum plans nothing.</summary>
    public static string Plan(string contractLines, int year) => string.Create(CultureInfo.InvariantCulture, $"""
        SELECT c.provider_id, c.contract, c.package, c.care_form, m.month, CAST(SUM(COALESCE(c.amount, 0)) AS bigint)
        FROM read_parquet('{RuleWorker.Quoted(contractLines)}') AS c
        JOIN (SELECT CAST(unnest(generate_series(DATE '{year}-01-01', DATE '{year}-12-01', INTERVAL 1 MONTH)) AS date) AS month) AS m ON m.month >= date_trunc('month', c.from_day) AND m.month <= c.to_day
        WHERE c.contract <> '' GROUP BY ALL ORDER BY ALL
        """);

    /// <summary>The lines of a contract as the register names them.</summary>
    public static string PlanLines(string contractLines, long provider, string contract) => string.Create(CultureInfo.InvariantCulture, $"""
        SELECT contract_line_id, package, care_form, service_code, from_day, to_day, quantity, amount
        FROM read_parquet('{RuleWorker.Quoted(contractLines)}') WHERE provider_id = {provider} AND contract = '{RuleWorker.Quoted(contract)}' ORDER BY ALL
        """);

    /// <summary>Lines that were settled at a tariff that changes, with how their shares change: what is withheld keeps its share of the price, rounded half up. Lines in dispute change nothing yet.</summary>
    /// <param name="shares">Else what is withheld stays as the decision said, up to the new bill.</param>
    public static string Recalculated(IEnumerable<string> details, IEnumerable<string> records, bool shares) => $"""
        CREATE TEMP TABLE recalculated AS
        SELECT s.service_id, s.provider_id, s.contract, s.package, l.care_form, s.in_dispute,
               CASE WHEN s.in_dispute = 0 THEN (c.new - c.old) * l.quantity ELSE 0 END AS billed,
               CASE WHEN s.in_dispute = 0 THEN CAST(LEAST({(shares ? "(2 * CAST(s.withheld AS hugeint) * c.new + c.old) // (2 * c.old)" : "s.withheld")}, s.billed + (c.new - c.old) * l.quantity) - s.withheld AS bigint) ELSE 0 END AS withheld
        FROM (
          SELECT service_id, provider_id, contract, package, CAST(SUM(billed) AS bigint) AS billed, CAST(SUM(withheld) AS bigint) AS withheld, CAST(SUM(in_dispute) AS bigint) AS in_dispute
          FROM read_parquet({RuleWorker.FileList(details)}, union_by_name = true) GROUP BY service_id, provider_id, contract, package HAVING SUM(billed) > 0
        ) AS s
        JOIN read_parquet({RuleWorker.FileList(records)}) AS l ON l.service_id = s.service_id
        JOIN change AS c ON c.care_form = l.care_form AND c.code = COALESCE(l.drg_code, l.service_code) AND l.ended_on BETWEEN c.from_day AND c.to_day AND l.price = c.old
        """;

    /// <summary>The same less what an act posted before.</summary>
    public static string RecalculatedChanges(string act, IReadOnlyCollection<string> posted) => $"""
        SELECT service_id, provider_id, contract, package, {Sums}, 'act:' || '{RuleWorker.Quoted(act)}' AS ground, care_form
        FROM (
          SELECT service_id, provider_id, contract, package, billed, withheld, 0 AS in_dispute, 0 AS debt, care_form FROM recalculated
          {(posted.Count == 0 ? "" : $"UNION ALL SELECT service_id, provider_id, contract, package, -billed, -withheld, -in_dispute, -debt, care_form FROM read_parquet({RuleWorker.FileList(posted)})")}
        ) AS b
        GROUP BY service_id, provider_id, contract, package, care_form HAVING SUM(billed) <> 0 OR SUM(withheld) <> 0
        ORDER BY provider_id, service_id, contract, package
        """;

    public static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
