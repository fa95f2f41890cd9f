using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;

namespace Kepil.Fund.Desk;

/// <summary>Users, keys and marks of the desk; whatever changes there stands in the journal with it.</summary>
public sealed class DeskStore
{
    /// <summary>The mark of a database in which everything is invented.</summary>
    private const string Demo = "demo";

    /// <summary>The hash of the code with which the first administrator is made.</summary>
    private const string FirstCode = "first-code";

    private readonly DbContextOptions<DeskContext> _options;

    public DeskStore(DeskSource source, TimeProvider clock)
    {
        _options = source.Options<DeskContext>();
        Journal = new JournalStore(source.Open, clock);
        Clock = clock;
    }

    public JournalStore Journal { get; }

    public TimeProvider Clock { get; }

    public DeskContext Context() => new(_options);

    /// <summary>Changes something and notes it in the journal: both stand or neither does. Where nothing changed nothing is noted.</summary>
    public T Change<T>(string actor, string act, Func<DeskContext, (T Result, string Subject, object? Detail)> change)
    {
        using var context = Context();
        using var transaction = context.Database.BeginTransaction();
        // Held from the beginning: two changes at once would take the same number for what they add.
        Journal.Hold(context);
        var (result, subject, detail) = change(context);
        if (!context.ChangeTracker.HasChanges())
        {
            return result;
        }

        context.SaveChanges();
        Journal.Append(context, actor, act, subject, detail);
        transaction.Commit();
        return result;
    }

    /// <summary>Changes a user as he is stored now.</summary>
    public DeskUser Change(string actor, string act, long user, Action<DeskUser> change, object? detail = null) =>
        Change(actor, act, context =>
        {
            var found = context.Users.Single(u => u.Id == user);
            change(found);
            return (found, found.Actor, detail);
        });

    public DeskUser? Find(long id)
    {
        using var context = Context();
        return context.Users.AsNoTracking().FirstOrDefault(u => u.Id == id);
    }

    public DeskUser? FindByName(string normalName)
    {
        using var context = Context();
        return context.Users.AsNoTracking().FirstOrDefault(u => u.NormalName == normalName);
    }

    public IReadOnlyList<DeskUser> Users()
    {
        using var context = Context();
        return context.Users.AsNoTracking().OrderBy(u => u.Id).ToList();
    }

    public bool HasUsers()
    {
        using var context = Context();
        return context.Users.Any();
    }

    public bool HasDemoUsers()
    {
        using var context = Context();
        return context.Users.Any(u => u.IsDemo);
    }

    /// <summary>Adds a user under the next free number.</summary>
    public DeskUser Add(string actor, DeskUser user) => Change(actor, "UserAdded", context =>
    {
        user.Id = (context.Users.Max(u => (long?)u.Id) ?? 0) + 1;
        user.CreatedAt = user.LastSeenAt = Clock.GetUtcNow();
        context.Users.Add(user);
        return (user, user.Actor, (object)new { user.SignInName, user.FullName, role = user.Role.ToString(), user.Region, provider = user.ProviderId });
    });

    public IReadOnlyList<Absence> AbsencesOf(long user)
    {
        using var context = Context();
        return context.Absences.AsNoTracking().Where(a => a.UserId == user).OrderBy(a => a.FromDay).ToList();
    }

    public IReadOnlyList<ConflictOfInterest> ConflictsOf(long user)
    {
        using var context = Context();
        return context.Conflicts.AsNoTracking().Where(c => c.UserId == user).OrderBy(c => c.ProviderId).ToList();
    }

    public Absence AddAbsence(string actor, long user, DateOnly from, DateOnly to) => Change(actor, "AbsenceAdded", context =>
    {
        var absence = new Absence { Id = (context.Absences.Max(a => (long?)a.Id) ?? 0) + 1, UserId = user, FromDay = from, ToDay = to };
        context.Absences.Add(absence);
        return (absence, FormattableString.Invariant($"user:{user}"), (object)new { from, to });
    });

