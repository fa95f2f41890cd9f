using System.Globalization;
using Kepil.Fund.Desk;
using Kepil.Fund.Ledger;
using Kepil.Fund.Proceedings;
using Kepil.Fund.Settlements;
using Kepil.Law;

namespace Kepil.Fund.Reviews;

/// <summary>What a reviewer finds besides the finding that he reviews.</summary>
public sealed partial class ReviewEndpoints
{
    [Law("MON-321:14")]
    private IResult NoteAdditional(HttpContext context)
    {
        var (user, id, form) = (UserOf(context), context.Number("case"), context.Request.Form);
        if (_queue.Store.Find(id) is not { } state || _queue.Store.Row(id) is not { } row || !ReviewQueue.IsWith(user, state))
        {
            return Results.Redirect(Back(context, null, "gone"));
        }

        var what = form["what"].ToString().Trim();
        var refusal = new AdditionalNotice(_records, _queue.Store, new PaidLines(_folder, LedgerStore.Of(_desk)).Of).Show(
            state, DateOnly.ParseExact(row.Month, "yyyy-MM-dd", CultureInfo.InvariantCulture), ReviewQueue.ActorOf(user, state), form["code"].ToString().Trim(),
            what[..Math.Min(what.Length, MostLetters)], _reader.Now, _reader.Terms, user.Actor);
        return Results.Redirect(Back(context, id, refusal?.Reason ?? "additional"));
    }
}
