using System.Text;
using System.Text.Json;
using Platform.PaperVenue.Matching;

namespace Platform.PaperVenue.Protocol;

/// <summary><c>{"code":-1121,"msg":"Invalid symbol."}</c>.</summary>
public static class RefusalJson
{
    public static string Text(Refusal refusal) =>
        Encoding.UTF8.GetString(Streams.StreamHub.Written(json => Write(json, refusal)).Span);

    public static void Write(Utf8JsonWriter json, Refusal refusal)
    {
        json.WriteStartObject();
        json.WriteNumber("code", refusal.Code);
        json.WriteString("msg", refusal.Message);
        json.WriteEndObject();
    }
}
