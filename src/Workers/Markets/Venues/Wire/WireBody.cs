using System.Text.Json;
using System.Text.Json.Serialization;

namespace Platform.Workers.Markets.Venues.Wire;

/// <summary>Bodies of venues that take JSON.</summary>
internal static class WireBody
{
    private static readonly JsonSerializerOptions Options = new()
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        // Signatures are over exactly these bytes, and venues expect them unescaped.
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>An object without the members that are null.</summary>
    public static string Of<T>(T body) => JsonSerializer.Serialize(body, Options);

    /// <summary>A POST of it.</summary>
    public static VenueCall Post<T>(string path, T body) => VenueCall.Post(path) with { Json = Of(body), IsSigned = true };
}
