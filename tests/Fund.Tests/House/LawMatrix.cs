using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Kepil.Law;
using Kepil.Monitoring;

namespace Kepil.Tests.House;

/// <summary>Something that carries a provision out, or proves that it is carried out.</summary>
/// <param name="Cited">The citation as written.</param>
/// <param name="Room">The room or the rule it belongs to.</param>
/// <param name="File">Path in the repository.</param>
/// <param name="Label">How the matrix names it.</param>
/// <param name="Rule">Id of the monitoring rule, where it is one.</param>
internal sealed record Mention(string Cited, string Room, string File, string Label, string? Rule = null);

/// <summary>Which provision is carried out where and proved by what.</summary>
internal sealed class LawMatrix
{
    public const string CommittedFile = "docs/law-matrix.md";

    private const int NamedRules = 6;

    /// <summary>Drafts and withdrawn rules carry and prove nothing.</summary>
    private readonly IReadOnlyList<RuleFile> rules;

    public LawMatrix(LawBook book, string root)
    {
        Book = book;
        Root = root;
        rules = [.. Files("rules", "*.sql").Select(RuleFile.Read).Where(r => r.State is RuleState.On or RuleState.Trial)];
        Carriers = [.. Attributes().Concat(RuleHeaders()).Concat(Parameters()).Concat(Rows())];
        Proofs = [.. Tests().Concat(Cases()).Concat(SecondTranscription())];
    }

    public LawBook Book { get; }

    public string Root { get; }

    public IReadOnlyList<Mention> Carriers { get; }

    public IReadOnlyList<Mention> Proofs { get; }

    public IEnumerable<Provision> Provisions => Book.Provisions.Newest.SelectMany(e => e.Provisions);

    /// <summary>Done by code, and nothing of it is left to later work.</summary>
    public IEnumerable<Provision> Done => Provisions.Where(p => p.DoneBy == DoneBy.Code && p.Open is null);

    public IEnumerable<Mention> CarriersOf(Provision provision) => Carriers.Where(c => c.Cited == provision.Citation.ToString());

    public IEnumerable<Mention> ProofsOf(Provision provision) => Proofs.Where(p => p.Cited == provision.Citation.ToString());

    /// <summary>What tells one official text from another.</summary>
    public static string Fingerprint(Provision provision) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', provision.Text))))[..8];

    public string Render()
    {
        var all = Provisions.ToList();
        var text = new StringBuilder();
        text.Append("# What of the law is carried out, and where\n\n");
        text.Append("Made by `./kepil matrix` from `law/`, the `[Law]` and `[Proves]` attributes, the rules and their cases; not edited by hand.\n");
        text.Append("`Read` is the day on which text and code were last compared, with the fingerprint of the text that was read.\n\n");
        text.Append($"{all.Count} provisions: {Done.Count()} done by code, {all.Count(p => p.Open is not null)} open, ");
        text.Append($"{all.Count(p => p.DoneBy == DoneBy.People)} done by people, {all.Count(p => p.DoneBy == DoneBy.Nobody)} by nobody.\n\n");
        text.Append("| Provision | Title | Done by | Carried by | Proved by | Read |\n|---|---|---|---|---|---|\n");
        foreach (var provision in all.OrderBy(p => p.Citation.Act, StringComparer.Ordinal).ThenBy(p => p.Citation.Paragraph, ParagraphOrder))
        {
            text.Append($"| {provision.Citation} | {Cell(provision.Title)} | {Cell(DoneByText(provision))} | {Names(CarriersOf(provision))} | {Names(ProofsOf(provision))} | {provision.Read:yyyy-MM-dd} {Fingerprint(provision)} |\n");
        }

        text.Append("\n## Open readings\n\n");
        text.Append("Where the rules are silent or can be read in more than one way, the first value is followed unless an installation chooses another (`law/policies.yaml`).\n\n");
        text.Append("| Reading | Policy | Provisions | Values | Question |\n|---|---|---|---|---|\n");
        foreach (var policy in Book.Policies.All.OrderBy(p => p.Reading, ParagraphOrder).ThenBy(p => p.Name, StringComparer.Ordinal))
        {
            text.Append($"| {policy.Reading} | `{policy.Name}` | {string.Join(", ", policy.Paragraphs)} | {Cell(string.Join(", ", policy.Alternatives.Prepend(policy.Default)) + (policy.OnlyDefault ? " (only the first is carried out)" : ""))} | {Cell(policy.Question.En)} |\n");
        }

        return text.ToString();
    }

    /// <summary>Numbers inside paragraphs are compared as numbers, so that 9 stands before 10 and annexes stand last.</summary>
    public static IComparer<string?> ParagraphOrder { get; } = Comparer<string?>.Create((left, right) => string.CompareOrdinal(Padded(left), Padded(right)));

    private static string Padded(string? paragraph) =>
        string.Concat((paragraph ?? "").Split('.', '-').Select(part =>
            (part.TrimStart('A') is var digits && part.StartsWith('A') ? "A" : "") + digits.PadLeft(8, '0') + "."));

