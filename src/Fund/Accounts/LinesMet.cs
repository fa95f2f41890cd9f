using System.Globalization;
using Kepil.DuckDb;
using Kepil.Law;
using Kepil.Monitoring;

namespace Kepil.Fund.Accounts;

/// <summary>What becomes of incoming lines that the fund holds already, or that another file of the batch bills too.</summary>
/// <remarks>
/// Versions of a line follow one another by their numbers: the stored one first, then those of the batch in the order of its files.
/// The same content as before changes nothing, another is a correction, and a line with a finding stays as it is.
/// </remarks>
internal sealed record LinesMet
{
    private const string Key = "provider_id, line_id, month";

    /// <summary>Whether any line was met at all; then the table 'met' says of each version: number, fate, whether it came in this batch and whether a later one replaces it.</summary>
    public bool Any { get; private init; }

    /// <summary>Some incoming lines add nothing.</summary>
    public bool LeftOut { get; private init; }

    /// <summary>Some incoming lines are corrected by a later file of the same batch.</summary>
    public bool Superseded { get; private init; }

    /// <summary>Files that hold corrected lines, and how many of them.</summary>
    public IReadOnlyDictionary<string, long> Replaced { get; private init; } = new Dictionary<string, long>();

    /// <summary>Compares the view 'incoming' with the files of its months, by provider, month and the provider's own id, for many count their lines anew each month.</summary>
    /// <param name="connection">Sees the view 'incoming'.</param>
    /// <param name="files">Record files that count.</param>
    /// <param name="frozen">The query that gives the numbers of lines with a finding.</param>
    [Law("MON-321:24")]
    public static LinesMet Among(DuckConnection connection, IReadOnlyList<string> files, string frozen)
    {
        // Contents are compared only of lines that stand twice; most batches have none, and a number of eight bytes finds them.
        connection.Execute($"CREATE TEMP TABLE again AS SELECT k FROM (SELECT hash({Key}) AS k FROM incoming) GROUP BY k HAVING COUNT(*) > 1");
        connection.Execute(files.Count == 0
            ? "CREATE TEMP TABLE stored (service_id bigint, file text, k ubigint)"
            : $"CREATE TEMP TABLE stored AS SELECT s.service_id, s.filename AS file, hash(s.provider_id, s.line_id, s.month) AS k FROM read_parquet({RuleWorker.FileList(files)}, filename = true) AS s SEMI JOIN incoming AS i ON i.provider_id = s.provider_id AND i.line_id = s.line_id AND i.month = s.month");
        if (Number(connection, "SELECT (SELECT COUNT(*) FROM again) + (SELECT COUNT(*) FROM stored)") == 0)
        {
            return new LinesMet();
        }

        var content = $"hash({string.Join(", ", LineColumns.Billed.Where(c => c.Name != "service_id").Select(c => c.Name))}) AS content";
        var known = files.Count == 0
            ? ""
            : $"UNION ALL SELECT service_id, {Key}, {content}, FALSE, service_id IN ({frozen}) FROM read_parquet({RuleWorker.FileList(files)}) WHERE service_id IN (SELECT service_id FROM stored)";
        connection.Execute($"""
            CREATE TEMP TABLE met AS
            WITH version AS (SELECT service_id, {Key}, {content}, TRUE AS incoming, FALSE AS held FROM incoming WHERE hash({Key}) IN (SELECT k FROM again UNION ALL SELECT k FROM stored)
                             {known}),
                 compared AS (SELECT *, bool_or(held) OVER (PARTITION BY {Key}) AS kept, first_value(content) OVER (PARTITION BY {Key} ORDER BY service_id) AS first_content,
                                     lag(content) OVER (PARTITION BY {Key} ORDER BY service_id) AS last_content
                              FROM version),
                 judged AS (SELECT *, CASE WHEN last_content IS NULL THEN 'new' WHEN content = (CASE WHEN kept THEN first_content ELSE last_content END) THEN 'unchanged' WHEN kept THEN 'frozen' ELSE 'corrected' END AS fate FROM compared)
            SELECT service_id, incoming, fate,
                   fate IN ('new', 'corrected') AND COALESCE(bool_or(fate = 'corrected') OVER (PARTITION BY {Key} ORDER BY service_id ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING), FALSE) AS superseded
            FROM judged
            """);
        return new LinesMet
        {
            Any = true,
            LeftOut = Number(connection, "SELECT COUNT(*) FROM met WHERE fate IN ('unchanged', 'frozen')") > 0,
            Superseded = Number(connection, "SELECT COUNT(*) FROM met WHERE superseded AND incoming") > 0,
            Replaced = connection.QueryAll("SELECT s.file, COUNT(*) FROM stored AS s JOIN met AS m ON m.service_id = s.service_id WHERE m.superseded GROUP BY s.file", r => (r.Text(0), r.Long(1))).ToDictionary(),
        };
    }

    /// <summary>Incoming lines that are not simply new, in the order of their numbers.</summary>
    public IEnumerable<(long Number, string Fate, string LineId, long Amount)> Read(DuckConnection connection) =>
        Any
            ? connection.QueryAll("SELECT m.service_id, m.fate, i.line_id, i.amount FROM met AS m JOIN incoming AS i ON i.service_id = m.service_id WHERE m.incoming AND m.fate <> 'new' ORDER BY 1", r => (r.Long(0), r.Text(1), r.Text(2), r.Long(3)))
            : [];

    private static long Number(DuckConnection connection, string sql) => Convert.ToInt64(connection.Scalar(sql), CultureInfo.InvariantCulture);
}
