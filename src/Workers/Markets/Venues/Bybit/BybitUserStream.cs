using System.Globalization;
using System.Net.WebSockets;
using System.Text.Json;
using Platform.Workers.Markets.Venues.Streams;
using Platform.Workers.Markets.Venues.Wire;

namespace Platform.Workers.Markets.Venues.Bybit;

/// <summary>
/// The account's own connection to Bybit (WebSocket API v5, 2026-07). Executions are not read from it: an order says how much of
/// it is filled, and whoever misses a fill asks.
/// </summary>
internal sealed class BybitUserStream(VenueLink link) : IUserProtocol
{
    private static readonly TimeSpan ValidFor = TimeSpan.FromSeconds(10);

    public Uri Address { get; } = new(link.PrivateStream, "/v5/private");

    public StreamPing Ping { get; } = BybitProtocol.PingFor(link.Silence);

    public IReadOnlyList<string> Subscriptions(VenueCredentials credentials)
    {
        var expires = (link.Time.GetUtcNow() + ValidFor).ToUnixTimeMilliseconds();
        var signature = credentials.Sign(string.Create(CultureInfo.InvariantCulture, $"GET/realtime{expires}"));
        return
        [
            WireBody.Of(new { op = "auth", args = new object[] { credentials.ApiKey, expires, signature } }),
            """{"op":"subscribe","args":["order","wallet"]}""",
        ];
    }

    public bool IsAccepted(ReadOnlySpan<byte> message)
    {
        using var document = JsonDocument.Parse(message.ToArray());
        Heed(document.RootElement);
        return document.RootElement.Is("op", "auth");
    }

    public IReadOnlyList<VenueUserReport> Read(ReadOnlyMemory<byte> message)
    {
        using var document = JsonDocument.Parse(message);
        var root = document.RootElement;
        Heed(root);
        return root.TextOrNone("topic") switch
        {
            "order" => root.Each("data", VenueUserReport (order) => new VenueUserReport.OfOrder(BybitOrders.OrderOf(order))),
            "wallet" => root.Each("data", VenueUserReport (account) =>
                new VenueUserReport.OfBalances(account.Each("coin", BybitAccountAnswers.BalanceOf))),
            _ => [],
        };
    }

    private static void Heed(JsonElement message)
    {
        if (message.TryGetProperty("success", out var success) && success.ValueKind is JsonValueKind.False)
            throw new WebSocketException($"Refused: {message.TextOrNone("ret_msg")}");
    }
}
