using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using Platform.Domain.Values;
using Scalar.AspNetCore;

namespace Platform.Api.Operation;

/// <summary>The description of the HTTP API, at <c>/openapi/v1.json</c> for programs and <c>/docs</c> for people.</summary>
public static class ApiDocument
{
    extension(IServiceCollection services)
    {
        public void AddApiDocument() => services.AddOpenApi("v1", options =>
        {
            options.AddDocumentTransformer((document, _, _) =>
            {
                document.Info.Title = "Platform";
                document.Info.Description = "Decimals are strings. Every problem is RFC 9457 with a code and a rayId.";
                return Task.CompletedTask;
            });
            options.AddSchemaTransformer((schema, context, _) =>
            {
                Describe(schema, Nullable.GetUnderlyingType(context.JsonTypeInfo.Type) ?? context.JsonTypeInfo.Type,
                    Nullable.GetUnderlyingType(context.JsonTypeInfo.Type) is not null);
                return Task.CompletedTask;
            });
        });
    }

    extension(IEndpointRouteBuilder app)
    {
        public void MapApiDocument()
        {
            app.MapOpenApi("/openapi/{documentName}.json").AllowAnonymous();
            app.MapScalarApiReference("/docs", docs => docs.WithTitle("Platform API").DisableDefaultFonts()).AllowAnonymous();
        }
    }

    // Value objects and decimals are strings on the wire, which their types do not tell.
    private static void Describe(OpenApiSchema schema, Type type, bool isNullable)
    {
        var format = FormatOf(type);
        if (format is null && !type.IsEnum)
            return;

        schema.Type = isNullable ? JsonSchemaType.String | JsonSchemaType.Null : JsonSchemaType.String;
        if (type.IsEnum)
            schema.Enum = [.. WordConverter.WordsOf(type).Select(word => JsonValue.Create(word))];
        schema.Format = format;
        schema.Pattern = null;
        schema.Properties?.Clear();
        schema.Required?.Clear();
    }

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
