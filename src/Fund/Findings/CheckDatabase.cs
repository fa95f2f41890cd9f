using Kepil.DuckDb;
using Kepil.Monitoring;

namespace Kepil.Fund.Findings;

/// <summary>A database in memory for one check, opened before anybody asks for it, with the registers read in that the check before needed.</summary>
internal sealed class CheckDatabase : IDisposable
{
    /// <summary>Bytes of registers that are worth being read ahead of every check.</summary>
    private const long MostBytes = 64L << 20;

    /// <summary>Registers of which a check looks up persons.</summary>
    private static readonly string[] OfPersons = ["person", "attachment", "insured_period", "absence"];

    // One thread: the worker beside it has the other processors, and many small joins are done no sooner by two; they are written in an order that needs no search for a better one.
    private readonly DuckDatabase _database = DuckDatabase.Open(
        threads: 1, memoryMegabytes: RuleStandby.MemoryMegabytes, settings: new Dictionary<string, string> { ["disabled_optimizers"] = "join_order" });
    private readonly Dictionary<string, string> _read = [];

    /// <param name="registers">Parquet files of the loaded registers; empty when nothing is expected.</param>
    public CheckDatabase(IReadOnlyDictionary<string, string> registers)
    {
        try
        {
            ReadAhead(registers);
        }
        catch
        {
            _database.Dispose();
            throw;
        }
    }

    public DuckConnection Connect() => _database.Connect();

    /// <summary>Shows the registers under their names: of those of persons only the rows of <paramref name="persons"/>, so that the joins that follow are small ones.</summary>
    /// <param name="persons">A table with person_id.</param>
    public void Show(DuckConnection connection, IReadOnlyDictionary<string, string> registers, string persons)
    {
        foreach (var (register, path) in registers.Where(r => LineFacts.Registers.Contains(r.Key)))
        {
            var rows = _read.GetValueOrDefault(register) == path ? $"SELECT * FROM read_{register}" : $"SELECT {LineFacts.ColumnsOf(register)} FROM read_parquet('{RuleWorker.Quoted(path)}')";
            connection.Execute(OfPersons.Contains(register) ? $"CREATE TEMP TABLE {register} AS {rows} WHERE person_id IN (SELECT person_id FROM {persons})" : $"CREATE TEMP VIEW {register} AS {rows}");
        }
    }

    public void Dispose() => _database.Dispose();

    private void ReadAhead(IReadOnlyDictionary<string, string> registers)
    {
        using var connection = _database.Connect();
        var needed = registers.Where(r => LineFacts.Registers.Contains(r.Key)).ToList();
        var large = needed.Sum(r => new FileInfo(r.Value).Length) > MostBytes;
        foreach (var (register, path) in needed.Where(r => !large || !OfPersons.Contains(r.Key)))
        {
            connection.Execute($"CREATE TABLE read_{register} AS SELECT {LineFacts.ColumnsOf(register)} FROM read_parquet('{RuleWorker.Quoted(path)}')");
            _read[register] = path;
        }
    }
}
