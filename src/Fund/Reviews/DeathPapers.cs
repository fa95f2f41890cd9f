using Kepil.Fund.Accounts;
using Kepil.Fund.Desk;
using Kepil.Fund.Pages;
using Kepil.Fund.Proceedings;
using Kepil.Law;

namespace Kepil.Fund.Reviews;

/// <summary>What stands beside the decision on a death: opinions of experts whom the Fund engaged.</summary>
public static class DeathPapers
{
    private const int MostName = 200;

    public static void Map(WebApplication app, FundFolder folder, ReviewQueue queue, Func<DateTimeOffset> now, Func<Terms> terms)
    {
        Owner? Whose(HttpContext context) => queue.OwnerOf(context.Number("case"));
        app.MapPost("/desk/{case:long}/opinion", (HttpContext context) => Attach(context, folder, queue, now(), terms())).Needs(Right.ReviewCase, Whose);
    }

    [Law("MON-321:48")]
    private static IResult Attach(HttpContext context, FundFolder folder, ReviewQueue queue, DateTimeOffset at, Terms terms)
    {
        var (user, id, form) = (Gate.VisitorOf(context).User!, context.Number("case"), context.Request.Form);
        if (queue.Store.Find(id) is not { } state || !ReviewQueue.IsWith(user, state))
        {
            return Back(context, null, "gone");
        }

        var expert = form["expert"].ToString().Trim();
        if (expert.Length == 0 || form.Files.GetFile("file") is not { Length: > 0 } file)
        {
            return Back(context, id, "no_paper");
        }

        if (ReviewPapers.Keep(folder, file, out var why) is not { } paper)
        {
            return Back(context, id, why!);
        }

        var act = new AttachOpinion(ReviewQueue.ActorOf(user, state), at, expert[..Math.Min(expert.Length, MostName)], paper);
        return Back(context, id, queue.Store.Act(id, act, terms, user.Actor).Refusal?.Reason ?? "attached");
    }

    private static IResult Back(HttpContext context, long? id, string said) => Results.Redirect(
        context.RequestServices.GetRequiredService<PageAddress>().To(id is { } number ? FormattableString.Invariant($"/desk/{number}") : "/desk", ("said", said), ("case", null)));
}
