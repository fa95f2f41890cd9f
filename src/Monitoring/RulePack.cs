using System.Text.RegularExpressions;
using Kepil.DuckDb;
using Kepil.Law;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace Kepil.Monitoring;

/// <summary>A rule that passed the loader's checks, with the columns it shows as evidence.</summary>
public sealed partial record LoadedRule(RuleFile File, IReadOnlyList<EvidenceColumn> Columns)
{
    public string Id => File.Id;

    /// <summary>Whether what it finds says something of the patient that his line does not say: of his other services, or of what the registers of persons hold.</summary>
    public bool TellsOfPatient => File.Reach == RuleReach.Person || PersonFact().IsMatch(File.Sql);

    /// <summary>What people read instead of codes in its evidence.</summary>
    public CodeWords Words { get; init; } = CodeWords.None;

    /// <summary>The rule as a query of four columns: service_id, person_id and the evidence joined by U+001F.</summary>
    public string HitQuery()
    {
        var evidence = Columns.Count == 0 ? "''" : string.Join(" || chr(31) || ", Columns.Select(c => $"COALESCE(CAST(r.{c.Name} AS text), '')"));
        return $"SELECT CAST(r.service_id AS bigint) AS service_id, CAST(r.person_id AS bigint) AS person_id, {evidence} AS evidence FROM (\n{File.Sql}\n) AS r";
    }

    [GeneratedRegex(@"\b(death_date|death_minute|days_after_death|abroad|insured|attached_\w+|sex|birth_date|age_years|age_days|known_service)\b")]
    private static partial Regex PersonFact();
}

/// <summary>A trial of a rule over stored months, which allows this very rule, its lists included, to be switched on.</summary>
public sealed class TrialEntry
{
    public string Rule { get; set; } = "";

    public string TextHash { get; set; } = "";

    public string Months { get; set; } = "";

    public long Lines { get; set; }

    public long Hits { get; set; }

    public string TriedOn { get; set; } = "";
}

/// <summary>A pack of rules with its lists: a folder that an installation may replace by its own.</summary>
public sealed partial class RulePack
{
    private RulePack(string folder, IReadOnlyList<LoadedRule> rules, IReadOnlyList<RuleList> lists, IReadOnlyList<TrialEntry> trials)
    {
        Folder = folder;
        Rules = rules;
        Lists = lists;
        Trials = trials;
    }

    public string Folder { get; }

    public IReadOnlyList<LoadedRule> Rules { get; }

    public IReadOnlyList<RuleList> Lists { get; }

    public IReadOnlyList<TrialEntry> Trials { get; }

    /// <summary>Rules that judge lines: on, and tried just as they are.</summary>
    public IEnumerable<LoadedRule> On => Rules.Where(r => r.File.State == RuleState.On);

    /// <summary>Rules that judge the lines of a month.</summary>
    public IEnumerable<LoadedRule> InForce(DateOnly month) => On.Where(r => r.File.HoldsIn(month));

    public LoadedRule this[string id] => Rules.FirstOrDefault(r => r.Id == id) ?? throw new ArgumentException($"There is no rule '{id}' in {Folder}.");

    /// <summary>Ids of the pack that differ least from what somebody wrote.</summary>
    public IReadOnlyList<string> Nearest(string written, int count = 3) => [.. Rules.Select(r => r.Id).OrderBy(id => Distance(written, id)).ThenBy(id => id, StringComparer.Ordinal).Take(count)];

    public bool IsTried(RuleFile rule) => Trials.Any(t => t.Rule == rule.Id && t.TextHash == rule.TextHash);

    /// <summary>The folder named by KEPIL_RULES, or the rules/ folder above the executable.</summary>
    public static string FindFolder()
    {
        if (Environment.GetEnvironmentVariable("KEPIL_RULES") is { Length: > 0 } named)
        {
            return named;
        }

        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var rules = Path.Combine(folder.FullName, "rules");
            if (File.Exists(Path.Combine(rules, "README.md")))
            {
                return rules;
            }
        }

