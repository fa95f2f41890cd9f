using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Kepil.Fund.Registers;

/// <summary>What the server and the reading process tell each other, in JSON.</summary>
/// <remarks>
/// The side of the short process is spelt out value by value: a serialiser that looks at types first would cost it more than the reading of many files.
/// A test holds both sides together.
/// </remarks>
internal static class JobFile
{
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes a job together with the vocabulary, so that nobody reads the mappings twice.</summary>
    public static void Write(string path, ParseJob job, Vocabulary vocabulary)
    {
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 1);
        using var json = new Utf8JsonWriter(file, Plain);
        json.WriteStartObject();
        json.WriteNumber("smallFileSeconds", job.SmallFileSeconds);
        json.WriteStartArray("files");
        foreach (var one in job.Files)
        {
            json.WriteStartArray();
            json.WriteStringValue(one.Path);
            json.WriteStringValue(one.Name);
            json.WriteStringValue(one.Folder);
            json.WriteEndArray();
        }

        json.WriteEndArray();
        json.WritePropertyName("options");
        JsonSerializer.Serialize(json, job.Options, RegisterJson.Default.RegisterOptions);
        Write(json, "heads", vocabulary.AllHeads);
        Write(json, "words", vocabulary.AllWords);
        json.WriteEndObject();
    }

    public static (ParseJob Job, Vocabulary Vocabulary) Read(string path)
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(path));
        var root = json.RootElement;
        var files = new List<ParseFile>();
        foreach (var file in root.GetProperty("files").EnumerateArray())
        {
            files.Add(new ParseFile(file[0].GetString()!, file[1].GetString()!, file[2].GetString()!));
        }

        var job = new ParseJob { Files = files, SmallFileSeconds = root.GetProperty("smallFileSeconds").GetInt32(), Options = Options(root.GetProperty("options")) };
        return (job, new Vocabulary(Lists(root.GetProperty("heads")), Lists(root.GetProperty("words"))));
    }

    /// <summary>Writes an outcome so that <see cref="RegisterJson"/> reads it.</summary>
    public static void Write(Stream file, RegisterOutcome outcome)
    {
        using var json = new Utf8JsonWriter(file, Plain);
        json.WriteStartObject();
        json.WriteString("file", outcome.File);
        if (outcome.Facts is { } facts)
        {
            json.WriteStartObject("facts");
            Write(json, facts);
            json.WriteEndObject();
        }

        if (outcome.Refusal is { } refusal)
        {
            json.WriteStartObject("refusal");
            json.WriteString("reason", refusal.Reason);
            Write(json, "named", refusal.Named);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    /// <summary>Writes a rejection so that <see cref="RegisterJson"/> reads it.</summary>
    public static void Write(Utf8JsonWriter json, Rejection rejection)
    {
        json.WriteStartObject();
        json.WriteString("file", rejection.File);
        json.WriteNumber("row", rejection.Row);
        json.WriteString("column", rejection.Column);
        json.WriteString("head", rejection.Head);
        json.WriteString("value", rejection.Value);
        json.WriteString("reason", rejection.Reason);
        Write(json, "named", rejection.Named);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, RegisterFacts facts)
    {
        json.WriteString("file", facts.File);
        json.WriteString("sha256", facts.Sha256);
        json.WriteNumber("size", facts.Size);
        json.WriteString("format", facts.Format);
        json.WriteBoolean("extensionDiffers", facts.ExtensionDiffers);
        Write(json, "encoding", facts.Encoding);
        Write(json, "separator", facts.Separator);
        Write(json, "sheet", facts.Sheet);
        json.WriteString("table", facts.Table);
        json.WriteNumber("headRow", facts.HeadRow);
        Write(json, "unknownHeads", facts.UnknownHeads);
        Write(json, "providerId", facts.ProviderId);
        Write(json, "providerName", facts.ProviderName);
        Write(json, "contract", facts.Contract);
        Write(json, "month", facts.Month?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        Write(json, "careForm", facts.CareForm);
        json.WriteNumber("rows", facts.Rows);
        json.WriteNumber("accepted", facts.Accepted);
        json.WriteNumber("rejected", facts.Rejected);
        Write(json, "skipped", facts.Skipped);
        json.WriteNumber("billed", facts.Billed);
        Write(json, "statedTotal", facts.StatedTotal);
        json.WriteNumber("numbersRestored", facts.NumbersRestored);
        json.WriteNumber("packagesInferred", facts.PackagesInferred);
        Write(json, "classes", facts.Classes);
        Write(json, "staged", facts.Staged);
        json.WriteString("rejections", facts.Rejections);
    }

    private static RegisterOptions Options(JsonElement said)
    {
        string? Text(string name) => said.TryGetProperty(name, out var value) ? value.GetString() : null;
        DateOnly? Day(string name) => Text(name) is { } day ? DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture) : null;
        List<string>? diagnoses = null;
        if (said.TryGetProperty("diagnoses", out var named))
        {
            diagnoses = [];
            foreach (var file in named.EnumerateArray())
            {
                diagnoses.Add(file.GetString()!);
            }
        }

        return new RegisterOptions
        {
            Table = Text("table"),
            Month = Day("month"),
            ProviderId = said.TryGetProperty("providerId", out var provider) ? provider.GetInt64() : null,
            OnlyProvider = said.GetProperty("onlyProvider").GetBoolean(),
            LateMonths = said.GetProperty("lateMonths").GetInt32(),
            Contract = Text("contract"),
            CareForm = Text("careForm"),
            Package = Text("package"),
            Today = Day("today")!.Value,
            Mapping = Text("mapping"),
            Diagnoses = diagnoses,
            Companions = Text("companions"),
        };
    }

    private static Dictionary<string, Dictionary<string, string>> Lists(JsonElement lists)
    {
        var all = new Dictionary<string, Dictionary<string, string>>();
        foreach (var list in lists.EnumerateObject())
        {
            var words = new Dictionary<string, string>();
            foreach (var word in list.Value.EnumerateObject())
            {
                words.Add(word.Name, word.Value.GetString()!);
            }

            all.Add(list.Name, words);
        }

        return all;
    }

    private static void Write(Utf8JsonWriter json, string name, IReadOnlyDictionary<string, Dictionary<string, string>> lists)
    {
        json.WriteStartObject(name);
        foreach (var (list, words) in lists)
        {
            Write(json, list, words);
        }

        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, IReadOnlyDictionary<string, string> texts)
    {
        json.WriteStartObject(name);
        foreach (var (key, value) in texts)
        {
            json.WriteString(key, value);
        }

        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, IReadOnlyDictionary<string, long> numbers)
    {
        json.WriteStartObject(name);
        foreach (var (key, value) in numbers)
        {
            json.WriteNumber(key, value);
        }

        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, IReadOnlyList<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, string name, string? text)
    {
        if (text is not null)
        {
            json.WriteString(name, text);
        }
    }

    private static void Write(Utf8JsonWriter json, string name, long? number)
    {
        if (number is { } known)
        {
            json.WriteNumber(name, known);
        }
    }
}
