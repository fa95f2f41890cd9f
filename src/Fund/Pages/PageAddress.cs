namespace Kepil.Fund.Pages;

/// <summary>The address of the page being shown, from which its links are made: all state of a page stands in it.</summary>
public sealed class PageAddress(string path, IEnumerable<KeyValuePair<string, string>> query)
{
    private static readonly string[] OfTheReader = ["lang", "theme"];

    private readonly List<KeyValuePair<string, string>> _query = [.. query.Where(q => q.Value.Length > 0 && !OfTheReader.Contains(q.Key))];

    public string Path { get; } = path;

    public IReadOnlyList<KeyValuePair<string, string>> Query => _query;

    public string? this[string key] => _query.Where(q => q.Key == key).Select(q => q.Value).FirstOrDefault();

    /// <summary>This address with some of its values changed; null takes a value away.</summary>
    public string With(params ReadOnlySpan<(string Key, string? Value)> changes) => To(Path, changes);

    /// <summary>Another page, seen with the same eyes: as the provider or as the Fund's expert.</summary>
    public string Go(string path, params ReadOnlySpan<(string Key, string? Value)> values) =>
        new PageAddress(path, _query.Where(q => q.Key == "as")).With(values);

    /// <summary>Another path with the values of this address, some of them changed.</summary>
    public string To(string path, params ReadOnlySpan<(string Key, string? Value)> changes)
    {
        var all = new List<KeyValuePair<string, string>>(_query);
        foreach (var (key, value) in changes)
        {
            all.RemoveAll(q => q.Key == key);
            if (!string.IsNullOrEmpty(value))
            {
                all.Add(new(key, value));
            }
        }

        return all.Count == 0 ? path : path + "?" + string.Join('&', all.Select(q => q.Key + "=" + Uri.EscapeDataString(q.Value)));
    }
}
