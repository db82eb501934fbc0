using System.Text.Json;

namespace Platform.PaperVenue.Protocol;

/// <summary>One message to the WebSocket API: <c>{"id":…,"method":"…","params":{…}}</c>.</summary>
/// <param name="Id">Sent back as it came: raw JSON, a number, a string or null.</param>
public sealed record ApiRequest(string Id, string Method, Parameters Parameters)
{
    /// <summary>What clients sign: all parameters but the signature, in the alphabet's sequence.</summary>
    public string PlainPayload => Payload(value => value);

    /// <summary>The same from clients that percent-encode the values first.</summary>
    public string EncodedPayload => Payload(Uri.EscapeDataString);

    /// <exception cref="RefusedException">The message is no request.</exception>
    public static ApiRequest Read(ReadOnlyMemory<byte> message)
    {
        try
        {
            using var document = JsonDocument.Parse(message);
            var root = document.RootElement;
            var id = root.TryGetProperty("id", out var given) ? given.GetRawText() : "null";
            var parameters = new Parameters();
            if (root.TryGetProperty("params", out var list) && list.ValueKind == JsonValueKind.Object)
            {
                foreach (var member in list.EnumerateObject().Where(each => each.Value.ValueKind != JsonValueKind.Null))
                    parameters.Add(member.Name, Text(member.Value));
            }
            return new(id, root.GetProperty("method").GetString() ?? "", parameters);
        }
        catch (Exception wrong) when (wrong is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new RefusedException(Refusals.IllegalCharacters("message", "an object with id, method and params"));
        }
    }

    private static string Text(JsonElement value) =>
        value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();

    private string Payload(Func<string, string> encode) => string.Join('&', Parameters.All
        .Where(pair => pair.Key is not "signature")
        .OrderBy(pair => pair.Key, StringComparer.Ordinal)
        .Select(pair => $"{pair.Key}={encode(pair.Value)}"));
}

/// <summary>Answers of the WebSocket API.</summary>
public static class ApiResponse
{
    public static ReadOnlyMemory<byte> Good(
        string id, ReadOnlyMemory<byte> result, Action<Utf8JsonWriter> writeRateLimit) =>
        Streams.StreamHub.Written(json =>
        {
            Begin(json, id, 200);
            json.WritePropertyName("result");
            json.WriteRawValue(result.Span, skipInputValidation: true);
            json.WriteStartArray("rateLimits");
            writeRateLimit(json);
            json.WriteEndArray();
            json.WriteEndObject();
        });

    /// <param name="id">Null when the message could not be read.</param>
    public static ReadOnlyMemory<byte> Refused(string? id, Matching.Refusal refusal) =>
        Streams.StreamHub.Written(json =>
        {
            Begin(json, id ?? "null", refusal.Status);
            json.WritePropertyName("error");
            RefusalJson.Write(json, refusal);
            json.WriteEndObject();
        });

    private static void Begin(Utf8JsonWriter json, string id, int status)
    {
        json.WriteStartObject();
        json.WritePropertyName("id");
        json.WriteRawValue(id);
        json.WriteNumber("status", status);
    }
}
