using System.Text.Json;
using System.Text.Json.Serialization;
using Platform.Domain.Trading;
using Platform.Domain.Values;

namespace Platform.Api;

/// <summary>JSON as callers see it: camel case, decimals as strings, enums as the field's own words, nothing unknown.</summary>
public static class ApiJson
{
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
            options.Converters.Add(new TimeInForceConverter());
            options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
        }
    }

    // FIX 59 by the letters that every venue and trader uses.
    private sealed class TimeInForceConverter : JsonConverter<TimeInForce>
    {
        public override TimeInForce Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            (reader.TokenType is JsonTokenType.String ? reader.GetString() : null) switch
            {
                "GTC" => TimeInForce.GoodTillCancel,
                "IOC" => TimeInForce.ImmediateOrCancel,
                "FOK" => TimeInForce.FillOrKill,
                _ => throw new JsonException("A time in force is GTC, IOC or FOK."),
            };

        public override void Write(Utf8JsonWriter writer, TimeInForce value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value switch
            {
                TimeInForce.ImmediateOrCancel => "IOC",
                TimeInForce.FillOrKill => "FOK",
                _ => "GTC",
            });
    }
}
