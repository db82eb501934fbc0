using System.Globalization;
using System.Net.WebSockets;
using System.Text.Json;
using Platform.Workers.Markets.Venues.Streams;
using Platform.Workers.Markets.Venues.Wire;

namespace Platform.Workers.Markets.Venues.Okx;

/// <summary>The account's own connection to OKX (WebSocket API v5, 2026-07): orders of all kinds, spreads, and balances.</summary>
internal sealed class OkxUserStream(VenueLink link) : IUserProtocol
{
    public Uri Address { get; } = new(link.PrivateStream, "/ws/v5/private");

    public StreamPing Ping { get; } = OkxProtocol.PingFor(link.Silence);

    public IReadOnlyList<string> Subscriptions(VenueCredentials credentials)
    {
        var timestamp = link.Time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        return
        [
            WireBody.Of(new
            {
                op = "login",
                args = new[]
                {
                    new
                    {
                        apiKey = credentials.ApiKey, passphrase = credentials.Passphrase, timestamp,
                        sign = OkxProtocol.Sign(credentials, $"{timestamp}GET/users/self/verify"),
                    },
                },
            }),
            """{"op":"subscribe","args":[{"channel":"orders","instType":"ANY"},{"channel":"account"}]}""",
        ];
    }

    public bool IsAccepted(ReadOnlySpan<byte> message)
    {
        using var document = JsonDocument.Parse(message.ToArray());
        Heed(document.RootElement);
        return document.RootElement.Is("event", "login");
    }

    public IReadOnlyList<VenueUserReport> Read(ReadOnlyMemory<byte> message)
    {
        if (message.Span.SequenceEqual("pong"u8))
            return [];

        using var document = JsonDocument.Parse(message);
        var root = document.RootElement;
        Heed(root);
        if (!root.TryGetProperty("arg", out var topic) || !root.TryGetProperty("data", out var data))
            return [];
        return topic.Text("channel") switch
        {
            "orders" or "sprd-orders" =>
                data.Each(VenueUserReport (order) => new VenueUserReport.OfOrder(OkxOrders.OrderOf(order))),
            "account" => data.Each(VenueUserReport (account) =>
                new VenueUserReport.OfBalances(account.Each("details", OkxAccountAnswers.BalanceOf))),
            _ => [],
        };
    }

    // The venue says "error" when it refuses, and "notice" shortly before it closes the connection.
    private static void Heed(JsonElement message)
    {
        if (message.Is("event", "error") || message.Is("event", "notice"))
            throw new WebSocketException($"{message.TextOrNone("code")} {message.TextOrNone("msg")}");
    }
}
