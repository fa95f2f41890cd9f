namespace Kepil.Fund.Desk;

/// <summary>Invented users for a demonstration, one for each role.</summary>
public static class DemoUsers
{
    /// <summary>Marks the database as a demonstration and adds the users.</summary>
    /// <param name="desk">An empty desk.</param>
    /// <param name="provider">The provider of the clerk and the head.</param>
    /// <param name="region">The region of the branch.</param>
    public static void Add(DeskStore desk, long provider, string region)
    {
        desk.MarkDemo();
        foreach (var role in Enum.GetValues<Role>())
        {
            var name = "demo-" + role.ToString().ToLowerInvariant();
            var user = new DeskUser { SignInName = name, NormalName = name.ToUpperInvariant(), FullName = "Demo " + role, Role = role, Stamp = Guid.NewGuid().ToString("n"), IsDemo = true };
            (user.ProviderId, user.Region) = (user.IsOfProvider ? provider : null, user.IsOfBranch ? region : null);
            desk.Add("system", user);
        }
    }
}
