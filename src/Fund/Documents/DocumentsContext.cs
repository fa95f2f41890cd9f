using System.Globalization;
using Kepil.Fund.Accounts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Kepil.Fund.Documents;

/// <summary>The tables of documents, in the database of the accounts.</summary>
public sealed class DocumentsContext(DbContextOptions<DocumentsContext> options) : DbContext(options)
{
    public DbSet<DocumentSeries> Series => Set<DocumentSeries>();

    public DbSet<DocumentEntry> Documents => Set<DocumentEntry>();

    public DbSet<DocumentVersion> Versions => Set<DocumentVersion>();

    public DbSet<DocumentSignature> Signatures => Set<DocumentSignature>();

    /// <summary>Options for the database in which the accounts lie.</summary>
    public static DbContextOptions<DocumentsContext> In(AccountsStore accounts) => accounts.Options<DocumentsContext>();

    protected override void OnModelCreating(ModelBuilder model)
    {
        var day = new ValueConverter<DateOnly, string>(d => d.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), t => DateOnly.ParseExact(t, "yyyy-MM-dd", CultureInfo.InvariantCulture));
        model.Entity<DocumentSeries>().ToTable("document_series").HasKey(s => new { s.Branch, s.Year });
        model.Entity<DocumentEntry>(e =>
        {
            e.ToTable("document").HasKey(d => d.Code);
            e.Ignore(d => d.Number);
        });
        model.Entity<DocumentVersion>(e =>
        {
            e.ToTable("document_version").HasKey(v => new { v.Code, v.Version });
            e.Property(v => v.IssuedOn).HasConversion(day);
        });
        model.Entity<DocumentSignature>(e =>
        {
            e.ToTable("document_signature").HasKey(s => new { s.Code, s.Version, s.Place });
            e.Property(s => s.SignedOn).HasConversion(day);
        });
        foreach (var property in model.Model.GetEntityTypes().SelectMany(e => e.GetProperties()))
        {
            property.ValueGenerated = ValueGenerated.Never;
            property.SetColumnName(string.Concat(property.Name.Select((c, i) => char.IsUpper(c) ? (i > 0 ? "_" : "") + char.ToLowerInvariant(c) : c.ToString())));
        }
    }
}
