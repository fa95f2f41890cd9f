using System.Globalization;
using System.Text;
using YamlDotNet.RepresentationModel;

namespace Kepil.Fund.Registers;

/// <summary>The heads and words of registers in three languages, from the folder of mappings.</summary>
public sealed class Vocabulary
{
    private static readonly Lazy<Vocabulary> Loaded = new(() => Load(Folder()));
    private static Vocabulary? _given;

    private readonly Dictionary<string, Dictionary<string, string>> _heads;
    private readonly Dictionary<string, Dictionary<string, string>> _words;

    private readonly HashSet<string> _any;

    internal Vocabulary(Dictionary<string, Dictionary<string, string>> heads, Dictionary<string, Dictionary<string, string>> words) =>
        (_heads, _words, _any) = (heads, words, [.. heads.Values.SelectMany(h => h.Keys)]);

    /// <summary>The vocabulary of this installation.</summary>
    public static Vocabulary Own => _given ?? Loaded.Value;

    internal IReadOnlyDictionary<string, Dictionary<string, string>> AllHeads => _heads;

    internal IReadOnlyDictionary<string, Dictionary<string, string>> AllWords => _words;

    /// <summary>Makes a vocabulary that somebody else has read the one of this process.</summary>
    internal static void Use(Vocabulary vocabulary) => _given = vocabulary;

    /// <summary>The folder of mappings: named in KEPIL_MAPPINGS, else beside the program or above it.</summary>
    public static string Folder()
    {
        if (Environment.GetEnvironmentVariable("KEPIL_MAPPINGS") is { Length: > 0 } named)
        {
            return named;
        }

        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var mappings = Path.Combine(folder.FullName, "mappings");
            if (File.Exists(Path.Combine(mappings, "heads.yaml")))
            {
                return mappings;
            }
        }

        throw new DirectoryNotFoundException("The folder 'mappings' with heads.yaml was not found above the program. Name it in KEPIL_MAPPINGS.");
    }

    public static Vocabulary Load(string folder) =>
        new(Read(Path.Combine(folder, "heads.yaml"), withKeys: true), Read(Path.Combine(folder, "words.yaml"), withKeys: true));

    /// <summary>Heads of a table in their compared form, and the column of each.</summary>
    public IReadOnlyDictionary<string, string> Heads(string table) => _heads[table];

    /// <summary>Whether a compared form is a head of any table.</summary>
    public bool IsHead(string compared) => _any.Contains(compared);

    /// <summary>Words of a list in their compared form, and the code of each.</summary>
    public IReadOnlyDictionary<string, string> Words(string list) => _words[list];

    /// <summary>The form in which heads and words are compared: small letters and digits only.</summary>
    public static string Compared(ReadOnlySpan<char> text)
    {
        Span<char> plain = text.Length <= 256 ? stackalloc char[text.Length] : new char[text.Length];
        var length = 0;
        foreach (var sign in text)
        {
            if (char.IsLetterOrDigit(sign))
            {
                var small = char.ToLowerInvariant(sign);
                plain[length++] = small == 'ё' ? 'е' : small;
            }
        }

        return new string(plain[..length]);
    }

    private static Dictionary<string, Dictionary<string, string>> Read(string path, bool withKeys)
    {
        var all = new Dictionary<string, Dictionary<string, string>>();
        foreach (var (table, columns) in Yaml.Map(Yaml.Load(path)))
        {
            var known = new Dictionary<string, string>();
            foreach (var (code, texts) in Yaml.Map(columns))
            {
                if (withKeys)
                {
                    known[Compared(code)] = code;
                }

                foreach (var text in Yaml.Texts(texts))
                {
                    var compared = Compared(text);
                    if (compared.Length == 0)
                    {
                        compared = text.Trim();
                    }

                    if (known.TryGetValue(compared, out var other) && other != code)
                    {
                        throw new InvalidDataException($"{path}: '{text}' stands under both '{other}' and '{code}' of '{table}'.");
                    }

                    known[compared] = code;
                }
            }

            all[table] = known;
        }

        return all;
    }
}

/// <summary>A list of words as they stand in cells; what was looked up once is found by its bytes.</summary>
public sealed class WordList(string name, IReadOnlyDictionary<string, string> words)
{
    private readonly Dictionary<ulong, byte[]?> _found = [];

    public string Name => name;

    /// <summary>The codes, for telling what is allowed.</summary>
    public string Allowed => string.Join(", ", words.Values.Distinct());

    /// <summary>The code of a trimmed cell, or null when the word is not known.</summary>
    public byte[]? Find(ReadOnlySpan<byte> cell)
    {
        var hash = CellText.Hash(cell);
        if (_found.TryGetValue(hash, out var code))
        {
            return code;
        }

        var text = Encoding.UTF8.GetString(cell);
        var compared = Vocabulary.Compared(text);
        code = words.TryGetValue(compared.Length == 0 ? text : compared, out var word) ? Encoding.UTF8.GetBytes(word) : null;
        if (_found.Count < 4096)
        {
            _found[hash] = code;
        }

        return code;
    }
}

/// <summary>Reading of YAML files of the mappings, with the place named when something is not as it should be.</summary>
internal static class Yaml
{
    public static YamlNode Load(string path)
    {
        using var reader = new StreamReader(path);
        var stream = new YamlStream();
        stream.Load(reader);
        return stream.Documents.Count > 0 ? stream.Documents[0].RootNode : throw new InvalidDataException($"{path} is empty.");
    }

    public static IEnumerable<(string Key, YamlNode Value)> Map(YamlNode node) =>
        node is YamlMappingNode map
            ? map.Children.Select(c => (Text(c.Key), c.Value))
            : throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"Line {node.Start.Line}: names and values are expected."));

    public static string Text(YamlNode node) =>
        node is YamlScalarNode { Value: { } text }
            ? text
            : throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"Line {node.Start.Line}: one text is expected."));

    public static IEnumerable<string> Texts(YamlNode node) =>
        node is YamlSequenceNode list ? list.Children.Select(Text) : [Text(node)];
}
