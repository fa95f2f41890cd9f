using Kepil.DuckDb;

namespace Kepil.Demo;

/// <summary>One reference register on its way to disk: comma-separated text, or a DuckDB table that becomes Parquet when there are millions of rows.</summary>
internal sealed class RegisterOut : IDisposable
{
    private readonly string _name;
    private readonly string _folder;
    private readonly Sheet? _sheet;
    private readonly FileStream? _file;
    private readonly DuckConnection? _connection;
    private readonly DuckAppender? _rows;
    private bool _begun;

    /// <param name="folder">Where the file goes.</param>
    /// <param name="name">Name of the register.</param>
    /// <param name="columns">Names and types of the columns.</param>
    /// <param name="database">Where to gather rows for Parquet; null for text.</param>
    public RegisterOut(string folder, string name, (string Name, DuckType Type)[] columns, DuckDatabase? database)
    {
        (_name, _folder) = (name, folder);
        if (database is null)
        {
            _sheet = new Sheet(1 << 21);
            _file = new FileStream(Path.Combine(folder, name + ".csv"), FileMode.Create, FileAccess.Write, FileShare.None, 1);
            _sheet.Text(string.Join(',', columns.Select(c => c.Name))).Put((byte)'\n');
            return;
        }

        _connection = database.Connect();
        _connection.Execute($"CREATE OR REPLACE TABLE {name} ({string.Join(", ", columns.Select(c => $"{c.Name} {Sql(c.Type)}"))})");
        _rows = _connection.Append(name, [.. columns.Select(c => c.Type)]);
    }

    public static string Sql(DuckType type) => type switch
    {
        DuckType.Boolean => "BOOLEAN",
        DuckType.Integer => "INTEGER",
        DuckType.BigInt => "BIGINT",
        DuckType.Date => "DATE",
        _ => "VARCHAR",
    };

    public RegisterOut Number(long value)
    {
        Cell()?.Number(value);
        _rows?.Add(value);
        return this;
    }

    /// <summary>Tiyn: in text as tenge with two decimals, as registers come; in Parquet as they are.</summary>
    public RegisterOut Money(long tiyn)
    {
        Cell()?.Number(tiyn / 100).Put((byte)'.').Digits(tiyn % 100, 2);
        _rows?.Add(tiyn);
        return this;
    }

    /// <summary>Tiyn, or an empty cell.</summary>
    public RegisterOut Tenge(long? tiyn)
    {
        if (tiyn is { } sum)
        {
            return Money(sum);
        }

        Cell();
        _rows?.AddNull();
        return this;
    }

    /// <summary>A number of a person or an organisation, twelve digits in text.</summary>
    public RegisterOut Id(long value)
    {
        Cell()?.Digits(value, 12);
        _rows?.Add(value);
        return this;
    }

    public RegisterOut Small(int? value)
    {
        var cell = Cell();
        if (value is { } number)
        {
            cell?.Number(number);
        }

        _rows?.Add(value);
        return this;
    }

    public RegisterOut Day(int day)
    {
        if (day == 0)
        {
            Cell();
            _rows?.AddNull();
            return this;
        }

        Cell()?.Iso(day);
        _rows?.Add(DateOnly.FromDayNumber(day));
        return this;
    }

    public RegisterOut Flag(bool value)
    {
        Cell()?.Text(value ? "true"u8 : "false"u8);
        _rows?.Add(value);
        return this;
    }

    public RegisterOut Text(string? value)
    {
        var cell = Cell();
        if (value is not null)
        {
            cell?.Quoted(value);
        }

        _rows?.Add(value);
        return this;
    }

    public void End()
    {
        _begun = false;
        _rows?.EndRow();
        _sheet?.Put((byte)'\n').Drain(_file!);
    }

    public void Dispose()
    {
        if (_sheet is not null)
        {
            _sheet.Drain(_file!, all: true);
            _file!.Dispose();
            return;
        }

        _rows!.Complete();
        _rows.Dispose();
        var path = Path.Combine(_folder, _name + ".parquet").Replace("'", "''", StringComparison.Ordinal);
        _connection!.Execute($"COPY {_name} TO '{path}' (FORMAT parquet, COMPRESSION zstd)");
        _connection.Execute($"DROP TABLE {_name}");
        _connection.Dispose();
    }

    private Sheet? Cell()
    {
        if (_sheet is not null && _begun)
        {
            _sheet.Put((byte)',');
        }

        _begun = true;
        return _sheet;
    }
}
