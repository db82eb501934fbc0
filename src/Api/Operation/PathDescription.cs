using System.Text.RegularExpressions;
using Microsoft.OpenApi;

namespace Platform.Api.Operation;

/// <summary>
/// Parts of an address that its handler reads by itself, as one that several addresses share does: the description must name
/// them all the same.
/// </summary>
public static partial class PathDescription
{
    /// <param name="path">With the names of its parts in braces.</param>
    public static void Describe(OpenApiOperation operation, string path)
    {
        foreach (var name in Part().Matches(path).Select(part => part.Groups["name"].Value))
        {
            operation.Parameters ??= [];
            if (operation.Parameters.Any(known => known.In is ParameterLocation.Path && string.Equals(known.Name, name, StringComparison.Ordinal)))
                continue;

            operation.Parameters.Insert(0, new OpenApiParameter
            {
                Name = name, In = ParameterLocation.Path, Required = true, Schema = new OpenApiSchema { Type = JsonSchemaType.String },
            });
        }
    }

    [GeneratedRegex("""\{(?<name>\w+)""", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Part();
}
