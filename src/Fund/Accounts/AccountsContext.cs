using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Kepil.Fund.Accounts;

/// <summary>The accounts of the fund, on SQLite or PostgreSQL.</summary>
public sealed class AccountsContext(DbContextOptions<AccountsContext> options) : DbContext(options)
{
    public DbSet<Submission> Submissions => Set<Submission>();

    public DbSet<RecordFile> RecordFiles => Set<RecordFile>();

    public DbSet<FactRefreshed> FactRefreshes => Set<FactRefreshed>();

    public DbSet<ReferenceFile> ReferenceFiles => Set<ReferenceFile>();

    public DbSet<MonitoringRun> Runs => Set<MonitoringRun>();

    public DbSet<RunRule> RunRules => Set<RunRule>();

    protected override void OnModelCreating(ModelBuilder model)
    {
        // Days are ISO text in both databases, so that one migration serves both and they sort alike.
        var day = new ValueConverter<DateOnly, string>(d => d.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), t => DateOnly.ParseExact(t, "yyyy-MM-dd", CultureInfo.InvariantCulture));
        model.Entity<Submission>(e =>
        {
            e.ToTable("submission").HasKey(s => s.Id);
            e.Property(s => s.Month).HasConversion(day);
            e.Property(s => s.Rows).HasColumnName("rows_given");
        });
        model.Entity<RecordFile>(e =>
        {
            e.ToTable("record_file").HasKey(f => f.Id);
            e.Property(f => f.Month).HasConversion(day);
            e.Property(f => f.Lines).HasColumnName("line_count");
        });
        model.Entity<FactRefreshed>(e =>
        {
            e.ToTable("fact_refresh").HasKey(r => r.Id);
            e.Property(r => r.Month).HasConversion(day);
        });
        model.Entity<ReferenceFile>(e =>
        {
            e.ToTable("reference_file").HasKey(f => f.Id);
            e.Property(f => f.Rows).HasColumnName("row_count");
        });
        model.Entity<MonitoringRun>(e =>
        {
            e.ToTable("monitoring_run").HasKey(r => r.Id);
            e.Property(r => r.Month).HasConversion(day);
            e.Property(r => r.Edition).HasConversion(day);
            e.Property(r => r.Lines).HasColumnName("line_count");
        });
        model.Entity<RunRule>(e => e.ToTable("run_rule").HasKey(r => new { r.RunId, r.RuleId }));
        foreach (var entity in model.Model.GetEntityTypes())
        {
            foreach (var property in entity.GetProperties())
            {
                if (property.ClrType == typeof(long) || property.ClrType == typeof(long?) || property.ClrType == typeof(int))
                {
                    property.ValueGenerated = Microsoft.EntityFrameworkCore.Metadata.ValueGenerated.Never;
                }

                if (property.GetColumnName() == property.Name)
                {
                    property.SetColumnName(Snake(property.Name));
                }
            }
        }
    }

    private static string Snake(string name) =>
        string.Concat(name.Select((c, i) => char.IsUpper(c) ? (i > 0 ? "_" : "") + char.ToLowerInvariant(c) : c.ToString()));
}
