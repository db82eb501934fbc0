using System.Net.WebSockets;
using System.Text.Json;
using Platform.Domain.Markets;
using Platform.Domain.Values;
using Platform.Workers.Markets.Venues.Streams;
using Platform.Workers.Markets.Venues.Wire;

namespace Platform.Workers.Markets.Venues.Binance;

/// <summary>
/// Combined streams of Binance spot (web-socket-streams.md, 2026-07): trades, best bid and ask, book differences every 100 ms,
/// running minutes and 24 hours.
/// </summary>
internal sealed class BinanceStream(Uri root, IReadOnlyCollection<Instrument> instruments, IReadOnlyList<string> topics)
    : IStreamProtocol
{
    public static readonly IReadOnlyList<string> Spot = ["@depth@100ms", "@trade", "@bookTicker", "@kline_1m", "@ticker"];

    /// <summary>Futures have no stream of single trades: those of one taker at one price come together.</summary>
    public static readonly IReadOnlyList<string> Futures = ["@depth@100ms", "@aggTrade", "@bookTicker", "@kline_1m", "@ticker"];

    private readonly InstrumentIndex index = new(instruments);
    private readonly LevelBuffer bids = new();
    private readonly LevelBuffer asks = new();

    public IReadOnlyList<string> Subscriptions => [];

    public ValueTask<Uri> AddressAsync(CancellationToken cancellationToken)
    {
        var names = instruments.SelectMany(instrument =>
            topics.Select(topic => instrument.VenueSymbol.ToLowerInvariant() + topic));
        return new(new Uri(root, $"/stream?streams={string.Join('/', names)}"));
    }

    public void Restart()
    {
        // Nothing is kept between two messages.
    }

    public void Read(ReadOnlySpan<byte> message, IMarketSink sink)
    {
        var reader = new WireReader(message);
        reader.BeginObject();
        ReadOnlySpan<byte> topic = default;
        while (reader.NextMember())
            if (reader.At("stream"u8))
                topic = reader.ValueSpan[Math.Max(0, reader.ValueSpan.IndexOf((byte)'@'))..];
            else if (reader.At("data"u8))
                ReadData(ref reader, topic, sink);
            else
                reader.Skip();
    }

    // By how often they come.
    private void ReadData(ref WireReader reader, ReadOnlySpan<byte> topic, IMarketSink sink)
    {
        if (reader.TokenType is not JsonTokenType.StartObject)
            reader.Skip();
        else if (topic.SequenceEqual("@trade"u8) && topics == Spot)
            ReadTrade(ref reader, idName: 't', sink);
        else if (topic.SequenceEqual("@aggTrade"u8) && topics == Futures)
            ReadTrade(ref reader, idName: 'a', sink);
        else if (topic.SequenceEqual("@bookTicker"u8))
            ReadQuote(ref reader, sink);
        else if (topic.SequenceEqual("@depth@100ms"u8))
            ReadDepth(ref reader, sink);
        else if (topic.SequenceEqual("@kline_1m"u8))
            ReadCandle(ref reader, sink);
        else if (topic.SequenceEqual("@ticker"u8))
            ReadDay(ref reader, sink);
        else
            ThrowWhenEnding(ref reader);
    }

    private void ReadTrade(ref WireReader reader, char idName, IMarketSink sink)
    {
        Instrument? instrument = null;
        WireTrade trade = default;
        for (var name = Next(ref reader); name != End; name = Next(ref reader))
            switch (name)
            {
                case 's': instrument = index.Find(reader.ValueSpan); break;
                case var _ when name == idName: trade.Id = reader.Whole(); break;
                case 'p': trade.Price = reader.Price(); break;
                case 'q': trade.Quantity = reader.Quantity(); break;
                case 'T': trade.At = reader.Milliseconds(); break;
                // A buyer who waited was hit by a seller.
                case 'm': trade.Side = reader.IsTrue() ? TakerSide.Sell : TakerSide.Buy; break;
                default: reader.Skip(); break;
            }

        trade.Tell(instrument, sink);
    }

    private void ReadQuote(ref WireReader reader, IMarketSink sink)
    {
        Instrument? instrument = null;
        Price? bid = null, ask = null;
        Quantity? bidQuantity = null, askQuantity = null;
        DateTimeOffset? at = null;
        for (var name = Next(ref reader); name != End; name = Next(ref reader))
            switch (name)
            {
                case 's': instrument = index.Find(reader.ValueSpan); break;
                case 'b': bid = reader.PriceOrNone(); break;
                case 'B': bidQuantity = reader.Quantity(); break;
                case 'a': ask = reader.PriceOrNone(); break;
                case 'A': askQuantity = reader.Quantity(); break;
                case 'E': at = reader.Milliseconds(); break;
                default: reader.Skip(); break;
            }

        if ((bidQuantity, askQuantity) is not ({ } bidSize, { } askSize))
            throw Incomplete("quote");
        if (instrument is not null)
            sink.Quoted(instrument, new(bid, bidSize, ask, askSize, at));
    }

    private void ReadDepth(ref WireReader reader, IMarketSink sink)
    {
        Instrument? instrument = null;
        long? first = null, last = null, previous = null;
        DateTimeOffset? at = null;
        bids.Clear();
        asks.Clear();
        for (var name = Next(ref reader); name != End; name = Next(ref reader))
            switch (name)
            {
                case 's': instrument = index.Find(reader.ValueSpan); break;
                case 'U': first = reader.Whole(); break;
                case 'u': last = reader.Whole(); break;
                case PreviousLast: previous = reader.Whole(); break;
                case 'E': at = reader.Milliseconds(); break;
                case 'b': bids.ReadPairs(ref reader); break;
                case 'a': asks.ReadPairs(ref reader); break;
                default: reader.Skip(); break;
            }

        if ((first, last) is not ({ } from, { } to))
            throw Incomplete("book difference");
        if (instrument is not null)
            sink.DepthChanged(instrument, new()
            {
                FirstUpdateId = from, LastUpdateId = to, PreviousUpdateId = previous, VenueTime = at, Bids = bids.Levels, Asks = asks.Levels,
            });
    }

    private void ReadCandle(ref WireReader reader, IMarketSink sink)
    {
        Instrument? instrument = null;
        BinanceBar? bar = null;
        for (var name = Next(ref reader); name != End; name = Next(ref reader))
            switch (name)
            {
                case 's': instrument = index.Find(reader.ValueSpan); break;
                case 'k': bar = reader.Element().Deserialize<BinanceBar>(BinanceJson.Options); break;
                default: reader.Skip(); break;
            }

        if (bar is null)
            throw Incomplete("candle");
        if (instrument is not null && bar.ToCandle() is { } candle)
            sink.BarChanged(instrument, CandleInterval.OneMinute, candle);
    }

    private void ReadDay(ref WireReader reader, IMarketSink sink)
    {
        var day = reader.Element().Deserialize<BinanceDay>(BinanceJson.Options) ?? throw Incomplete("day");
        if (index.Find(day.VenueSymbol) is { } instrument)
            sink.DayChanged(instrument, day.ToSummary());
    }

    private static void ThrowWhenEnding(ref WireReader reader)
    {
        for (var name = Next(ref reader); name != End; name = Next(ref reader))
            if (name == 'e' && reader.ValueTextEquals("serverShutdown"u8))
                throw new WebSocketException("The venue is shutting down.");
            else
                reader.Skip();
    }

    private const int End = -1;
    private const int Longer = 0;
    private const int PreviousLast = ('p' << 8) | 'u';

    // The names that matter have one letter or two; the reader then stands on the value.
    private static int Next(ref WireReader reader)
    {
        reader.Read();
        if (reader.TokenType is JsonTokenType.EndObject)
            return End;
        var name = reader.ValueSpan switch { [var letter] => letter, [var one, var two] => (one << 8) | two, _ => Longer };
        reader.Read();
        return name;
    }

    private static JsonException Incomplete(string what) => new($"A {what} lacks a member.");
}
