using System.Text.Json;
using System.Text.RegularExpressions;
using Kepil.DuckDb;

namespace Kepil.Tests.Rules;

/// <summary>Reads the plan of a query as an engine would that spreads records and persons over machines by the person, and tells what it would refuse.</summary>
/// <remarks>
/// Citus joins two spread tables only by the column that spreads them. What is grouped, ranked or cut without that column it computes apart and gives to all machines, and so it does with what WITH names when it is read twice;
/// such results, and tables that each machine has whole, may be joined to anything (also as the outer side of a join, since version 11.2).
/// </remarks>
internal sealed partial class SpreadPlan
{
    private const string ByPerson = "person_id = person_id";

    /// <summary>Steps that hand on what they get as it lies.</summary>
    private static readonly HashSet<string> Passing = ["PROJECTION", "FILTER"];

    /// <summary>Steps after which the rows stand in one place, unless they work person by person.</summary>
    private static readonly HashSet<string> Grouping = ["HASH_GROUP_BY", "PERFECT_HASH_GROUP_BY", "UNGROUPED_AGGREGATE"];

    private static readonly HashSet<string> Whole = ["STREAMING_LIMIT", "LIMIT", "TOP_N", "ORDER_BY", "STREAMING_WINDOW", "DUMMY_SCAN", "COLUMN_DATA_SCAN", "EMPTY_RESULT"];

    private readonly IReadOnlySet<string> _spread;
    private readonly Dictionary<string, int> _uses = [];
    private readonly Dictionary<string, bool> _named = [];

    private SpreadPlan(IReadOnlySet<string> spread) => _spread = spread;

    /// <summary>What would be refused; nothing when all is well.</summary>
    public List<string> Refused { get; } = [];

    /// <param name="connection">Sees the tables, empty or not; its database leaves out all optimizers but those of <see cref="Settings"/>.</param>
    /// <param name="query">A query.</param>
    public static SpreadPlan Of(DuckConnection connection, string query)
    {
        var spread = connection.QueryAll("SELECT DISTINCT table_name FROM duckdb_columns() WHERE column_name = 'person_id' AND NOT internal", r => r.Text(0)).ToHashSet(StringComparer.Ordinal);
        var plan = new SpreadPlan(spread);
        using var text = JsonDocument.Parse(connection.QueryAll($"EXPLAIN (FORMAT json) {query}", r => r.Text(1))[0]);
        var root = text.RootElement[0];
        plan.Count(root);
        plan.IsSpread(root);
        return plan;
    }

    /// <summary>Leaves out what would bring the joins into another order than they are written in.</summary>
    public static void Settings(DuckConnection connection)
    {
        var all = connection.QueryAll("SELECT name FROM duckdb_optimizers()", r => r.Text(0)).Where(o => o is not ("filter_pushdown" or "deliminator"));
        connection.Execute($"SET disabled_optimizers = '{string.Join(',', all)}'");
    }

    private static string Name(JsonElement node) => node.GetProperty("name").GetString()!.Trim();

    private static IReadOnlyList<string> Told(JsonElement node, string name)
    {
        if (!node.GetProperty("extra_info").TryGetProperty(name, out var told))
        {
            return [];
        }

        return told.ValueKind == JsonValueKind.Array ? [.. told.EnumerateArray().Select(t => t.GetString()!)] : [told.GetString()!];
    }

    private void Count(JsonElement node)
    {
        if (Name(node) == "CTE_SCAN")
        {
            var named = Told(node, "CTE Index")[0];
            _uses[named] = _uses.GetValueOrDefault(named) + 1;
        }

        foreach (var child in node.GetProperty("children").EnumerateArray())
        {
            Count(child);
        }
    }

    private bool IsSpread(JsonElement node)
    {
        var (name, children) = (Name(node), node.GetProperty("children"));
        switch (name)
        {
            case "SEQ_SCAN":
                return _spread.Contains(Told(node, "Table")[0].Split('.')[^1]);
            case "CTE":
                var index = Told(node, "Table Index")[0];
                _named[index] = IsSpread(children[0]) && _uses.GetValueOrDefault(index) < 2;
                return IsSpread(children[1]);
            case "CTE_SCAN":
                return _named[Told(node, "CTE Index")[0]];
        }

        var below = children.EnumerateArray().Select(IsSpread).ToList();
        if (name.Contains("JOIN", StringComparison.Ordinal) || name == "CROSS_PRODUCT")
        {
            var conditions = Told(node, "Conditions").Concat(Told(node, "Condition")).ToList();
            if (below.TrueForAll(b => b) && !conditions.Contains(ByPerson))
            {
                Refused.Add($"{name} {string.Join(' ', Told(node, "Join Type"))}: {string.Join(" AND ", conditions)}");
            }

            return below.Contains(true);
        }

        if (Grouping.Contains(name))
        {
            var columns = Told(children[0], "Projections");
            return below[0] && Told(node, "Groups").Any(g => (Place().Match(g) is { Success: true } place ? columns.ElementAtOrDefault(int.Parse(place.Groups[1].Value, null)) : g) == "person_id");
        }

        switch (name)
        {
            case "WINDOW":
                return below[0] && Told(node, "Projections").Where(p => p.Contains(" OVER ", StringComparison.Ordinal)).All(p => Partition().IsMatch(p));
            case "UNION":
                return below.TrueForAll(b => b);
            case var _ when Passing.Contains(name):
                return below[0];
            case var _ when Whole.Contains(name):
                return false;
            default:
                Refused.Add($"{name} is not known here.");
                return below.Contains(true);
        }
    }

    [GeneratedRegex("^#([0-9]+)$")]
    private static partial Regex Place();

    [GeneratedRegex(@"PARTITION BY[^)]*\bperson_id\b")]
    private static partial Regex Partition();
}
