using System.Net.WebSockets;
using System.Text.Json;
using System.Threading.Channels;
using Platform.Domain.Markets;
using Platform.Domain.Values;
using Platform.Workers.Markets.Venues.Streams;
using Platform.Workers.Markets.Venues.Wire;

namespace Platform.Workers.Markets.Venues.Kraken;

/// <summary>WebSocket version 2 of Kraken spot (docs.kraken.com, 2026-07): book, trade, ticker, ohlc and status.</summary>
internal sealed class KrakenStream(Uri root, IReadOnlyCollection<Instrument> instruments) : IStreamProtocol
{
    /// <summary>Levels of each side; the venue does not tell of those that fall out behind them.</summary>
    public const int BookDepth = 100;

    private readonly InstrumentIndex index = new(instruments, KrakenNames.StreamNameOf);
    private readonly LevelBuffer bids = new();
    private readonly LevelBuffer asks = new();
    private readonly StreamRequests requests = new();

    private readonly Dictionary<Instrument, long> toldDays = new(ReferenceEqualityComparer.Instance);

    public IReadOnlyList<string> Subscriptions =>
    [
        Ask("subscribe", new { channel = "book", symbol = Names, depth = BookDepth }),
        Ask("subscribe", new { channel = "trade", symbol = Names, snapshot = false }),
        Ask("subscribe", new { channel = "ticker", symbol = Names, event_trigger = "bbo" }),
        Ask("subscribe", new { channel = "ohlc", symbol = Names, interval = 1 }),
    ];

    public StreamPing Ping { get; } = new(() => """{"method":"ping"}""", TimeSpan.FromSeconds(15));

    public ChannelReader<string> Requests => requests.Reader;

    private string[] Names => [.. instruments.Select(KrakenNames.StreamNameOf)];

    public ValueTask<Uri> AddressAsync(CancellationToken cancellationToken) => new(new Uri(root, "/v2"));

    public bool TryRequestSnapshot(Instrument instrument)
    {
        string[] name = [KrakenNames.StreamNameOf(instrument)];
        return requests.TryAsk(
            Ask("unsubscribe", new { channel = "book", symbol = name, depth = BookDepth }),
            Ask("subscribe", new { channel = "book", symbol = name, depth = BookDepth }));
    }

    public void Restart() => requests.Forget();

