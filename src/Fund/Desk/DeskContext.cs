using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Kepil.Fund.Desk;

/// <summary>Users, their absences and conflicts of interest, keys and marks, on SQLite or PostgreSQL.</summary>
public sealed class DeskContext(DbContextOptions<DeskContext> options) : DbContext(options)
{
    public DbSet<DeskUser> Users => Set<DeskUser>();

    public DbSet<Absence> Absences => Set<Absence>();

    public DbSet<ConflictOfInterest> Conflicts => Set<ConflictOfInterest>();

    public DbSet<ProviderKey> Keys => Set<ProviderKey>();

    public DbSet<DataOpening> Openings => Set<DataOpening>();

    public DbSet<DeskMark> Marks => Set<DeskMark>();

    protected override void OnModelCreating(ModelBuilder model)
    {
        model.Entity<DeskUser>(e =>
        {
            e.ToTable("desk_user").HasKey(u => u.Id);
            e.Property(u => u.Role).HasConversion<string>();
        });
        model.Entity<Absence>().ToTable("desk_absence").HasKey(a => a.Id);
        model.Entity<ConflictOfInterest>().ToTable("desk_conflict").HasKey(c => new { c.UserId, c.ProviderId });
        model.Entity<ProviderKey>().ToTable("desk_key").HasKey(k => k.Id);
        model.Entity<DataOpening>().ToTable("desk_opening").HasKey(o => o.Id);
        model.Entity<DeskMark>().ToTable("desk_mark").HasKey(m => m.Name);

        // Days are ISO text and moments are milliseconds in both databases, so that one migration serves both and they sort alike.
        var day = new ValueConverter<DateOnly, string>(d => d.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), t => DateOnly.ParseExact(t, "yyyy-MM-dd", CultureInfo.InvariantCulture));
        var moment = new ValueConverter<DateTimeOffset, long>(m => m.ToUnixTimeMilliseconds(), v => DateTimeOffset.FromUnixTimeMilliseconds(v));
        foreach (var property in model.Model.GetEntityTypes().SelectMany(e => e.GetProperties()))
        {
            property.ValueGenerated = ValueGenerated.Never;
            property.SetColumnName(string.Concat(property.Name.Select((c, i) => char.IsUpper(c) ? (i > 0 ? "_" : "") + char.ToLowerInvariant(c) : c.ToString())));
            if (property.ClrType == typeof(DateOnly))
            {
                property.SetValueConverter(day);
            }
            else if (property.ClrType == typeof(DateTimeOffset) || property.ClrType == typeof(DateTimeOffset?))
            {
                property.SetValueConverter(moment);
            }
        }
    }
}
