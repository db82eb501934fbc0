using System.Net.WebSockets;
using System.Text.Json;
using System.Threading.Channels;
using Platform.Domain.Markets;
using Platform.Domain.Values;
using Platform.Workers.Markets.Venues.Streams;
using Platform.Workers.Markets.Venues.Wire;

namespace Platform.Workers.Markets.Venues.KrakenFutures;

/// <summary>
/// The public stream of Kraken's derivatives (docs.kraken.com, futures WebSocket, 2026-07): books one level at a time with a
/// number that rises by one, trades, tickers once a second, and heartbeats.
/// </summary>
internal sealed class KrakenFuturesStream(Uri root, IReadOnlyCollection<Instrument> instruments) : IStreamProtocol
{
    private readonly InstrumentIndex index = new(instruments);
    private readonly DepthParts depth = new();
    private readonly StreamRequests requests = new();

    public IReadOnlyList<string> Subscriptions =>
    [
        """{"event":"subscribe","feed":"heartbeat"}""",
        Ask("subscribe", "book", instruments), Ask("subscribe", "trade", instruments), Ask("subscribe", "ticker", instruments),
    ];

    public ChannelReader<string> Requests => requests.Reader;

    public ValueTask<Uri> AddressAsync(CancellationToken cancellationToken) => new(new Uri(root, "/ws/v1"));

    public bool TryRequestSnapshot(Instrument instrument) =>
        requests.TryAsk(Ask("unsubscribe", "book", [instrument]), Ask("subscribe", "book", [instrument]));

    public void Restart() => requests.Forget();

    // Which feed it is of may be said behind what it says.
    public void Read(ReadOnlySpan<byte> message, IMarketSink sink)
    {
        var reader = new WireReader(message);
        reader.BeginObject();
        ReadOnlySpan<byte> feed = default, happened = default;
        Instrument? instrument = null;
        while (reader.NextMember())
            if (reader.At("feed"u8))
                feed = reader.ValueSpan;
            else if (reader.At("product_id"u8))
                instrument = index.Find(reader.ValueSpan);
            else if (reader.At("event"u8))
                happened = reader.ValueSpan;
            else
                reader.Skip();

        if (happened.SequenceEqual("error"u8) || happened.SequenceEqual("subscribed_failed"u8))
            throw Refusal(message);
        if (instrument is not null && happened.IsEmpty)
            ReadFeed(message, feed, instrument, sink);
    }

    // A snapshot of trades is what was before: who wants it asks for it.
    private void ReadFeed(ReadOnlySpan<byte> message, ReadOnlySpan<byte> feed, Instrument instrument, IMarketSink sink)
    {
        var reader = new WireReader(message);
        reader.BeginObject();
        if (feed.SequenceEqual("book"u8))
            ReadLevel(ref reader, instrument, sink);
        else if (feed.SequenceEqual("trade"u8))
            ReadTrade(ref reader, instrument, sink);
        else if (feed.SequenceEqual("book_snapshot"u8))
            ReadBook(ref reader, instrument, sink);
        else if (feed.SequenceEqual("ticker"u8))
            ReadTicker(message, instrument, sink);
    }

    private void ReadLevel(ref WireReader reader, Instrument instrument, IMarketSink sink)
    {
        depth.Begin();
        LevelBuffer? side = null;
        Price? price = null;
        Quantity? quantity = null;
        while (reader.NextMember())
            if (reader.At("side"u8))
                side = SideOf(ref reader) is TakerSide.Buy ? depth.Bids : depth.Asks;
            else if (reader.At("seq"u8))
                depth.First = depth.Last = reader.Whole();
            else if (reader.At("price"u8))
                price = reader.Price();
            else if (reader.At("qty"u8))
                quantity = reader.Quantity();
            else if (reader.At("timestamp"u8))
                depth.At = reader.Milliseconds();
            else
                reader.Skip();

        if ((side, price, quantity) is not ({ } levels, { } at, { } size))
            throw new JsonException("A level lacks a member.");
        levels.Add(new(at, size));
        depth.Tell(instrument, sink);
    }

