using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.Options;

namespace Platform.Api.Lists;

/// <summary>What a list endpoint answers: a page as JSON, or all of it as a spreadsheet, whichever the caller accepts.</summary>
/// <param name="sequence">Up to which event the source had seen before it was read; null where that has no meaning.</param>
public sealed class ListAnswer<T>(ListOf<T> list, ListQuery asked, IListSource<T> source, long? sequence = null)
    : IResult, IEndpointMetadataProvider
{
    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(Page<T>), ["application/json"]));

    public Task ExecuteAsync(HttpContext httpContext) => asked.IsExport
        ? ExcelExport.WriteAsync(list, asked, source, httpContext)
        : WritePageAsync(httpContext);

    private async Task WritePageAsync(HttpContext http)
    {
        var options = http.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
        var page = await ReadAsync(http);
        if (asked.Members is { } members)
            await http.Response.WriteAsJsonAsync(
                new Page<JsonObject>([.. page.Items.Select(item => Only(members, item, options))], page.Next, page.Sequence, page.Count),
                options, http.RequestAborted);
        else
            await http.Response.WriteAsJsonAsync(page, options, http.RequestAborted);
    }

    private async Task<Page<T>> ReadAsync(HttpContext http)
    {
        var seal = http.RequestServices.GetRequiredService<CursorSeal>();
        var (kinds, binding) = (list.KeysOf(asked.Sort).Select(key => key.Kind).ToList(), asked.Binding(list));
        var from = asked.Cursor is null
            ? null
            : seal.Open(asked.Cursor, kinds, binding)
                ?? throw new BodyException(new("invalid_cursor", "The cursor is none that this list gave you for this question.", "cursor"));
        // One more than is shown tells whether there is another page.
        var rows = await source.ReadAsync(list, asked, from, asked.Limit + 1, http.RequestAborted);
        var next = rows.Count > asked.Limit ? seal.Seal(rows[asked.Limit - 1].Keyset, kinds, binding) : null;
        long? count = asked.Count is ListCount.None ? null : await source.CountAsync(list, asked, http.RequestAborted);
        return new([.. rows.Take(asked.Limit).Select(row => row.Item)], next, sequence, count);
    }

    private static JsonObject Only(IReadOnlyList<string> members, T item, JsonSerializerOptions options)
    {
        var whole = JsonSerializer.SerializeToNode(item, options)!.AsObject();
        JsonObject part = [];
        foreach (var name in members)
        {
            whole.Remove(name, out var value);
            part.Add(name, value);
        }
        return part;
    }
}
