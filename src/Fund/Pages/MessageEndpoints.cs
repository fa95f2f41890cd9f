using Microsoft.AspNetCore.Http.HttpResults;

namespace Kepil.Fund.Pages;

/// <summary>Pages that say why there is no other page.</summary>
public static class MessageEndpoints
{
    public static IResult NotFound() => Message("NotFound", StatusCodes.Status404NotFound);

    /// <summary>Nothing was monitored yet.</summary>
    public static IResult Empty() => Message("Empty", StatusCodes.Status200OK);

    public static Task Failed(HttpContext context) => Message("Failed", StatusCodes.Status500InternalServerError).ExecuteAsync(context);

    /// <summary>An address with a value that is none, such as page=x, leads to words and not to an empty page.</summary>
    public static Task Status(HttpContext context) => (context.Request.Method, context.Response.StatusCode) switch
    {
        (_, StatusCodes.Status404NotFound) => NotFound().ExecuteAsync(context),
        ("GET", StatusCodes.Status400BadRequest) => Message("NotFound", StatusCodes.Status400BadRequest).ExecuteAsync(context),
        _ => Task.CompletedTask,
    };

    private static RazorComponentResult<MessagePage> Message(string key, int status) =>
        new(new Dictionary<string, object?> { [nameof(MessagePage.Key)] = key }) { StatusCode = status };
}
