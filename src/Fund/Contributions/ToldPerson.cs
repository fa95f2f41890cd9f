using System.Globalization;
using Kepil.DuckDb;
using Kepil.Fund.Accounts;
using Kepil.Insurance;
using Kepil.Law;
using Kepil.Monitoring;

namespace Kepil.Fund.Contributions;

/// <summary>What the registers of persons and of merged numbers said of one person, and since when the fund held it.</summary>
/// <param name="Numbers">All his numbers, the present one first.</param>
/// <param name="Lifetimes">Birth and death, each word with the moment at which a register first held it; the birth that the number tells holds from the beginning.</param>
/// <param name="MergedAt">From when on an older number was known to be his.</param>
public sealed record ToldPerson(IReadOnlyList<long> Numbers, IReadOnlyList<Told<Lifetime>> Lifetimes, IReadOnlyDictionary<long, DateTimeOffset> MergedAt)
{
    /// <summary>One of whom no register said when it learnt something.</summary>
    public static ToldPerson Of(KnownPerson person) =>
        new([person.PersonId], [new("", DateTimeOffset.MinValue, new(person.BirthDate, person.Died))], new Dictionary<long, DateTimeOffset>());

    /// <summary>The person who has or had a number, by all editions of the registers that the fund keeps.</summary>
    /// <returns>Nothing when the register of persons that holds now does not know the number.</returns>
    public static ToldPerson? Of(FundFolder folder, long number)
    {
        var numbers = KnownPersons.NumbersOf(folder, number);
        if (KnownPersons.Of(folder, [numbers[0]]).Find(numbers[0]) is not { } person)
        {
            return null;
        }

        var (persons, merges) = (Editions(folder, "person"), numbers.Count > 1 ? Editions(folder, "person_merge") : []);
        if (persons.Count == 0 && merges.Count == 0)
        {
            return Of(person);
        }

        var born = IdentityNumber.TryRestore(numbers[0], out var id, out _) ? id.BirthDate : person.BirthDate;
        var lifetimes = new List<Told<Lifetime>> { new("", DateTimeOffset.MinValue, new(born)) };
        using var database = DuckDatabase.Open(threads: 1, memoryMegabytes: 256);
        using var connection = database.Connect();
        var all = string.Join(", ", numbers.Select(n => n.ToString(CultureInfo.InvariantCulture)));
        foreach (var (file, at) in persons)
        {
            // The row of the present number, and before it was given that of an older one.
            var rows = connection.QueryAll($"SELECT person_id, birth_date, death_date FROM read_parquet('{file}') WHERE person_id IN ({all})", r => (Id: r.Long(0), Life: new Lifetime(r.DayOrNull(1) ?? born, r.DayOrNull(2))));
            if (rows.Count > 0 && rows.MinBy(r => Place(numbers, r.Id)).Life is var life && life != lifetimes[^1].Fact)
            {
                lifetimes.Add(new("", at, life));
            }
        }

        return new(numbers, lifetimes, Merged(connection, merges, numbers));
    }

    /// <summary>When each older number became known as his; one that a later edition gave to somebody else and a still later one gave back counts from the last time.</summary>
    private static Dictionary<long, DateTimeOffset> Merged(DuckConnection connection, IReadOnlyList<(string File, DateTimeOffset At)> editions, IReadOnlyList<long> numbers)
    {
        var since = new Dictionary<long, DateTimeOffset>();
        foreach (var (file, at) in editions)
        {
            var held = connection.QueryAll($"SELECT old_id FROM read_parquet('{file}') WHERE person_id = {numbers[0].ToString(CultureInfo.InvariantCulture)}", r => r.Long(0)).ToHashSet();
            foreach (var old in numbers.Skip(1))
            {
                if (!held.Contains(old))
                {
                    since.Remove(old);
                }
                else
                {
                    since.TryAdd(old, at);
                }
            }
        }

        return since;
    }

    private static int Place(IReadOnlyList<long> numbers, long number) => numbers.TakeWhile(n => n != number).Count();

    /// <summary>Editions of a register, the oldest first; what is no longer on the disk tells nothing.</summary>
    private static List<(string File, DateTimeOffset At)> Editions(FundFolder folder, string register)
    {
        using var context = folder.Accounts.Context();
        return [.. context.ReferenceFiles.Where(r => r.Register == register).OrderBy(r => r.LoadedAt).ThenBy(r => r.Id).Select(r => new { r.Path, r.LoadedAt }).ToList()
            .Where(r => File.Exists(folder.At(r.Path))).Select(r => (RuleWorker.Quoted(folder.At(r.Path)), DateTimeOffset.FromUnixTimeMilliseconds(r.LoadedAt)))];
    }
}
