using System.Net.WebSockets;
using System.Text.Json;
using Platform.Domain.Markets;
using Platform.Workers.Markets.Venues.Streams;
using Platform.Workers.Markets.Venues.Wire;

namespace Platform.Workers.Markets.Venues.KuCoin;

/// <summary>
/// One public connection to KuCoin spot (2026-07): trades, best bid and ask, what changed in books, running minutes and 24 hours.
/// </summary>
/// <param name="ticketAsync">Where to connect, with the ticket for one connection.</param>
internal sealed class KuCoinStream(
    Func<CancellationToken, ValueTask<Uri>> ticketAsync, IReadOnlyList<Instrument> instruments) : IStreamProtocol
{
    private readonly InstrumentIndex index = new(instruments);
    private readonly DepthParts depth = new();

    public IReadOnlyList<string> Subscriptions { get; } =
    [
        Subscribe("/market/match", instruments, string.Empty), Subscribe("/market/level2", instruments, string.Empty),
        Subscribe("/market/ticker", instruments, string.Empty), Subscribe("/market/candles", instruments, "_1min"),
        Subscribe("/market/snapshot", instruments, string.Empty),
    ];

    // The ticket says how often, and has said 18 s since it is given out.
    public StreamPing Ping { get; } = new(() => """{"id":"ping","type":"ping"}""", TimeSpan.FromSeconds(10));

    public ValueTask<Uri> AddressAsync(CancellationToken cancellationToken) => ticketAsync(cancellationToken);

    public void Restart()
    {
        // Books are asked for anew, and no message belongs to another.
    }

    public void Read(ReadOnlySpan<byte> message, IMarketSink sink)
    {
        var reader = new WireReader(message);
        reader.BeginObject();
        WireReader data = default;
        ReadOnlySpan<byte> topic = default, subject = default;
        var isRefused = false;
        while (reader.NextMember())
            if (reader.At("topic"u8))
                topic = reader.ValueSpan;
            else if (reader.At("subject"u8))
                subject = reader.ValueSpan;
            else if (reader.At("type"u8))
                isRefused = reader.Is("error"u8);
            else if (reader.At("data"u8))
            {
                data = reader;
                reader.Skip();
            }
            else
                reader.Skip();

        if (isRefused)
            throw new WebSocketException($"Refused: {data.Element()}");
        if (data.TokenType is JsonTokenType.StartObject)
            ReadData(ref data, topic[(topic.IndexOf((byte)':') + 1)..], subject, sink);
    }

    // By how often they come.
    private void ReadData(ref WireReader data, ReadOnlySpan<byte> name, ReadOnlySpan<byte> subject, IMarketSink sink)
    {
        if (subject.SequenceEqual("trade.l2update"u8))
            ReadDepth(ref data, index.Find(name), sink);
        else if (subject.SequenceEqual("trade.ticker"u8))
            ReadQuote(ref data, index.Find(name), sink);
        else if (subject.SequenceEqual("trade.l3match"u8))
            ReadTrade(ref data, index.Find(name), sink);
        else if (subject.StartsWith("trade.candles."u8))
            ReadBar(data.Element(), index.Find(name[..Math.Max(0, name.LastIndexOf((byte)'_'))]), sink);
        else if (subject.SequenceEqual("trade.snapshot"u8) && index.Find(name) is { } instrument)
            sink.DayChanged(instrument, KuCoinAnswers.StreamedDayOf(data.Element().GetProperty("data")));
    }

    private static void ReadTrade(ref WireReader reader, Instrument? instrument, IMarketSink sink)
    {
        WireTrade trade = default;
        while (reader.NextMember())
            if (reader.At("sequence"u8))
                trade.Id = reader.Whole();
            else if (reader.At("price"u8))
                trade.Price = reader.Price();
            else if (reader.At("size"u8))
                trade.Quantity = reader.Quantity();
            else if (reader.At("side"u8))
                trade.Side = reader.Is("buy"u8) ? TakerSide.Buy : TakerSide.Sell;
            else if (reader.At("time"u8))
                trade.At = WireTime.FromNanoseconds(reader.Whole());
            else
                reader.Skip();

        trade.Tell(instrument, sink);
    }

    private static void ReadQuote(ref WireReader reader, Instrument? instrument, IMarketSink sink)
    {
        QuoteParts quote = default;
        while (reader.NextMember())
            if (reader.At("bestBid"u8))
                quote.ReadBid(in reader);
            else if (reader.At("bestBidSize"u8))
                quote.ReadBidQuantity(in reader);
            else if (reader.At("bestAsk"u8))
                quote.ReadAsk(in reader);
            else if (reader.At("bestAskSize"u8))
                quote.ReadAskQuantity(in reader);
            else if (reader.At("time"u8) || reader.At("Time"u8))
                quote.At = reader.Milliseconds();
            else
                reader.Skip();

        quote.Tell(instrument, sink);
    }

    private void ReadDepth(ref WireReader reader, Instrument? instrument, IMarketSink sink)
    {
        depth.Begin();
        while (reader.NextMember())
            if (reader.At("sequenceStart"u8))
                depth.First = reader.Whole();
            else if (reader.At("sequenceEnd"u8))
                depth.Last = reader.Whole();
            else if (reader.At("time"u8))
                depth.At = reader.Milliseconds();
            else if (reader.At("changes"u8))
                ReadChanges(ref reader);
            else
                reader.Skip();

        depth.Tell(instrument, sink);
    }

    private void ReadChanges(ref WireReader reader)
    {
        reader.Expect(JsonTokenType.StartObject);
        while (reader.NextMember())
            if (reader.At("bids"u8))
                ReadLevels(ref reader, depth.Bids);
            else if (reader.At("asks"u8))
                ReadLevels(ref reader, depth.Asks);
            else
                reader.Skip();
    }

    // ["price", "size", "number"]; a price of zero changes nothing but the number.
    private static void ReadLevels(ref WireReader reader, LevelBuffer levels)
    {
        reader.Expect(JsonTokenType.StartArray);
        while (reader.NextElement())
        {
            reader.Expect(JsonTokenType.StartArray);
            reader.Read();
            var price = reader.PriceOrNone();
            reader.Read();
            var quantity = reader.Quantity();
            if (price is { } level)
                levels.Add(new(level, quantity));
            while (reader.NextElement())
                reader.Skip();
        }
    }

    private static void ReadBar(JsonElement data, Instrument? instrument, IMarketSink sink)
    {
        if (instrument is not null)
            sink.BarChanged(instrument, CandleInterval.OneMinute, KuCoinAnswers.CandleOf(data.GetProperty("candles")));
    }

    private static string Subscribe(string topic, IReadOnlyList<Instrument> instruments, string ending) =>
        $$"""{"id":"{{topic}}","type":"subscribe","topic":"{{topic}}:{{string.Join(',', instruments.Select(instrument =>
            instrument.VenueSymbol + ending))}}","response":true}""";
}
