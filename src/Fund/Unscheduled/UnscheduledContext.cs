using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Kepil.Fund.Unscheduled;

/// <summary>A monitoring, a conclusion, a latent defect or a report as lists show it; its events are the truth.</summary>
public sealed class UnscheduledCase
{
    public long Id { get; set; }

    public required string Kind { get; set; }

    public required string Number { get; set; }

    public long ProviderId { get; set; }

    public required string Region { get; set; }

    public required string Stage { get; set; }

    public string? Owner { get; set; }

    public string? Term { get; set; }

    /// <summary>When the running term is over, in milliseconds; nothing once its end was dealt with.</summary>
    public long? DueAt { get; set; }

    public int Overdue { get; set; }

    public int Events { get; set; }

    /// <summary>For how many of its events the papers are made.</summary>
    public int Papers { get; set; }
}

/// <summary>One event of a case, in the order of its numbers.</summary>
public sealed class UnscheduledEvent
{
    public long CaseId { get; set; }

    public int Number { get; set; }

    public long At { get; set; }

    public required string Body { get; set; }
}

/// <summary>A word about all cases of this room: which outages were counted in them.</summary>
public sealed class UnscheduledMark
{
    public required string Name { get; set; }

    public required string Value { get; set; }
}

/// <summary>Something that somebody sent about a case, with the answer that he got; the same once more gets the same answer.</summary>
public sealed class UnscheduledReceipt
{
    public long Id { get; set; }

    /// <summary>Who sent it, as the journal calls him.</summary>
    public required string Sender { get; set; }

    /// <summary>The word by which the sender knows it.</summary>
    public required string SenderKey { get; set; }

    public required string Act { get; set; }

    public required string ContentHash { get; set; }

    public long CaseId { get; set; }

    public long ReceivedAt { get; set; }

    /// <summary>Code word of the refusal; nothing when it was taken.</summary>
    public string? Refusal { get; set; }

    public required string Answer { get; set; }
}

/// <summary>A row of the register of unconfirmed cases as it is stored.</summary>
public sealed class UnconfirmedEntry
{
    public long FindingId { get; set; }

    public long ProviderId { get; set; }

    public required string Contract { get; set; }

    public required string EnteredOn { get; set; }

    /// <summary>Region of the branch in charge.</summary>
    public string Region { get; set; } = "";

    /// <summary>The service: it stands in the register once, whatever found it.</summary>
    public string Service { get; set; } = "";

    /// <summary>Day on which it was struck out, because the decision that put it there fell.</summary>
    public string? StruckOn { get; set; }

    public string? Conclusion { get; set; }

    public required string Body { get; set; }
}

/// <summary>What a conclusion set off: the letter to law enforcement and the ground for ending a contract.</summary>
public sealed class ThresholdLetter
{
    public required string Conclusion { get; set; }

    public long ProviderId { get; set; }

    public long? DueAt { get; set; }

    public long? SentAt { get; set; }

    public int Overdue { get; set; }

    public required string Body { get; set; }
}

/// <summary>A row of the register of sole providers, as it is stored.</summary>
public sealed class SoleProviderEntry
{
    public long Id { get; set; }

    public long ProviderId { get; set; }

    public required string District { get; set; }

    /// <summary>The kind of care that nobody else gives there.</summary>
    public required string Care { get; set; }

    /// <summary>Number of the row in the register of sole providers; nothing where it is only declared.</summary>
    public string? Entry { get; set; }

    public required string FromDay { get; set; }

    public string? ToDay { get; set; }
}

/// <summary>That a contract is ended before its time, as it is stored.</summary>
public sealed class ContractEndingEntry
{
    public required string Contract { get; set; }

    public long ProviderId { get; set; }

    public long At { get; set; }

    public required string Body { get; set; }
}

/// <summary>A person's mark that a case of current monitoring asks for administrative measures.</summary>
public sealed class MeasureMark
{
    public long ProceedingId { get; set; }

    public required string Region { get; set; }

    public long MarkedBy { get; set; }

    public long At { get; set; }

    public required string Reasons { get; set; }
}

/// <summary>An organisation that treats citizens abroad under a contract with the Fund: it is not monitored.</summary>
public sealed class ForeignOrganisation
{
    public long ProviderId { get; set; }

    public required string Contract { get; set; }

    /// <summary>The document by which it is known to be one.</summary>
    public required string Document { get; set; }

    public long NotedBy { get; set; }

    public long At { get; set; }
}

/// <summary>The tables of unscheduled monitoring, on SQLite or PostgreSQL.</summary>
public sealed class UnscheduledContext(DbContextOptions<UnscheduledContext> options) : DbContext(options)
{
    public DbSet<UnscheduledCase> Cases => Set<UnscheduledCase>();

    public DbSet<UnscheduledEvent> Events => Set<UnscheduledEvent>();

    public DbSet<UnscheduledMark> Marks => Set<UnscheduledMark>();

    public DbSet<UnscheduledReceipt> Receipts => Set<UnscheduledReceipt>();

    public DbSet<UnconfirmedEntry> Unconfirmed => Set<UnconfirmedEntry>();

    public DbSet<ThresholdLetter> Letters => Set<ThresholdLetter>();

    public DbSet<SoleProviderEntry> SoleProviders => Set<SoleProviderEntry>();

    public DbSet<ContractEndingEntry> Endings => Set<ContractEndingEntry>();

    public DbSet<ForeignOrganisation> Foreign => Set<ForeignOrganisation>();

    public DbSet<MeasureMark> Measures => Set<MeasureMark>();

    protected override void OnModelCreating(ModelBuilder model)
    {
        model.Entity<UnscheduledCase>(e =>
        {
            e.ToTable("unscheduled_case").HasKey(c => c.Id);
            // Two acts on the same state: the second finds another number of events and is decided anew.
            e.Property(c => c.Events).IsConcurrencyToken();
        });
        model.Entity<UnscheduledEvent>().ToTable("unscheduled_event").HasKey(e => new { e.CaseId, e.Number });
        model.Entity<UnscheduledMark>().ToTable("unscheduled_mark").HasKey(m => m.Name);
        model.Entity<UnscheduledReceipt>().ToTable("unscheduled_receipt").HasKey(r => r.Id);
        model.Entity<UnconfirmedEntry>().ToTable("unconfirmed_case").HasKey(u => u.FindingId);
        model.Entity<ThresholdLetter>().ToTable("threshold_letter").HasKey(l => l.Conclusion);
        model.Entity<SoleProviderEntry>().ToTable("sole_provider").HasKey(s => s.Id);
        model.Entity<ContractEndingEntry>().ToTable("contract_ending").HasKey(e => new { e.ProviderId, e.Contract });
        model.Entity<ForeignOrganisation>().ToTable("foreign_organisation").HasKey(f => f.ProviderId);
        model.Entity<MeasureMark>().ToTable("measure_mark").HasKey(m => m.ProceedingId);
        foreach (var property in model.Model.GetEntityTypes().SelectMany(e => e.GetProperties()))
        {
            property.ValueGenerated = ValueGenerated.Never;
            property.SetColumnName(string.Concat(property.Name.Select((c, i) => char.IsUpper(c) ? (i > 0 ? "_" : "") + char.ToLowerInvariant(c) : c.ToString())));
        }
    }
}
