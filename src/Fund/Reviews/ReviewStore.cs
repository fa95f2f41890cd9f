using System.Text.Json;
using Kepil.Fund.Desk;
using Kepil.Fund.Proceedings;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Kepil.Fund.Reviews;

/// <summary>Reasons that a reviewer has begun to write.</summary>
public sealed class ReviewDraft
{
    public long UserId { get; set; }

    public long ProceedingId { get; set; }

    public required string Reasons { get; set; }

    /// <summary>The code that is put on a death which no algorithm pointed at.</summary>
    public string? Code { get; set; }

    /// <summary>Files that were handed over already, as the procedure writes them.</summary>
    public string Papers { get; set; } = "[]";

    public long SavedAt { get; set; }

    public IReadOnlyList<Paper> Files => JsonSerializer.Deserialize<IReadOnlyList<Paper>>(Papers, ProceedingJson.Options) ?? [];
}

/// <summary>A view of the queue that a reviewer keeps under a name of his own.</summary>
public sealed class ReviewView
{
    public long UserId { get; set; }

    public required string Name { get; set; }

    /// <summary>The filter as it stands in the address.</summary>
    public required string Query { get; set; }
}

/// <summary>Drafts and kept views, in the database of the accounts.</summary>
public sealed class ReviewContext(DbContextOptions<ReviewContext> options) : DbContext(options)
{
    public DbSet<ReviewDraft> Drafts => Set<ReviewDraft>();

    public DbSet<ReviewView> Views => Set<ReviewView>();

    protected override void OnModelCreating(ModelBuilder model)
    {
        model.Entity<ReviewDraft>(e =>
        {
            e.ToTable("review_draft").HasKey(d => new { d.UserId, d.ProceedingId });
            e.Ignore(d => d.Files);
        });
        model.Entity<ReviewView>().ToTable("review_view").HasKey(v => new { v.UserId, v.Name });
        foreach (var property in model.Model.GetEntityTypes().SelectMany(e => e.GetProperties()))
        {
            property.ValueGenerated = ValueGenerated.Never;
            property.SetColumnName(System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name));
        }
    }
}

/// <summary>What reviewers keep for themselves: it decides nothing and nobody else sees it.</summary>
public sealed class ReviewStore
{
    /// <summary>Views that one person may keep.</summary>
    private const int MostViews = 20;

    private readonly DbContextOptions<ReviewContext> _options;

    public ReviewStore(DeskStore desk)
    {
        using var context = desk.Context();
        _options = DeskSource.Of(context).Options<ReviewContext>();
    }

    public ReviewDraft? DraftOf(long user, long proceeding)
    {
        using var context = new ReviewContext(_options);
        return context.Drafts.AsNoTracking().FirstOrDefault(d => d.UserId == user && d.ProceedingId == proceeding);
    }

    /// <summary>Keeps what was written so far; nothing when another window has saved since.</summary>
    /// <param name="code">The code; what was kept of it stays without one.</param>
    /// <param name="papers">The files; those that were kept stay without them.</param>
    /// <param name="since">When the writer's window last saved or read it; 0 when there was none.</param>
    public ReviewDraft? Keep(long user, long proceeding, string reasons, DateTimeOffset at, long since, string? code = null, IReadOnlyList<Paper>? papers = null)
    {
        using var context = new ReviewContext(_options);
        using var transaction = context.Database.BeginTransaction();
        var draft = context.Drafts.Find(user, proceeding);
        if (draft is not null && draft.SavedAt > since && draft.Reasons != reasons)
        {
            return null;
        }

        if (draft is null)
        {
            context.Drafts.Add(draft = new() { UserId = user, ProceedingId = proceeding, Reasons = "" });
        }

        (draft.Reasons, draft.SavedAt) = (reasons, at.ToUnixTimeMilliseconds());
        (draft.Code, draft.Papers) = (code ?? draft.Code, papers is null ? draft.Papers : JsonSerializer.Serialize(papers, ProceedingJson.Options));
        context.SaveChanges();
        transaction.Commit();
        return draft;
    }

    public void Forget(long user, IEnumerable<long> proceedings)
    {
        using var context = new ReviewContext(_options);
        using var transaction = context.Database.BeginTransaction();
        var gone = proceedings.ToList();
        context.Drafts.Where(d => d.UserId == user && gone.Contains(d.ProceedingId)).ExecuteDelete();
        transaction.Commit();
    }

    public IReadOnlyList<ReviewView> ViewsOf(long user)
    {
        using var context = new ReviewContext(_options);
        return context.Views.AsNoTracking().Where(v => v.UserId == user).OrderBy(v => v.Name).ToList();
    }

    /// <summary>Keeps a view; another one of the same name gives way.</summary>
    public void KeepView(long user, string name, string query)
    {
        using var context = new ReviewContext(_options);
        if (context.Views.Find(user, name) is { } view)
        {
            view.Query = query;
        }
        else if (context.Views.Count(v => v.UserId == user) < MostViews)
        {
            context.Views.Add(new() { UserId = user, Name = name, Query = query });
        }

        context.SaveChanges();
    }

    public void RemoveView(long user, string name)
    {
        using var context = new ReviewContext(_options);
        context.Views.Where(v => v.UserId == user && v.Name == name).ExecuteDelete();
    }
}
