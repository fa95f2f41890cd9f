using Kepil.DuckDb;

namespace Kepil.Monitoring;

/// <summary>The hits of one rule over a single register, as a worker leaves them for whoever started it.</summary>
public static class DryRunHits
{
    internal const string Extension = ".hits";

    private static readonly IReadOnlyList<LineColumn> Columns =
    [
        new("service_id", DuckType.BigInt), new("person_id", DuckType.BigInt), new("rule_id", DuckType.Text), new("code", DuckType.Text), new("kind", DuckType.Text), new("evidence", DuckType.Text),
    ];

    /// <summary>Makes the table hit, which pricing reads, from the files of the rules that finished.</summary>
    /// <param name="folder">Output of the job.</param>
    /// <param name="lines">As for <see cref="HitFiles.Query"/>.</param>
    /// <param name="severalMonths">Whether the lines are of more than one month: then of each rule those count on whose days it was in force.</param>
    public static void Create(DuckConnection connection, string folder, IEnumerable<(LoadedRule Rule, long Hits)> found, string lines, bool severalMonths)
    {
        var with = found.Where(f => f.Hits > 0).Select(f => f.Rule).ToList();
        RuleTables.Fill(connection, "hit", Columns, with.SelectMany(rule => Read(Path.Combine(folder, rule.Id + Extension)).Select(h => (IReadOnlyList<object?>)
            [h.Service, h.Person, rule.Id, rule.File.Code, rule.File.Kind == FindingKind.Potential ? "potential" : "general", h.Evidence])), temporary: true);
        foreach (var (rule, days) in with.Select(r => (r, HitFiles.OnDays(r.File, lines, severalMonths))).Where(r => r.Item2.Length > 0))
        {
            connection.Execute($"DELETE FROM hit WHERE rule_id = '{rule.Id}' AND service_id NOT IN (SELECT service_id FROM {lines}{days})");
        }
    }

    /// <returns>How many hits there are, and how many the line that is hit most often has.</returns>
    internal static (long Count, long Greatest) Write(string path, DuckResult found)
    {
        var times = new Dictionary<long, long>();
        if (!found.Read())
        {
            return (0, 0);
        }

        using var file = new BinaryWriter(File.Create(path));
        var count = 0L;
        do
        {
            var service = found.Long(0);
            file.Write(service);
            file.Write(found.Long(1));
            file.Write(found.Text(2));
            times[service] = times.GetValueOrDefault(service) + 1;
            count++;
        }
        while (found.Read());
        return (count, times.Values.Max());
    }

    private static IEnumerable<(long Service, long Person, string Evidence)> Read(string path)
    {
        using var file = new BinaryReader(File.OpenRead(path));
        while (file.BaseStream.Position < file.BaseStream.Length)
        {
            yield return (file.ReadInt64(), file.ReadInt64(), file.ReadString());
        }
    }
}
