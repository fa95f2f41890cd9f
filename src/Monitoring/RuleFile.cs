using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Kepil.Law;
using YamlDotNet.Core;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace Kepil.Monitoring;

/// <summary>Whether findings of a rule may reduce a payment.</summary>
[Law("MON-321:11")]
public enum FindingKind
{
    /// <summary>Never changes money (MON-321:12).</summary>
    General,

    /// <summary>Open to objection, then withheld by the classification (MON-321:13).</summary>
    Potential,
}

/// <summary>How far a rule has come.</summary>
public enum RuleState
{
    Draft,
    Trial,
    On,
    Withdrawn,
}

/// <summary>Which other lines a rule must see to judge one line.</summary>
public enum RuleReach
{
    /// <summary>The line itself, lists and registers; never known lines.</summary>
    Line,

    /// <summary>All lines of the person: records may be cut by person.</summary>
    Person,

    /// <summary>All lines of the provider: records may be cut by provider.</summary>
    Provider,

    /// <summary>All lines of the doctor, at whatever provider.</summary>
    Doctor,

    /// <summary>Lines of the whole fund.</summary>
    Fund,
}

/// <summary>A column that a rule shows as evidence.</summary>
public sealed record EvidenceColumn(string Name, string Type);

/// <summary>One monitoring rule: what it looks for, by which paragraph, and the query that finds it.</summary>
public sealed partial record RuleFile
{
    public required string Id { get; init; }

    public required string Path { get; init; }

    public required string Chapter { get; init; }

    public required string Code { get; init; }

    public required FindingKind Kind { get; init; }

    public required RuleState State { get; init; }

    public required Wording Title { get; init; }

    public required Wording Evidence { get; init; }

    /// <summary>What the provider is told where the evidence names a limit (MON-321:15); null when he may read the evidence itself.</summary>
    public Wording? Reason { get; init; }

    public required IReadOnlyDictionary<string, IReadOnlyList<string>> HonestReasons { get; init; }

    public required IReadOnlyList<string> Law { get; init; }

    public required DateOnly InForceFrom { get; init; }

    public required DateOnly InForceTo { get; init; }

    /// <summary>Days before the month that the rule needs to see.</summary>
    public required int LookBack { get; init; }

    /// <summary>Which other lines it must see: what a part of the records must hold for its hits to be those of the whole.</summary>
    public required RuleReach Reach { get; init; }

    /// <summary>True when honest data may be hit by nature.</summary>
    public required bool Statistical { get; init; }

    /// <summary>The SELECT.</summary>
    public required string Sql { get; init; }

    /// <summary>Identity of what the rule does: SHA-256 of the header but for titles and sentences and its state, of the SELECT, and, once it is loaded, of the lists and month views that it reads.</summary>
    public required string TextHash { get; init; }

    public bool HoldsOn(DateOnly day) => day >= InForceFrom && day <= InForceTo;

    /// <summary>True when it holds on the first or the last day of a month.</summary>
    public bool HoldsIn(DateOnly month) => InForceFrom < month.AddMonths(1) && InForceTo >= month;

    /// <exception cref="RuleRefusedException">The header is missing, incomplete or contradicts itself.</exception>
    public static RuleFile Read(string path)
    {
        var text = File.ReadAllText(path).ReplaceLineEndings("\n");
        if (!text.StartsWith("/*---\n", StringComparison.Ordinal))
        {
            throw new RuleRefusedException(path, "the file does not begin with a header /*--- … ---*/");
        }

        var end = text.IndexOf("\n---*/", StringComparison.Ordinal);
        if (end < 0)
        {
            throw new RuleRefusedException(path, "the header is not closed by ---*/");
        }

        Header header;
        try
        {
            header = Yaml.Deserialize<Header>(text[6..end]) ?? new Header();
        }
        catch (YamlException e)
        {
            throw new RuleRefusedException(path, $"the header is not readable: {e.InnerException?.Message ?? e.Message} (line {e.Start.Line + 1})");
        }

        var id = System.IO.Path.GetFileNameWithoutExtension(path);
        if (!IdShape().IsMatch(id))
        {
            throw new RuleRefusedException(path, "a rule's file is named by its code and what is wrong, in small Latin letters: 5.0-service-after-death.sql");
        }

        if (header.LookBack is < 0 or > MaximumLookBack)
        {
            throw new RuleRefusedException(path, $"'look_back' is {header.LookBack}, but may be 0 to {MaximumLookBack} days");
        }

        var sql = text[(end + 6)..].Trim();
        var (from, to) = Period(path, header.InForce);
        var rule = new RuleFile
        {
            Id = id,
            Path = path,
            Chapter = System.IO.Path.GetFileName(System.IO.Path.GetDirectoryName(path)) ?? "",
            Code = Needed(path, "code", header.Code),
            Kind = Choice<FindingKind>(path, "kind", header.Kind),
            State = Choice<RuleState>(path, "state", header.State),
            Title = Three(path, "title", header.Title),
            Evidence = Three(path, "evidence", header.Evidence),
            Reason = header.Reason is null ? null : Three(path, "reason", header.Reason),
            HonestReasons = (header.HonestReasons ?? []).ToDictionary(p => p.Key, p => (IReadOnlyList<string>)(p.Value ?? [])),
            Law = header.Law is { Count: > 0 } && header.Law.All(c => Citation.TryParse(c, out _)) ? header.Law : throw new RuleRefusedException(path, "it cites no law: write law: [MON-321:13, MON-321:A1.5.0]"),
            InForceFrom = from,
            InForceTo = to,
            LookBack = header.LookBack,
            Reach = Choice<RuleReach>(path, "reach", header.Reach),
            Statistical = header.Statistical,
            Sql = sql.Length > 0 ? sql : throw new RuleRefusedException(path, "there is no SELECT after the header"),
            TextHash = "",
        };
        return rule with { TextHash = rule.HashWith([], []) };
    }

