using System.Globalization;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Kepil.Fund.Accounts;
using Kepil.Fund.Desk;
using Kepil.Fund.Pages;
using Kepil.Fund.Proceedings;
using Kepil.Fund.Registers;
using Kepil.Law;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Kepil.Fund.Office;

/// <summary>Registers that people bring by hand: checked first, with the errors at their cells, then handed in by the same way as those of hospitals' systems.</summary>
public static class UploadEndpoints
{
    /// <summary>Bytes of one register at most.</summary>
    public const long MostBytes = 100L << 20;

    /// <summary>Bytes of a file's name at most: Kazakh letters take two each, and a disk takes 255.</summary>
    private const int MostOfName = 200;

    private const string Xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(300);

    public static void Map(WebApplication app, ProviderOffice office)
    {
        var watch = new UploadWatch(office);
        app.WhileOpen(watch.RunAsync);
        app.MapGet("/office/registers", (Visitor visitor) => List(office, visitor, null)).Needs(Right.HandInRegister, _ => Owner.OfRows, seen: "UploadsSeen");
        app.MapGet("/office/registers.xlsx", (Visitor visitor, PageLanguage language) => Sheet(office, visitor, language)).Needs(Right.HandInRegister, _ => Owner.OfRows, seen: "RegistersTaken");
        app.MapGet("/office/registers/template.xlsx", (PageLanguage language) => Results.File(RegisterTemplate.Of(language, office.Now).ToXlsx(), Xlsx, "kepil-register.xlsx")).Needs(Right.HandInRegister, _ => Owner.OfRows);
        app.MapPost("/office/registers", (HttpContext context, Visitor visitor, PageLanguage language, CancellationToken gone) => BringAsync(office, watch, context, visitor, language, gone))
            .WithMetadata(new RequestSizeLimitAttribute(MostBytes + (1 << 20))).Needs(Right.HandInRegister, _ => Owner.OfRows);
        app.MapGet("/office/registers/{upload:long}", (long upload, string? known, int? page) => Show(office, watch, upload, known == "1", page ?? 1)).Needs(Right.HandInRegister, office.WhoseUpload, seen: "UploadSeen");
        app.MapGet("/office/registers/{upload:long}/progress", (long upload, PageLanguage language, CancellationToken gone) => TypedResults.ServerSentEvents(FollowAsync(office, upload, language, gone), "progress"))
            .Needs(Right.HandInRegister, office.WhoseUpload);
        app.MapGet("/office/registers/{upload:long}/errors.xlsx", (long upload, PageLanguage language) => Errors(watch, upload, language)).Needs(Right.HandInRegister, office.WhoseUpload, seen: "ErrorsTaken");
        app.MapPost("/office/registers/{upload:long}/check", (long upload) => Again(office, watch, upload, ["checked", "refused", "failed"], "reading")).Needs(Right.HandInRegister, office.WhoseUpload);
        app.MapGet("/office/registers/{upload:long}/foreseen.xlsx", (long upload, PageLanguage language) => Foreseen(watch, upload, language)).Needs(Right.HandInRegister, office.WhoseUpload, seen: "ErrorsTaken");
        app.MapPost("/office/registers/{upload:long}/send", (long upload) => Again(office, watch, upload, ["checked"], "sending")).Needs(Right.HandInRegister, office.WhoseUpload, seen: "RegisterSent");
    }

    private static IResult List(ProviderOffice office, Visitor visitor, string? doubt)
    {
        var provider = ProviderOffice.ProviderOf(visitor);
        using var accounts = office.Folder.Accounts.Context();
        return OfficePages.Of<UploadsPage>(
            (nameof(UploadsPage.Uploads), office.Own.Uploads(provider, 50)),
            (nameof(UploadsPage.Submissions), accounts.Submissions.AsNoTracking().Where(s => s.ProviderId == provider).OrderByDescending(s => s.Id).Take(50).ToList()),
            (nameof(UploadsPage.Months), Enumerable.Range(0, 12).Select(back => new DateOnly(office.Today.Year, office.Today.Month, 1).AddMonths(-back)).ToList()),
            (nameof(UploadsPage.Doubt), doubt));
    }