    public ConflictOfInterest AddConflict(string actor, long user, long provider, string reason) => Change(actor, "ConflictDeclared", context =>
    {
        var conflict = context.Conflicts.FirstOrDefault(c => c.UserId == user && c.ProviderId == provider);
        if (conflict is null)
        {
            conflict = new ConflictOfInterest { UserId = user, ProviderId = provider, Reason = reason };
            context.Conflicts.Add(conflict);
        }

        (conflict.Reason, conflict.DeclaredAt) = (reason, Clock.GetUtcNow());
        return (conflict, FormattableString.Invariant($"user:{user}"), (object)new { provider, reason });
    });

    public IReadOnlyList<ProviderKey> Keys()
    {
        using var context = Context();
        return context.Keys.AsNoTracking().OrderBy(k => k.Id).ToList();
    }

    /// <summary>Makes a key and returns it in full, for the only time.</summary>
    public (ProviderKey Key, string Text) AddKey(string actor, long createdBy, long provider, string name) => Change(actor, "KeyMade", context =>
    {
        var text = "kepil_" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        var key = new ProviderKey { Id = (context.Keys.Max(k => (long?)k.Id) ?? 0) + 1, ProviderId = provider, Name = name, KeyHash = Hash(text), CreatedAt = Clock.GetUtcNow(), CreatedBy = createdBy };
        context.Keys.Add(key);
        return ((key, text), key.Actor, (object)new { provider, name });
    });

    public void RevokeKey(string actor, long id) => Change<ProviderKey>(actor, "KeyRevoked", context =>
    {
        var key = context.Keys.Single(k => k.Id == id);
        key.RevokedAt ??= Clock.GetUtcNow();
        return (key, key.Actor, null);
    });

    /// <summary>The key that a system sent; nothing when there is none or it was revoked.</summary>
    public ProviderKey? FindKey(string text)
    {
        var hash = Hash(text);
        using var context = Context();
        return context.Keys.AsNoTracking().FirstOrDefault(k => k.KeyHash == hash && k.RevokedAt == null);
    }

    public bool IsDemo => Mark(Demo) is not null;

    public void MarkDemo() => SetMark(Demo, "1", "MarkedAsDemo");

    /// <summary>A new code for making the first administrator; the one before it is no longer good.</summary>
    public string NewFirstCode()
    {
        var code = string.Join('-', Convert.ToHexString(RandomNumberGenerator.GetBytes(10)).Chunk(5).Select(c => new string(c)));
        SetMark(FirstCode, Hash(code), "FirstCodeMade");
        return code;
    }

    /// <summary>Makes the first administrator, once, by the code that was printed; nothing when the code is wrong or somebody is there already.</summary>
    public DeskUser? AddFirst(string code, DeskUser administrator)
    {
        if (Mark(FirstCode) is not { } kept || !CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(kept), Encoding.ASCII.GetBytes(Hash(code.Trim().ToUpperInvariant()))))
        {
            return null;
        }

        return Change<DeskUser?>("system", "FirstAdministratorMade", context =>
        {
            if (context.Users.Any())
            {
                return (null, "", null);
            }

            (administrator.Id, administrator.Role) = (1, Role.Administrator);
            administrator.CreatedAt = administrator.LastSeenAt = Clock.GetUtcNow();
            context.Users.Add(administrator);
            context.Marks.Remove(context.Marks.Single(m => m.Name == FirstCode));
            return (administrator, administrator.Actor, (object)new { administrator.SignInName, administrator.FullName });
        });
    }

    private string? Mark(string name)
    {
        using var context = Context();
        return context.Marks.AsNoTracking().FirstOrDefault(m => m.Name == name)?.Value;
    }

    private void SetMark(string name, string value, string act) => Change<string>("system", act, context =>
    {
        var mark = context.Marks.FirstOrDefault(m => m.Name == name);
        if (mark is null)
        {
            context.Marks.Add(new DeskMark { Name = name, Value = value });
        }
        else
        {
            mark.Value = value;
        }

        return (value, "desk", null);
    });

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
