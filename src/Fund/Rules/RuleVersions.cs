using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Kepil.Fund.Accounts;
using Kepil.Fund.Desk;
using Kepil.Law;
using Kepil.Monitoring;
using Microsoft.EntityFrameworkCore;

namespace Kepil.Fund.Rules;

/// <summary>How the rules of this installation came to be as they are: every text from the day it was first read, every trial with who made it and who noted it.</summary>
/// <param name="source">The database of the accounts.</param>
public sealed class RuleVersions(DeskSource source, JournalStore journal, TimeProvider clock)
{
    private readonly DbContextOptions<RuleVersionContext> _options = source.Options<RuleVersionContext>();

    public static RuleVersions Of(DeskStore desk)
    {
        using var context = desk.Context();
        return new(DeskSource.Of(context), desk.Journal, desk.Clock);
    }

    public static RuleVersions Of(FundFolder folder, TimeProvider clock)
    {
        using var context = folder.Accounts.Context();
        var source = DeskSource.Of(context);
        return new(source, new JournalStore(source.Open, clock), clock);
    }

    public RuleVersionContext Context() => new(_options);

    /// <summary>Keeps what has changed in the rules since they were read last. Says how many are new or changed.</summary>
    /// <param name="by">Who reads them, as in the journal.</param>
    public int See(IReadOnlyList<LoadedRule> rules, string by)
    {
        var read = rules.Where(r => File.Exists(r.File.Path)).Select(r => Read(r, by)).ToList();
        using var db = Context();
        using var transaction = db.Database.BeginTransaction();
        journal.Hold(db);
        var newest = db.Versions.AsNoTracking().Where(v => db.Versions.Where(o => o.Rule == v.Rule).Max(o => o.Id) == v.Id).ToDictionary(v => v.Rule);
        var next = db.Versions.Max(v => (long?)v.Id) ?? 0;
        var changed = read.Where(v => newest.GetValueOrDefault(v.Rule) is not { } old || (old.TextHash, old.Text, old.Cases) != (v.TextHash, v.Text, v.Cases)).ToList();
        foreach (var version in changed)
        {
            (version.Id, version.SeenAt) = (++next, clock.GetUtcNow().ToUnixTimeMilliseconds());
            db.Versions.Add(version);
        }

        db.SaveChanges();
        // On the first day all rules are new; that they are there is no change of any of them.
        foreach (var version in changed.Where(_ => newest.Count > 0))
        {
            journal.Append(db, by, "RuleChanged", "rule/" + version.Rule, new { version = version.Id, hash = version.TextHash[..Math.Min(16, version.TextHash.Length)], version.State });
        }

        transaction.Commit();
        return changed.Count;
    }

    /// <summary>The versions of a rule, the newest first.</summary>
    public IReadOnlyList<RuleVersion> Of(string rule)
    {
        using var db = Context();
        return db.Versions.AsNoTracking().Where(v => v.Rule == rule).OrderByDescending(v => v.Id).ToList();
    }

    /// <summary>The trials of a rule with what became of them, the newest first.</summary>
    public IReadOnlyList<(RuleTrialEntry Trial, RuleTrialAnswer? Answer)> TrialsOf(string rule)
    {
        using var db = Context();
        var answers = db.Answers.AsNoTracking().Where(a => db.Trials.Any(t => t.Id == a.Trial && t.Rule == rule)).ToDictionary(a => a.Trial);
        return [.. db.Trials.AsNoTracking().Where(t => t.Rule == rule).OrderByDescending(t => t.Id).ToList().Select(t => (t, answers.GetValueOrDefault(t.Id)))];
    }

    /// <summary>Keeps the report of a trial that somebody made.</summary>
    public long Keep(LoadedRule rule, IReadOnlyList<TrialMonth> months, string by)
    {
        using var db = Context();
        using var transaction = db.Database.BeginTransaction();
        journal.Hold(db);
        var id = (db.Trials.Max(t => (long?)t.Id) ?? 0) + 1;
        db.Trials.Add(new() { Id = id, Rule = rule.Id, TextHash = rule.File.TextHash, Report = JsonSerializer.Serialize(months, RuleVersionContext.Reports), TriedBy = by, TriedAt = clock.GetUtcNow().ToUnixTimeMilliseconds() });
        db.SaveChanges();
        journal.Append(db, by, "RuleTried", "rule/" + rule.Id, new { trial = id, months = months.Select(m => m.Month) });
        transaction.Commit();
        return id;
    }

