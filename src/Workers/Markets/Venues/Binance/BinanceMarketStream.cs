using System.Net.WebSockets;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Platform.Domain.Markets;
using Platform.Domain.Values;

namespace Platform.Workers.Markets.Venues.Binance;

/// <summary>One message of a market stream (web-socket-streams.md, 2026-07). Closed: every case is in this file.</summary>
public abstract record BinanceMarketMessage
{
    private protected BinanceMarketMessage() { }

    /// <summary>As the venue writes it, for example BTCUSDT.</summary>
    public required string VenueSymbol { get; init; }
}

public sealed record BookChanged(DepthDifference Difference) : BinanceMarketMessage;

public sealed record Traded(PublicTrade Trade) : BinanceMarketMessage;

public sealed record Quoted(Price? Bid, Quantity BidQuantity, Price? Ask, Quantity AskQuantity) : BinanceMarketMessage;

/// <summary>The minute that is running, or just ended.</summary>
public sealed record CandleChanged(Candle Candle) : BinanceMarketMessage;

/// <summary>Book differences, trades, quotes and one-minute candles of the given markets over one connection.</summary>
public sealed class BinanceMarketStream(IOptions<VenueOptions> options, TimeProvider time, Random random)
{
    /// <summary>The venue allows 1024 streams on one connection; each market takes four.</summary>
    public const int MarketsMax = 256;

    private static readonly string[] Topics = ["@depth@100ms", "@trade", "@bookTicker", "@kline_1m"];

    /// <summary>Never ends by itself; one reader for each call.</summary>
    /// <exception cref="ArgumentException">There are more markets than one connection carries.</exception>
    public IAsyncEnumerable<StreamEvent<BinanceMarketMessage>> ReadAsync(
        IReadOnlyCollection<Symbol> markets, CancellationToken cancellationToken)
    {
        if (markets.Count > MarketsMax)
            throw new ArgumentException($"One connection carries {MarketsMax} markets.", nameof(markets));
        var streams = markets.SelectMany(market => Topics.Select(topic =>
            BinanceRest.VenueSymbolOf(market).ToLowerInvariant() + topic));
        var address = new Uri(options.Value.StreamUrl, $"/stream?streams={string.Join('/', streams)}");
        return new VenueStream<BinanceMarketMessage>(
            token => VenueSocket.ConnectAsync(address, token), Parse, time, random).ReadAsync(cancellationToken);
    }

    private static BinanceMarketMessage? Parse(ReadOnlyMemory<byte> message)
    {
        using var document = JsonDocument.Parse(message);
        if (!document.RootElement.TryGetProperty("stream", out var stream)
            || !document.RootElement.TryGetProperty("data", out var data))
            return null;

        if (data.ValueKind is JsonValueKind.Object && data.TryGetProperty("e", out var kind)
            && kind.ValueEquals("serverShutdown"))
            throw new WebSocketException("The venue is shutting down.");

        var name = stream.GetString() ?? string.Empty;
        return name[Math.Max(0, name.IndexOf('@', StringComparison.Ordinal))..] switch
        {
            "@depth@100ms" => Read<DepthMessage>(data).ToMessage(),
            "@trade" => Read<TradeMessage>(data).ToMessage(),
            "@bookTicker" => Read<QuoteMessage>(data).ToMessage(),
            "@kline_1m" => Read<CandleMessage>(data).ToMessage(),
            _ => null,
        };
    }

    private static T Read<T>(JsonElement data) =>
        data.Deserialize<T>(BinanceJson.Options) ?? throw new JsonException("null");
}
