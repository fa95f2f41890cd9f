using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using System.Threading.Channels;
using Kepil.DuckDb;
using Kepil.Fund.Accounts;
using Kepil.Fund.Findings;
using Kepil.Fund.Proceedings;
using Kepil.Fund.Registers;
using Kepil.Monitoring;

namespace Kepil.Fund.Office;

/// <summary>A row that would be accepted, as the preview shows it.</summary>
public sealed record SoundRow(int Row, string LineId, string? ServiceCode, DateOnly On, long Amount);

/// <summary>What a check found in an upload: refusals of rows, findings to expect, and a few of the sound rows.</summary>
/// <param name="ChecksOfDay">How many checks by the rules a provider has in a day, where the rules were not asked because these are used up; else null.</param>
public sealed record UploadCheck(IReadOnlyList<Foreseen> Foreseen, long Potential, long General, long AtRisk, IReadOnlyList<SoundRow> Rows, bool RulesFailed, int? ChecksOfDay = null);

/// <summary>Works on uploads one after the other: reads them, tries the rules on them, hands them in; what a dead process left at work is taken up again.</summary>
public sealed class UploadWatch(ProviderOffice office)
{
    /// <summary>Findings and rejections of one upload that are kept for its page.</summary>
    public const int Kept = 5_000;

    private const int Shown = 10;

    /// <summary>Uploads of a provider, the newest first, whose checks count.</summary>
    private const int OfDay = 500;

    /// <summary>What the journal calls a check by the rules; those of the patients whom the provider has nothing to do with stand in its detail.</summary>
    private const string Checked = "RegisterChecked";

    private readonly Channel<long> _waiting = Channel.CreateUnbounded<long>();
    private RuleStandby? _standby;
    private ReaderStandby? _readers;

    /// <summary>Goes on with what was at work when the last process ended, then with whatever comes, until it is told to stop.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        foreach (var left in office.Own.AtWork())
        {
            Take(left.Id);
        }