    private void ReadBook(ref WireReader reader, Instrument instrument, IMarketSink sink)
    {
        depth.Begin();
        while (reader.NextMember())
            if (reader.At("bids"u8))
                ReadLevels(ref reader, depth.Bids);
            else if (reader.At("asks"u8))
                ReadLevels(ref reader, depth.Asks);
            else if (reader.At("seq"u8))
                depth.Last = reader.Whole();
            else if (reader.At("timestamp"u8))
                depth.At = reader.Milliseconds();
            else
                reader.Skip();

        var last = depth.Last ?? throw new JsonException("A book lacks its number.");
        sink.DepthChanged(instrument, new()
        {
            IsSnapshot = true, FirstUpdateId = last, LastUpdateId = last, VenueTime = depth.At, Bids = depth.Bids.Levels,
            Asks = depth.Asks.Levels,
        });
    }

    // Some levels of a snapshot are empty: they are none.
    private static void ReadLevels(ref WireReader reader, LevelBuffer side)
    {
        reader.Expect(JsonTokenType.StartArray);
        while (reader.NextElement())
        {
            Price? price = null;
            Quantity? quantity = null;
            while (reader.NextMember())
                if (reader.At("price"u8))
                    price = reader.Price();
                else if (reader.At("qty"u8))
                    quantity = reader.Quantity();
                else
                    reader.Skip();

            if ((price, quantity) is not ({ } at, { } size))
                throw new JsonException("A level lacks a member.");
            if (size > Quantity.Zero)
                side.Add(new(at, size));
        }
    }

    private static void ReadTrade(ref WireReader reader, Instrument instrument, IMarketSink sink)
    {
        WireTrade trade = default;
        while (reader.NextMember())
            if (reader.At("uid"u8))
                trade.Id = reader.TradeId();
            else if (reader.At("side"u8))
                trade.Side = SideOf(ref reader);
            else if (reader.At("price"u8))
                trade.Price = reader.Price();
            else if (reader.At("qty"u8))
                trade.Quantity = reader.Quantity();
            else if (reader.At("time"u8))
                trade.At = reader.Milliseconds();
            else
                reader.Skip();
        trade.Tell(instrument, sink);
    }

    private static void ReadTicker(ReadOnlySpan<byte> message, Instrument instrument, IMarketSink sink)
    {
        var ticker = JsonElement.Parse(message);
        var at = ticker.Milliseconds("time");
        var (bid, ask) = (ticker.PriceOrNone("bid"), ticker.PriceOrNone("ask"));
        var (bidQuantity, askQuantity) = (ticker.QuantityOrZero("bid_size"), ticker.QuantityOrZero("ask_size"));
        sink.Quoted(instrument, new(bid, bidQuantity, ask, askQuantity, at));
        if (KrakenFuturesListing.CountsBase(instrument))
            sink.DayChanged(instrument, new(
                ticker.PriceOrNone("last"), bid, bidQuantity, ask, askQuantity, ticker.PriceOrNone("open"),
                ticker.PriceOrNone("high"), ticker.PriceOrNone("low"), ticker.Quantity("volume"), ticker.Notional("volumeQuote"), at));
    }

    private static TakerSide SideOf(ref WireReader reader)
    {
        if (reader.Is("buy"u8))
            return TakerSide.Buy;
        return reader.Is("sell"u8) ? TakerSide.Sell : throw new JsonException("Expected buy or sell.");
    }

    private static WebSocketException Refusal(ReadOnlySpan<byte> message)
    {
        using var document = JsonDocument.Parse(message.ToArray());
        return new($"Refused: {document.RootElement.TextOrNone("message") ?? document.RootElement.TextOrNone("feed")}");
    }

    private static string Ask(string what, string feed, IEnumerable<Instrument> instruments) =>
        JsonSerializer.Serialize(new { @event = what, feed, product_ids = instruments.Select(instrument => instrument.VenueSymbol) });
}
