using System.ComponentModel;
using Microsoft.AspNetCore.Mvc;

namespace Kepil.Fund.Desk;

/// <summary>Days on which an employee is away, both counted.</summary>
public sealed record SentAbsence(DateOnly From, DateOnly To);

/// <summary>A provider whose affairs an employee must not judge, with the reason.</summary>
public sealed record SentConflict(long Provider, string? Reason);

/// <summary>What keeps an employee from cases: the days on which he is away, the providers with whom he has a conflict of interest.</summary>
public sealed record StaffAnswer(long User, IReadOnlyList<SentAbsence> Absences, IReadOnlyList<SentConflict> Conflicts);

/// <summary>Absences and conflicts of interest of employees, which the distribution of reviews heeds at once.</summary>
public static class StaffEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/users/{user:long}");
        group.MapGet("/hindrances", (long user, DeskStore desk) => Results.Ok(Answer(user, desk)))
            .WithName("SeeHindrances").WithSummary("Absences and conflicts of interest of an employee.").Produces<StaffAnswer>()
            .Needs(Right.ManageHindrances, OfUser);
        group.MapPost("/absences", (long user, SentAbsence sent, [FromHeader(Name = "Idempotency-Key")] [Description("Needed; the same days are one absence anyhow.")] string? key, HttpContext context, DeskStore desk) =>
            {
                if (string.IsNullOrWhiteSpace(key) || sent.To < sent.From)
                {
                    return Results.Problem(key is null ? "Idempotency-Key" : "to < from", statusCode: StatusCodes.Status400BadRequest);
                }

                if (desk.AbsencesOf(user).All(a => (a.FromDay, a.ToDay) != (sent.From, sent.To)))
                {
                    desk.AddAbsence(Gate.VisitorOf(context).Actor, user, sent.From, sent.To);
                }

                return Results.Ok(Answer(user, desk));
            })
            .WithName("AddAbsence").WithSummary("Days on which an employee is away: cases go to others, those that lie with him too.").Produces<StaffAnswer>()
            .ProducesProblem(StatusCodes.Status400BadRequest).DisableAntiforgery().Needs(Right.ManageHindrances, OfUser);
        group.MapPost("/conflicts", (long user, SentConflict sent, [FromHeader(Name = "Idempotency-Key")] [Description("Needed; one provider is one conflict anyhow.")] string? key, HttpContext context, DeskStore desk) =>
            {
                if (string.IsNullOrWhiteSpace(key) || string.IsNullOrWhiteSpace(sent.Reason))
                {
                    return Results.Problem(key is null ? "Idempotency-Key" : "reason", statusCode: StatusCodes.Status400BadRequest);
                }

                desk.AddConflict(Gate.VisitorOf(context).Actor, user, sent.Provider, sent.Reason.Trim());
                return Results.Ok(Answer(user, desk));
            })
            .WithName("DeclareConflict").WithSummary("A provider whose affairs an employee must not judge.").Produces<StaffAnswer>()
            .ProducesProblem(StatusCodes.Status400BadRequest).DisableAntiforgery().Needs(Right.ManageHindrances, OfUser);
    }

    private static Owner? OfUser(HttpContext context) =>
        context.RequestServices.GetRequiredService<DeskStore>().Find(context.Number("user")) is { } user ? new Owner(null, user.Region, []) : null;

    private static StaffAnswer Answer(long user, DeskStore desk) => new(
        user, [.. desk.AbsencesOf(user).Select(a => new SentAbsence(a.FromDay, a.ToDay))], [.. desk.ConflictsOf(user).Select(c => new SentConflict(c.ProviderId, c.Reason))]);
}