        try
        {
            await foreach (var id in _waiting.Reader.ReadAllAsync(stop))
            {
                try
                {
                    await WorkAsync(id, stop);
                }
                catch (Exception e) when (e is not OperationCanceledException)
                {
                    // Whatever stops one upload must not stop the others; its page says what to do.
                    GiveUp(id);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The pages are being closed; what is at work goes on at the next start.
        }
        finally
        {
            _standby?.Dispose();
            _readers?.Dispose();
        }
    }

    private void GiveUp(long id)
    {
        try
        {
            office.Own.Change(id, ["reading", "foreseeing", "sending"], u => (u.State, u.Done) = (u.State == "sending" ? "checked" : "failed", 100));
        }
        catch (DbException)
        {
            // The accounts cannot be reached at this moment: the upload stays at work and is taken up at the next start.
        }
    }

    public void Take(long id) => _waiting.Writer.TryWrite(id);

    /// <summary>The folder of an upload: the file as it came, its rejections and what the check found.</summary>
    public string FolderOf(long id) => office.Folder.At("uploads", id.ToString("D8", CultureInfo.InvariantCulture));

    public string RejectionsOf(long id) => Path.Combine(FolderOf(id), "rejections.jsonl");

    public UploadCheck? CheckOf(long id) => Path.Combine(FolderOf(id), "check.json") is var file && File.Exists(file) ? JsonSerializer.Deserialize<UploadCheck>(File.ReadAllText(file), ProceedingJson.Options) : null;

    private async Task WorkAsync(long id, CancellationToken stop)
    {
        if (office.Own.Upload(id) is not { IsAtWork: true } upload)
        {
            return;
        }

        var file = Path.Combine(FolderOf(id), "file", upload.FileName);
        if (!File.Exists(file))
        {
            office.Own.Change(id, [upload.State], u => u.State = "failed");
            return;
        }

        var intake = new RegisterIntake(office.Folder, office.Law, office.Clock);
        if (upload.State == "sending")
        {
            await SendAsync(upload, file, intake, stop);
        }
        else
        {
            await CheckAsync(upload, file, intake, stop);
        }
    }

    private async Task CheckAsync(RegisterUpload upload, string file, RegisterIntake intake, CancellationToken stop)
    {
        string? stage = null;
        try
        {
            office.Own.Change(upload.Id, ["reading", "foreseeing"], u => (u.State, u.Done) = ("reading", 10));
            // The first check starts a worker while its file is read; those that follow find one.
            _standby ??= new RuleStandby(office.Folder, again: true);
            _readers ??= new ReaderStandby(office.Folder);
            (var outcome, stage) = await _readers.ReadAsync(file, OptionsOf(upload, intake), stop);
            if (outcome.Refusal is { } refusal)
            {
                office.Own.Change(upload.Id, ["reading"], u => (u.State, u.Done, u.Refusal) = ("refused", 100, JsonSerializer.Serialize(refusal, ProceedingJson.Options)));
                return;
            }

            var facts = outcome.Facts!;
            Keep(upload.Id, RejectionLog.Read(facts.Rejections));
            office.Own.Change(upload.Id, ["reading"], u => (u.State, u.Done, u.RowsGiven, u.Accepted, u.Rejected, u.Billed) = ("foreseeing", 50, facts.Rows, facts.Accepted, facts.Rejected, facts.Billed));
            IReadOnlyList<Foreseen> foreseen = [];
            var failed = false;
            var most = int.Parse(office.Terms.Policies["checks_a_day"], CultureInfo.InvariantCulture);
            var usedUp = ChecksOfToday(upload.ProviderId, most) >= most;
            if (facts.Accepted > 0 && !usedUp)
            {
                try
                {
                    (foreseen, var without) = await new DryRun(office.Folder, office.Law, office.Clock, _standby).RunAsync(facts.Staged, office.Pack(), stop);
                    failed = without.Count > 0;
                    var strangers = foreseen.Where(f => f.Stranger is not null).Select(f => f.Stranger!.Value.ToString("D12", CultureInfo.InvariantCulture)).Distinct();
                    office.Journal.Append(FormattableString.Invariant($"user:{upload.UserId}"), Checked, SubjectOf(upload.Id), new { rows = facts.Accepted, findings = foreseen.Count, strangers, without });
                }
                catch (Exception e) when (e is not OperationCanceledException)
                {
                    // What the rules could not say does not keep a register from being handed in.
                    failed = true;
                }
            }

            var potential = foreseen.Where(f => f.Kind == FindingKind.Potential).ToList();
            var check = new UploadCheck([.. foreseen.Take(Kept)], potential.Count, foreseen.Count - potential.Count, potential.GroupBy(f => f.Row).Sum(g => Math.Min(g.Max(f => f.Sum), g.Max(f => f.Billed))), First(facts.Staged), failed, usedUp ? most : null);
            await File.WriteAllTextAsync(Path.Combine(FolderOf(upload.Id), "check.json"), JsonSerializer.Serialize(check, ProceedingJson.Options), stop);
            office.Own.Change(upload.Id, ["foreseeing"], u => (u.State, u.Done) = ("checked", 100));
        }
        finally
        {
            if (stage is not null)
            {
                Directory.Delete(stage, true);
            }

            _readers?.Renew();
        }
    }

    /// <summary>How many registers of a provider the rules were asked about since midnight, as far as it matters.</summary>
    private int ChecksOfToday(long provider, int most)
    {
        var subjects = office.Own.Uploads(provider, OfDay).Select(u => SubjectOf(u.Id)).ToList();
        return office.Journal.Find(new(null, Checked, null, LocalDay.At(office.Today, TimeOnly.MinValue), null, subjects), most).Count;
    }

    private static string SubjectOf(long upload) => FormattableString.Invariant($"office/registers/{upload}");

    /// <summary>The same way in as that of a hospital's system; the same file twice adds nothing.</summary>
    private async Task SendAsync(RegisterUpload upload, string file, RegisterIntake intake, CancellationToken stop)
    {
        var taken = (await intake.TakeAsync([file], OptionsOf(upload, intake), null, stop))[0];
        if (taken.Outcome.Refusal is { } refusal)
        {
            office.Own.Change(upload.Id, ["sending"], u => (u.State, u.Done, u.Refusal) = ("refused", 100, JsonSerializer.Serialize(refusal, ProceedingJson.Options)));
            return;
        }

        Keep(upload.Id, taken.Rejections);
        var s = taken.Line!.Submission;
        var already = taken.Line.Already;
        office.Own.Change(upload.Id, ["sending"], u => (u.State, u.Done, u.RowsGiven, u.Accepted, u.Rejected, u.Billed, u.SubmissionId, u.Already) = ("sent", 100, s.Rows, s.Accepted, s.Rejected, s.Billed, s.Id, already ? 1 : 0));
    }

    private void Keep(long id, IEnumerable<Rejection> rejections)
    {
        using var log = new RejectionLog(RejectionsOf(id));
        foreach (var rejection in rejections)
        {
            log.Add(rejection);
        }
    }

    private static RegisterOptions OptionsOf(RegisterUpload upload, RegisterIntake intake)
    {
        DateOnly month = default;
        return intake.Options() with
        {
            Table = "line", ProviderId = upload.ProviderId, OnlyProvider = true, CareForm = upload.CareForm, Package = upload.Package, Contract = upload.Contract,
            Month = upload.Month is { } said && RegisterOptions.TryMonth(said, out month) ? month : null,
        };
    }

    private static List<SoundRow> First(IReadOnlyList<string> staged)
    {
        if (staged.Count == 0)
        {
            return [];
        }

        using var database = DuckDatabase.Open(threads: 1, memoryMegabytes: 128);
        using var connection = database.Connect();
        return [.. connection.QueryAll(
            $"SELECT row_number, line_id, COALESCE(service_code, drg_code, medicine_code), started_on, amount FROM read_parquet({RuleWorker.FileList(staged)}) ORDER BY row_number LIMIT {Shown}",
            r => new SoundRow(r.Int(0), r.Text(1), r.TextOrNull(2), r.Day(3), r.Long(4)))];
    }
}
