using System.Text.Json;
using Kepil.Law;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Kepil.Fund.Proceedings;

/// <summary>One event of a proceeding, in the order of its numbers.</summary>
public sealed class ProceedingEventRow
{
    public long ProceedingId { get; set; }

    public int Number { get; set; }

    public long At { get; set; }

    public required string Kind { get; set; }

    public required string Body { get; set; }

    public static ProceedingEventRow Of(long id, int number, ProceedingEvent happened) => new()
    {
        ProceedingId = id,
        Number = number,
        At = happened.At.ToUnixTimeMilliseconds(),
        Kind = ProceedingJson.KindOf(happened),
        Body = ProceedingJson.Write(happened),
    };
}

/// <summary>Something that a provider's system sent: when it reached the server, and what was answered.</summary>
public sealed class ProceedingReceipt
{
    public long Id { get; set; }

    public long ProceedingId { get; set; }

    public long ProviderId { get; set; }

    /// <summary>The word by which the sender knows it; the same word twice is one act.</summary>
    public required string SenderKey { get; set; }

    public required string Act { get; set; }

    public required string ContentHash { get; set; }

    public long ReceivedAt { get; set; }

    /// <summary>Code word of the refusal; nothing when it was taken.</summary>
    public string? Refusal { get; set; }

    public required string Answer { get; set; }
}

/// <summary>A process that receives: everything that reached it before a moment is stored.</summary>
public sealed class ProceedingDoor
{
    public required string Id { get; set; }

    public long HandledUpTo { get; set; }

    /// <summary>When it last said so.</summary>
    public long ToldAt { get; set; }
}

/// <summary>A word about all proceedings: when the watch last went round, what somebody consented to.</summary>
public sealed class ProceedingMark
{
    public required string Name { get; set; }

    public required string Value { get; set; }
}

/// <summary>How many reviews lie with an employee.</summary>
public sealed class ReviewLoad
{
    public long Reviewer { get; set; }

    public long Open { get; set; }
}

/// <summary>Proceedings in the database of the accounts, on SQLite or PostgreSQL.</summary>
public sealed class ProceedingContext(DbContextOptions<ProceedingContext> options) : DbContext(options)
{
    public DbSet<ProceedingRow> Proceedings => Set<ProceedingRow>();

    public DbSet<ProceedingEventRow> Events => Set<ProceedingEventRow>();

    public DbSet<ProceedingReceipt> Receipts => Set<ProceedingReceipt>();

    public DbSet<ProceedingDoor> Doors => Set<ProceedingDoor>();

    public DbSet<ProceedingMark> Marks => Set<ProceedingMark>();

    public DbSet<OutageEntry> Outages => Set<OutageEntry>();

    public DbSet<OutageDecision> OutageDecisions => Set<OutageDecision>();

    public DbSet<OutageCase> OutageCases => Set<OutageCase>();

    public DbSet<ReviewLoad> Loads => Set<ReviewLoad>();

    public DbSet<Handover> Handovers => Set<Handover>();

    public DbSet<PendingDecision> Pending => Set<PendingDecision>();

    protected override void OnModelCreating(ModelBuilder model)
    {
        model.Entity<ProceedingRow>(e =>
        {
            e.ToTable("proceeding").HasKey(p => p.Id);
            // Two acts on the same state: the second finds another number of events and is decided anew.
            e.Property(p => p.Events).IsConcurrencyToken();
        });
        model.Entity<ProceedingEventRow>().ToTable("proceeding_event").HasKey(e => new { e.ProceedingId, e.Number });
        model.Entity<ProceedingReceipt>().ToTable("proceeding_receipt").HasKey(r => r.Id);
        model.Entity<ProceedingDoor>().ToTable("proceeding_door").HasKey(d => d.Id);
        model.Entity<Handover>(e =>
        {
            e.ToTable("proceeding_handover").HasKey(h => h.Id);
            // Two who answer at once: the second finds an answer there and is told.
            e.Property(h => h.Answer).IsConcurrencyToken();
        });
        model.Entity<PendingDecision>(e =>
        {
            e.ToTable("pending_decision").HasKey(p => p.Id);
            e.Ignore(p => p.Files);
        });
        model.Entity<ProceedingMark>().ToTable("proceeding_mark").HasKey(m => m.Name);
        model.Entity<OutageEntry>().ToTable("outage").HasKey(o => o.Id);
        model.Entity<OutageDecision>().ToTable("outage_decision").HasKey(d => d.OutageId);
        model.Entity<OutageCase>().ToTable("outage_case").HasKey(c => new { c.OutageId, c.Kind, c.CaseId, c.Term, c.Start });
        model.Entity<ReviewLoad>().ToTable("review_load").HasKey(l => l.Reviewer);
        foreach (var property in model.Model.GetEntityTypes().SelectMany(e => e.GetProperties()))
        {
            property.ValueGenerated = ValueGenerated.Never;
            property.SetColumnName(Column(property.Name));
        }
    }

    /// <summary>The column of a property: reviewer_region.</summary>
    internal static string Column(string property) => JsonNamingPolicy.SnakeCaseLower.ConvertName(property);
}
