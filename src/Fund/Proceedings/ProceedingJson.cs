using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Kepil.Law;

namespace Kepil.Fund.Proceedings;

/// <summary>How proceedings and their events are written as JSON: words in small letters, citations as people write them.</summary>
public static class ProceedingJson
{
    public static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower), new CitationJson() },
    };

    public static string Write(ProceedingEvent happened) => JsonSerializer.Serialize(happened, Options);

    public static ProceedingEvent Read(string json) =>
        JsonSerializer.Deserialize<ProceedingEvent>(json, Options) ?? throw new JsonException("The event is empty.");

    /// <summary>The stable word of an event: objection_filed.</summary>
    public static string KindOf(ProceedingEvent happened) => JsonNamingPolicy.SnakeCaseLower.ConvertName(happened.GetType().Name);

    /// <summary>The word of a stage, a party, a term …: awaiting_objection.</summary>
    public static string Word<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());

    private sealed class CitationJson : JsonConverter<Citation>
    {
        public override Citation Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Citation.Parse(reader.GetString() ?? "");

        public override void Write(Utf8JsonWriter writer, Citation value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
    }
}
