using Microsoft.AspNetCore.Http.HttpResults;

namespace Kepil.Fund.Pages;

/// <summary>Pages that say why there is no other page.</summary>
public static class MessageEndpoints
{
    public static IResult NotFound() => Message("NotFound", StatusCodes.Status404NotFound);

    /// <summary>Nothing was monitored yet.</summary>
    public static IResult Empty() => Message("Empty", StatusCodes.Status200OK);

    public static Task Failed(HttpContext context) => Message("Failed", StatusCodes.Status500InternalServerError).ExecuteAsync(context);

    /// <summary>Words for an answer that has none of its own.</summary>
    public static Task Status(HttpContext context)
    {
        var status = context.Response.StatusCode;
        var key = status switch
        {
            // An address with a value that is none, such as page=x, leads to words and not to an empty page.
            StatusCodes.Status400BadRequest when HttpMethods.IsGet(context.Request.Method) => "NotFound",
            StatusCodes.Status400BadRequest => "Stale",
            StatusCodes.Status401Unauthorized => "Unsigned",
            StatusCodes.Status403Forbidden => "Denied",
            StatusCodes.Status404NotFound => "NotFound",
            StatusCodes.Status413PayloadTooLarge => "TooLarge",
            StatusCodes.Status503ServiceUnavailable => "Unwritten",
            _ => null,
        };
        if (key is null)
        {
            return Task.CompletedTask;
        }

        var language = context.RequestServices.GetRequiredService<PageLanguage>();
        return context.Request.Path.StartsWithSegments("/api")
            ? Results.Problem(language[$"Message.{key}.Text"], statusCode: status, title: language[$"Message.{key}.Title"]).ExecuteAsync(context)
            : Message(key, status).ExecuteAsync(context);
    }

    private static RazorComponentResult<MessagePage> Message(string key, int status) =>
        new(new Dictionary<string, object?> { [nameof(MessagePage.Key)] = key }) { StatusCode = status };
}
