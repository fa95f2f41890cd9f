namespace Kepil.Fund.Desk;

/// <summary>To whom cases are assigned, as the room tells that assigns them; until one does, to nobody.</summary>
public sealed class Assignments
{
    /// <summary>Users to whom the case of a finding is assigned now.</summary>
    public Func<long, IReadOnlyCollection<long>> OfFinding { get; set; } = _ => [];
}
