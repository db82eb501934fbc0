using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace Platform.Api.Lists;

/// <summary>A list in the description of the API: its parameters, as its declaration has them, and both its shapes.</summary>
public static class ListDescription
{
    public static void Describe(OpenApiOperation operation, ListDeclaration list)
    {
        var parameters = operation.Parameters ??= [];
        foreach (var name in ListQueryReader.ParametersOf(list, isExport: false))
            parameters.Add(new OpenApiParameter
            {
                Name = name, In = ParameterLocation.Query, Description = MeaningOf(name, list), Schema = SchemaOf(name, list),
            });
        operation.Description = string.Join(' ', operation.Description, "As a spreadsheet, whole and without limit, cursor and count, "
            + $"when the header Accept asks for {ExcelFile.MediaType}.").Trim();
        if (operation.Responses?["200"].Content is { } content)
            content[ExcelFile.MediaType] = new() { Schema = new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary" } };
    }

    private static string MeaningOf(string name, ListDeclaration list) => name switch
    {
        "limit" => "Items of a page.",
        "cursor" => "The next of the page before; it holds for the very same question only.",
        "count" => "Whether to count the items of all pages; approximate is what the planner expects, and costs next to nothing.",
        "search" => $"Part of {Names(list.Searched)}, in any case: 1 to {ListQueryReader.SearchMax} characters.",
        "sort" => "By which field; with a minus in front the other way round. What has no value is last, or first the other way round.",
        "fields" => $"Only these members of an item, between commas: {string.Join(", ", list.Members)}.",
        "after" => "Wait, at most 2 s, until the list has seen this sequence.",
        _ => FilterMeaning(list.Of(name["filter.".Length..])),
    };

    private static string FilterMeaning(ListField field) =>
        $"operator:value, the operator one of {string.Join(", ", ListDeclaration.OperatorsOf(field).Select(WordConverter.WordOf))}; "
        + $"a value is {field.Kind.Wanted}. More than once: all must hold.";

    private static OpenApiSchema SchemaOf(string name, ListDeclaration list) => name switch
    {
        "limit" => new()
        {
            Type = JsonSchemaType.Integer, Minimum = Text(ListDeclaration.LimitMin), Maximum = Text(ListDeclaration.LimitMax),
            Default = ListDeclaration.LimitDefault,
        },
        "after" => new() { Type = JsonSchemaType.Integer, Format = "int64" },
        "count" => Words(WordConverter.WordsOf(typeof(ListCount)), "none"),
        "sort" => Words(list.Sortable.SelectMany(field => (string[])[field.Name, $"-{field.Name}"]), list.DefaultSort),
        "search" => new() { Type = JsonSchemaType.String, MinLength = 1, MaxLength = ListQueryReader.SearchMax },
        "cursor" or "fields" => new() { Type = JsonSchemaType.String },
        _ => new() { Type = JsonSchemaType.Array, Items = new OpenApiSchema { Type = JsonSchemaType.String } },
    };

    private static OpenApiSchema Words(IEnumerable<string> words, string byDefault) => new()
    {
        Type = JsonSchemaType.String, Enum = [.. words.Select(word => (JsonNode)word)], Default = byDefault,
    };

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Names(IEnumerable<ListField> fields) => string.Join(", ", fields.Select(field => field.Name));
}
