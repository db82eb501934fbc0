using System.Net.WebSockets;
using System.Text.Json;
using Platform.Domain.Markets;
using Platform.Workers.Markets.Venues.Streams;
using Platform.Workers.Markets.Venues.Wire;

namespace Platform.Workers.Markets.Venues.Bybit;

/// <summary>
/// One public connection to Bybit (WebSocket API v5, 2026-07); each category has an address of its own. The venue pings by a
/// message. The best bid and ask are a book of one level: where one side did not change, it is left out.
/// </summary>
internal sealed class BybitStream(Uri address, TimeSpan silence, IReadOnlyList<Instrument> instruments) : IStreamProtocol
{
    // Spot takes ten topics in a request; on all, a connection takes 21,000 letters of them.
    private const int TopicsPerRequest = 10;
    private const int InstrumentsPerConnection = 100;
    private const string BestLevel = "orderbook.1.";
    private static readonly string[] Topics = ["publicTrade.", "orderbook.200.", BestLevel, "tickers.", "kline.1."];

    private readonly InstrumentIndex index = new(instruments);
    private readonly LevelBuffer bids = new();
    private readonly LevelBuffer asks = new();
    private readonly Dictionary<Instrument, VenueQuote> quotes = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<Instrument, BybitTicker> tickers = new(ReferenceEqualityComparer.Instance);

    public IReadOnlyList<string> Subscriptions { get; } =
    [
        .. instruments
            .SelectMany(instrument => Topics.Select(topic => topic + instrument.VenueSymbol))
            .Chunk(TopicsPerRequest)
            .Select(topics => JsonSerializer.Serialize(new { op = "subscribe", args = topics })),
    ];

    public StreamPing Ping { get; } = BybitProtocol.PingFor(silence);

    /// <summary>As many connections as it takes.</summary>
    public static IReadOnlyList<IStreamProtocol> For(VenueLink link, IReadOnlyCollection<Instrument> instruments) =>
    [
        .. from category in instruments.GroupBy(BybitListing.CategoryOf, StringComparer.Ordinal)
           from some in category.Chunk(InstrumentsPerConnection)
           select new BybitStream(new(link.Stream, $"/v5/public/{category.Key}"), link.Silence, some),
    ];

    public ValueTask<Uri> AddressAsync(CancellationToken cancellationToken) => ValueTask.FromResult(address);

    public void Restart()
    {
        quotes.Clear();
        tickers.Clear();
    }

    public void Read(ReadOnlySpan<byte> message, IMarketSink sink)
    {
        var reader = new WireReader(message);
        reader.BeginObject();
        ReadOnlySpan<byte> topic = default;
        var (isSnapshot, sent, isRefused) = (false, default(DateTimeOffset), false);
        WireReader data = default;
        while (reader.NextMember())
            if (reader.At("topic"u8))
                topic = reader.ValueSpan;
            else if (reader.At("type"u8))
                isSnapshot = reader.Is("snapshot"u8);
            else if (reader.At("ts"u8))
                sent = reader.Milliseconds();
            else if (reader.At("data"u8))
            {
                data = reader;
                reader.Skip();
            }
            else if (reader.At("success"u8))
                isRefused = reader.TokenType is JsonTokenType.False;
            else
                reader.Skip();

        if (isRefused)
            throw Refusal(message);
        if (data.TokenType is JsonTokenType.StartArray or JsonTokenType.StartObject
            && index.Find(topic[(topic.LastIndexOf((byte)'.') + 1)..]) is { } instrument)
            ReadData(ref data, topic, instrument, isSnapshot, sent, sink);
    }

    private void ReadData(
        ref WireReader data, ReadOnlySpan<byte> topic, Instrument instrument, bool isSnapshot, DateTimeOffset sent,
        IMarketSink sink)
    {
        if (topic.StartsWith("publicTrade."u8))
            while (data.NextElement())
                ReadTrade(ref data, instrument, sink);
        else if (topic.StartsWith("orderbook.1."u8))
            ReadQuote(ref data, instrument, isSnapshot, sent, sink);
        else if (topic.StartsWith("orderbook."u8))
            ReadBook(ref data, instrument, isSnapshot, sent, sink);
        else if (topic.StartsWith("tickers."u8))
            ReadTicker(ref data, instrument, sent, sink);
        else if (topic.StartsWith("kline."u8))
            ReadBars(ref data, instrument, sink);
    }