    /// <summary>All registers that a provider handed in, by hand or by its system.</summary>
    private static IResult Sheet(ProviderOffice office, Visitor visitor, PageLanguage language)
    {
        var provider = ProviderOffice.ProviderOf(visitor);
        using var accounts = office.Folder.Accounts.Context();
        List<object?[]> rows =
        [
            .. accounts.Submissions.AsNoTracking().Where(s => s.ProviderId == provider).OrderByDescending(s => s.Id).AsEnumerable().Select(s => new object?[]
            {
                s.Id, s.FileName, language.Month(s.Month), language.Second(DateTimeOffset.FromUnixTimeMilliseconds(s.ReceivedAt)), s.Rows, s.Accepted, s.Rejected, new Kepil.Law.Money(s.Billed), s.FileHash,
            }),
        ];
        List<string> head = ["№", language["Uploads.File"], language["Overview.Month"], language["Receipt.ReceivedAt"], language["Uploads.Rows"], language["Uploads.Accepted"], language["Uploads.Rejected"], language["Sum.Billed"] + ", ₸", language["Receipt.Hash"]];
        List<(string, string)> about =
        [
            (language["Col.Bin"], PageLanguage.Identity(provider)), (language["Sheet.Rows"], language.Number(rows.Count)), (language["Sheet.MadeAt"], language.Moment(office.Now) + " (UTC+05:00)"), (language["Sheet.MadeBy"], visitor.User!.FullName),
        ];
        return Results.File(new FindingSheet(head, rows, about, [8, 44, 18, 24, 12, 14, 14, 20, 70], language, language["Uploads.Submissions"]).ToXlsx(), Xlsx, "kepil-registers.xlsx");
    }

    private static async Task<IResult> BringAsync(ProviderOffice office, UploadWatch watch, HttpContext context, Visitor visitor, PageLanguage language, CancellationToken gone)
    {
        var form = await context.Request.ReadFormAsync(gone);
        if (form.Files["register"] is not { Length: > 0 } file)
        {
            return List(office, visitor, language["Uploads.NoFile"]);
        }

        string? Said(string name) => form[name].ToString().Trim() is { Length: > 0 } said ? said : null;
        var options = new RegisterOptions { Today = office.Today, CareForm = Said("form"), Package = Said("package"), Contract = Said("contract"), Table = "line" };
        if ((Said("month") is { } month && !RegisterOptions.TryMonth(month, out _) ? RegisterOptions.NoMonth(month) : options.Doubt()) is { } doubt)
        {
            return List(office, visitor, language.Text(doubt));
        }

        var stage = office.Folder.Stage();
        try
        {
            var name = Path.GetFileName(file.FileName.Replace('\\', '/')) is { Length: > 0 } brief and not ("." or "..") && Encoding.UTF8.GetByteCount(brief) <= MostOfName ? brief : "register" + Path.GetExtension(file.FileName);
            var path = Path.Combine(stage, "file");
            await using (var to = File.Create(path))
            {
                await file.CopyToAsync(to, gone);
            }

            string hash;
            await using (var from = File.OpenRead(path))
            {
                hash = Convert.ToHexStringLower(await SHA256.HashDataAsync(from, gone));
            }

            var (upload, known) = office.Own.Add(new()
            {
                ProviderId = ProviderOffice.ProviderOf(visitor), UserId = visitor.User!.Id, FileName = name, FileHash = hash, Size = file.Length, State = "reading",
                Month = Said("month"), CareForm = options.CareForm, Package = options.Package, Contract = options.Contract,
            });
            if (!known)
            {
                Directory.CreateDirectory(Path.Combine(watch.FolderOf(upload.Id), "file"));
                File.Move(path, Path.Combine(watch.FolderOf(upload.Id), "file", name), true);
                watch.Take(upload.Id);
            }

            return Results.Redirect(FormattableString.Invariant($"/office/registers/{upload.Id}") + (known ? "?known=1" : ""));
        }
        finally
        {
            Directory.Delete(stage, true);
        }
    }

