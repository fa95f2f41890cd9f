using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Kepil.Fund.Rules;

/// <summary>A rule as it stood from a moment on. What was read once is never changed.</summary>
public sealed class RuleVersion
{
    public long Id { get; set; }

    public required string Rule { get; set; }

    /// <summary>Identity of what the rule does, its lists included.</summary>
    public required string TextHash { get; set; }

    public required string State { get; set; }

    /// <summary>The whole file.</summary>
    public required string Text { get; set; }

    /// <summary>The file of its worked cases; empty without one.</summary>
    public required string Cases { get; set; }

    /// <summary>Hashes of the lists that it reads, by their names, as JSON.</summary>
    public required string Lists { get; set; }

    /// <summary>Unix milliseconds at which this installation first read it so.</summary>
    public long SeenAt { get; set; }

    /// <summary>Who read it: <c>system</c> when the pages start and when a month is monitored.</summary>
    public required string SeenBy { get; set; }

    public IReadOnlyDictionary<string, string> ListHashes => JsonSerializer.Deserialize<Dictionary<string, string>>(Lists) ?? [];
}

/// <summary>A trial of a rule with its report.</summary>
public sealed class RuleTrialEntry
{
    public long Id { get; set; }

    public required string Rule { get; set; }

    public required string TextHash { get; set; }

    /// <summary>What it would have found, month by month, as JSON.</summary>
    public required string Report { get; set; }

    public required string TriedBy { get; set; }

    public long TriedAt { get; set; }

    public IReadOnlyList<TrialMonth> Months => JsonSerializer.Deserialize<List<TrialMonth>>(Report, RuleVersionContext.Reports) ?? [];
}

/// <summary>What became of a trial: noted in the pack, or refused with a reason.</summary>
public sealed class RuleTrialAnswer
{
    public long Trial { get; set; }

    /// <summary>noted or refused.</summary>
    public required string Answer { get; set; }

    public required string Note { get; set; }

    public required string AnsweredBy { get; set; }

    public long AnsweredAt { get; set; }
}

/// <summary>Versions of rules and their trials in the database of the accounts, on SQLite or PostgreSQL.</summary>
public sealed class RuleVersionContext(DbContextOptions<RuleVersionContext> options) : DbContext(options)
{
    /// <summary>Providers, services and overlaps of a report are pairs and triples, which have fields.</summary>
    internal static readonly JsonSerializerOptions Reports = new() { IncludeFields = true };

    public DbSet<RuleVersion> Versions => Set<RuleVersion>();

    public DbSet<RuleTrialEntry> Trials => Set<RuleTrialEntry>();

    public DbSet<RuleTrialAnswer> Answers => Set<RuleTrialAnswer>();

    protected override void OnModelCreating(ModelBuilder model)
    {
        model.Entity<RuleVersion>().ToTable("rule_version").HasKey(v => v.Id);
        model.Entity<RuleVersion>().Ignore(v => v.ListHashes);
        model.Entity<RuleTrialEntry>().ToTable("rule_trial").HasKey(t => t.Id);
        model.Entity<RuleTrialEntry>().Ignore(t => t.Months);
        model.Entity<RuleTrialAnswer>().ToTable("rule_trial_answer").HasKey(a => a.Trial);
        foreach (var property in model.Model.GetEntityTypes().SelectMany(e => e.GetProperties()))
        {
            property.ValueGenerated = ValueGenerated.Never;
            property.SetColumnName(JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name));
        }
    }
}
