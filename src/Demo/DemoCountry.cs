using System.Text.Json;

namespace Kepil.Demo;

/// <summary>What was made: how many lines of the month, of all months, persons, providers and planted breaches.</summary>
public sealed record DemoCount(long MonthLines, long Lines, int Persons, int Providers, int Planted);

/// <summary>An invented country: Turkistan oblast with Kazygurt district and its neighbours, other regions when it is large, and a month of its registers.</summary>
public sealed class DemoCountry(DemoSize size)
{
    private readonly Population _population = new(size);

    /// <summary>Writes reference registers, account-registers as accountants send them, and the key of what was planted.</summary>
    /// <param name="folder">Made when it is not there.</param>
    /// <param name="progress">Told how many areas of how many are done.</param>
    public DemoCount Write(string folder, IProgress<(int Done, int Of)>? progress = null) =>
        Make(folder, area => new RegisterFiles(area, folder).Write(), progress);

    /// <summary>Writes lines straight to Parquet, by month and area; the rest as <see cref="Write"/> does.</summary>
    public DemoCount WriteStaged(string folder, IProgress<(int Done, int Of)>? progress = null) =>
        Make(folder, area => new StagedLines(area, folder).Write(), progress);

    private DemoCount Make(string folder, Action<Area> write, IProgress<(int Done, int Of)>? progress)
    {
        Directory.CreateDirectory(folder);
        var made = new AreaRegister[size.Areas];
        var done = 0;
        Parallel.For(0, size.Areas, new ParallelOptions { MaxDegreeOfParallelism = size.Threads }, number =>
        {
            var area = new Area(size, _population, number);
            area.Live();
            area.LookAlike();
            if (!size.Clean)
            {
                area.Plant();
            }

            write(area);
            made[number] = area.Close();
            progress?.Report((Interlocked.Increment(ref done), size.Areas));
        });

        new ReferenceFiles(size, folder).Write(made);
        using (var key = new StreamWriter(Path.Combine(folder, "key.csv")) { NewLine = "\n" })
        {
            key.WriteLine("rule_id,provider_id,line_id,person_id");
            foreach (var (rule, provider, line, person) in made.SelectMany(a => a.Key))
            {
                key.WriteLine($"{rule},{provider:D12},{line},{person:D12}");
            }
        }

        var count = new DemoCount(made.Sum(a => a.MonthLines), made.Sum(a => a.Lines), size.Persons, made.Sum(a => a.Area.Providers.Length), made.Sum(a => a.Key.Count));
        var about = new { seed = size.Seed, month = size.Month, clean = size.Clean, persons = count.Persons, providers = count.Providers, month_lines = count.MonthLines, lines = count.Lines, planted = count.Planted };
        File.WriteAllText(Path.Combine(folder, "country.json"), JsonSerializer.Serialize(about, JsonSerializerOptions.Web) + "\n");
        return count;
    }
}
