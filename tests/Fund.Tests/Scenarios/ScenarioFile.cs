using System.Text.RegularExpressions;
using Kepil.Law;
using Kepil.Tests.Law;

namespace Kepil.Tests.Scenarios;

/// <summary>A row of a scenario: on a day somebody does something, and then something holds.</summary>
/// <param name="Line">Number of the line in the file.</param>
internal sealed record ScenarioRow(int Line, string Day, string Who, string Does, string With, string Then);

/// <summary>A course of events that lawyers can read: a title, what it is about, and a table of days.</summary>
/// <param name="Facts">The lines "Name: text" above the table, several of one name in their order.</param>
internal sealed record ScenarioFile(string Name, string Title, IReadOnlyList<(string Name, string Text)> Facts, IReadOnlyList<ScenarioRow> Rows)
{
    private static readonly string[] Head = ["day", "who", "does", "with", "then"];

    /// <summary>Paths of all scenarios of a room, from the root of the repository.</summary>
    public static IEnumerable<string> Of(string room)
    {
        var folder = Path.Combine(Repository.Root, "scenarios", room);
        return Directory.Exists(folder)
            ? Directory.GetFiles(folder, "*.md").Order(StringComparer.Ordinal).Select(f => Path.GetRelativePath(Repository.Root, f).Replace('\\', '/'))
            : [];
    }

    /// <summary>The law of the scenario: with a line "Policy: name value" that value is chosen.</summary>
    /// <param name="from">First day of the choice.</param>
    public LawBook Law(string from) => One("Policy")?.Split(' ') is [var policy, var value] ? TheLaw.WithChoice(policy, value, from) : TheLaw.Book;

    public static ScenarioFile Read(string name) => Parse(name, File.ReadAllText(Path.Combine(Repository.Root, name)));

    public static ScenarioFile Parse(string name, string text)
    {
        var lines = text.Split('\n').Select(l => l.TrimEnd('\r', ' ')).ToList();
        var title = lines[0].StartsWith("# ", StringComparison.Ordinal) ? lines[0][2..] : throw Fault(name, 1, "the first line must be '# title'");
        var facts = new List<(string, string)>();
        var rows = new List<ScenarioRow>();
        var inTable = false;
        for (var i = 1; i < lines.Count; i++)
        {
            var line = lines[i];
            if (line.StartsWith('|'))
            {
                var cells = line.Trim('|').Split('|').Select(c => c.Trim()).ToArray();
                if (cells.Length != Head.Length)
                {
                    throw Fault(name, i + 1, $"{cells.Length} cells instead of {Head.Length}: {string.Join(", ", Head)}");
                }

                if (!inTable && !cells.SequenceEqual(Head))
                {
                    throw Fault(name, i + 1, $"the head of the table must read {string.Join(" | ", Head)}");
                }

                if (inTable && !cells[0].StartsWith("--", StringComparison.Ordinal))
                {
                    rows.Add(new(i + 1, cells[0].Length == 0 && rows.Count > 0 ? rows[^1].Day : cells[0], cells[1], cells[2], cells[3], cells[4]));
                }

                inTable = true;
            }
            else if (Regex.Match(line, @"^(?<name>[A-Z]\w+): (?<text>.+)$") is { Success: true } fact)
            {
                facts.Add((fact.Groups["name"].Value, fact.Groups["text"].Value.Trim()));
            }
            else if (line.Length > 0)
            {
                throw Fault(name, i + 1, $"'{line}' is neither 'Name: text' nor a row of the table");
            }
        }

        return rows.Count > 0 ? new(name, title, facts, rows) : throw Fault(name, lines.Count, "there is no row");
    }

    public IEnumerable<string> All(string fact) => Facts.Where(f => f.Name == fact).Select(f => f.Text);

    public string? One(string fact) => All(fact).FirstOrDefault();

    /// <summary>Plays every row; whoever fails is told the row.</summary>
    public void Play(Action<ScenarioRow> row)
    {
        foreach (var each in Rows)
        {
            try
            {
                row(each);
            }
            catch (Exception fault)
            {
                throw new ScenarioException($"{Name}, line {each.Line} ({each.Day}, {each.Who} {each.Does}): {fault.Message}", fault);
            }
        }
    }

    private static InvalidDataException Fault(string name, int line, string what) => new($"{name}, line {line}: {what}.");
}

/// <summary>A row of a scenario that cannot be read or does not hold.</summary>
internal sealed class ScenarioException(string message, Exception? cause = null) : Exception(message, cause);
