using System.Globalization;
using System.Resources;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Platform.Domain.Markets.Registry;

/// <summary>The registry's facts as they travel inside the assembly; <c>scripts/registry.sh</c> writes them from well-kept sources.</summary>
internal static class RegistryFile
{
    private static readonly ResourceManager Files = new(baseName: "registry", typeof(RegistryFile).Assembly);

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
    };

    /// <param name="name">Without its ending.</param>
    /// <exception cref="JsonException">The file is not of that shape.</exception>
    /// <exception cref="MissingManifestResourceException">The build left the files out.</exception>
    public static T Read<T>(string name) => JsonSerializer.Deserialize<T>(Files.GetString(name, CultureInfo.InvariantCulture)!, Options)!;
}

/// <summary>One fact and where it is from.</summary>
/// <param name="Source">A package with version and licence, a document, or who decided.</param>
/// <param name="At">When the source said so.</param>
public sealed record Fact<T>(T Value, string Source, DateOnly At);
