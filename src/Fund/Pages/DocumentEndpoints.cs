using Kepil.Fund.Desk;
using Kepil.Fund.Documents;
using Kepil.Law;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Kepil.Fund.Pages;

/// <summary>The addresses on which anybody checks a document by its code, without signing in.</summary>
public static class DocumentEndpoints
{
    /// <summary>Bytes of a file to compare, with the frame of the form around it.</summary>
    private const long Most = (20 << 20) + (64 << 10);

    public static void Map(IEndpointRouteBuilder routes, DocumentStore store, TimeProvider clock)
    {
        routes.ServiceProvider.GetRequiredService<SearchPages>().Add((asked, _) => CheckCode.TryParse(asked, out var code) && store.Find(code) is { } found
            ? [new($"/documents/{code}", w => w.Text(DocumentKinds.Name(DocumentKinds.Of(found.Entry.Kind))) + " № " + found.Entry.Number)]
            : []);
        var throttle = new LookupThrottle(clock);
        routes.MapGet("/documents", (string? code) => CheckCode.TryParse(code, out var asked) ? Results.Redirect($"/documents/{asked}") : Page(null, null, string.IsNullOrEmpty(code) ? 200 : 404)).Needs(Right.Open);
        routes.MapGet("/documents/{code}", (string code, HttpContext context) => Look(store, throttle, code, context) is { } document ? Page(document, null, 200) : Page(null, null, 404)).Needs(Right.Open);
        routes.MapPost("/documents/{code}", (string code, HttpContext context) => CompareAsync(store, throttle, code, context)).DisableAntiforgery().Needs(Right.Open);
    }

    /// <summary>Null for a code that is none, for one that nobody has, and for one who asked too often: all three look the same.</summary>
    private static CheckedDocument? Look(DocumentStore store, LookupThrottle throttle, string code, HttpContext context)
    {
        var address = context.Connection.RemoteIpAddress;
        if (!throttle.Allows(address))
        {
            return null;
        }

        var found = CheckCode.TryParse(code, out var asked) ? store.Check(asked) : null;
        if (found is null)
        {
            throttle.Count(address);
        }

        return found;
    }

    private static async Task<IResult> CompareAsync(DocumentStore store, LookupThrottle throttle, string code, HttpContext context)
    {
        if (Look(store, throttle, code, context) is not { } document)
        {
            return Page(null, null, 404);
        }

        // A comparison costs more than a look, so it counts like a vain one.
        throttle.Count(context.Connection.RemoteIpAddress);
        try
        {
            if (!context.Request.HasFormContentType)
            {
                return Page(document, DocumentWords.NoFile, 400);
            }

            var form = await new FormFeature(context.Request, new FormOptions { MultipartBodyLengthLimit = Most, BufferBodyLengthLimit = Most }).ReadFormAsync(context.RequestAborted).ConfigureAwait(false);
            if (form.Files is not [{ Length: > 0 } file])
            {
                return Page(document, DocumentWords.NoFile, 400);
            }

            await using var content = file.OpenReadStream();
            var hash = Convert.ToHexStringLower(await System.Security.Cryptography.SHA256.HashDataAsync(content, context.RequestAborted).ConfigureAwait(false));
            return Page(document, document.VersionOf(hash) is not { } version ? DocumentWords.OtherFile : version == document.Newest ? DocumentWords.SameFile : DocumentWords.EarlierFile, 200);
        }
        catch (Exception e) when (e is InvalidDataException or BadHttpRequestException)
        {
            return Page(document, DocumentWords.NoFile, 400);
        }
    }

    private static RazorComponentResult<DocumentPage> Page(CheckedDocument? document, Wording? compared, int status) =>
        new(new Dictionary<string, object?>
        {
            [nameof(DocumentPage.Document)] = document,
            [nameof(DocumentPage.Compared)] = compared,
            [nameof(DocumentPage.Asked)] = status == StatusCodes.Status404NotFound || document is not null,
        })
        { StatusCode = status };
}