    /// <summary>A trial that was noted from the command line, where one person has the files in hand.</summary>
    public void KeepNoted(LoadedRule rule, IReadOnlyList<TrialMonth> months, string by)
    {
        var id = Keep(rule, months, by);
        using var db = Context();
        db.Answers.Add(new() { Trial = id, Answer = "noted", Note = "", AnsweredBy = by, AnsweredAt = clock.GetUtcNow().ToUnixTimeMilliseconds() });
        db.SaveChanges();
    }

    /// <summary>A second person notes the trial in the pack, so that the rule may be switched on; or refuses it. Says why it cannot be.</summary>
    /// <param name="rule">The rule as it stands in the pack now.</param>
    /// <param name="pack">The folder of the pack.</param>
    public Wording? Answer(long trial, bool noted, string note, DeskUser by, LoadedRule rule, string pack)
    {
        using var db = Context();
        using var transaction = db.Database.BeginTransaction();
        journal.Hold(db);
        if (db.Trials.AsNoTracking().FirstOrDefault(t => t.Id == trial && t.Rule == rule.Id) is not { } made || db.Answers.Any(a => a.Trial == trial))
        {
            return new("бұл сынақ бойынша шешім қабылданған", "по этому испытанию решение принято", "this trial was decided on already");
        }

        if (made.TriedBy == by.Actor)
        {
            return new("сынақты жүргізген адам оны өзі бекітпейді", "проводивший испытание сам его не утверждает", "whoever made the trial does not approve it");
        }

        if (!noted && string.IsNullOrWhiteSpace(note))
        {
            return new("бас тартудың себебін жазыңыз", "укажите причину отказа", "write why it is refused");
        }

        if (noted && made.TextHash != rule.File.TextHash)
        {
            return new("қағида осы арада өзгерген: қайта сынаңыз", "правило за это время изменилось: испытайте заново", "the rule has changed meanwhile: try it anew");
        }

        if (noted && !RuleTrial.Allows(rule, made.Months))
        {
            return new(
                "сынақта жол болған жоқ, қағида орындалмады немесе коды қолданылмайтын көмек нысанын көрсетеді",
                "при испытании не было строк, правило не выполнилось или указывает на форму помощи, к которой его код не применяется",
                "the trial saw no lines, the rule failed, or it points at a form of care to which its code does not apply");
        }

        db.Answers.Add(new() { Trial = trial, Answer = noted ? "noted" : "refused", Note = note.Trim(), AnsweredBy = by.Actor, AnsweredAt = clock.GetUtcNow().ToUnixTimeMilliseconds() });
        db.SaveChanges();
        journal.Append(db, by.Actor, noted ? "RuleTrialNoted" : "RuleTrialRefused", "rule/" + rule.Id, new { trial });
        if (noted)
        {
            // Written before the transaction ends: a file that cannot be written leaves the trial waiting.
            RuleTrial.Note(pack, [(rule, made.Months)], DateOnly.FromDateTime(DateTimeOffset.FromUnixTimeMilliseconds(made.TriedAt).ToOffset(TimeSpan.FromHours(5)).DateTime));
        }

        transaction.Commit();
        return null;
    }

    private static RuleVersion Read(LoadedRule rule, string by)
    {
        var text = File.ReadAllText(rule.File.Path).ReplaceLineEndings("\n");
        var cases = Path.ChangeExtension(rule.File.Path, ".cases.md");
        return new()
        {
            Rule = rule.Id, TextHash = rule.File.TextHash, State = rule.File.State.ToString(), Text = text, Cases = File.Exists(cases) ? File.ReadAllText(cases).ReplaceLineEndings("\n") : "",
            Lists = JsonSerializer.Serialize(ListsOf(rule).ToDictionary(l => Path.GetFileNameWithoutExtension(l), l => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(File.ReadAllText(l).ReplaceLineEndings("\n"))))[..16])),
            SeenBy = by,
        };
    }

    /// <summary>Files of the lists that the rule reads; a pack is a folder of chapters, and lists/ beside them.</summary>
    private static IEnumerable<string> ListsOf(LoadedRule rule)
    {
        for (var folder = Directory.GetParent(rule.File.Path); folder is not null; folder = folder.Parent)
        {
            var lists = Path.Combine(folder.FullName, "lists");
            if (Directory.Exists(lists))
            {
                return Directory.GetFiles(lists, "*.csv").Where(f => Regex.IsMatch(rule.File.Sql, $@"\blist_{Regex.Escape(Path.GetFileNameWithoutExtension(f))}\b", RegexOptions.None, TimeSpan.FromSeconds(1))).Order(StringComparer.Ordinal);
            }
        }

        return [];
    }
}
