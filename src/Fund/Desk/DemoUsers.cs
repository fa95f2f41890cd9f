using Kepil.Law;

namespace Kepil.Fund.Desk;

/// <summary>Invented users for a demonstration: one for each role, and afterwards so many that each role has three.</summary>
public static class DemoUsers
{
    /// <summary>People of one role from whom a visitor may choose.</summary>
    public const int OfEachRole = 3;

    /// <summary>Marks the database as a demonstration and adds the users.</summary>
    /// <param name="desk">An empty desk.</param>
    /// <param name="provider">The provider of the clerk and the head.</param>
    /// <param name="region">The code of the region of the branch.</param>
    /// <param name="regions">The regions, whose names the branches bear.</param>
    public static void Add(DeskStore desk, long provider, string region, Regions regions)
    {
        desk.MarkDemo();
        foreach (var role in Enum.GetValues<Role>())
        {
            var user = Of(role, role.ToString(), region, regions);
            user.ProviderId = user.IsOfProvider ? provider : null;
            desk.Add("system", user);
        }
    }

    /// <summary>Adds one more employee of a branch.</summary>
    public static void AddOfBranch(DeskStore desk, Role role, string region, Regions regions) =>
        desk.Add("system", Of(role, $"{role}-{region}", region, regions));

    /// <summary>Adds users until each role has <see cref="OfEachRole"/>; those who are there keep their numbers.</summary>
    /// <param name="providers">Organisations to which people of providers belong, besides those that have some already.</param>
    /// <param name="branches">Branches of employees who are added.</param>
    /// <param name="regions">The regions, whose names the branches bear.</param>
    public static void Complete(DeskStore desk, IReadOnlyList<long> providers, IReadOnlyList<string> branches, Regions regions)
    {
        foreach (var role in Enum.GetValues<Role>())
        {
            var known = desk.Users().Where(u => u.Role == role).ToList();
            var free = new Queue<long>(providers.Where(p => known.All(u => u.ProviderId != p)));
            var open = new Queue<string>(branches.Where(b => known.All(u => u.Region != b)));
            for (var n = known.Count + 1; n <= OfEachRole; n++)
            {
                // Besides the one of the region, local bodies are those of districts in it.
                var place = role == Role.LocalBody ? DistrictIn(known[0].Region ?? "", n - 2, regions) : open.TryDequeue(out var branch) ? branch : known[0].Region ?? "";
                var user = Of(role, FormattableString.Invariant($"{role}-{n}"), place, regions);
                if (user.IsOfProvider)
                {
                    user.ProviderId = free.TryDequeue(out var own) ? own : known[0].ProviderId;
                }

                if (!user.IsOfBranch && !user.IsOfLocalBody)
                {
                    user.FullName = FormattableString.Invariant($"{user.FullName} {n}");
                }

                desk.Add("system", user);
            }
        }
    }

    /// <summary>A user who is called by his role and, in a branch, by its region: nobody takes him for a person.</summary>
    private static DeskUser Of(Role role, string ending, string region, Regions regions)
    {
        var name = "demo-" + ending.ToLowerInvariant();
        var user = new DeskUser { SignInName = name, NormalName = name.ToUpperInvariant(), FullName = NameOf(role), Role = role, Stamp = Guid.NewGuid().ToString("n"), IsDemo = true };
        if (user.IsOfBranch || user.IsOfLocalBody)
        {
            (user.Region, user.FullName) = (region, regions.Named(region) is { } known ? $"{user.FullName}, {known.Kk}" : user.FullName);
        }

        return user;
    }

    private static string DistrictIn(string region, int place, Regions regions) =>
        regions.Districts.Where(d => d.Region == region).OrderByDescending(d => d.Okrugs.Count).Select(d => d.Code[..4]).ElementAtOrDefault(place) ?? region;

    private static string NameOf(Role role) => role switch
    {
        Role.ProviderClerk => "Өнім берушінің қызметкері",
        Role.ProviderHead => "Өнім берушінің басшысы",
        Role.BranchExpert => "Филиал сарапшысы",
        Role.BranchHead => "Филиал басшысы",
        Role.CentralExpert => "Орталық аппарат сарапшысы",
        Role.Methodologist => "Әдіскер",
        Role.Lawyer => "Заңгер",
        Role.Auditor => "Аудитор",
        Role.Administrator => "Әкімші",
        Role.LocalBody => "Жергілікті атқарушы органның қызметкері",
        _ => throw new ArgumentOutOfRangeException(nameof(role), role, "no invented user has this role"),
    };
}
