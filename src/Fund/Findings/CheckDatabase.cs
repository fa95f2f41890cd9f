using Kepil.DuckDb;
using Kepil.Monitoring;

namespace Kepil.Fund.Findings;

/// <summary>A database in memory for one check, opened before anybody asks for it, with the registers of persons read in that the check before needed.</summary>
internal sealed class CheckDatabase : IDisposable
{
    /// <summary>Bytes of registers that are worth being read ahead of every check.</summary>
    private const long MostBytes = 64L << 20;

    /// <summary>Registers of which a check looks up persons.</summary>
    private static readonly string[] OfPersons = ["person", "attachment", "insured_period", "absence"];

    // One thread: the worker beside it has the other processors, and many small joins are done no sooner by two.
    private readonly DuckDatabase _database = DuckDatabase.Open(threads: 1, memoryMegabytes: RuleStandby.MemoryMegabytes);
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
        foreach (var (register, path) in registers)
        {
            var rows = _read.GetValueOrDefault(register) == path ? $"SELECT * FROM read_{register}" : $"SELECT * FROM read_parquet('{RuleWorker.Quoted(path)}')";
            connection.Execute(OfPersons.Contains(register) ? $"CREATE TEMP TABLE {register} AS {rows} WHERE person_id IN (SELECT person_id FROM {persons})" : $"CREATE TEMP VIEW {register} AS {rows}");
        }
    }

    public void Dispose() => _database.Dispose();

    private void ReadAhead(IReadOnlyDictionary<string, string> registers)
    {
        using var connection = _database.Connect();
        // The first query of a database and the first look into a Parquet file take longer than those that follow.
        foreach (var path in registers.Values)
        {
            connection.Execute($"DESCRIBE SELECT * FROM read_parquet('{RuleWorker.Quoted(path)}')");
        }

        var large = registers.Where(r => OfPersons.Contains(r.Key)).ToList();
        if (large.Sum(r => new FileInfo(r.Value).Length) > MostBytes)
        {
            return;
        }

        foreach (var (register, path) in large)
        {
            connection.Execute($"CREATE TABLE read_{register} AS SELECT * FROM read_parquet('{RuleWorker.Quoted(path)}')");
            _read[register] = path;
        }
    }
}
