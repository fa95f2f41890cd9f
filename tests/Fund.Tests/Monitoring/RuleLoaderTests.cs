using Kepil.Monitoring;
using Xunit;

namespace Kepil.Tests.Monitoring;

/// <summary>What the loader wants of a rule before it may judge anybody.</summary>
public sealed class RuleLoaderTests
{
    private const string Plain = "SELECT s.service_id, s.person_id, s.started_on FROM monitored_service AS s WHERE s.days_after_death > 0";

    [Fact]
    public void A_sound_rule_is_loaded_with_its_evidence_columns()
    {
        using var pack = new TrialPack().Rule("5.0-sound", Plain, evidence: "{started_on}");

        var (loaded, refused) = pack.Load();

        Assert.Empty(refused);
        Assert.Equal([new EvidenceColumn("started_on", "date")], Assert.Single(loaded.Rules).Columns);
    }

    [Theory]
    [InlineData("no header", "Refused: the file does not begin with a header")]
    [InlineData("title:\n  kk: \"К\"\n  ru: \"Р\"", "'title' has no text in 'en'")]
    [InlineData("title:\n  ru: \"Р\"\n  en: \"E\"", "'title' has no text in 'kk'")]
    [InlineData("title:\n  kk: \"К\"\n  ru: \" \"\n  en: \"E\"", "'title' has no text in 'ru'")]
    [InlineData("evidence:\n  kk: \"К\"\n  en: \"E\"", "'evidence' has no text in 'ru'")]
    [InlineData("code: \"5.9\"", "the classification has no code 5.9")]
    [InlineData("code: \"13.0\"", "the classification has no code 13.0")]
    [InlineData("code: \"\"", "'code' is missing")]
    [InlineData("kind: additional", "'kind' is 'additional'")]
    [InlineData("kind: 1", "'kind' is '1'")]
    [InlineData("state: 2", "'state' is '2'")]
    [InlineData("state: Draft, On", "'state' is 'Draft, On'")]
    [InlineData("in_force: from August", "'in_force' is 'from August'")]
    [InlineData("in_force: 2026-02-30..", "'in_force' is '2026-02-30..'")]
    [InlineData("in_force: 2026-08-01..2026-07-01", "'in_force' ends on '2026-07-01'")]
    [InlineData("law: []", "it cites no law")]
    [InlineData("law:", "it cites no law")]
    [InlineData("law: [somewhere]", "it cites no law")]
    [InlineData("look_back: -1", "'look_back' is -1")]
    [InlineData("look_back: 2000000000", "'look_back' is 2000000000")]
    [InlineData("look_back: soon", "the header is not readable")]
    [InlineData("reach: ", "'reach' is missing")]
    [InlineData("reach: country", "'reach' is 'country', but may be line, person, provider, doctor, fund")]
    [InlineData("code: \"5.0\"\ncode: \"2.0\"", "the header is not readable")]
    [InlineData("threshold: 3", "the header is not readable")]
    [InlineData("title: one text", "the header is not readable")]
    [InlineData("evidence:\n  kk: \"{nothing}\"\n  ru: \"x\"\n  en: \"x\"", "names {nothing}, which the SELECT does not return")]
    [InlineData("evidence:\n  kk: \"x\"\n  ru: \"x\"\n  en: \"{person_id}\"", "names {person_id}, which the SELECT does not return")]
    public void A_header_that_lacks_something_is_refused_with_the_reason(string instead, string reason)
    {
        using var pack = new TrialPack();
        if (instead == "no header")
        {
            Directory.CreateDirectory(Path.Combine(pack.Folder, "trial"));
            File.WriteAllText(Path.Combine(pack.Folder, "trial", "5.0-bare.sql"), Plain);
            reason = reason["Refused: ".Length..];
        }
        else
        {
            pack.Rule("5.0-flawed", Plain, header: Replaced(TrialPack.Header(), instead));
        }

        var (loaded, refused) = pack.Load();

        Assert.Empty(loaded.Rules);
        Assert.Contains(reason, Assert.Single(refused).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_rule_that_says_it_needs_the_line_alone_may_not_read_known_lines()
    {
        const string across = "SELECT s.service_id, s.person_id FROM monitored_service AS s JOIN known_service AS k ON k.person_id = s.person_id";
        using var pack = new TrialPack()
            .Rule("5.0-line", across, header: Replaced(TrialPack.Header(), "reach: line"))
            .Rule("5.0-person", across, header: Replaced(TrialPack.Header(), "reach: person"));

        var (loaded, refused) = pack.Load();

        Assert.Equal(RuleReach.Person, Assert.Single(loaded.Rules).File.Reach);
        Assert.Contains("'reach' is 'line', but it reads known_service", Assert.Single(refused).Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("5.0-quote'")]
    [InlineData("5.0 with spaces")]
    [InlineData("no-code")]
    [InlineData("5.0-Capital")]
    [InlineData("5.0-қайтыс")]
    public void A_file_name_that_could_be_mistaken_for_anything_else_is_refused(string id)
    {
        using var pack = new TrialPack().Rule(id, Plain);

        Assert.Contains("named by its code", Assert.Single(pack.Load().Refused).Reason, StringComparison.Ordinal);
    }

    [Theory]
    [Proves("MON-321:15")]
    [InlineData("SELECT s.service_id, s.person_id, s.amount AS limit_sum FROM monitored_service AS s", "{limit_sum}")]
    [InlineData("SELECT s.service_id, s.person_id, s.amount AS max_sum FROM monitored_service AS s", "{max_sum}")]
    public void A_text_that_would_show_a_limit_to_a_provider_is_refused(string sql, string evidence)
    {
        using var pack = new TrialPack().Rule("5.0-tells", sql, evidence: evidence);

        Assert.Contains("names a limit of the rule", Assert.Single(pack.Load().Refused).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_rule_is_on_only_when_it_was_tried()
    {
        using var untried = new TrialPack().Rule("5.0-untried", Plain, tried: false);
        using var waiting = new TrialPack().Rule("5.0-waiting", Plain, state: "trial", tried: false);

        Assert.Contains("has had no trial", Assert.Single(untried.Load().Refused).Reason, StringComparison.Ordinal);
        Assert.Empty(waiting.Load().Refused);
        Assert.Empty(waiting.Load().Pack.On);
    }

    [Theory]
    [InlineData("trial/5.0-rule.sql", "b.limit_of_days", "b.limit_of_days + 1", true)]
    [InlineData("trial/5.0-rule.sql", "look_back: 3", "look_back: 40", true)]
    [InlineData("trial/5.0-rule.sql", "kind: potential", "kind: general", true)]
    [InlineData("trial/5.0-rule.sql", "in_force: 2025-08-01..", "in_force: 2025-09-01..", true)]
    [InlineData("trial/5.0-rule.sql", "reach: fund", "reach: person", true)]
    [InlineData("lists/read.csv", "30,", "31,", true)]
    [InlineData("lists/read.csv", "9999-12-31", "2026-12-31", true)]
    [InlineData("lists/read.csv", "a guess", "by the letter of the ministry", false)]
    [InlineData("lists/other.csv", "30,", "31,", false)]
    [InlineData("trial/5.0-rule.sql", "kk: \"К\"", "kk: \"Қ\"", false)]
    [InlineData("trial/5.0-rule.sql", "en: \"x\"", "en: \"y\"", false)]
    public void Another_trial_is_needed_when_what_the_rule_finds_may_have_changed(string file, string from, string to, bool needed)
    {
        const string list = "limit_of_days:integer,from_day:date,to_day:date,why:text\n30,2025-08-01,9999-12-31,a guess\n";
        using var pack = new TrialPack().List("read", list).List("other", list).Rule(
            "5.0-rule", "SELECT s.service_id, s.person_id FROM monitored_service AS s JOIN list_read AS b ON s.days_after_death > b.limit_of_days",
            header: TrialPack.Header().Replace("reach: fund", "look_back: 3\nreach: fund", StringComparison.Ordinal));
        Assert.Empty(pack.Load().Refused);
        var path = Path.Combine(pack.Folder, file);
        var before = File.ReadAllText(path);
        File.WriteAllText(path, before.Replace(from, to, StringComparison.Ordinal));
        Assert.NotEqual(before, File.ReadAllText(path));

        var refused = pack.LoadAsNoted().Refused;

        Assert.Equal(needed, refused.Count == 1 && refused[0].Reason.Contains("has had no trial", StringComparison.Ordinal));
        Assert.Equal(needed ? 1 : 0, refused.Count);
    }

    [Fact]
    public void The_ids_nearest_to_a_mistyped_one_are_told()
    {
        using var pack = new TrialPack().Rule("5.0-service-after-death", Plain).Rule("2.0-late-record", Plain).Rule("5.0-stay-after-death", Plain);
        var loaded = pack.Load().Pack;

        Assert.Equal("5.0-service-after-death", loaded.Nearest("5.0-servise-after-deth", 1)[0]);
        Assert.Equal(["2.0-late-record"], loaded.Nearest("late", 1));
    }

    [Theory]
    [InlineData("package,mams,МӘМС,,insurance", "no cell is empty")]
    [InlineData("package,mams,МӘМС,ОСМС,insurance\npackage,mams,МӘМС,ОСМС,insurance", "stands twice")]
    public void Words_that_lack_a_language_or_stand_twice_are_refused(string rows, string reason)
    {
        using var pack = new TrialPack().Rule("5.0-rule", Plain);
        File.WriteAllText(Path.Combine(pack.Folder, "words.csv"), "column,code,kk,ru,en\n" + rows + "\n");

        Assert.Contains(reason, Assert.Single(pack.Load().Refused).Reason, StringComparison.Ordinal);
    }

    [Fact]
    [Proves("MON-321:10.1")]
    public void A_code_that_annex_1_never_assigns_cannot_be_potential()
    {
        using var pack = new TrialPack().Rule("5.0-potential", Plain).Rule("5.1-general", Plain, code: "5.1", kind: "general");

        var (loaded, refused) = RulePack.TryLoad(pack.Folder, _ => false, trialNeeded: false);

        Assert.Equal("every cell of code 5.0 is '-', so the rule cannot be potential", Assert.Single(refused).Reason);
        Assert.Equal("5.1-general", Assert.Single(loaded.Rules).Id);
    }

    [Fact]
    public void Two_rules_of_one_name_are_refused_although_they_lie_in_two_chapters()
    {
        using var pack = new TrialPack().Rule("5.0-twin", Plain);
        Directory.CreateDirectory(Path.Combine(pack.Folder, "other"));
        File.Copy(Path.Combine(pack.Folder, "trial", "5.0-twin.sql"), Path.Combine(pack.Folder, "other", "5.0-twin.sql"));

        var (loaded, refused) = pack.Load();

        Assert.Single(loaded.Rules);
        Assert.Equal("another rule has the same name", Assert.Single(refused).Reason);
    }

    [Theory]
    [InlineData("limit:text\nA02,\n", "no column from_day:date")]
    [InlineData("limit,from_day:date,to_day:date\nx,2025-01-01,9999-12-31\n", "is not written name:type")]
    [InlineData("limit:money,from_day:date,to_day:date\n1,2025-01-01,9999-12-31\n", "is not written name:type")]
    [InlineData("limit:integer,from_day:date,to_day:date\nmany,2025-01-01,9999-12-31\n", "line 2: 'many' in limit is not integer")]
    [InlineData("limit:integer,from_day:date,to_day:date\n1,01.01.2025,9999-12-31\n", "line 2: '01.01.2025' in from_day is not date")]
    [InlineData("", "the list has no head")]
    public void A_list_that_cannot_be_read_is_refused_with_its_line(string csv, string reason)
    {
        using var pack = new TrialPack().List("limits", csv);

        Assert.Contains(reason, Assert.Single(pack.Load().Refused).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_refusal_names_the_file()
    {
        using var pack = new TrialPack().Rule("5.0-broken", "SELECT 1");

        var refusal = Assert.Single(pack.Load().Refused);

        Assert.StartsWith(Path.Combine(pack.Folder, "trial", "5.0-broken.sql") + ": ", refusal.Message, StringComparison.Ordinal);
    }

    /// <summary>The header with its entry of the same name replaced, or the line added.</summary>
    private static string Replaced(string header, string entry)
    {
        var name = entry[..(entry.IndexOf(':', StringComparison.Ordinal) + 1)];
        var kept = new List<string>();
        var skipping = false;
        foreach (var line in header.Split('\n'))
        {
            if (!line.StartsWith(' '))
            {
                skipping = line.StartsWith(name, StringComparison.Ordinal);
            }

            if (!skipping)
            {
                kept.Add(line);
            }
        }

        return string.Join('\n', kept.Append(entry));
    }
}
