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
}
