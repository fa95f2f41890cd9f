using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Kepil.Monitoring;

namespace Kepil.Fund.Accounts;

/// <summary>The working copies of months in the folder of the fund: which there is, what it holds, and when it is made anew.</summary>
/// <remarks>A copy lies in copies/ with a list beside it: its form, then the files it holds. One without its list was not finished, and one of another form is of an earlier program; neither counts.</remarks>
public sealed class RecordCopies(FundFolder folder)
{
    /// <summary>Lines of a month below which its Parquet files are read as they are.</summary>
    public const long SmallMonth = 500;

    /// <summary>A copy is made anew when more than one line in so many is not in it.</summary>
    private const int Share = 10;

    private const int Threads = 2;

    private const int MemoryMegabytes = 2600;

    /// <summary>Where the records of a month lie, after making a copy where there is none or too much came since.</summary>
    /// <param name="files">The files of the month that count.</param>
    public MonthRecords Of(DateOnly month, IReadOnlyList<RecordFile> files)
    {
        if (IsFresh(files, Described(files, month)))
        {
            return Described(files, month);
        }

        Directory.CreateDirectory(folder.At("copies"));
        using var held = Hold(folder.At("copies", Name(month) + ".lock"));
        var now = Described(files, month);
        return IsFresh(files, now) ? now : Make(files, month);
    }

    private bool IsFresh(IReadOnlyList<RecordFile> files, MonthRecords month)
    {
        var lines = files.Sum(f => f.Lines);
        var loose = month.Files.ToHashSet();
        return lines < SmallMonth || (month.Copy is not null && files.Where(f => loose.Contains(folder.At(f.Path))).Sum(f => f.Lines) * Share <= lines);
    }

    private MonthRecords Described(IReadOnlyList<RecordFile> files, DateOnly month)
    {
        var list = Directory.Exists(folder.At("copies")) ? Directory.GetFiles(folder.At("copies"), Name(month) + "-*.files").MaxBy(File.GetLastWriteTimeUtc) : null;
        if (list is not null && Path.ChangeExtension(list, ".duckdb") is var copy && File.Exists(copy) && File.ReadAllLines(list) is [var form, .. var held] && form == RecordCopy.Form)
        {
            var inside = held.Select(l => long.Parse(l, CultureInfo.InvariantCulture)).ToHashSet();
            var current = files.Select(f => f.Id).ToHashSet();
            return new MonthRecords(month, copy, [.. inside.Where(i => !current.Contains(i)).Order()], [.. files.Where(f => !inside.Contains(f.Id)).Select(f => folder.At(f.Path))]);
        }

        return MonthRecords.Of(month, [.. files.Select(f => folder.At(f.Path))]);
    }

    private MonthRecords Make(IReadOnlyList<RecordFile> files, DateOnly month)
    {
        var stage = folder.Stage();
        try
        {
            var part = Path.Combine(stage, "copy.duckdb");
            RecordCopy.Make(part, [.. files.Select(f => new RecordPart(f.Id, folder.At(f.Path), f.Shard))], Path.Combine(stage, "spill"), Threads, MemoryMegabytes);
            var ids = string.Join('\n', files.Select(f => f.Id.ToString(CultureInfo.InvariantCulture)));
            var name = $"{Name(month)}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(RecordCopy.Form + ids)))[..16]}";
            var earlier = Directory.GetFiles(folder.At("copies"), Name(month) + "-*").ToList();
            File.WriteAllText(Path.Combine(stage, "files"), $"{RecordCopy.Form}\n{ids}\n");
            File.Move(part, folder.At("copies", name + ".duckdb"), true);
            File.Move(Path.Combine(stage, "files"), folder.At("copies", name + ".files"), true);
            // Who reads an earlier copy keeps it open until he is done.
            foreach (var old in earlier.Where(o => !Path.GetFileName(o).StartsWith(name + ".", StringComparison.Ordinal)))
            {
                File.Delete(old);
            }

            return new MonthRecords(month, folder.At("copies", name + ".duckdb"), [], []);
        }
        finally
        {
            Directory.Delete(stage, true);
        }
    }

    private static FileStream Hold(string file)
    {
        while (true)
        {
            try
            {
                return new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (File.Exists(file))
            {
                using var gate = new ManualResetEventSlim(false);
                gate.Wait(100);
            }
        }
    }

    private static string Name(DateOnly month) => month.ToString("yyyy-MM", CultureInfo.InvariantCulture);
}
