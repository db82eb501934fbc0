using System.Net.WebSockets;
using System.Text.Json;
using Platform.Workers.Markets.Venues.Streams;
using Platform.Workers.Markets.Venues.Wire;

namespace Platform.Workers.Markets.Venues.Coinbase;

/// <summary>
/// The account's own connection to Coinbase (Advanced Trade WebSocket, 2026-07). It tells of orders alone, not of their fills nor of
/// balances. All messages of a connection are numbered: one that is missing ends it.
/// </summary>
internal sealed class CoinbaseUserStream(VenueLink link) : IUserProtocol
{
    private static readonly string[] Channels = ["user", "heartbeats"];

    private long? last;

    public Uri Address => link.PrivateStream;

    public IReadOnlyList<string> Subscriptions(VenueCredentials credentials)
    {
        last = null;
        return
        [
            .. from channel in Channels
               select WireBody.Of(new
               {
                   type = "subscribe", channel, jwt = CoinbaseToken.Of(credentials, uri: null, link.Time.GetUtcNow()),
               }),
        ];
    }

    public bool IsAccepted(ReadOnlySpan<byte> message)
    {
        using var document = JsonDocument.Parse(message.ToArray());
        Heed(document.RootElement);
        return document.RootElement.Is("channel", "subscriptions");
    }

    public IReadOnlyList<VenueUserReport> Read(ReadOnlyMemory<byte> message)
    {
        using var document = JsonDocument.Parse(message);
        var root = document.RootElement;
        Heed(root);
        if (!root.Is("channel", "user"))
            return [];
        var at = root.Time("timestamp");
        return
        [
            .. from told in root.GetProperty("events").EnumerateArray()
               where told.TryGetProperty("orders", out _)
               from order in told.GetProperty("orders").EnumerateArray()
               select new VenueUserReport.OfOrder(CoinbaseOrders.StreamedOf(order, at)),
        ];
    }

    private void Heed(JsonElement message)
    {
        if (message.Is("type", "error"))
            throw new WebSocketException($"Refused: {message.TextOrNone("message")}");
        if (!message.TryGetProperty("sequence_num", out var told))
            return;

        var number = told.Whole();
        if (last is { } before && number > before + 1)
            throw new WebSocketException($"Missing: {before} is followed by {number}.");
        last = number;
    }
}
