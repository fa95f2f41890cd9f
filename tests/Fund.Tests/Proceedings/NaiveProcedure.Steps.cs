using Xunit;

namespace Kepil.Tests.Proceedings;

/// <summary>What follows a decision, and where a case stands then.</summary>
internal sealed partial class NaiveProcedure
{
    private void Agreed(NaiveCase of, string step, Func<int, bool> drawn)
    {
        of.Released = step;
        var stake = of.HasCode ? of.Risk : of.Bill;
        if (of.WasLookedAt)
        {
            Stand(of, "head", Today, 2);
        }
        else if (of.WasToBeLookedAt || stake > LargeRelease || drawn(step == "first" ? FirstSample : LocalSample))
        {
            Review(of, "look");
        }
        else
        {
            End(of, step switch { "branch" => "rejected_by_branch", "first" => "rejected_at_first", _ => "rejected_on_objection" }, "full");
        }
    }

    private void Confirmed(NaiveCase of, string step, bool isHead)
    {
        switch (step)
        {
            case "branch":
                of.HasCode = true;
                of.IsOverruled = isHead;
                Stand(of, "await objection", Today, 5);
                break;
            case "first":
                Stand(of, "await repeat", Today, 3);
                break;
            case "again":
                Stand(of, "await disagreement", Today, 3);
                break;
            case "second":
                End(of, "confirmed_at_second", "reduced");
                break;
            default:
                End(of, "confirmed_by_central", "reduced");
                break;
        }
    }

    private DateOnly Longer(NaiveCase of) => of.Length > 0 && days.Last(of.From, of.Length, Today, Down) is var now && now > of.Last ? now : of.Last!.Value;

    private void Review(NaiveCase of, string at)
    {
        Stand(of, at, Today, 1);
    }

    private void Stand(NaiveCase of, string at, DateOnly from, int length)
    {
        if (at != of.At && !(at == "documents" || of.At == "documents"))
        {
            of.TakenFrom.Clear();
            of.IsLate = false;
        }

        (of.Reviewer, of.At, of.From, of.Length) = (at is "documents" || of.At is "documents" ? of.Reviewer : 0, at, from, length);
        of.Last = length == 0 ? of.Last : days.Last(from, length, Today, Down);
    }

    private static void End(NaiveCase of, string at, string money) => (of.At, of.Money, of.Last, of.Reviewer, of.IsLate) = (at, money, null, 0, false);
}