    private static IResult Show(ProviderOffice office, UploadWatch watch, long id, bool known, int page)
    {
        var upload = office.Own.Upload(id)!;
        var rejected = upload.IsAtWork ? 0 : RejectionLog.CountOf(watch.RejectionsOf(id));
        // A page behind the last one is the last one.
        page = (int)Math.Clamp(page, 1, Math.Max(1, (rejected + UploadPage.Most - 1) / UploadPage.Most));
        return OfficePages.Of<UploadPage>(
            (nameof(UploadPage.Upload), upload),
            (nameof(UploadPage.Check), upload.IsAtWork ? null : watch.CheckOf(id)),
            (nameof(UploadPage.Rejections), rejected == 0 ? new List<Rejection>() : RejectionLog.Read(watch.RejectionsOf(id)).Skip((page - 1) * UploadPage.Most).Take(UploadPage.Most).ToList()),
            (nameof(UploadPage.Rejected), rejected), (nameof(UploadPage.Page), page),
            (nameof(UploadPage.Refusal), upload.Refusal is { } text ? RejectionTexts.Of(JsonSerializer.Deserialize<RegisterRefusal>(text, ProceedingJson.Options)!) : null),
            (nameof(UploadPage.Known), known),
            (nameof(UploadPage.Classification), office.Law.Classification.On(office.Today)));
    }

    private static IResult Errors(UploadWatch watch, long id, PageLanguage language)
    {
        using var file = new MemoryStream();
        RejectionReport.WriteXlsx(file, RejectionLog.Read(watch.RejectionsOf(id)), language.Code);
        return Results.File(file.ToArray(), Xlsx, string.Create(CultureInfo.InvariantCulture, $"kepil-errors-{id}.xlsx"));
    }

    /// <summary>All that a check foresees, of which the page shows the first.</summary>
    private static IResult Foreseen(UploadWatch watch, long id, PageLanguage language)
    {
        if (watch.CheckOf(id) is not { } check)
        {
            return MessageEndpoints.NotFound();
        }

        var sheet = new FindingSheet(
            [language["Col.Code"], language["Uploads.Row"], language["Col.Line"], language["Col.Day"], language["Col.Service"], language["Uploads.Reason"], language["Sum.Billed"] + ", ₸", language["Col.ByTable"] + ", ₸"],
            [.. check.Foreseen.Select(f => new object?[] { f.Code, (long)f.Row, f.LineId, f.On, f.ServiceCode, language.Text(f.Reason), new Money(f.Billed), new Money(f.Sum) })],
            [(language["Uploads.Foreseen"], language.Number(check.Foreseen.Count))], [10, 10, 24, 14, 18, 90, 18, 18], language, language["Sheet.Findings"]);
        return Results.File(sheet.ToXlsx(), Xlsx, string.Create(CultureInfo.InvariantCulture, $"kepil-foreseen-{id}.xlsx"));
    }

    private static IResult Again(ProviderOffice office, UploadWatch watch, long id, IReadOnlyCollection<string> from, string to)
    {
        if (office.Own.Change(id, from, u => (u.State, u.Done, u.Refusal) = (to, 0, null)))
        {
            watch.Take(id);
        }

        return Results.Redirect(FormattableString.Invariant($"/office/registers/{id}"));
    }

    /// <summary>Where an upload stands, told whenever it changes until nothing is at work any more.</summary>
    private static async IAsyncEnumerable<UploadProgress> FollowAsync(ProviderOffice office, long id, PageLanguage language, [EnumeratorCancellation] CancellationToken gone)
    {
        using var timer = new PeriodicTimer(Pause);
        UploadProgress? last = null;
        do
        {
            var upload = office.Own.Upload(id)!;
            var now = new UploadProgress(upload.State, upload.Done, language["Uploads.State." + upload.State], !upload.IsAtWork);
            if (now != last)
            {
                yield return last = now;
            }

            if (!upload.IsAtWork)
            {
                yield break;
            }
        }
        while (await timer.WaitForNextTickAsync(gone));
    }
}

/// <summary>Where an upload stands, as its page is told while it waits.</summary>
public sealed record UploadProgress(string State, long Done, string Text, bool Over);
