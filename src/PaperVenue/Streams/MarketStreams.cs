using System.Text.Json;
using Platform.PaperVenue.Protocol;

namespace Platform.PaperVenue.Streams;

/// <summary>
/// The market stream connections: <c>/ws</c>, <c>/ws/a/b</c> and <c>/stream?streams=a/b</c>, each with live
/// SUBSCRIBE, UNSUBSCRIBE and LIST_SUBSCRIPTIONS.
/// </summary>
public sealed class MarketStreams(StreamHub hub, MarketViews markets)
{
    private const int MostStreams = 1024;

    /// <param name="streams">Names divided by slashes; may be empty.</param>
    public async Task ServeAsync(StreamConnection connection, string streams, CancellationToken stopping)
    {
        var subscribed = new HashSet<string>(StringComparer.Ordinal);
        Subscribe(connection, subscribed, streams.Split('/', StringSplitOptions.RemoveEmptyEntries));
        try
        {
            await connection.RunAsync(message => AnswerAsync(connection, subscribed, message), stopping);
        }
        finally
        {
            foreach (var name in subscribed)
                hub.Unsubscribe(connection, name);
        }
    }

    private Task AnswerAsync(StreamConnection connection, HashSet<string> subscribed, ReadOnlyMemory<byte> message)
    {
        var id = "null";
        try
        {
            using var document = JsonDocument.Parse(message);
            var root = document.RootElement;
            id = root.TryGetProperty("id", out var given) ? given.GetRawText() : "null";
            connection.Send(Carry(connection, subscribed, root, id));
        }
        catch (Exception wrong) when (wrong is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            connection.Send(Refused("Invalid request: expected a JSON object with method, params and id", id));
        }
        return Task.CompletedTask;
    }

    private ReadOnlyMemory<byte> Carry(
        StreamConnection connection, HashSet<string> subscribed, JsonElement request, string id)
    {
        switch (request.GetProperty("method").GetString())
        {
            case "SUBSCRIBE":
                Subscribe(connection, subscribed, Names(request));
                return Result(json => json.WriteNullValue(), id);
            case "UNSUBSCRIBE":
                foreach (var name in Names(request).Where(subscribed.Remove))
                    hub.Unsubscribe(connection, name);
                return Result(json => json.WriteNullValue(), id);
            case "LIST_SUBSCRIPTIONS":
                return Result(json => json.WriteList(subscribed, (list, name) => list.WriteStringValue(name)), id);
            case "SET_PROPERTY":
                connection.Combined = request.GetProperty("params")[1].GetBoolean();
                return Result(json => json.WriteNullValue(), id);
            default:
                return Refused("Invalid request: unknown method", id);
        }
    }

    // Names that mean nothing here are taken and stay silent, as on Binance.
    private void Subscribe(StreamConnection connection, HashSet<string> subscribed, IEnumerable<string> names)
    {
        foreach (var name in names.Where(IsServed))
        {
            if (subscribed.Count < MostStreams && subscribed.Add(name))
                hub.Subscribe(connection, name);
        }
    }

    private bool IsServed(string name) => StreamName.Parse(name) is { } stream
        && (stream.Symbol is null || markets.Find(stream.Symbol) is not null);

    private static List<string> Names(JsonElement request) =>
        [.. request.GetProperty("params").EnumerateArray().Select(name => name.GetString() ?? "")];

    private static ReadOnlyMemory<byte> Result(Action<Utf8JsonWriter> write, string id) => StreamHub.Written(json =>
    {
        json.WriteStartObject();
        json.WritePropertyName("result");
        write(json);
        json.WritePropertyName("id");
        json.WriteRawValue(id);
        json.WriteEndObject();
    });

    private static ReadOnlyMemory<byte> Refused(string words, string id) => StreamHub.Written(json =>
    {
        json.WriteStartObject();
        json.WriteStartObject("error");
        json.WriteNumber("code", 2);
        json.WriteString("msg", words);
        json.WriteEndObject();
        json.WritePropertyName("id");
        json.WriteRawValue(id);
        json.WriteEndObject();
    });
}
