using System.Collections.Concurrent;
using System.Data.Common;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using System.Threading.Channels;
using Kepil.Fund.Accounts;
using Kepil.Fund.Contributions;
using Kepil.Fund.Desk;
using Kepil.Fund.Proceedings;
using Kepil.Fund.Registers;
using Kepil.Law;

namespace Kepil.Fund.PaymentFiles;

/// <summary>Files of payments, categories and standings that people bring to the pages: kept, checked without a change, and taken in when somebody says so.</summary>
public sealed class FileDesk(FundFolder folder, LawBook law, DeskStore desk)
{
    private readonly ContributionIntake _intake = new(folder, law, desk);
    private readonly ConcurrentDictionary<string, BroughtFile> _brought = new();
    private readonly Channel<string> _waiting = Channel.CreateUnbounded<string>();

    /// <summary>What the Fund took in before.</summary>
    public TakenFiles Taken { get; } = TakenFiles.Of(desk);

    /// <summary>Works on one file after another; what a dead process left at work is taken up again.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        foreach (var left in Brought().Where(b => b.IsAtWork))
        {
            _waiting.Writer.TryWrite(left.Hash);
        }

        try
        {
            await foreach (var hash in _waiting.Reader.ReadAllAsync(stop))
            {
                Work(hash);
            }
        }
        catch (OperationCanceledException)
        {
            // The pages are being closed; what is at work goes on at the next start.
        }
    }

    /// <summary>Files that were brought and wait for somebody, the newest first.</summary>
    public IReadOnlyList<BroughtFile> Brought() =>
        [.. Directory.GetDirectories(Directory.CreateDirectory(folder.At("payment-files")).FullName).Select(d => Find(Path.GetFileName(d))).OfType<BroughtFile>().Where(b => b.State != "sent").OrderByDescending(b => b.At)];

    /// <summary>A file by the hash of its content; nothing when nobody brought it.</summary>
    public BroughtFile? Find(string hash)
    {
        if (hash.Length != 64 || !hash.All(char.IsAsciiHexDigitLower))
        {
            return null;
        }

        return _brought.TryGetValue(hash, out var known) ? known
            : File.Exists(StateOf(hash)) ? JsonSerializer.Deserialize<BroughtFile>(File.ReadAllText(StateOf(hash)), ProceedingJson.Options) : null;
    }

    public string RejectionsOf(string hash) => Path.Combine(FolderOf(hash), "rejections.jsonl");

    /// <summary>Keeps a file and has it checked; the same content is the same file.</summary>
    public async Task<BroughtFile> BringAsync(Stream content, string name, string who, CancellationToken gone)
    {
        var stage = folder.Stage();
        try
        {
            var path = Path.Combine(stage, "file");
            await using (var to = File.Create(path))
            {
                await content.CopyToAsync(to, gone);
            }

            string hash;
            await using (var from = File.OpenRead(path))
            {
                hash = Convert.ToHexStringLower(await SHA256.HashDataAsync(from, gone));
            }

            if (Find(hash) is { } before)
            {
                return before;
            }

            Directory.CreateDirectory(FolderOf(hash));
            File.Move(path, FileOf(hash), true);
            var brought = Keep(new(hash, name, new FileInfo(FileOf(hash)).Length, who, desk.Clock.GetUtcNow(), "reading"));
            _waiting.Writer.TryWrite(hash);
            return brought;
        }
        finally
        {
            Directory.Delete(stage, true);
        }
    }

    /// <summary>Has a file checked again, or taken in.</summary>
    /// <param name="who">Who says so; he stands in the journal.</param>
    public void Go(string hash, bool take, string who)
    {
        if (Find(hash) is { } file && (take ? file is { State: "checked", New: > 0 } or { State: "checked", Refused: > 0 } : file.State is "checked" or "refused" or "failed"))
        {
            Keep(file with { State = take ? "taking" : "reading", Who = who, Refusal = null });
            _waiting.Writer.TryWrite(hash);
        }
    }

    /// <summary>Does what a file waits for.</summary>
    public void Work(string hash)
    {
        if (Find(hash) is not { IsAtWork: true } file)
        {
            return;
        }

        try
        {
            Keep(file.State == "taking" ? TakeIn(file) : Check(file));
        }
        catch (RegisterRefusedException whole)
        {
            Keep(file with { State = "refused", Refusal = JsonSerializer.Serialize(whole.Refusal, ProceedingJson.Options) });
        }
        catch (Exception e) when (e is DbException or IOException or InvalidDataException)
        {
            // Whatever stops one file must not stop the others; its page offers to check it again.
            Keep(file with { State = "failed" });
        }
    }

    /// <summary>Reads and judges the rows as taking in does, and changes nothing.</summary>
    private BroughtFile Check(BroughtFile file)
    {
        var (read, judged) = _intake.Check(FileOf(file.Hash), file.Name);
        File.Delete(RejectionsOf(file.Hash));
        using (var log = new RejectionLog(RejectionsOf(file.Hash)))
        {
            foreach (var rejection in judged.Rejections)
            {
                log.Add(rejection);
            }
        }

        return file with
        {
            State = Taken.IdOf(file.Hash) is null ? "checked" : "sent", Holds = read.Holds, Rows = read.Rows, New = judged.Payments.Count + judged.Times.Count, Known = judged.Known,
            Refused = judged.Rejections.Select(r => r.Row).Distinct().Count(), Refunds = judged.Payments.Count(p => p.Refunds is not null), Sum = judged.Payments.Sum(p => p.Sum.Tiyn),
        };
    }

    private BroughtFile TakeIn(BroughtFile file)
    {
        var taken = _intake.Take(FileOf(file.Hash), file.Who, file.Name);
        return file with { State = "sent", Rows = taken.Rows, New = taken.Taken, Known = taken.Known, Refused = taken.Refused, Sum = taken.Sum.Tiyn };
    }

    private BroughtFile Keep(BroughtFile file)
    {
        _brought[file.Hash] = file;
        File.WriteAllText(StateOf(file.Hash) + ".new", JsonSerializer.Serialize(file, ProceedingJson.Options));
        File.Move(StateOf(file.Hash) + ".new", StateOf(file.Hash), true);
        return file;
    }

    private string FolderOf(string hash) => folder.At("payment-files", hash);

    private string FileOf(string hash) => Path.Combine(FolderOf(hash), "content");

    private string StateOf(string hash) => Path.Combine(FolderOf(hash), "state.json");
}
