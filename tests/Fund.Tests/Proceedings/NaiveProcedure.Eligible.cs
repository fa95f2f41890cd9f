namespace Kepil.Tests.Proceedings;

/// <summary>To whom a case may go.</summary>
internal sealed partial class NaiveProcedure
{
    /// <summary>26, 28, 29, 33, 36, 41, 45, 50: who may be given the case, the preferred ones only if there are any.</summary>
    public List<NaiveEmployee> Eligible(NaiveCase of)
    {
        var here = Staff.Values.Where(e => !e.HasLeft && !e.IsAway && !e.HasConflict && e.IsCentral == (of.At == "central")).ToList();
        var fit = of.At switch
        {
            "branch" or "again" => here.FindAll(e => e.Region == Home),
            "central" => here.FindAll(e => !of.HadSay.Contains(e.Id)),
            _ => here.FindAll(e => e.Region != Home && !of.HadSay.Contains(e.Id)),
        };
        if (of.At == "again" && !of.IsOverruled && fit.Find(e => e.Id == of.BranchSaid && !of.TakenFrom.Contains(e.Id)) is { } same)
        {
            return [same];
        }

        // An objection that comes back after a withdrawal comes back to the same hands, if they may still hold it.
        var passed = of.IsOverruled && of.At == "again" ? of.TakenFrom.Append(of.BranchSaid).ToHashSet() : of.TakenFrom;
        if (of.LayWith.TryGetValue(of.At, out var had) && fit.Find(e => e.Id == had && !passed.Contains(e.Id)) is { } before)
        {
            return [before];
        }

        if (of.At == "second" && fit.Exists(e => e.Region != of.FirstRegion))
        {
            fit.RemoveAll(e => e.Region == of.FirstRegion);
        }

        return fit.Exists(e => !passed.Contains(e.Id)) ? fit.FindAll(e => !passed.Contains(e.Id)) : fit;
    }

    /// <summary>Notes to whom the product gave the case; the term of most reviews runs from that day, of the first one from the objection.</summary>
    public void Given(NaiveCase of, long reviewer)
    {
        of.Reviewer = reviewer;
        if (!of.IsLate)
        {
            of.From = of.At switch { "first" => NaiveDays.DayOf(of.ObjectedAt), "branch" => of.From, _ => Today };
            of.Length = of.At switch { "first" or "branch" => 5, "look" => 2, _ => 3 };
            of.Last = days.Last(of.From, of.Length, Today, Down);
            var objected = NaiveDays.DayOf(of.ObjectedAt);
            if (of is { At: "look", Released: "first" } && days.Last(objected, 5, Today, Down) is var review && review >= of.Last)
            {
                // The five days of the first review hold for the second look too, unless they leave less than its own two.
                (of.From, of.Length, of.Last) = (objected, 5, review);
            }
        }
    }
}
