using System.Text.Json;

namespace Kepil.Monitoring;

/// <summary>A rule as the worker gets it: its id, its query, and the first month of known lines that it looks back to.</summary>
public sealed record RuleTask(string Id, string HitQuery, DateOnly KnownFrom);

/// <summary>What a worker process is to run: the files it may read, the rules, and the one folder it may write.</summary>
/// <param name="Monitored">The lines under judgement.</param>
/// <param name="Known">All lines there are, by month; the monitored ones included unless <paramref name="NearOnly"/>.</param>
/// <param name="Registers">Parquet files of the loaded registers by table name.</param>
/// <param name="Lists">DuckDB file of lists, law and the registers that are not loaded, as <see cref="RuleTables.Write"/> makes it.</param>
/// <param name="Output">Folder for the hits, one Parquet file a rule.</param>
/// <param name="NearOnly">True for a dry run: of the known lines only those of the same persons and providers are taken, once, into memory.</param>
public sealed record RuleJob(
    MonthRecords Monitored, IReadOnlyList<MonthRecords> Known, IReadOnlyDictionary<string, string> Registers, string? Lists, IReadOnlyList<RuleTask> Rules,
    string Output, int Threads, int MemoryMegabytes, bool NearOnly)
{
    private static readonly JsonSerializerOptions Options = new() { WriteIndented = true };

    public void Write(string path) => File.WriteAllText(path, JsonSerializer.Serialize(this, Options));

    public static RuleJob Read(string path) => JsonSerializer.Deserialize<RuleJob>(File.ReadAllText(path)) ?? throw new InvalidDataException($"{path} holds no job.");
}
