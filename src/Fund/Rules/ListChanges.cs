using System.Text;
using System.Text.RegularExpressions;
using Kepil.Fund.Desk;
using Kepil.Law;
using Kepil.Monitoring;
using Microsoft.EntityFrameworkCore;

namespace Kepil.Fund.Rules;

/// <summary>The lists of an installation's pack in the hands of two persons: one proposes, another approves, and only then the file is written.</summary>
public sealed class ListChanges
{
    /// <summary>Signs of a list; the pack's own are far below.</summary>
    private const int MostSigns = 2_000_000;

    private static readonly Lock Writing = new();

    private readonly DeskStore _desk;
    private readonly string _pack;
    private readonly DbContextOptions<ListChangeContext> _options;

    /// <param name="pack">The folder of the pack.</param>
    public ListChanges(DeskStore desk, string pack)
    {
        (_desk, _pack, _options) = (desk, pack, OptionsOf(desk));
        Finish();
    }

    /// <summary>Writes what a stop left unwritten; whoever loads a pack does this before.</summary>
    public static void WriteApproved(DeskStore desk, string pack) => _ = new ListChanges(desk, pack);

    /// <summary>Names of the lists.</summary>
    public IReadOnlyList<string> Names => Directory.Exists(Folder) ? [.. Directory.GetFiles(Folder, "*.csv").Select(f => Path.GetFileNameWithoutExtension(f)!).Order(StringComparer.Ordinal)] : [];

    private string Folder => Path.Combine(_pack, "lists");

    public ListChangeContext Context() => new(_options);

    /// <summary>The list as it stands in the pack; nothing when there is no such list.</summary>
    public string? Text(string list) => Names.Contains(list) ? File.ReadAllText(FileOf(list)).ReplaceLineEndings("\n") : null;

    /// <summary>What each list is called; a list for which the pack has no words goes by the name of its file.</summary>
    public IReadOnlyDictionary<string, Wording> Titles()
    {
        var titles = RulePack.ListTitles(_pack);
        return Names.ToDictionary(n => n, n => titles.GetValueOrDefault(n) ?? new Wording(n, n, n));
    }

    /// <summary>Rules that read the list: they are tried again before they judge once it has changed.</summary>
    public IReadOnlyList<string> RulesOf(string list) =>
    [
        .. Directory.GetFiles(_pack, "*.sql", SearchOption.AllDirectories).Where(f => Regex.IsMatch(File.ReadAllText(f), $@"\blist_{Regex.Escape(list)}\b", RegexOptions.None, TimeSpan.FromSeconds(1)))
            .Select(f => Path.GetFileNameWithoutExtension(f)!).Order(StringComparer.Ordinal),
    ];

    /// <summary>Lists that a rule reads.</summary>
    public IReadOnlyList<string> ListsOf(RuleFile rule) => [.. Names.Where(l => Regex.IsMatch(rule.Sql, $@"\blist_{Regex.Escape(l)}\b", RegexOptions.None, TimeSpan.FromSeconds(1)))];

    /// <summary>Lines that one text has and the other has not, in their order.</summary>
    public static (IReadOnlyList<string> Removed, IReadOnlyList<string> Added) Difference(string before, string after)
    {
        var (old, now) = (Lines(before), Lines(after));
        return ([.. Without(old, now)], [.. Without(now, old)]);
    }

    public ListChange? Find(long id)
    {
        using var db = Context();
        return db.Changes.AsNoTracking().FirstOrDefault(c => c.Id == id);
    }

    /// <summary>The newest changes, those that wait first.</summary>
    public IReadOnlyList<ListChange> Newest(int count, string? list = null)
    {
        using var db = Context();
        return db.Changes.AsNoTracking().Where(c => list == null || c.List == list).OrderBy(c => c.Answer != null).ThenByDescending(c => c.Id).Take(count).ToList();
    }

    /// <summary>Proposes another content. Says why it cannot be.</summary>
    public Wording? Propose(string list, string after, string reason, DeskUser by, out long id)
    {
        id = 0;
        after = after.ReplaceLineEndings("\n").TrimEnd('\n') + "\n";
        if (Text(list) is not { } before)
        {
            return new("мұндай тізім жоқ", "такого списка нет", "there is no such list");
        }

        if (string.IsNullOrWhiteSpace(reason))
        {
            return new("өзгерістің себебін жазыңыз", "укажите причину изменения", "write why it is changed");
        }

        if (after.Length > MostSigns || after == before)
        {
            return new("өзгеріс жоқ немесе мәтін тым үлкен", "изменений нет или текст слишком велик", "nothing is changed, or the text is too large");
        }

        if (Unfit(list, before, after) is { } unfit)
        {
            return unfit;
        }

        using var db = Context();
        using var transaction = db.Database.BeginTransaction();
        _desk.Journal.Hold(db);
        if (db.Changes.Any(c => c.List == list && c.Answer == null))
        {
            return new("бұл тізімнің өзгерісі екінші адамды күтіп тұр", "изменение этого списка уже ждёт второго человека", "a change of this list waits for the second person already");
        }

        id = (db.Changes.Max(c => (long?)c.Id) ?? 0) + 1;
        db.Changes.Add(new() { Id = id, List = list, Before = before, After = after, Reason = reason.Trim(), AskedBy = by.Id, AskedAt = _desk.Clock.GetUtcNow().ToUnixTimeMilliseconds() });
        db.SaveChanges();
        _desk.Journal.Append(db, by.Actor, "ListChangeProposed", "list/" + list, new { change = id });
        transaction.Commit();
        return null;
    }

