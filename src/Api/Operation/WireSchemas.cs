using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Microsoft.OpenApi;
using Platform.Domain.Values;

namespace Platform.Api.Operation;

/// <summary>What goes over the wire where a type does not tell: value objects, decimals and enums are strings.</summary>
internal static class WireSchemas
{
    public static void Describe(OpenApiSchema schema, JsonTypeInfo json, JsonPropertyInfo? member)
    {
        var type = json.Type;
        var bare = Nullable.GetUnderlyingType(type) ?? type;
        if (bare.IsEnum || FormatOf(bare) is not null)
            DescribeText(schema, bare, type != bare && (bare.IsEnum || bare == typeof(decimal) || IsOptional(member)));
        else if (bare == typeof(object))
            (schema.Type, schema.AdditionalProperties) = (JsonSchemaType.Object, new OpenApiSchema());
        else if (ElementOf(bare) is { } element && IsText(element))
            schema.Items = Text(element);
        else if (bare.IsValueType && schema.Properties is { Count: > 0 } members)
            schema.Required = new HashSet<string>(members.Keys, StringComparer.Ordinal);
    }

    // The schema of an optional member is its own; any other's is shared by name, and the member says that it may be null.
    private static bool IsOptional(JsonPropertyInfo? member) => member?.AssociatedParameter is { HasDefaultValue: true };

    private static void DescribeText(OpenApiSchema schema, Type type, bool isNullable)
    {
        schema.Type = isNullable ? JsonSchemaType.String | JsonSchemaType.Null : JsonSchemaType.String;
        schema.Enum = WordsOf(type) ?? schema.Enum;
        schema.Format = FormatOf(type);
        schema.Pattern = null;
        schema.Properties?.Clear();
        schema.Required?.Clear();
    }

    private static bool IsText(Type type) => type.IsEnum || FormatOf(type) is not null || (ElementOf(type) is { } inner && IsText(inner));

    private static OpenApiSchema Text(Type type) => ElementOf(type) is { } inner && FormatOf(type) is null
        ? new() { Type = JsonSchemaType.Array, Items = Text(inner) }
        : new() { Type = JsonSchemaType.String, Format = FormatOf(type), Enum = WordsOf(type) };

    // Null for what has no words of its own.
    private static List<JsonNode>? WordsOf(Type type) =>
        type.IsEnum ? [.. WordConverter.WordsOf(type).Select(word => JsonValue.Create(word))] : null;

    private static Type? ElementOf(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>) ? type.GetGenericArguments()[0] : null;

    private static string? FormatOf(Type type)
    {
        if (type == typeof(decimal))
            return "decimal";
        var value = Array.Find(
            type.GetInterfaces(), face => face.IsGenericType && face.GetGenericTypeDefinition() == typeof(IValue<,>));
        return value?.GetGenericArguments()[1] switch
        {
            null => null,
            var raw when raw == typeof(decimal) => "decimal",
            var raw when raw == typeof(Guid) => "uuid",
            _ => "text",
        };
    }
}
