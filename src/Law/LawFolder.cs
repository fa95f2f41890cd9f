namespace Kepil.Law;

/// <summary>The folder that holds the law as data.</summary>
public static class LawFolder
{
    /// <summary>Names another folder than the one beside the product.</summary>
    public const string Variable = "KEPIL_LAW";

    /// <summary>The folder named by the variable, else the nearest law folder above the executable.</summary>
    public static string Find() =>
        Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named ? Checked(named) : FindAbove(AppContext.BaseDirectory);

    /// <summary>The nearest folder above a place that holds law/acts.yaml.</summary>
    public static string FindAbove(string place)
    {
        for (var folder = new DirectoryInfo(place); folder is not null; folder = folder.Parent)
        {
            var law = Path.Combine(folder.FullName, "law");
            if (File.Exists(Path.Combine(law, "acts.yaml")))
            {
                return law;
            }
        }

        throw new DirectoryNotFoundException($"No folder above {place} holds law/acts.yaml. Set {Variable} to the law folder.");
    }

    private static string Checked(string folder) =>
        File.Exists(Path.Combine(folder, "acts.yaml"))
            ? Path.GetFullPath(folder)
            : throw new DirectoryNotFoundException($"{Variable} names {folder}, which holds no acts.yaml.");
}
