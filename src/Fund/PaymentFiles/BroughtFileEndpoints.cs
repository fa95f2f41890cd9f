using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Kepil.Fund.Desk;
using Kepil.Fund.Pages;
using Kepil.Fund.Proceedings;
using Kepil.Fund.Registers;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Kepil.Fund.PaymentFiles;

/// <summary>Files of payments on pages: brought, checked, taken in, with what was refused and what was taken back.</summary>
public static class BroughtFileEndpoints
{
    /// <summary>Bytes of one file at most.</summary>
    public const long MostBytes = 400L << 20;

    /// <summary>Files of the history that are shown.</summary>
    private const int Shown = 100;

    /// <summary>Bytes of a file's name at most, as a disk takes them.</summary>
    private const int MostOfName = 200;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(300);

    public static void Map(WebApplication app, FileDesk desk)
    {
        app.WhileOpen(desk.RunAsync);
        app.MapGet("/people/files", (HttpContext _) => List(desk, null)).Needs(Right.SeePaymentFiles, seen: "PaymentFilesSeen");
        app.MapPost("/people/files", (HttpContext context, Visitor visitor, PageLanguage language, CancellationToken gone) => BringAsync(desk, context, visitor, language, gone))
            .WithMetadata(new RequestSizeLimitAttribute(MostBytes + (1 << 20)), new RequestFormLimitsAttribute { MultipartBodyLengthLimit = MostBytes + (1 << 20) }).Needs(Right.BringPayments);
        app.MapGet("/people/files/brought/{hash}", (string hash, int? page) => Brought(desk, hash, page ?? 1)).Needs(Right.BringPayments, seen: "PaymentFilesSeen");
        app.MapGet("/people/files/brought/{hash}/progress", (string hash, PageLanguage language, CancellationToken gone) => TypedResults.ServerSentEvents(FollowAsync(desk, hash, language, gone), "progress")).Needs(Right.BringPayments);
        app.MapGet("/people/files/brought/{hash}/errors.xlsx", (string hash, PageLanguage language) =>
            desk.Find(hash) is { IsAtWork: false } file && File.Exists(desk.RejectionsOf(hash)) ? Errors(RejectionLog.Read(desk.RejectionsOf(hash)), file.Hash[..8], language) : MessageEndpoints.NotFound()).Needs(Right.BringPayments, seen: "PaymentErrorsTaken");
        app.MapPost("/people/files/brought/{hash}/{act}", (string hash, string act, Visitor visitor) => Go(desk, hash, act, visitor)).Needs(Right.BringPayments);
        app.MapGet("/people/files/{file:long}", (long file, int? page) => Taken(desk, file, page ?? 1)).Needs(Right.SeePaymentFiles, seen: "PaymentFilesSeen");
        app.MapGet("/people/files/{file:long}/errors.xlsx", (long file, PageLanguage language) =>
            desk.Taken.Find(file) is { } taken ? Errors(desk.Taken.Refused(taken), file.ToString(CultureInfo.InvariantCulture), language) : MessageEndpoints.NotFound()).Needs(Right.SeePaymentFiles, seen: "PaymentErrorsTaken");
    }

    private static RazorComponentResult<FilesPage> List(FileDesk desk, string? doubt) => new(new Dictionary<string, object?>
    {
        [nameof(FilesPage.Taken)] = desk.Taken.All(Shown), [nameof(FilesPage.Brought)] = desk.Brought(), [nameof(FilesPage.Doubt)] = doubt,
    })
    { StatusCode = doubt is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity };

    private static async Task<IResult> BringAsync(FileDesk desk, HttpContext context, Visitor visitor, PageLanguage language, CancellationToken gone)
    {
        var form = await context.Request.ReadFormAsync(gone);
        if (form.Files["payments"] is not { Length: > 0 } file)
        {
            return List(desk, language["PaymentFiles.NoFile"]);
        }

        var name = Path.GetFileName(file.FileName.Replace('\\', '/')) is { Length: > 0 } brief and not ("." or "..") && Encoding.UTF8.GetByteCount(brief) <= MostOfName ? brief : "payments.csv";
        await using var content = file.OpenReadStream();
        return Results.Redirect("/people/files/brought/" + (await desk.BringAsync(content, name, visitor.Actor, gone)).Hash);
    }

    private static IResult Brought(FileDesk desk, string hash, int page)
    {
        if (desk.Find(hash) is not { } file)
        {
            return MessageEndpoints.NotFound();
        }

        // What was taken in meanwhile, also by the command line, has a page of its own.
        if (!file.IsAtWork && desk.Taken.IdOf(hash) is { } taken)
        {
            return Results.Redirect("/people/files/" + taken.ToString(CultureInfo.InvariantCulture));
        }

        return Page(file.IsAtWork || !File.Exists(desk.RejectionsOf(hash)) ? [] : [.. RejectionLog.Read(desk.RejectionsOf(hash))], page, (nameof(FilePage.File), file),
            (nameof(FilePage.Refusal), file.Refusal is { } text ? RejectionTexts.Of(JsonSerializer.Deserialize<RegisterRefusal>(text, ProceedingJson.Options)!) : null));
    }

    private static IResult Taken(FileDesk desk, long id, int page) => desk.Taken.Find(id) is { } file
        ? Page(desk.Taken.Refused(file), page, (nameof(FilePage.Taken), file), (nameof(FilePage.Course), desk.Taken.CourseOf(id)))
        : MessageEndpoints.NotFound();

    private static RazorComponentResult<FilePage> Page(IReadOnlyList<Rejection> all, int page, params IReadOnlyList<(string Name, object? Value)> values)
    {
        // A page behind the last one is the last one.
        page = Math.Clamp(page, 1, Math.Max(1, (all.Count + FilePage.Most - 1) / FilePage.Most));
        var given = values.ToDictionary(v => v.Name, v => v.Value);
        given[nameof(FilePage.Rejections)] = all.Skip((page - 1) * FilePage.Most).Take(FilePage.Most).ToList();
        given[nameof(FilePage.Rejected)] = (long)all.Count;
        given[nameof(FilePage.Page)] = page;
        return new(given);
    }

    private static IResult Go(FileDesk desk, string hash, string act, Visitor visitor)
    {
        if (act is not ("take" or "check") || desk.Find(hash) is null)
        {
            return MessageEndpoints.NotFound();
        }

        desk.Go(hash, act == "take", visitor.Actor);
        return Results.Redirect("/people/files/brought/" + hash);
    }

    private static IResult Errors(IEnumerable<Rejection> rejections, string name, PageLanguage language)
    {
        using var file = new MemoryStream();
        RejectionReport.WriteXlsx(file, rejections, language.Code);
        return Results.File(file.ToArray(), FindingSheet.XlsxType, $"kepil-payment-errors-{name}.xlsx");
    }

    /// <summary>Where a file stands, told whenever it changes until nothing is at work any more.</summary>
    private static async IAsyncEnumerable<FileProgress> FollowAsync(FileDesk desk, string hash, PageLanguage language, [EnumeratorCancellation] CancellationToken gone)
    {
        using var timer = new PeriodicTimer(Pause);
        FileProgress? last = null;
        do
        {
            if (desk.Find(hash) is not { } file)
            {
                yield break;
            }

            var now = new FileProgress(FilePage.DoneOf(file.State), language["PaymentFiles.State." + file.State], !file.IsAtWork);
            if (now != last)
            {
                yield return last = now;
            }

            if (!file.IsAtWork)
            {
                yield break;
            }
        }
        while (await timer.WaitForNextTickAsync(gone));
    }
}

/// <summary>Where a file stands, as its page is told while it waits.</summary>
public sealed record FileProgress(int Done, string Text, bool Over);
