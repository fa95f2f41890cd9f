using System.Text.Json;
using System.Text.Json.Serialization;

namespace Kepil.Monitoring;

/// <summary>A rule as the worker gets it: its id, its query, and the first month of known lines that it looks back to.</summary>
public sealed record RuleTask(string Id, string HitQuery, DateOnly KnownFrom);

/// <summary>What a worker process is to run: the files it may read, the rules, and the one folder it may write.</summary>
/// <param name="Monitored">The lines under judgement.</param>
/// <param name="Known">All lines there are, by month; the monitored ones included unless <paramref name="NearOnly"/>.</param>
/// <param name="Registers">Parquet files of the loaded registers by table name.</param>
/// <param name="Lists">DuckDB file of lists, law and the registers that are not loaded, as <see cref="RuleTables.Write"/> makes it.</param>
/// <param name="Output">Folder for the hits, one Parquet file a rule.</param>
/// <param name="NearOnly">True for a dry run: of the known lines only those of the same persons, providers and doctors are taken, once, into memory.</param>
/// <param name="Staged">Of a dry run: the lines as they were read, by which what is near them is found while their facts are looked up.</param>
/// <param name="Lanes">Rules that run at once; over a month they share threads and memory evenly.</param>
public sealed record RuleJob(
    MonthRecords Monitored, IReadOnlyList<MonthRecords> Known, IReadOnlyDictionary<string, string> Registers, string? Lists, IReadOnlyList<RuleTask> Rules,
    string Output, int Threads, int MemoryMegabytes, bool NearOnly, IReadOnlyList<string>? Staged = null, int Lanes = 1)
{
    /// <summary>Where the job lies in the folder of its worker.</summary>
    private static string At(string folder) => Path.Combine(folder, "job.json");

    public void Write() => File.WriteAllText(At(Output), JsonSerializer.Serialize(this, RuleJson.Default.RuleJob));

    public static RuleJob Read(string folder) => JsonSerializer.Deserialize(File.ReadAllText(At(folder)), RuleJson.Default.RuleJob) ?? throw new InvalidDataException($"{folder} holds no job.");
}

[JsonSourceGenerationOptions(WriteIndented = true)]
[JsonSerializable(typeof(RuleJob))]
internal sealed partial class RuleJson : JsonSerializerContext;
