using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Kepil.Fund.Rules;

/// <summary>A change of a list of the pack: proposed by one person with a reason, written only when another approves.</summary>
public sealed class ListChange
{
    public long Id { get; set; }

    /// <summary>Name of the list, which is that of its file.</summary>
    public required string List { get; set; }

    public required string Before { get; set; }

    public required string After { get; set; }

    public required string Reason { get; set; }

    public long AskedBy { get; set; }

    public long AskedAt { get; set; }

    public long? AnsweredBy { get; set; }

    public long? AnsweredAt { get; set; }

    /// <summary>approved or refused; nothing while it waits.</summary>
    public string? Answer { get; set; }

    public string? Note { get; set; }

    /// <summary>When the file was written after the approval; nothing while that has still to be done.</summary>
    public long? WrittenAt { get; set; }
}

/// <summary>Changes of lists in the database of the accounts, on SQLite or PostgreSQL.</summary>
public sealed class ListChangeContext(DbContextOptions<ListChangeContext> options) : DbContext(options)
{
    public DbSet<ListChange> Changes => Set<ListChange>();

    protected override void OnModelCreating(ModelBuilder model)
    {
        model.Entity<ListChange>().ToTable("rule_list_change").HasKey(c => c.Id);
        foreach (var property in model.Model.GetEntityTypes().SelectMany(e => e.GetProperties()))
        {
            property.ValueGenerated = ValueGenerated.Never;
            property.SetColumnName(JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name));
        }
    }
}