    private static string DoneByText(Provision provision) =>
        provision.DoneBy.ToString().ToLowerInvariant()
        + (provision.Open is { } open ? $" (open: {open})" : "")
        + (provision.Because is { } because ? $": {because}" : "");

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);

    private static string Names(IEnumerable<Mention> mentions)
    {
        var all = mentions.ToList();
        var ruleCount = all.Where(m => m.Rule is not null).Select(m => m.Rule!).Distinct().Count();
        var names = all
            .Where(m => m.Rule is null || ruleCount <= NamedRules)
            .GroupBy(m => m.Label).OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => g.Count() == 1 ? g.Key : $"{g.Key} ({g.Count()})").ToList();
        if (ruleCount > NamedRules)
        {
            names.Add($"{ruleCount} rules");
        }

        return names.Count == 0 ? "–" : Cell(string.Join("; ", names));
    }

    private IEnumerable<Mention> Attributes() =>
        from member in ProductMembers()
        from law in member.GetCustomAttributes<LawAttribute>(false)
        let file = InRepository(law.File)
        let name = member is Type type ? type.Name : member.Name == ".ctor" ? member.DeclaringType!.Name : member.Name
        select new Mention(law.Citation, RoomOf(file), file, $"{file["src/".Length..]} `{name}`");

    private IEnumerable<Mention> RuleHeaders() =>
        from rule in rules
        from cited in rule.Law
        select new Mention(cited, "rules/" + rule.Id, InRepository(rule.Path), rule.Id, rule.Id);

    private IEnumerable<Mention> Parameters() =>
        from parameter in Book.Parameters.All
        from cited in parameter.Values.Where(v => v.Law is not null).Select(v => v.Law!.ToString()).Distinct()
        select new Mention(cited, "Law", parameter.File, $"{parameter.File} `{parameter.Name}`");

    private IEnumerable<Mention> Rows()
    {
        var edition = Book.Classification.Editions[^1];
        var file = $"law/classification/{edition.InForceFrom:yyyy-MM-dd}.csv";
        return edition.Rows.Select(row => new Mention(edition.CitationOf(row.Code).ToString(), "Law", file, file));
    }

    private static IEnumerable<Mention> Tests() =>
        from type in Loadable(typeof(LawMatrix).Assembly)
        from method in type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
        where method.GetCustomAttributes<Xunit.FactAttribute>(true).Any()
        from proves in type.GetCustomAttributes<ProvesAttribute>(false).Concat(method.GetCustomAttributes<ProvesAttribute>(false)).DistinctBy(p => p.Citation)
        let file = InRepository(proves.File)
        select new Mention(proves.Citation, RoomOf(file), file, type.Name);

    private IEnumerable<Mention> Cases() =>
        from file in Files("rules", "*.cases.md")
        let rule = Path.GetFileName(file)[..^".cases.md".Length]
        where rules.Any(r => r.Id == rule)
        from worked in CaseFile.Read(file).Cases
        from cited in worked.Law.Distinct()
        select new Mention(cited, "rules/" + rule, InRepository(file), rule + " cases", rule);

    private IEnumerable<Mention> SecondTranscription()
    {
        const string file = "tests/Fund.Tests/Law/second-transcription.csv";
        return File.ReadLines(Path.Combine(Root, file)).Skip(1)
            .Select(line => new Mention("MON-321:A1." + line.Split(',')[0], "Law", file, "second-transcription.csv"));
    }

    private IEnumerable<string> Files(string folder, string pattern) =>
        Directory.Exists(Path.Combine(Root, folder))
            ? Directory.GetFiles(Path.Combine(Root, folder), pattern, SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            : [];

    private static IEnumerable<MemberInfo> ProductMembers() =>
        from file in Directory.GetFiles(AppContext.BaseDirectory, "*.dll")
        let name = Path.GetFileNameWithoutExtension(file)
        where name.StartsWith("Kepil.", StringComparison.Ordinal) || name == "kepil"
        from type in Loadable(Assembly.Load(name))
        from member in type.GetMembers(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
            .Where(m => m is not Type).Prepend(type)
        select member;

    private static Type[] Loadable(Assembly assembly) => assembly.GetTypes();

    /// <summary>The path below the root, whether the compiler wrote the mapped or the true one.</summary>
    private static string InRepository(string path)
    {
        path = path.Replace('\\', '/');
        var root = Repository.Root.Replace('\\', '/') + "/";
        return path.StartsWith("/_/", StringComparison.Ordinal) ? path[3..]
            : path.StartsWith(root, StringComparison.Ordinal) ? path[root.Length..]
            : path;
    }

    /// <summary>The room of a file: of the fund its folder, else the project; of a test the folder that mirrors it.</summary>
    private static string RoomOf(string file)
    {
        var parts = file.Split('/');
        return parts is ["src", "Fund", var room, _, ..] ? room
            : parts is ["src", var project, ..] ? project
            : parts is ["tests", _, var mirrored, _, ..] ? mirrored
            : parts[0];
    }
}
