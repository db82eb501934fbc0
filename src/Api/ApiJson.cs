using System.Text.Json;
using System.Text.Json.Serialization;
using Platform.Domain.Values;

namespace Platform.Api;

/// <summary>JSON as callers see it: camel case, decimals as strings, enums as the field's own words, nothing unknown.</summary>
public static class ApiJson
{
    /// <summary>For JSON inside of something else; what a request is answered with is the host's own.</summary>
    public static JsonSerializerOptions Options { get; } = Made();

    extension(JsonSerializerOptions options)
    {
        public void UsePlatform()
        {
            options.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
            options.AllowDuplicateProperties = false;
            options.RespectNullableAnnotations = true;
            options.RespectRequiredConstructorParameters = true;
            options.PropertyNameCaseInsensitive = false;
            options.NumberHandling = JsonNumberHandling.Strict;
            options.Converters.Add(new DecimalConverter());
            options.Converters.Add(new WordConverter());
        }
    }

    private static JsonSerializerOptions Made()
    {
        JsonSerializerOptions options = new(JsonSerializerDefaults.Web);
        options.UsePlatform();
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
