using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.OpenApi;

namespace Platform.Api.Operation;

/// <summary>Every way in which an operation may be refused, in the description of the API.</summary>
internal static class RefusalDescription
{
    private const string Name = "Problem";

    /// <summary>What all problems look like.</summary>
    public static void Describe(OpenApiDocument document)
    {
        document.AddComponent(Name, new OpenApiSchema
        {
            Type = JsonSchemaType.Object,
            Description = "RFC 9457.",
            Required = new HashSet<string>(["type", "title", "status", "detail", "code", "rayId"], StringComparer.Ordinal),
            Properties = new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal)
            {
                ["type"] = Text("Where the code is explained; stable."),
                ["title"] = Text("The code in words."),
                ["status"] = new OpenApiSchema { Type = JsonSchemaType.Integer, Description = "The HTTP status." },
                ["detail"] = Text("What went wrong, in a sentence."),
                ["code"] = Text("For programs; stable."),
                ["field"] = Text("The member or parameter that is at fault; absent when no single one is."),
                ["rayId"] = Text("Names this request in our logs."),
            },
        });
    }

    /// <param name="refusals">Codes by status.</param>
    public static void Describe(OpenApiOperation operation, OpenApiDocument document, ILookup<int, string> refusals)
    {
        var responses = operation.Responses ??= [];
        foreach (var status in refusals)
            responses[status.Key.ToString(CultureInfo.InvariantCulture)] = new OpenApiResponse
            {
                Description = ReasonPhrases.GetReasonPhrase(status.Key),
                Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal)
                {
                    ["application/problem+json"] = new OpenApiMediaType { Schema = SchemaOf(status, document) },
                },
            };
    }

    private static OpenApiSchema SchemaOf(IEnumerable<string> codes, OpenApiDocument document) => new()
    {
        AllOf = [new OpenApiSchemaReference(Name, document)],
        Properties = new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal)
        {
            ["code"] = new OpenApiSchema { Type = JsonSchemaType.String, Enum = [.. codes.Select(code => (JsonNode)code)] },
        },
    };

    private static OpenApiSchema Text(string meaning) => new() { Type = JsonSchemaType.String, Description = meaning };
}
