using System.Text.Json;
using Kepil.Fund.Desk;
using Kepil.Fund.Pages;
using Kepil.Fund.Proceedings;
using Microsoft.EntityFrameworkCore;

namespace Kepil.Fund.Office;

/// <summary>Keeps drafts, uploads and views of a provider's office.</summary>
public sealed class OfficeStore(DeskSource source, TimeProvider clock)
{
    private const int Attempts = 20;

    /// <summary>Views that one person may keep: each is counted whenever the inbox is shown.</summary>
    private const int MostViews = 8;

    private readonly DbContextOptions<OfficeContext> _options = source.Options<OfficeContext>();

    /// <summary>A draft with its version and the moment of its last save; nothing when there is none.</summary>
    public (T Draft, int Version, DateTimeOffset At)? Draft<T>(long provider, string subject)
    {
        using var db = new OfficeContext(_options);
        return db.Drafts.AsNoTracking().FirstOrDefault(d => d.ProviderId == provider && d.Subject == subject) is { } found
            ? (JsonSerializer.Deserialize<T>(found.Body, ProceedingJson.Options)!, found.Version, DateTimeOffset.FromUnixTimeMilliseconds(found.SavedAt))
            : null;
    }

    /// <summary>Saves a draft that was read at a version; 0 when there was none.</summary>
    public DraftSaved Save<T>(long provider, string subject, T draft, int version, long user)
    {
        using var db = new OfficeContext(_options);
        var found = db.Drafts.FirstOrDefault(d => d.ProviderId == provider && d.Subject == subject);
        if ((found?.Version ?? 0) != version)
        {
            return new(found?.Version ?? 0, DateTimeOffset.FromUnixTimeMilliseconds(found?.SavedAt ?? 0), true);
        }

        var now = clock.GetUtcNow();
        var body = JsonSerializer.Serialize(draft, ProceedingJson.Options);
        if (found is null)
        {
            db.Drafts.Add(new() { ProviderId = provider, Subject = subject, Body = body, SavedBy = user, SavedAt = now.ToUnixTimeMilliseconds(), Version = 1 });
        }
        else
        {
            (found.Body, found.SavedBy, found.SavedAt, found.Version) = (body, user, now.ToUnixTimeMilliseconds(), version + 1);
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

    public void Discard(long provider, string subject)
    {
        using var db = new OfficeContext(_options);
        db.Drafts.Where(d => d.ProviderId == provider && d.Subject == subject).ExecuteDelete();
    }

    /// <summary>Drafts about single cases, the newest first.</summary>
    public IReadOnlyList<OfficeDraft> Drafts(long provider)
    {
        using var db = new OfficeContext(_options);
        return db.Drafts.AsNoTracking().Where(d => d.ProviderId == provider).OrderByDescending(d => d.SavedAt).Take(100).ToList();
    }

    public IReadOnlyList<OfficeView> ViewsOf(long user)
    {
        using var db = new OfficeContext(_options);
        return db.Views.AsNoTracking().Where(v => v.UserId == user).OrderBy(v => v.Name).ToList();
    }

    /// <summary>Keeps a view; another one of the same name gives way.</summary>
    public void KeepView(long user, string name, string query)
    {
        using var db = new OfficeContext(_options);
        if (db.Views.Find(user, name) is { } view)
        {
            view.Query = query;
        }
        else if (db.Views.Count(v => v.UserId == user) < MostViews)
        {
            db.Views.Add(new() { UserId = user, Name = name, Query = query });
        }

        db.SaveChanges();
    }

    public void RemoveView(long user, string name)
    {
        using var db = new OfficeContext(_options);
        db.Views.Where(v => v.UserId == user && v.Name == name).ExecuteDelete();
    }

    public RegisterUpload? Upload(long id)
    {
        using var db = new OfficeContext(_options);
        return db.Uploads.AsNoTracking().FirstOrDefault(u => u.Id == id);
    }

    /// <summary>A provider's uploads, the newest first.</summary>
    public IReadOnlyList<RegisterUpload> Uploads(long provider, int most)
    {
        using var db = new OfficeContext(_options);
        return db.Uploads.AsNoTracking().Where(u => u.ProviderId == provider).OrderByDescending(u => u.Id).Take(most).ToList();
    }

    /// <summary>Uploads on which a process was at work when it ended.</summary>
    public IReadOnlyList<RegisterUpload> AtWork()
    {
        using var db = new OfficeContext(_options);
        return db.Uploads.AsNoTracking().Where(u => u.State == "reading" || u.State == "foreseeing" || u.State == "sending").OrderBy(u => u.Id).ToList();
    }

    /// <summary>Notes a new upload and gives its number; the same file with the same words beside it is the earlier one.</summary>
    public (RegisterUpload Upload, bool Known) Add(RegisterUpload upload) => Within(db =>
    {
        var known = db.Uploads.AsNoTracking().Where(u => u.ProviderId == upload.ProviderId && u.FileHash == upload.FileHash).AsEnumerable()
            .LastOrDefault(u => u.State != "failed" && (u.Month, u.CareForm, u.Package, u.Contract) == (upload.Month, upload.CareForm, upload.Package, upload.Contract));
        if (known is not null)
        {
            return (known, true);
        }

        upload.Id = (db.Uploads.Max(u => (long?)u.Id) ?? 0) + 1;
        upload.ReceivedAt = upload.ChangedAt = clock.GetUtcNow().ToUnixTimeMilliseconds();
        db.Uploads.Add(upload);
        db.SaveChanges();
        return (upload, false);
    });

    /// <summary>Changes an upload where it still stands at one of these states; says whether it did.</summary>
    public bool Change(long id, IReadOnlyCollection<string> from, Action<RegisterUpload> how) => Within(db =>
    {
        if (db.Uploads.Find(id) is not { } found || !from.Contains(found.State))
        {
            return false;
        }

        how(found);
        found.ChangedAt = clock.GetUtcNow().ToUnixTimeMilliseconds();
        db.SaveChanges();
        return true;
    });

    /// <summary>Acts in a transaction; who lost a race with another clerk acts anew on what the winner left.</summary>
    private T Within<T>(Func<OfficeContext, T> act)
    {
        for (var attempt = 1; ; attempt++)
        {
            using var db = new OfficeContext(_options);
            db.Database.AutoSavepointsEnabled = false;
            using var transaction = db.Database.BeginTransaction(System.Data.IsolationLevel.Serializable);
            try
            {
                var result = act(db);
                transaction.Commit();
                return result;
            }
            catch (Exception lost) when (attempt < Attempts && ProceedingStore.IsRace(lost))
            {
                transaction.Rollback();
            }
        }
    }
}