    public void Read(ReadOnlySpan<byte> message, IMarketSink sink)
    {
        var reader = new WireReader(message);
        ReadOnlySpan<byte> channel = default;
        var isSnapshot = false;
        reader.Read();
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            var name = reader.ValueSpan;
            reader.Read();
            if (name.SequenceEqual("channel"u8))
                channel = reader.ValueSpan;
            else if (name.SequenceEqual("type"u8))
                isSnapshot = reader.ValueTextEquals("snapshot"u8);
            else if (name.SequenceEqual("data"u8))
                ReadData(ref reader, channel, isSnapshot, sink);
            else if (name.SequenceEqual("success"u8) && reader.TokenType is JsonTokenType.False)
                ThrowRefused(message);
            else
                reader.Skip();
        }
    }

    private void ReadData(ref WireReader reader, ReadOnlySpan<byte> channel, bool isSnapshot, IMarketSink sink)
    {
        if (reader.TokenType is not JsonTokenType.StartArray)
            throw new JsonException("Expected a list.");
        while (reader.Read() && reader.TokenType is JsonTokenType.StartObject)
            if (channel.SequenceEqual("trade"u8))
                ReadTrade(ref reader, sink);
            else if (channel.SequenceEqual("book"u8))
                ReadBook(ref reader, isSnapshot, sink);
            else if (channel.SequenceEqual("ticker"u8))
                ReadTicker(ref reader, sink);
            else if (channel.SequenceEqual("ohlc"u8))
                ReadCandle(ref reader, sink);
            else if (channel.SequenceEqual("status"u8))
                ReadStatus(ref reader, sink);
            else
                reader.Skip();
    }

    private void ReadTrade(ref WireReader reader, IMarketSink sink)
    {
        Instrument? instrument = null;
        WireTrade trade = default;
        while (Next(ref reader) is { Length: > 0 } name)
            if (name.SequenceEqual("symbol"u8))
                instrument = index.Find(reader.ValueSpan);
            else if (name.SequenceEqual("side"u8))
                trade.Side = SideOf(ref reader);
            else if (name.SequenceEqual("price"u8))
                trade.Price = reader.Price();
            else if (name.SequenceEqual("qty"u8))
                trade.Quantity = reader.Quantity();
            else if (name.SequenceEqual("trade_id"u8))
                trade.Id = reader.Whole();
            else if (name.SequenceEqual("timestamp"u8))
                trade.At = reader.IsoTime();
            else
                reader.Skip();

        trade.Tell(instrument, sink);
    }

    private void ReadBook(ref WireReader reader, bool isSnapshot, IMarketSink sink)
    {
        Instrument? instrument = null;
        uint? checksum = null;
        DateTimeOffset? at = null;
        bids.Clear();
        asks.Clear();
        while (Next(ref reader) is { Length: > 0 } name)
            if (name.SequenceEqual("symbol"u8))
                instrument = index.Find(reader.ValueSpan);
            else if (name.SequenceEqual("bids"u8))
                ReadLevels(ref reader, bids);
            else if (name.SequenceEqual("asks"u8))
                ReadLevels(ref reader, asks);
            else if (name.SequenceEqual("checksum"u8))
                checksum = checked((uint)reader.Whole());
            else if (name.SequenceEqual("timestamp"u8))
                at = reader.IsoTime();
            else
                reader.Skip();

        if (checksum is null)
            throw new JsonException("A book lacks its checksum.");
        if (instrument is not null)
            sink.DepthChanged(instrument, new()
            {
                IsSnapshot = isSnapshot, Checksum = checksum, VenueTime = at, Bids = bids.Levels, Asks = asks.Levels,
            });
    }

    // The places that the venue writes are in the checksum, and so they stay.
    private static void ReadLevels(ref WireReader reader, LevelBuffer side)
    {
        while (reader.Read() && reader.TokenType is JsonTokenType.StartObject)
        {
            decimal? price = null, quantity = null;
            while (Next(ref reader) is { Length: > 0 } name)
                if (name.SequenceEqual("price"u8))
                    price = reader.AsWritten();
                else if (name.SequenceEqual("qty"u8))
                    quantity = reader.AsWritten();
                else
                    reader.Skip();

            if ((price, quantity) is not ({ } at and > 0, { } size and >= 0))
                throw new JsonException("A level lacks a member.");
            side.Add(new(Price.From(at), Quantity.From(size)));
        }
    }

    private void ReadTicker(ref WireReader reader, IMarketSink sink)
    {
        Instrument? instrument = null;
        Price? bid = null, ask = null, last = null, high = null, low = null;
        Quantity bidQuantity = default, askQuantity = default, volume = default;
        decimal? change = null;
        DateTimeOffset? at = null;
        while (Next(ref reader) is { Length: > 0 } name)
            if (name.SequenceEqual("symbol"u8))
                instrument = index.Find(reader.ValueSpan);
            else if (name.SequenceEqual("bid"u8))
                bid = reader.PriceOrNone();
            else if (name.SequenceEqual("bid_qty"u8))
                bidQuantity = reader.Quantity();
            else if (name.SequenceEqual("ask"u8))
                ask = reader.PriceOrNone();
            else if (name.SequenceEqual("ask_qty"u8))
                askQuantity = reader.Quantity();
            else if (name.SequenceEqual("last"u8))
                last = reader.PriceOrNone();
            else if (name.SequenceEqual("high"u8))
                high = reader.PriceOrNone();
            else if (name.SequenceEqual("low"u8))
                low = reader.PriceOrNone();
            else if (name.SequenceEqual("volume"u8))
                volume = reader.Quantity();
            else if (name.SequenceEqual("change"u8))
                change = reader.Shortest();
            else if (name.SequenceEqual("timestamp"u8))
                at = reader.IsoTime();
            else
                reader.Skip();

        if (instrument is null)
            return;
        sink.Quoted(instrument, new(bid, bidQuantity, ask, askQuantity, at));
        var open = last is { } now && change is { } moved && now.Value - moved > 0 ? Price.From(now.Value - moved) : (Price?)null;
        if (at is { } told && IsDue(instrument, told))
            sink.DayChanged(
                instrument, new(last, bid, bidQuantity, ask, askQuantity, open, high, low, volume, QuoteVolume: null, told));
    }

    // Each change of the best bid or ask brings the day along; once in a second it is told on.
    private bool IsDue(Instrument instrument, DateTimeOffset at)
    {
        var second = at.ToUnixTimeSeconds();
        if (toldDays.TryGetValue(instrument, out var last) && last == second)
            return false;
        toldDays[instrument] = second;
        return true;
    }

    private void ReadCandle(ref WireReader reader, IMarketSink sink)
    {
        var bar = reader.Element();
        if (index.Find(bar.Text("symbol")) is { } instrument && bar.GetProperty("trades").GetInt64() > 0)
            sink.BarChanged(instrument, CandleInterval.OneMinute, new(
                bar.Time("interval_begin"), bar.Price("open"), bar.Price("high"), bar.Price("low"), bar.Price("close"),
                bar.Quantity("volume")));
    }

    private static void ReadStatus(ref WireReader reader, IMarketSink sink) => sink.StatusChanged(
        new(KrakenMarketAnswers.StateOf(reader.Element().Text("system")), Message: null, VenueTime: null));

    private static TakerSide SideOf(ref WireReader reader)
    {
        if (reader.ValueTextEquals("buy"u8))
            return TakerSide.Buy;
        return reader.ValueTextEquals("sell"u8) ? TakerSide.Sell : throw new JsonException("A trade is bought or sold.");
    }

    /// <summary>The name of the next member, with the reader on its value; empty at the end of the object.</summary>
    private static ReadOnlySpan<byte> Next(ref WireReader reader)
    {
        reader.Read();
        if (reader.TokenType is not JsonTokenType.PropertyName)
            return default;
        var name = reader.ValueSpan;
        reader.Read();
        return name;
    }

    // One market that the venue does not stream leaves its book empty; the others go on.
    private static void ThrowRefused(ReadOnlySpan<byte> message)
    {
        var answer = JsonElement.Parse(message);
        if (answer.Is("method", "subscribe") && answer.TextOrNone("symbol") is null)
            throw new WebSocketException($"Subscription refused: {answer.TextOrNone("error")}");
    }

    private static string Ask(string method, object @params) => JsonSerializer.Serialize(new { method, @params });
}