        throw new DirectoryNotFoundException("No folder of rules was found above the executable; name one in KEPIL_RULES.");
    }

    /// <summary>Reads every rule and list of a folder and refuses the pack if one is unfit.</summary>
    /// <param name="folder">The pack.</param>
    /// <param name="mayBePotential">Whether a code is in the classification (null: it is not) and has a cell that is not '-'.</param>
    /// <exception cref="RuleRefusedException">The first rule that may not enter, and why.</exception>
    public static RulePack Load(string folder, Func<string, bool?> mayBePotential)
    {
        var (pack, refused) = TryLoad(folder, mayBePotential);
        return refused.Count == 0 ? pack : throw refused[0];
    }

    /// <summary>As <see cref="Load"/>, but leaves out what is unfit and tells it.</summary>
    public static (RulePack Pack, IReadOnlyList<RuleRefusedException> Refused) TryLoad(string folder, Func<string, bool?> mayBePotential, bool trialNeeded = true)
    {
        var refused = new List<RuleRefusedException>();
        var lists = new List<RuleList>();
        var listFolder = Path.Combine(folder, "lists");
        foreach (var path in Directory.Exists(listFolder) ? Directory.GetFiles(listFolder, "*.csv").Order(StringComparer.Ordinal) : Enumerable.Empty<string>())
        {
            Try(() => lists.Add(RuleList.Read(path)));
        }

        var words = CodeWords.None;
        Try(() => words = CodeWords.Read(Path.Combine(folder, "words.csv")));
        var trials = ReadTrials(folder);
        using var blank = DuckDatabase.Open(threads: 1, memoryMegabytes: 256);
        using var connection = blank.Connect();
        RuleTables.CreateBlank(connection, lists);
        RuleWorker.ShutDoors(connection);
        var rules = new List<LoadedRule>();
        foreach (var path in Directory.GetFiles(folder, "*.sql", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            Try(() =>
            {
                var rule = Check(RuleFile.Read(path), connection, lists, mayBePotential) with { Words = words };
                if (rules.Any(r => r.Id == rule.Id))
                {
                    throw new RuleRefusedException(path, "another rule has the same name");
                }

                if (trialNeeded && rule.File.State == RuleState.On && !trials.Any(t => t.Rule == rule.Id && t.TextHash == rule.File.TextHash))
                {
                    throw new RuleRefusedException(path, "it is switched on, but as it stands now, lists included, it has had no trial: run kepil rules trial " + rule.Id + " --note");
                }

                rules.Add(rule);
            });
        }

        rules.Sort((a, b) => string.CompareOrdinal(a.Id, b.Id));
        return (new RulePack(folder, rules, lists, trials), refused);

        void Try(Action act)
        {
            try
            {
                act();
            }
            catch (RuleRefusedException e)
            {
                refused.Add(e);
            }
        }
    }

    /// <summary>The trials that are noted in a pack.</summary>
    public static IReadOnlyList<TrialEntry> ReadTrials(string folder)
    {
        var file = Path.Combine(folder, "trials.yaml");
        return File.Exists(file) ? new DeserializerBuilder().WithNamingConvention(UnderscoredNamingConvention.Instance).Build().Deserialize<List<TrialEntry>>(File.ReadAllText(file)) ?? [] : [];
    }

    /// <summary>What the lists of a pack are called, by the names of their files: lists/titles.yaml.</summary>
    public static IReadOnlyDictionary<string, Wording> ListTitles(string folder)
    {
        var file = Path.Combine(folder, "lists", "titles.yaml");
        return File.Exists(file)
            ? (new DeserializerBuilder().Build().Deserialize<Dictionary<string, Dictionary<string, string>>>(File.ReadAllText(file)) ?? []).ToDictionary(t => t.Key, t => new Wording(t.Value["kk"], t.Value["ru"], t.Value["en"]))
            : new Dictionary<string, Wording>();
    }

    private static LoadedRule Check(RuleFile rule, DuckConnection connection, List<RuleList> lists, Func<string, bool?> mayBePotential)
    {
        if (RuleText.Objection(rule.Sql) is { } objection)
        {
            throw new RuleRefusedException(rule.Path, objection);
        }

        switch (mayBePotential(rule.Code))
        {
            case null:
                throw new RuleRefusedException(rule.Path, $"the classification has no code {rule.Code}");
            case false when rule.Kind == FindingKind.Potential:
                throw new RuleRefusedException(rule.Path, $"every cell of code {rule.Code} is '-', so the rule cannot be potential");
        }

        IReadOnlyList<EvidenceColumn> columns;
        try
        {
            var known = RuleTables.Names(lists);
            var read = connection.TablesOf(rule.Sql);
            foreach (var table in read)
            {
                if (!known.Contains(table))
                {
                    throw new RuleRefusedException(rule.Path, $"it reads '{table}', which is no documented view");
                }

                if (rule.Reach == RuleReach.Line && (table == "known_service" || MonthView.All.Any(v => v.Name == table)))
                {
                    throw new RuleRefusedException(rule.Path, $"'reach' is 'line', but it reads {table}: write person, provider, doctor or fund");
                }
            }

            rule = rule.Reading(lists.Where(l => read.Contains(l.Name)), MonthView.All.Where(v => read.Contains(v.Name)));
            if (!connection.IsSingleSelect(rule.Sql))
            {
                throw new RuleRefusedException(rule.Path, "the body is not one SELECT");
            }

            using var shape = connection.Query($"SELECT * FROM (\n{rule.Sql}\n) AS r LIMIT 0");
            if (shape.Columns.Count < 2 || shape.Columns[0] != "service_id" || shape.Columns[1] != "person_id")
            {
                throw new RuleRefusedException(rule.Path, "the first two columns are not service_id and person_id");
            }

            if (shape.Columns.FirstOrDefault(c => !ColumnShape().IsMatch(c)) is { } nameless)
            {
                throw new RuleRefusedException(rule.Path, $"the column '{nameless}' needs a name of small Latin letters: write AS name");
            }

            columns = [.. Enumerable.Range(2, shape.Columns.Count - 2).Select(i => new EvidenceColumn(shape.Columns[i], shape.TypeName(i)))];
        }
        catch (DuckDbException e)
        {
            throw new RuleRefusedException(rule.Path, e.Message.Split('\n')[0]);
        }

        if (columns.FirstOrDefault(c => c.Type.StartsWith("unfit", StringComparison.Ordinal)) is { } unfit)
        {
            throw new RuleRefusedException(rule.Path, $"the evidence column {unfit.Name} is neither a whole number, a date, a truth value nor text; cast it");
        }

        var shown = rule.Reason ?? rule.Evidence;
        foreach (var (language, text) in new[] { ("kk", shown.Kk), ("ru", shown.Ru), ("en", shown.En) })
        {
            if (EvidenceSentence.NamesLimit(text))
            {
                throw new RuleRefusedException(rule.Path, $"the text for the provider ({language}) names a limit of the rule; give a 'reason' in three languages that does not");
            }
        }

        foreach (var (language, text) in new[] { ("kk", rule.Evidence.Kk), ("ru", rule.Evidence.Ru), ("en", rule.Evidence.En), ("kk", shown.Kk), ("ru", shown.Ru), ("en", shown.En) })
        {
            foreach (var name in EvidenceSentence.Placeholders(text))
            {
                if (!columns.Any(c => c.Name == name))
                {
                    throw new RuleRefusedException(rule.Path, $"the evidence text ({language}) names {{{name}}}, which the SELECT does not return");
                }
            }
        }

        return new LoadedRule(rule, columns);
    }

    /// <summary>Letters to change, add or drop; none where the id holds what was written.</summary>
    private static int Distance(string written, string id)
    {
        if (id.Contains(written, StringComparison.OrdinalIgnoreCase))
        {
            return 0;
        }

        var before = Enumerable.Range(0, id.Length + 1).ToArray();
        for (var i = 1; i <= written.Length; i++)
        {
            var row = new int[id.Length + 1];
            row[0] = i;
            for (var j = 1; j <= id.Length; j++)
            {
                var same = char.ToLowerInvariant(written[i - 1]) == id[j - 1];
                row[j] = Math.Min(Math.Min(before[j] + 1, row[j - 1] + 1), before[j - 1] + (same ? 0 : 1));
            }

            before = row;
        }

        return before[^1];
    }

    [GeneratedRegex("^[a-z_][a-z0-9_]*$")]
    private static partial Regex ColumnShape();
}
