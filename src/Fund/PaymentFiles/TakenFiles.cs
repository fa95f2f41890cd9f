using System.Data.Common;
using System.Text.Json;
using Kepil.Fund.Desk;
using Kepil.Fund.Registers;

namespace Kepil.Fund.PaymentFiles;

/// <summary>A file that the Fund took in.</summary>
/// <param name="Sum">Tiyn of the rows taken in, refunds taken off.</param>
public sealed record TakenFile(long Id, string Name, string Hash, string Holds, DateTimeOffset At, string Who, long Rows, long Taken, long Known, long Refused, long Sum);

/// <summary>What became of the payments of a file.</summary>
/// <param name="Refunds">Rows of the file that take back a payment.</param>
/// <param name="RefundsSum">Their sum in tiyn, below zero.</param>
/// <param name="TakenBack">Payments of the file that were taken back later.</param>
/// <param name="TakenBackSum">What was taken back of them in tiyn, below zero.</param>
/// <param name="By">Files that took them back.</param>
public sealed record FileCourse(long Refunds, long RefundsSum, long TakenBack, long TakenBackSum, IReadOnlyList<(long Id, string Name)> By);

/// <summary>Reads what files of payments the Fund took in, and what of their rows was refused or taken back.</summary>
public sealed class TakenFiles(DeskSource source)
{
    private const string Columns = "id, name, hash, holds, at, who, row_count, taken_count, known_count, refused_count, amount";

    public static TakenFiles Of(DeskStore desk)
    {
        using var context = desk.Context();
        return new(DeskSource.Of(context));
    }

    /// <summary>Files, the newest first.</summary>
    public IReadOnlyList<TakenFile> All(int most) => Query($"SELECT {Columns} FROM contribution_file ORDER BY id DESC LIMIT @p0", ReadFile, (long)most);

    public TakenFile? Find(long id) => Query($"SELECT {Columns} FROM contribution_file WHERE id = @p0", ReadFile, id).FirstOrDefault();

    /// <summary>The number of the file with this content; nothing when it was not taken in.</summary>
    public long? IdOf(string hash) => Query("SELECT id FROM contribution_file WHERE hash = @p0", r => (long?)r.GetInt64(0), hash).FirstOrDefault();

    /// <summary>Cells that kept rows out, in the order of the file.</summary>
    public IReadOnlyList<Rejection> Refused(TakenFile file) => Query(
        "SELECT row_number, cell, head, value, reason, named FROM contribution_refused WHERE file_id = @p0 ORDER BY number",
        r => new Rejection(file.Name, r.GetInt32(0), r.GetString(1), r.GetString(2), r.GetString(3), r.GetString(4), JsonSerializer.Deserialize<Dictionary<string, string>>(r.GetString(5))!), file.Id);

    public FileCourse CourseOf(long file)
    {
        // A payment that names no month is taken back in whatever month its refund comes.
        const string back = "FROM contribution AS c JOIN contribution AS r ON r.refunds = c.reference AND r.stated_id = c.stated_id AND r.kind = c.kind AND (r.month = c.month OR c.kind IN ('year_ahead', 'arrears_first')) WHERE c.file_id = @p0 AND c.refunds IS NULL";
        var own = Query("SELECT COUNT(*), CAST(COALESCE(SUM(amount), 0) AS bigint) FROM contribution WHERE file_id = @p0 AND refunds IS NOT NULL", r => (r.GetInt64(0), r.GetInt64(1)), file)[0];
        var later = Query($"SELECT COUNT(DISTINCT c.id), CAST(COALESCE(SUM(r.amount), 0) AS bigint) {back}", r => (r.GetInt64(0), r.GetInt64(1)), file)[0];
        var by = Query($"SELECT DISTINCT f.id, f.name FROM contribution_file AS f WHERE f.id IN (SELECT r.file_id {back}) ORDER BY f.id", r => (r.GetInt64(0), r.GetString(1)), file);
        return new(own.Item1, own.Item2, later.Item1, later.Item2, by);
    }

    private IReadOnlyList<T> Query<T>(string sql, Func<DbDataReader, T> read, params object?[] values)
    {
        using var connection = source.Open();
        return DeskRows.Query(connection, null, sql, read, values);
    }

    private static TakenFile ReadFile(DbDataReader r) => new(
        r.GetInt64(0), r.GetString(1), r.GetString(2), r.GetString(3), DateTimeOffset.FromUnixTimeMilliseconds(r.GetInt64(4)), r.GetString(5), r.GetInt64(6), r.GetInt64(7), r.GetInt64(8), r.GetInt64(9), r.GetInt64(10));
}
