using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Kepil.Fund.Office;

/// <summary>Something that a provider's people began to write and did not send yet.</summary>
public sealed class OfficeDraft
{
    public long ProviderId { get; set; }

    /// <summary>What it will become: case:17:objection, bulk:….</summary>
    public required string Subject { get; set; }

    public required string Body { get; set; }

    public long SavedBy { get; set; }

    public long SavedAt { get; set; }

    /// <summary>Raised by every save, so that two windows do not overwrite each other unseen.</summary>
    public int Version { get; set; }
}

/// <summary>A register that somebody brought to the office, on its way from the check to the intake.</summary>
public sealed class RegisterUpload
{
    public long Id { get; set; }

    public long ProviderId { get; set; }

    public long UserId { get; set; }

    public required string FileName { get; set; }

    /// <summary>SHA-256 of the file as it came.</summary>
    public required string FileHash { get; set; }

    public long Size { get; set; }

    /// <summary>What was said beside the file.</summary>
    public string? Month { get; set; }

    public string? CareForm { get; set; }

    public string? Package { get; set; }

    public string? Contract { get; set; }

    public long ReceivedAt { get; set; }

    public long ChangedAt { get; set; }

    /// <summary>reading, foreseeing, checked, sending, sent, refused or failed.</summary>
    public required string State { get; set; }

    /// <summary>How much of the present work is done, in a hundred.</summary>
    public long Done { get; set; }

    public long RowsGiven { get; set; }

    public long Accepted { get; set; }

    public long Rejected { get; set; }

    /// <summary>Tiyn billed by the accepted rows.</summary>
    public long Billed { get; set; }

    /// <summary>Why the whole file was refused, as JSON.</summary>
    public string? Refusal { get; set; }

    public long? SubmissionId { get; set; }

    /// <summary>1 when the fund held the same file before.</summary>
    public int Already { get; set; }

    /// <summary>Whether somebody has to wait for the machine.</summary>
    public bool IsAtWork => State is "reading" or "foreseeing" or "sending";
}

/// <summary>A view of the inbox that somebody keeps under a name of his own.</summary>
public sealed class OfficeView
{
    public long UserId { get; set; }

    public required string Name { get; set; }

    /// <summary>View, code and month as they stand in the address; what was searched for is not kept, for it may be a person.</summary>
    public required string Query { get; set; }
}

/// <summary>Drafts, uploads and kept views in the database of the accounts, on SQLite or PostgreSQL.</summary>
public sealed class OfficeContext(DbContextOptions<OfficeContext> options) : DbContext(options)
{
    public DbSet<OfficeDraft> Drafts => Set<OfficeDraft>();

    public DbSet<RegisterUpload> Uploads => Set<RegisterUpload>();

    public DbSet<OfficeView> Views => Set<OfficeView>();

    protected override void OnModelCreating(ModelBuilder model)
    {
        model.Entity<OfficeDraft>(e =>
        {
            e.ToTable("office_draft").HasKey(d => new { d.ProviderId, d.Subject });
            e.Property(d => d.Version).IsConcurrencyToken();
        });
        model.Entity<RegisterUpload>(e =>
        {
            e.ToTable("office_upload").HasKey(u => u.Id);
            e.Ignore(u => u.IsAtWork);
        });
        model.Entity<OfficeView>().ToTable("office_view").HasKey(v => new { v.UserId, v.Name });
        foreach (var property in model.Model.GetEntityTypes().SelectMany(e => e.GetProperties()))
        {
            property.ValueGenerated = ValueGenerated.Never;
            property.SetColumnName(JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name));
        }
    }
}
