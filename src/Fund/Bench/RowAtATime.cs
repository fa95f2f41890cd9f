using System.Diagnostics;
using Kepil.DuckDb;
using Kepil.Fund.Accounts;
using Kepil.Monitoring;
using Microsoft.EntityFrameworkCore;

namespace Kepil.Fund.Bench;

/// <summary>A line as a row that a program looks at by itself.</summary>
public sealed class BenchLine
{
    public long Id { get; set; }

    public long PersonId { get; set; }

    public long ProviderId { get; set; }

    public string? ServiceCode { get; set; }

    public string CareForm { get; set; } = "";

    public int StartedOn { get; set; }

    public int EndedOn { get; set; }
}

/// <summary>A person as a row.</summary>
public sealed class BenchPerson
{
    public long Id { get; set; }

    public int? DeathDay { get; set; }

    public string? Sex { get; set; }
}

/// <summary>How such checks run when a program asks a database for each line: a few of the rules, one look-up each, through EF Core on SQLite.</summary>
public static class RowAtATime
{
    /// <summary>Checks so many lines one by one and prints the lines a second.</summary>
    public static void Measure(FundFolder folder, DateOnly month, int lines, string path)
    {
        var options = new DbContextOptionsBuilder<Rows>().UseSqlite($"Data Source={Path.Combine(path, "rows.db")}").Options;
        using (var context = new Rows(options))
        {
            context.Database.EnsureCreated();
            Fill(context, folder, month, lines);
        }

        List<long> ids;
        using (var context = new Rows(options))
        {
            ids = context.Lines.Select(l => l.Id).Take(lines).ToList();
        }

        var watch = Stopwatch.StartNew();
        var found = 0;
        foreach (var id in ids)
        {
            using var context = new Rows(options);
            var line = context.Lines.AsNoTracking().First(l => l.Id == id);
            var person = context.Persons.AsNoTracking().FirstOrDefault(p => p.Id == line.PersonId);
            found += person is null ? 1 : 0;
            found += person?.DeathDay < line.StartedOn ? 1 : 0;
            found += context.Lines.Any(l => l.PersonId == line.PersonId && l.ServiceCode == line.ServiceCode && l.StartedOn == line.StartedOn && l.ProviderId == line.ProviderId && l.Id < line.Id) ? 1 : 0;
            found += context.Lines.Any(l => l.PersonId == line.PersonId && l.ServiceCode == line.ServiceCode && l.StartedOn == line.StartedOn && l.ProviderId != line.ProviderId && l.Id < line.Id) ? 1 : 0;
            found += context.Lines.Any(l => l.PersonId == line.PersonId && l.ProviderId != line.ProviderId && l.StartedOn < line.StartedOn && l.EndedOn > line.StartedOn) ? 1 : 0;
            found += context.Lines.Any(l => l.PersonId == line.PersonId && l.CareForm == "drg" && l.EndedOn < line.StartedOn && l.EndedOn > line.StartedOn - 30 && line.CareForm == "drg") ? 1 : 0;
        }

        BenchVerb.Print($"row at a time, EF Core, 6 of the checks, {found} found", ids.Count / watch.Elapsed.TotalSeconds, "lines/s");
    }

    private static void Fill(Rows context, FundFolder folder, DateOnly month, int lines)
    {
        using var records = new FundRecords(folder);
        context.Lines.AddRange(records.Query(
            $"SELECT service_id, person_id, provider_id, service_code, care_form, started_on, ended_on FROM known_service WHERE month = $1 ORDER BY person_id LIMIT {lines}",
            r => new BenchLine { Id = r.Long(0), PersonId = r.Long(1), ProviderId = r.Long(2), ServiceCode = r.TextOrNull(3), CareForm = r.Text(4), StartedOn = r.Day(5).DayNumber, EndedOn = r.Day(6).DayNumber }, month));
        context.Persons.AddRange(records.Query(
            $"SELECT person_id, death_date, sex FROM person ORDER BY person_id LIMIT {lines}",
            r => new BenchPerson { Id = r.Long(0), DeathDay = r.DayOrNull(1)?.DayNumber, Sex = r.TextOrNull(2) }));
        context.SaveChanges();
    }

    private sealed class Rows(DbContextOptions<Rows> options) : DbContext(options)
    {
        public DbSet<BenchLine> Lines => Set<BenchLine>();

        public DbSet<BenchPerson> Persons => Set<BenchPerson>();

        protected override void OnModelCreating(ModelBuilder model)
        {
            model.Entity<BenchLine>(e =>
            {
                e.Property(l => l.Id).ValueGeneratedNever();
                e.HasIndex(l => l.PersonId);
            });
            model.Entity<BenchPerson>().Property(p => p.Id).ValueGeneratedNever();
        }
    }
}
