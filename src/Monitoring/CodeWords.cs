using Kepil.Law;

namespace Kepil.Monitoring;

/// <summary>What people read instead of the code words of the record: forms of care, packages, urgency and the like.</summary>
public sealed class CodeWords
{
    private readonly Dictionary<(string Column, string Code), Wording> _words;

    private CodeWords(Dictionary<(string Column, string Code), Wording> words) => _words = words;

    public static CodeWords None { get; } = new([]);

    /// <summary>Reads words.csv of a pack: column, code, kk, ru, en.</summary>
    /// <exception cref="RuleRefusedException">A word lacks a language, or stands twice.</exception>
    public static CodeWords Read(string path)
    {
        if (!File.Exists(path))
        {
            return None;
        }

        var words = new Dictionary<(string, string), Wording>();
        foreach (var (row, n) in RuleList.Csv(File.ReadAllText(path)).Select((row, n) => (row, n)).Skip(1))
        {
            if (row.Count != 5 || row.Any(cell => cell.Length == 0))
            {
                throw new RuleRefusedException(path, $"row {n + 1}: a word is written column,code,kk,ru,en, and no cell is empty");
            }

            if (!words.TryAdd((row[0], row[1]), new Wording(row[2], row[3], row[4])))
            {
                throw new RuleRefusedException(path, $"row {n + 1}: '{row[1]}' of {row[0]} stands twice");
            }
        }

        return new CodeWords(words);
    }

    /// <summary>The words for a code in a column, or null. first_package is written as package is, by the end of its name.</summary>
    public Wording? Of(string column, string code)
    {
        for (var name = column; ;)
        {
            if (_words.TryGetValue((name, code), out var words))
            {
                return words;
            }

            var at = name.IndexOf('_', StringComparison.Ordinal);
            if (at < 0)
            {
                return null;
            }

            name = name[(at + 1)..];
        }
    }
}
