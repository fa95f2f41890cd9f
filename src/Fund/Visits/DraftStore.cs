using System.Text.Json;
using Kepil.Fund.Desk;
using Kepil.Fund.Pages;
using Kepil.Fund.Proceedings;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Kepil.Fund.Visits;

/// <summary>A conclusion as far as it is written, as it is stored.</summary>
public sealed class StoredDraft
{
    public long MonitoringId { get; set; }

    public required string Body { get; set; }

    public long SavedBy { get; set; }

    public long SavedAt { get; set; }

    /// <summary>Raised by every save, so that two windows do not overwrite each other unseen.</summary>
    public int Version { get; set; }
}

/// <summary>Drafts of conclusions in the database of the accounts, on SQLite or PostgreSQL.</summary>
public sealed class DraftContext(DbContextOptions<DraftContext> options) : DbContext(options)
{
    public DbSet<StoredDraft> Drafts => Set<StoredDraft>();

    protected override void OnModelCreating(ModelBuilder model)
    {
        model.Entity<StoredDraft>(e =>
        {
            e.ToTable("conclusion_draft").HasKey(d => d.MonitoringId);
            e.Property(d => d.Version).IsConcurrencyToken();
        });
        foreach (var property in model.Model.GetEntityTypes().SelectMany(e => e.GetProperties()))
        {
            property.ValueGenerated = ValueGenerated.Never;
            property.SetColumnName(JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name));
        }
    }
}

/// <summary>A draft with its version and who saved it when.</summary>
public sealed record KeptDraft(ConclusionDraft Draft, int Version, DateTimeOffset At, long By);

/// <summary>Keeps one draft of a conclusion for each monitoring: all of its team write in it.</summary>
public sealed class DraftStore
{
    private readonly DbContextOptions<DraftContext> _options;
    private readonly TimeProvider _clock;

    public DraftStore(DeskStore desk)
    {
        using var context = desk.Context();
        (_options, _clock) = (DeskSource.Of(context).Options<DraftContext>(), desk.Clock);
    }

    /// <summary>The draft of a monitoring; nothing when nobody began one.</summary>
    public KeptDraft? Find(long monitoring)
    {
        using var db = new DraftContext(_options);
        return db.Drafts.AsNoTracking().FirstOrDefault(d => d.MonitoringId == monitoring) is { } found
            ? new(JsonSerializer.Deserialize<ConclusionDraft>(found.Body, ProceedingJson.Options)!, found.Version, DateTimeOffset.FromUnixTimeMilliseconds(found.SavedAt), found.SavedBy)
            : null;
    }

    /// <summary>Saves a draft that was read at a version, 0 when there was none; where somebody else saved meanwhile nothing is written.</summary>
    public DraftSaved Save(long monitoring, ConclusionDraft draft, int version, long by)
    {
        using var db = new DraftContext(_options);
        var found = db.Drafts.FirstOrDefault(d => d.MonitoringId == monitoring);
        if ((found?.Version ?? 0) != version)
        {
            return new(found?.Version ?? 0, DateTimeOffset.FromUnixTimeMilliseconds(found?.SavedAt ?? 0), true);
        }

        var (now, body) = (_clock.GetUtcNow(), JsonSerializer.Serialize(draft, ProceedingJson.Options));
        if (found is null)
        {
            db.Drafts.Add(new() { MonitoringId = monitoring, Body = body, SavedBy = by, SavedAt = now.ToUnixTimeMilliseconds(), Version = 1 });
        }
        else
        {
            (found.Body, found.SavedBy, found.SavedAt, found.Version) = (body, by, now.ToUnixTimeMilliseconds(), version + 1);
        }

        try
        {
            db.SaveChanges();
            return new(version + 1, now, false);
        }
        catch (DbUpdateException)
        {
            return new(version + 1, now, true);
        }
    }

    public void Discard(long monitoring)
    {
        using var db = new DraftContext(_options);
        db.Drafts.Where(d => d.MonitoringId == monitoring).ExecuteDelete();
    }
}
