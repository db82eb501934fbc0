using System.Net.WebSockets;
using System.Runtime.InteropServices;
using System.Text.Json;
using Platform.Domain.Markets;
using Platform.Workers.Markets.Venues.Streams;
using Platform.Workers.Markets.Venues.Wire;

namespace Platform.Workers.Markets.Venues.Coinbase;

/// <summary>
/// One public connection to Coinbase (Advanced Trade WebSocket, 2026-07). The venue numbers all messages of a connection, and
/// nothing else: where one is missing the connection ends, and with it all books that were built on it. Its bars are of five
/// minutes. A heartbeat each second keeps quiet channels open.
/// </summary>
internal sealed class CoinbaseStream(Uri address, IReadOnlyList<Instrument> instruments) : IStreamProtocol
{
    private const int InstrumentsPerConnection = 30;
    private static readonly string[] Channels = ["level2", "market_trades", "ticker", "candles"];

    private readonly InstrumentIndex index = new(instruments);
    private readonly LevelBuffer bids = new();
    private readonly LevelBuffer asks = new();
    private readonly List<(Instrument Of, PublicTrade Trade)> trades = [];
    private long? last;

    private enum Channel
    {
        None = 0,
        Book,
        Trades,
        Ticker,
        Candles,
    }

    public IReadOnlyList<string> Subscriptions { get; } =
    [
        """{"type":"subscribe","channel":"heartbeats"}""",
        .. Channels.Select(channel => JsonSerializer.Serialize(new
        {
            type = "subscribe",
            channel,
            product_ids = instruments.Select(instrument => instrument.VenueSymbol),
        })),
    ];

    /// <summary>As many connections as it takes.</summary>
    public static IReadOnlyList<IStreamProtocol> For(VenueLink link, IReadOnlyCollection<Instrument> instruments) =>
    [
        .. from some in instruments.Where(HasStream).Chunk(InstrumentsPerConnection)
           select new CoinbaseStream(link.Stream, some),
    ];

    public ValueTask<Uri> AddressAsync(CancellationToken cancellationToken) => ValueTask.FromResult(address);

    public void Restart() => last = null;

    public void Read(ReadOnlySpan<byte> message, IMarketSink sink)
    {
        var reader = new WireReader(message);
        reader.BeginObject();
        var (channel, number, isError) = (Channel.None, (long?)null, false);
        WireReader events = default;
        while (reader.NextMember())
            if (reader.At("channel"u8))
                channel = ChannelOf(in reader);
            else if (reader.At("sequence_num"u8))
                number = reader.Whole();
            else if (reader.At("type"u8))
                isError = reader.Is("error"u8);
            else if (reader.At("events"u8))
            {
                reader.Expect(JsonTokenType.StartArray);
                events = reader;
                reader.Skip();
            }
            else
                reader.Skip();

        if (isError)
            throw Refusal(message);
        if (number is { } counted && !Follows(counted))
            return;
        if (events.TokenType is JsonTokenType.StartArray && channel is not Channel.None)
            ReadEvents(ref events, channel, number ?? 0, sink);
    }

    // All but these two "-USDC" markets are streamed as the "-USD" market with which they share a book.
    private static bool HasStream(Instrument instrument) =>
        !instrument.VenueSymbol.EndsWith("-USDC", StringComparison.Ordinal)
        || instrument.VenueSymbol is "USDT-USDC" or "EURC-USDC";

    /// <summary>False for one that was read before.</summary>
    private bool Follows(long number)
    {
        if (number <= last)
            return false;
        if (number > last + 1)
            throw new WebSocketException($"Missing: {last} is followed by {number}.");
        last = number;
        return true;
    }

    private static Channel ChannelOf(ref readonly WireReader reader)
    {
        if (reader.Is("l2_data"u8))
            return Channel.Book;
        if (reader.Is("market_trades"u8))
            return Channel.Trades;
        if (reader.Is("ticker"u8))
            return Channel.Ticker;
        return reader.Is("candles"u8) ? Channel.Candles : Channel.None;
    }

    private void ReadEvents(ref WireReader events, Channel channel, long number, IMarketSink sink)
    {
        if (channel is Channel.Ticker or Channel.Candles)
        {
            foreach (var told in events.Element().EnumerateArray())
                ReadSlowly(told, channel, sink);
            return;
        }

        while (events.NextElement())
            if (channel is Channel.Book)
                ReadBook(ref events, number, sink);
            else
                ReadTrades(ref events, sink);
    }

    private void ReadSlowly(JsonElement told, Channel channel, IMarketSink sink)
    {
        if (channel is Channel.Ticker)
            foreach (var ticker in told.GetProperty("tickers").EnumerateArray())
                Tell(ticker, sink);
        else
            foreach (var bar in told.GetProperty("candles").EnumerateArray())
                if (InstrumentOf(bar) is { } instrument)
                    sink.BarChanged(instrument, CandleInterval.FiveMinutes, CoinbaseMarketAnswers.CandleOf(bar));
    }

