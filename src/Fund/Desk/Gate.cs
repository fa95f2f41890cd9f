using System.Data.Common;
using System.Globalization;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;

namespace Kepil.Fund.Desk;

/// <summary>What an endpoint needs: a right, on whose affairs, and whether the journal must know that it was seen.</summary>
public sealed record Needed(Right Right, Func<HttpContext, Owner?>? Whose, string? Seen);

/// <summary>The one gate before all endpoints: who is not granted what an endpoint needs does not come through, nor does anybody where nothing is declared.</summary>
public sealed class Gate(RequestDelegate next, DeskStore desk, IAntiforgery forms)
{
    private const string Item = "visitor";

    /// <summary>Who asks.</summary>
    public static Visitor VisitorOf(HttpContext context) => context.Items[Item] as Visitor ?? Visitor.Nobody;

    public async Task InvokeAsync(HttpContext context)
    {
        var visitor = await RecogniseAsync(context);
        context.Items[Item] = visitor;
        if (context.GetEndpoint() is not { } endpoint)
        {
            await next(context);
            return;
        }

        if (endpoint.Metadata.GetMetadata<Needed>() is not { } needed)
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return;
        }

        if (Refused(context, visitor, needed) is { } status)
        {
            if (status > 0)
            {
                context.Response.StatusCode = status;
            }

            return;
        }

        // The framework looks at the token of a form only where a handler reads its fields; here no change comes through without it, unless the endpoint says that it needs none.
        if (!HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method)
            && endpoint.Metadata.GetMetadata<IAntiforgeryMetadata>() is not { RequiresValidation: false } && await DoubtAsync(context) is { } doubt)
        {
            context.Response.StatusCode = doubt;
            return;
        }

        if (needed.Seen is { } act)
        {
            try
            {
                await desk.Journal.AppendAsync(visitor.Actor, act, context.Request.Path.Value!.TrimStart('/'), context.Request.QueryString.HasValue ? new { query = context.Request.QueryString.Value } : null);
            }
            catch (DbException)
            {
                // What cannot be noted must not be shown.
                context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
                return;
            }
        }

        await next(context);
    }

    /// <summary>The status of a refusal, 0 when the reader was sent elsewhere, nothing when the gate is open.</summary>
    private static int? Refused(HttpContext context, Visitor visitor, Needed needed)
    {
        if (needed.Right == Right.Open)
        {
            return null;
        }

        var isPage = HttpMethods.IsGet(context.Request.Method) && !context.Request.Path.StartsWithSegments("/api");
        if (visitor.Holder == Rights.Nobody)
        {
            if (!isPage)
            {
                context.Response.Headers.WWWAuthenticate = "Bearer";
                return StatusCodes.Status401Unauthorized;
            }

            context.Response.Redirect("/sign-in?to=" + Uri.EscapeDataString(context.Request.Path + context.Request.QueryString));
            return 0;
        }

        if (!visitor.IsReady && needed.Right != Right.Enter && isPage)
        {
            context.Response.Redirect("/account");
            return 0;
        }

        // Whose affairs these are is asked only of one who may see some of them.
        return visitor.May(needed.Right) && visitor.May(needed.Right, Rights.Of(needed.Right, visitor.Holder).HasFlag(Scope.All) ? null : needed.Whose?.Invoke(context))
            ? null
            : StatusCodes.Status403Forbidden;
    }

    /// <summary>The status for a form without its token, or one that is larger than its endpoint takes.</summary>
    private async Task<int?> DoubtAsync(HttpContext context)
    {
        try
        {
            return await forms.IsRequestValidAsync(context) ? null : StatusCodes.Status400BadRequest;
        }
        catch (AntiforgeryValidationException unread)
        {
            return unread.InnerException is BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } ? StatusCodes.Status413PayloadTooLarge : StatusCodes.Status400BadRequest;
        }
        catch (BadHttpRequestException unread)
        {
            return unread.StatusCode;
        }
    }

    private async Task<Visitor> RecogniseAsync(HttpContext context)
    {
        const string bearer = "Bearer ";
        if (context.Request.Headers.Authorization.ToString() is { Length: > 0 } given)
        {
            return given.StartsWith(bearer, StringComparison.OrdinalIgnoreCase) && desk.FindKey(given[bearer.Length..].Trim()) is { } key ? new Visitor(null, false, key) : Visitor.Nobody;
        }

        var ticket = await context.AuthenticateAsync(IdentityConstants.ApplicationScheme);
        return ticket.Succeeded && desk.Find(Session.UserOf(ticket.Principal)) is { } user ? new Visitor(user, Session.IsStrong(ticket.Principal), null) : Visitor.Nobody;
    }
}

/// <summary>What a form is answered with, a page or a file, is a look like any other: the journal has it before the reader does. A form that leads on to another page is noted there.</summary>
public sealed class NotedAnswer
{
    private const string Act = "AnswerSeen";

    internal static async ValueTask<object?> NoteAsync(EndpointFilterInvocationContext invoked, EndpointFilterDelegate next)
    {
        var answer = await next(invoked);
        var context = invoked.HttpContext;
        if (HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method) || !Shows(answer) || context.GetEndpoint()?.Metadata.GetMetadata<JournalAnswer>() is not null)
        {
            return answer;
        }

        try
        {
            await context.RequestServices.GetRequiredService<DeskStore>().Journal.AppendAsync(Gate.VisitorOf(context).Actor, Act, context.Request.Path.Value!.TrimStart('/'));
            return answer;
        }
        catch (DbException)
        {
            return Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
        }
    }

    private static bool Shows(object? answer) => answer is INestedHttpResult nested ? Shows(nested.Result) : answer is RazorComponentResult or IFileHttpResult;
}

/// <summary>Marks an endpoint that writes into the journal by itself whom it shows.</summary>
public sealed class JournalAnswer;

/// <summary>How endpoints declare what they need.</summary>
public static class EndpointNeeds
{
    /// <param name="endpoint">The endpoint, as it was mapped.</param>
    /// <param name="right">The right without which nobody comes through.</param>
    /// <param name="whose">Whose affairs the request touches; null: nobody's.</param>
    /// <param name="seen">The act in the journal by which it is noted before it is answered; null: no person is shown.</param>
    public static T Needs<T>(this T endpoint, Right right, Func<HttpContext, Owner?>? whose = null, string? seen = null)
        where T : IEndpointConventionBuilder => (seen is null && right is not (Right.Open or Right.Enter) ? endpoint.AddEndpointFilter(NotedAnswer.NoteAsync).WithMetadata(new NotedAnswer()) : endpoint).WithMetadata(new Needed(right, whose, seen));

    /// <summary>A number in the address of a request.</summary>
    public static long Number(this HttpContext context, string name) => long.Parse((string)context.Request.RouteValues[name]!, CultureInfo.InvariantCulture);
}
