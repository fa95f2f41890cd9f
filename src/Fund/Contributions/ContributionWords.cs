using Kepil.Fund.Registers;
using Kepil.Law;

namespace Kepil.Fund.Contributions;

/// <summary>Heads and words of files of contributions, of categories and of standings, from mappings/contributions.yaml.</summary>
public sealed class ContributionWords
{
    private static readonly Lazy<ContributionWords> Loaded = new(() => new(Path.Combine(Vocabulary.Folder(), "contributions.yaml")));

    private readonly Dictionary<string, Dictionary<string, string>> _heads;
    private readonly Dictionary<string, Dictionary<string, string>> _words;

    private ContributionWords(string file)
    {
        var parts = Yaml.Map(Yaml.Load(file)).ToDictionary(p => p.Key, p => p.Value);
        _heads = Yaml.Map(parts["heads"]).ToDictionary(t => t.Key, t => Compared(t.Value));
        _words = Yaml.Map(parts["words"]).ToDictionary(t => t.Key, t => Compared(t.Value));
        Purposes = Yaml.Map(parts["purpose"]).ToDictionary(p => p.Key, p => Yaml.Text(p.Value));
    }

    public static ContributionWords Own => Loaded.Value;

    /// <summary>What a code of purpose says where the kind of payment is not given.</summary>
    public IReadOnlyDictionary<string, string> Purposes { get; }

    /// <summary>Tables that a file may hold.</summary>
    public IEnumerable<string> Tables => _heads.Keys;

    public WordList Words(string list) => new(list, _words[list]);

    public IReadOnlyDictionary<string, string> Heads(string table) => _heads[table];

    /// <summary>Names and titles of the categories.</summary>
    public static WordList Categories(LawBook law)
    {
        var words = new Dictionary<string, string>();
        foreach (var category in law.Categories.All)
        {
            foreach (var word in Wording.Languages.Select(category.Title.In).Append(category.Name))
            {
                words[Vocabulary.Compared(word)] = category.Name;
            }
        }

        return new("category", words);
    }

    private static Dictionary<string, string> Compared(YamlDotNet.RepresentationModel.YamlNode node)
    {
        var known = new Dictionary<string, string>();
        foreach (var (code, texts) in Yaml.Map(node))
        {
            foreach (var text in Yaml.Texts(texts).Append(code))
            {
                var compared = Vocabulary.Compared(text);
                if (!known.TryAdd(compared, code) && known[compared] != code)
                {
                    throw new InvalidDataException($"mappings/contributions.yaml: '{text}' stands under both '{known[compared]}' and '{code}'.");
                }
            }
        }

        return known;
    }
}