    private static void ReadTrade(ref WireReader reader, Instrument instrument, IMarketSink sink)
    {
        WireTrade trade = default;
        while (reader.NextMember())
            if (reader.At("i"u8))
                trade.Id = reader.TradeId();
            else if (reader.At("p"u8))
                trade.Price = reader.Price();
            else if (reader.At("v"u8))
                trade.Quantity = reader.Quantity();
            else if (reader.At("S"u8))
                trade.Side = reader.Is("Buy"u8) ? TakerSide.Buy : TakerSide.Sell;
            else if (reader.At("T"u8))
                trade.At = reader.Milliseconds();
            else
                reader.Skip();
        trade.Tell(instrument, sink);
    }

    /// <returns>The number of the update.</returns>
    private long ReadLevels(ref WireReader reader)
    {
        long? update = null;
        bids.Clear();
        asks.Clear();
        reader.Expect(JsonTokenType.StartObject);
        while (reader.NextMember())
            if (reader.At("b"u8))
                bids.ReadPairs(ref reader);
            else if (reader.At("a"u8))
                asks.ReadPairs(ref reader);
            else if (reader.At("u"u8))
                update = reader.Whole();
            else
                reader.Skip();
        return update ?? throw new JsonException("A book without its number.");
    }

    private void ReadBook(
        ref WireReader reader, Instrument instrument, bool isSnapshot, DateTimeOffset sent, IMarketSink sink)
    {
        var update = ReadLevels(ref reader);
        sink.DepthChanged(instrument, new DepthUpdate
        {
            IsSnapshot = isSnapshot,
            FirstUpdateId = update,
            LastUpdateId = update,
            VenueTime = sent,
            Bids = bids.Levels,
            Asks = asks.Levels,
        });
    }

    private void ReadQuote(
        ref WireReader reader, Instrument instrument, bool isSnapshot, DateTimeOffset sent, IMarketSink sink)
    {
        _ = ReadLevels(ref reader);
        var known = isSnapshot ? default : quotes.GetValueOrDefault(instrument);
        var (bid, bidQuantity) = BestOf(bids.Levels, known.Bid, known.BidQuantity);
        var (ask, askQuantity) = BestOf(asks.Levels, known.Ask, known.AskQuantity);
        var quote = quotes[instrument] = new(bid, bidQuantity, ask, askQuantity, sent);
        sink.Quoted(instrument, quote);
    }

    private static (Domain.Values.Price?, Domain.Values.Quantity) BestOf(
        ReadOnlySpan<BookLevel> changed, Domain.Values.Price? price, Domain.Values.Quantity quantity)
    {
        // A better price comes with the removal of the one before.
        foreach (var level in changed)
            if (level.Quantity > Domain.Values.Quantity.Zero)
                return (level.Price, level.Quantity);
        return changed.IsEmpty ? (price, quantity) : (null, default);
    }

    private void ReadTicker(ref WireReader data, Instrument instrument, DateTimeOffset sent, IMarketSink sink)
    {
        if (!tickers.TryGetValue(instrument, out var ticker))
            tickers[instrument] = ticker = new(instrument);
        if (ticker.Change(data.Element(), sent) is { } day)
            sink.DayChanged(instrument, day);
    }

    private static void ReadBars(ref WireReader data, Instrument instrument, IMarketSink sink)
    {
        var volume = instrument.Derivative is { IsInverse: true } ? "turnover" : "volume";
        foreach (var bar in data.Element().EnumerateArray())
            sink.BarChanged(instrument, CandleInterval.OneMinute, new(
                bar.Milliseconds("start"), bar.Price("open"), bar.Price("high"), bar.Price("low"), bar.Price("close"),
                bar.Quantity(volume)));
    }

    private static WebSocketException Refusal(ReadOnlySpan<byte> message)
    {
        using var document = JsonDocument.Parse(message.ToArray());
        return new($"Refused: {document.RootElement.TextOrNone("ret_msg")}");
    }
}
