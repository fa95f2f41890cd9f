using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Kepil.Fund.Inbox;

/// <summary>Notes, settings and letters in the database of the accounts, on SQLite or PostgreSQL.</summary>
public sealed class InboxContext(DbContextOptions<InboxContext> options) : DbContext(options)
{
    public DbSet<InboxNote> Notes => Set<InboxNote>();

    public DbSet<InboxSetting> Settings => Set<InboxSetting>();

    public DbSet<InboxLetter> Letters => Set<InboxLetter>();

    public DbSet<MailBefore> MailsBefore => Set<MailBefore>();

    public DbSet<BankLetter> BankLetters => Set<BankLetter>();

    protected override void OnModelCreating(ModelBuilder model)
    {
        model.Entity<InboxNote>(e =>
        {
            e.ToTable("inbox_note").HasKey(n => n.Id);
            e.Property(n => n.Kind).HasConversion<string>();
        });
        model.Entity<InboxSetting>().ToTable("inbox_setting").HasKey(s => s.UserId);
        model.Entity<InboxLetter>().ToTable("inbox_letter").HasKey(l => new { l.UserId, l.Day });
        model.Entity<MailBefore>().ToTable("inbox_mail_before").HasKey(m => new { m.UserId, m.Until, m.Mail });
        model.Entity<BankLetter>().ToTable("bank_letter").HasKey(l => new { l.DetailId, l.Mail });
        foreach (var property in model.Model.GetEntityTypes().SelectMany(e => e.GetProperties()))
        {
            property.ValueGenerated = ValueGenerated.Never;
            property.SetColumnName(JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name));
        }
    }
}