    /// <summary>The rule as its lists make it: a changed limit makes another rule of the same text.</summary>
    public RuleFile Reading(IEnumerable<RuleList> lists, IEnumerable<MonthView> views) => this with { TextHash = HashWith(lists, views) };

    /// <summary>Titles and sentences may be mended without another trial; the state changes because of one.</summary>
    private string HashWith(IEnumerable<RuleList> lists, IEnumerable<MonthView> views)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"code {Code}\nkind {Kind}\nin_force {InForceFrom:yyyy-MM-dd}..{InForceTo:yyyy-MM-dd}\nlaw {string.Join(' ', Law)}\n");
        text.Append(CultureInfo.InvariantCulture, $"look_back {LookBack}\nreach {Reach}\nstatistical {Statistical}\n{Sql}\n");
        foreach (var list in lists.OrderBy(l => l.Name, StringComparer.Ordinal))
        {
            list.WriteTo(text);
        }

        foreach (var view in views)
        {
            text.Append(CultureInfo.InvariantCulture, $"{view.Name}\n{view.Sql}\n");
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    /// <summary>Ten years, more than any term of limitation.</summary>
    private const int MaximumLookBack = 3660;

    private static readonly IDeserializer Yaml = new DeserializerBuilder()
        .WithNamingConvention(UnderscoredNamingConvention.Instance)
        .WithDuplicateKeyChecking()
        .Build();

    private static string Needed(string path, string name, string? value) =>
        string.IsNullOrWhiteSpace(value) ? throw new RuleRefusedException(path, $"'{name}' is missing") : value.Trim();

    private static T Choice<T>(string path, string name, string? value)
        where T : struct, Enum =>
        Enum.GetNames<T>().FirstOrDefault(n => n.Equals(Needed(path, name, value), StringComparison.OrdinalIgnoreCase)) is { } choice
            ? Enum.Parse<T>(choice)
            : throw new RuleRefusedException(path, $"'{name}' is '{value}', but may be {string.Join(", ", Enum.GetNames<T>().Select(n => n.ToLowerInvariant()))}");

    private static Wording Three(string path, string name, Dictionary<string, string>? texts)
    {
        string Of(string language) => texts is not null && texts.TryGetValue(language, out var text) && !string.IsNullOrWhiteSpace(text)
            ? text.Trim()
            : throw new RuleRefusedException(path, $"'{name}' has no text in '{language}'");
        return new Wording(Of("kk"), Of("ru"), Of("en"));
    }

    private static (DateOnly From, DateOnly To) Period(string path, string? text)
    {
        var parts = (text ?? "").Split("..");
        if (parts.Length != 2 || !DateOnly.TryParseExact(parts[0].Trim(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var from))
        {
            throw new RuleRefusedException(path, $"'in_force' is '{text}', but is written 2026-01-01.. or 2026-01-01..2026-12-31");
        }

        if (parts[1].Trim().Length == 0)
        {
            return (from, DateOnly.MaxValue);
        }

        return DateOnly.TryParseExact(parts[1].Trim(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var to) && to >= from
            ? (from, to)
            : throw new RuleRefusedException(path, $"'in_force' ends on '{parts[1]}', which is no day after its beginning");
    }

    [GeneratedRegex("^[0-9]+\\.[0-9]+-[a-z0-9]+(-[a-z0-9]+)*$")]
    private static partial Regex IdShape();

    private sealed class Header
    {
        public string? Code { get; set; }

        public string? Kind { get; set; }

        public string? State { get; set; }

        public Dictionary<string, string>? Title { get; set; }

        public string? InForce { get; set; }

        public List<string>? Law { get; set; }

        public int LookBack { get; set; }

        public string? Reach { get; set; }

        public bool Statistical { get; set; }

        public Dictionary<string, string>? Evidence { get; set; }

        public Dictionary<string, string>? Reason { get; set; }

        public Dictionary<string, List<string>?>? HonestReasons { get; set; }

        public List<string> Replaces { get; set; } = [];
    }
}

/// <summary>Why a rule may not enter the pack.</summary>
public sealed class RuleRefusedException(string path, string reason) : Exception($"{path}: {reason}")
{
    /// <summary>The rule, list or case that is meant.</summary>
    public string File { get; } = path;

    public string Reason { get; } = reason;
}
