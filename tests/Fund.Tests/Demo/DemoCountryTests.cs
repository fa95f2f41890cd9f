using Kepil.Demo;
using Kepil.Law;
using Kepil.Monitoring;
using Xunit;

namespace Kepil.Tests.Demo;

public sealed class DemoCountryTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("kepil-demo-").FullName;

    [Fact]
    public void The_same_seed_makes_the_same_bytes_whatever_the_threads()
    {
        new DemoCountry(new DemoSize(400_000) { Threads = 1 }).Write(Path.Combine(_folder, "one"));
        new DemoCountry(new DemoSize(400_000) { Threads = 2 }).Write(Path.Combine(_folder, "two"));
        var one = Files("one");
        Assert.True(one.Count > 50);
        Assert.Equal(one, Files("two"));
    }

    [Fact]
    public void Another_seed_makes_another_country()
    {
        new DemoCountry(new DemoSize(10_000)).Write(Path.Combine(_folder, "one"));
        new DemoCountry(new DemoSize(10_000, Seed: 7)).Write(Path.Combine(_folder, "two"));
        Assert.NotEqual(Files("one"), Files("two"));
    }

    [Fact]
    public void Identity_numbers_are_valid_and_unique()
    {
        new DemoCountry(new DemoSize(300_000)).Write(_folder);
        var numbers = File.ReadLines(Path.Combine(_folder, "reference", "person.csv")).Skip(1).Select(l => l.Split(',')).ToList();
        Assert.True(numbers.Count > 190_000);
        Assert.Equal(numbers.Count, numbers.Select(n => n[0]).Distinct().Count());
        Assert.All(numbers, cells =>
        {
            Assert.True(IdentityNumber.TryParse(cells[0], out var number, out var fault), $"{cells[0]}: {fault}");
            Assert.Equal(cells[1], number.BirthDate.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
            Assert.Equal(cells[2], number.Sex == Sex.Male ? "m" : "f");
        });
        Assert.All(File.ReadLines(Path.Combine(_folder, "reference", "provider.csv")).Skip(1), line =>
            Assert.True(OrganisationNumber.TryParse(line.Split(',')[0], out _, out var fault), $"{line}: {fault}"));
    }

    [Fact]
    public void Heads_of_the_registers_are_the_columns_of_the_reference_tables()
    {
        new DemoCountry(new DemoSize(10_000)).Write(_folder);
        foreach (var table in ReferenceTables.All)
        {
            var head = File.ReadLines(Path.Combine(_folder, "reference", table.Name + ".csv")).First();
            Assert.Equal(string.Join(',', table.Columns.Select(c => c.Name)), head);
        }
    }

    [Fact]
    public void Each_line_of_the_key_stands_in_a_register_of_the_month()
    {
        var count = new DemoCountry(new DemoSize(10_000)).Write(_folder);
        var lines = Directory.GetFiles(Path.Combine(_folder, "registers", "2026-10")).Where(f => !f.EndsWith("_again.csv", StringComparison.Ordinal))
            .SelectMany(File.ReadLines).Select(l => l.Split(';')).Where(c => c.Length > 20).Select(c => c[1]).ToHashSet();
        var key = File.ReadLines(Path.Combine(_folder, "key.csv")).Skip(1).Select(l => l.Split(',')).ToList();
        Assert.Equal(count.Planted, key.Count);
        Assert.All(key, cells => Assert.Contains(cells[2], lines));
    }

    [Fact]
    public void Heads_and_words_of_the_registers_are_those_that_the_intake_knows()
    {
        new DemoCountry(new DemoSize(10_000)).Write(_folder);
        var heads = Listed("heads.yaml");
        var words = Listed("words.yaml");
        foreach (var file in Directory.GetFiles(Path.Combine(_folder, "registers"), "*.csv", SearchOption.AllDirectories))
        {
            var rows = File.ReadAllLines(file).Select(l => l.Split(';')).ToList();
            Assert.All(rows[3], head => Assert.Contains(head.Split(',')[0], heads));
            foreach (var row in rows.Skip(4).SkipLast(1))
            {
                Assert.All(new[] { 2, 3, 17, 18, 24, 26 }.Select(i => row[i]).Where(w => w.Length > 0), word => Assert.Contains(word, words));
            }
        }
    }

    [Fact]
    public void Every_rule_finds_what_was_planted_for_it_and_nothing_else()
    {
        using var country = new MonitoredCountry(new DemoSize(10_000), Path.Combine(Repository.Root, "law"), Path.Combine(Repository.Root, "rules"));
        var key = country.Key;
        var bare = country.Rules.Select(r => r.Id).Where(id => key.Count(k => k.Rule == id) < 3);
        Assert.True(!bare.Any(), $"fewer than three breaches are planted for {string.Join(", ", bare)}");
        Assert.Equal([], key.Except(country.Hits).Order());
        Assert.Equal([], country.Hits.Except(key).Order());
    }

    [Fact]
    public void A_clean_month_is_charged_with_nothing()
    {
        using var country = new MonitoredCountry(new DemoSize(60_000) { Clean = true }, Path.Combine(Repository.Root, "law"), Path.Combine(Repository.Root, "rules"));
        Assert.Empty(country.Key);
        Assert.True(country.Lines > 40_000);
        Assert.Equal([], country.Hits.Order());
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static HashSet<string> Listed(string mapping) =>
        [.. File.ReadAllText(Path.Combine(Repository.Root, "mappings", mapping)).Split(['[', ']', ',', '\n']).Select(t => t.Trim())];

    private Dictionary<string, string> Files(string folder)
    {
        var root = Path.Combine(_folder, folder);
        return Directory.GetFiles(root, "*", SearchOption.AllDirectories)
            .ToDictionary(f => Path.GetRelativePath(root, f), f => Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(f))));
    }
}