    /// <summary>The second person approves, and the file is written; or refuses. Says why it cannot be.</summary>
    public Wording? Answer(long id, bool approved, string note, DeskUser by)
    {
        lock (Writing)
        {
            using var db = Context();
            using var transaction = db.Database.BeginTransaction();
            _desk.Journal.Hold(db);
            var change = db.Changes.FirstOrDefault(c => c.Id == id);
            if (change is not { Answer: null })
            {
                return new("бұл өзгеріс бойынша шешім қабылданған", "по этому изменению решение принято", "this change was decided on already");
            }

            if (change.AskedBy == by.Id)
            {
                return new("ұсынған адам өзі бекітпейді", "предложивший сам не утверждает", "whoever proposed it does not approve it");
            }

            if (!approved && string.IsNullOrWhiteSpace(note))
            {
                return new("бас тартудың себебін жазыңыз", "укажите причину отказа", "write why it is refused");
            }

            if (approved && Text(change.List) != change.Before)
            {
                return new("тізім осы арада өзгерген: бас тартып, қайта ұсыныңыз", "список за это время изменился: откажите и предложите заново", "the list has changed meanwhile: refuse, and propose it anew");
            }

            (change.AnsweredBy, change.AnsweredAt, change.Answer, change.Note) = (by.Id, _desk.Clock.GetUtcNow().ToUnixTimeMilliseconds(), approved ? "approved" : "refused", note.Trim());
            db.SaveChanges();
            _desk.Journal.Append(db, by.Actor, approved ? "ListChangeApproved" : "ListChangeRefused", "list/" + change.List, new { change = id });
            if (approved)
            {
                // A text that cannot be written leaves the change waiting; it counts only once it has the name of the list.
                WriteBeside(change);
            }

            transaction.Commit();
            if (approved)
            {
                Replace(db, change);
            }

            return null;
        }
    }

    /// <summary>Writes the files of approved changes that a process did not come to write any more.</summary>
    private void Finish()
    {
        lock (Writing)
        {
            using var db = Context();
            foreach (var change in db.Changes.Where(c => c.Answer == "approved" && c.WrittenAt == null).OrderBy(c => c.AnsweredAt).ToList())
            {
                // Whatever else somebody put there meanwhile by hand is not written over.
                if (Text(change.List) == change.Before)
                {
                    WriteBeside(change);
                    Replace(db, change);
                }
                else if (Text(change.List) == change.After)
                {
                    Note(db, change);
                }
            }
        }
    }

    private void WriteBeside(ListChange change)
    {
        using var part = new FileStream(FileOf(change.List) + ".part", FileMode.Create, FileAccess.Write);
        part.Write(Encoding.UTF8.GetBytes(change.After));
        part.Flush(true);
    }

    private void Replace(ListChangeContext db, ListChange change)
    {
        var file = FileOf(change.List);
        File.Move(file + ".part", file, true);
        Note(db, change);
    }

    private void Note(ListChangeContext db, ListChange change)
    {
        change.WrittenAt = _desk.Clock.GetUtcNow().ToUnixTimeMilliseconds();
        db.SaveChanges();
    }

    /// <summary>Whether the new text is a list with the same columns.</summary>
    private static Wording? Unfit(string list, string before, string after)
    {
        var stage = Directory.CreateTempSubdirectory("kepil-list-");
        try
        {
            RuleList Read(string text)
            {
                var file = Path.Combine(stage.FullName, list + ".csv");
                File.WriteAllText(file, text);
                return RuleList.Read(file);
            }

            return Read(after).Columns.SequenceEqual(Read(before).Columns) ? null
                : new("тақырып жолы өзгермеуі керек: оны қағидалар оқиды", "строка заголовков не меняется: её читают правила", "the head must not change: rules read it");
        }
        catch (RuleRefusedException e)
        {
            return new($"тізім оқылмады: {e.Reason}", $"список не читается: {e.Reason}", $"the list is not readable: {e.Reason}");
        }
        finally
        {
            stage.Delete(true);
        }
    }

    private string FileOf(string list) => Path.Combine(Folder, list + ".csv");

    private static string[] Lines(string text) => text.ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static IEnumerable<string> Without(string[] lines, string[] others)
    {
        var left = others.GroupBy(l => l).ToDictionary(g => g.Key, g => g.Count());
        foreach (var line in lines)
        {
            if (left.TryGetValue(line, out var count) && count > 0)
            {
                left[line] = count - 1;
            }
            else
            {
                yield return line;
            }
        }
    }

    private static DbContextOptions<ListChangeContext> OptionsOf(DeskStore desk)
    {
        using var context = desk.Context();
        return DeskSource.Of(context).Options<ListChangeContext>();
    }
}
