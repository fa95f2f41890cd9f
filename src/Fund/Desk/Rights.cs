namespace Kepil.Fund.Desk;

/// <summary>A request as rights.md names it: which right it needs and whose affairs it touches.</summary>
public sealed record DeclaredEndpoint(string Name, Right Right, string Whose);

/// <summary>The two tables of rights.md: who may do what, and what each request needs.</summary>
public static class Rights
{
    /// <summary>The column of a reader who has not signed in.</summary>
    public const string Nobody = "Nobody";

    /// <summary>The column of a hospital's system.</summary>
    public const string Key = "Key";

    private static readonly Dictionary<(Right, string), Scope> Granted = [];

    static Rights()
    {
        var rows = Text().Split('\n').Where(l => l.StartsWith("| ", StringComparison.Ordinal)).Select(l => l.Trim().Trim('|').Split('|', StringSplitOptions.TrimEntries)).ToList();
        var head = rows.Single(r => r[0] == "Right");
        foreach (var row in rows.Where(r => r.Length == head.Length && r[0] != "Right"))
        {
            for (var i = 1; i < head.Length; i++)
            {
                Granted[(Enum.Parse<Right>(row[0]), head[i])] = row[i].Split(',', StringSplitOptions.TrimEntries).Aggregate(Scope.None, (all, word) => all | ScopeOf(word));
            }
        }

        Endpoints = [.. rows.Where(r => r.Length == 3 && r[0] != "Endpoint").Select(r => new DeclaredEndpoint(r[0], Enum.Parse<Right>(r[1]), r[2]))];
        if (Enum.GetValues<Right>().FirstOrDefault(r => Enum.GetNames<Role>().Append(Nobody).Append(Key).Any(c => !Granted.ContainsKey((r, c))), (Right)(-1)) is var missing && (int)missing >= 0)
        {
            throw new InvalidDataException($"rights.md does not say who has the right {missing}.");
        }
    }

    public static IReadOnlyList<DeclaredEndpoint> Endpoints { get; }

    /// <summary>How far a right reaches in the hands of a role, of nobody or of a key.</summary>
    public static Scope Of(Right right, string holder) => Granted[(right, holder)];

    public static Scope Of(Right right, Role role) => Of(right, role.ToString());

    /// <summary>Whether a role comes to see persons, or gives others the means to: then a password alone does not do.</summary>
    public static bool NeedsSecondFactor(Role role) =>
        new[] { Right.SeeStatement, Right.SeeFinding, Right.Search, Right.ManageUsers, Right.ManageKeys, Right.ReadJournal, Right.OpenData, Right.SeeInsurance, Right.SeeUninsured }.Any(right => Of(right, role) != Scope.None);

    private static Scope ScopeOf(string word) => word switch
    {
        "–" => Scope.None,
        "own" => Scope.Own,
        "region" => Scope.Region,
        "case" => Scope.Case,
        "all" => Scope.All,
        _ => throw new InvalidDataException($"rights.md: '{word}' says not how far a right reaches."),
    };

    private static string Text()
    {
        using var stream = typeof(Rights).Assembly.GetManifestResourceStream("rights.md")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