    private void Tell(JsonElement ticker, IMarketSink sink)
    {
        if (InstrumentOf(ticker) is not { } instrument)
            return;

        var quote = new VenueQuote(
            ticker.PriceOrNone("best_bid"), ticker.QuantityOrZero("best_bid_quantity"),
            ticker.PriceOrNone("best_ask"), ticker.QuantityOrZero("best_ask_quantity"), VenueTime: null);
        sink.Quoted(instrument, quote);
    }

    private Instrument? InstrumentOf(JsonElement told) =>
        index.Find(JsonMarshal.GetRawUtf8Value(told.GetProperty("product_id"))[1..^1]);

    private void ReadTrades(ref WireReader reader, IMarketSink sink)
    {
        var isPast = false;
        trades.Clear();
        reader.Expect(JsonTokenType.StartObject);
        while (reader.NextMember())
            if (reader.At("type"u8))
                isPast = reader.Is("snapshot"u8);
            else if (reader.At("trades"u8))
            {
                reader.Expect(JsonTokenType.StartArray);
                while (reader.NextElement())
                    ReadTrade(ref reader);
            }
            else
                reader.Skip();

        // What traded before the subscription comes along with it, each time: who missed it asks for it.
        if (!isPast)
            TellInOrder(sink);
    }

    // Of several trades in a message the newest comes first.
    private void TellInOrder(IMarketSink sink)
    {
        var told = CollectionsMarshal.AsSpan(trades);
        told.Sort(static (one, other) => one.Trade.Id.CompareTo(other.Trade.Id));
        foreach (ref readonly var each in told)
            sink.Traded(each.Of, each.Trade);
    }

    private void ReadTrade(ref WireReader reader)
    {
        WireTrade trade = default;
        Instrument? instrument = null;
        while (reader.NextMember())
            if (reader.At("trade_id"u8))
                trade.Id = reader.TradeId();
            else if (reader.At("product_id"u8))
                instrument = index.Find(reader.ValueSpan);
            else if (reader.At("price"u8))
                trade.Price = reader.Price();
            else if (reader.At("size"u8))
                trade.Quantity = reader.Quantity();
            else if (reader.At("side"u8))
                // The venue names the side of who waited in the book.
                trade.Side = reader.Is("SELL"u8) ? TakerSide.Buy : TakerSide.Sell;
            else if (reader.At("time"u8))
                trade.At = reader.IsoTime();
            else
                reader.Skip();
        var whole = trade.Whole();
        if (instrument is not null)
            trades.Add((instrument, whole));
    }

    private void ReadBook(ref WireReader reader, long number, IMarketSink sink)
    {
        Instrument? instrument = null;
        var (isSnapshot, at) = (false, default(DateTimeOffset));
        bids.Clear();
        asks.Clear();
        reader.Expect(JsonTokenType.StartObject);
        while (reader.NextMember())
            if (reader.At("type"u8))
                isSnapshot = reader.Is("snapshot"u8);
            else if (reader.At("product_id"u8))
                instrument = index.Find(reader.ValueSpan);
            else if (reader.At("updates"u8))
            {
                reader.Expect(JsonTokenType.StartArray);
                while (reader.NextElement())
                    at = Later(at, ReadLevel(ref reader));
            }
            else
                reader.Skip();

        if (instrument is not null)
            sink.DepthChanged(instrument, new DepthUpdate
            {
                IsSnapshot = isSnapshot,
                FirstUpdateId = number,
                LastUpdateId = number,
                VenueTime = at,
                Bids = bids.Levels,
                Asks = asks.Levels,
            });
    }

    private DateTimeOffset ReadLevel(ref WireReader reader)
    {
        var (isBid, price, quantity, at) =
            (false, default(Domain.Values.Price), default(Domain.Values.Quantity), default(DateTimeOffset));
        while (reader.NextMember())
            if (reader.At("side"u8))
                isBid = reader.Is("bid"u8);
            else if (reader.At("price_level"u8))
                price = reader.Price();
            else if (reader.At("new_quantity"u8))
                quantity = reader.Quantity();
            else if (reader.At("event_time"u8))
                at = reader.IsoTime();
            else
                reader.Skip();
        (isBid ? bids : asks).Add(new(price, quantity));
        return at;
    }

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;

    private static WebSocketException Refusal(ReadOnlySpan<byte> message)
    {
        using var document = JsonDocument.Parse(message.ToArray());
        return new($"Refused: {document.RootElement.TextOrNone("message")}");
    }
}
