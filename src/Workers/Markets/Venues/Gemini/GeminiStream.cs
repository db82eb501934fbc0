using System.Net.WebSockets;
using System.Text.Json;
using Platform.Domain.Markets;
using Platform.Workers.Markets.Venues.Streams;
using Platform.Workers.Markets.Venues.Wire;

namespace Platform.Workers.Markets.Venues.Gemini;

/// <summary>One public connection to Gemini (market data v2, 2026-07): trades, books and running minutes.</summary>
internal sealed class GeminiStream(Uri root, IReadOnlyList<Instrument> instruments) : IStreamProtocol
{
    private readonly InstrumentIndex index = new(instruments);
    private readonly HashSet<Instrument> begun = [];
    private readonly LevelBuffer bids = new();
    private readonly LevelBuffer asks = new();

    public IReadOnlyList<string> Subscriptions { get; } =
    [
        JsonSerializer.Serialize(new
        {
            type = "subscribe",
            subscriptions = new[] { "l2", "candles_1m" }.Select(name =>
                new { name, symbols = instruments.Select(instrument => instrument.VenueSymbol) }),
        }),
    ];

    public ValueTask<Uri> AddressAsync(CancellationToken cancellationToken) => ValueTask.FromResult(new Uri(root, "/v2/marketdata"));

    /// <summary>The first message about a book is the whole of it.</summary>
    public void Restart() => begun.Clear();

    public void Read(ReadOnlySpan<byte> message, IMarketSink sink)
    {
        var reader = new WireReader(message);
        reader.BeginObject();
        var start = reader;
        ReadOnlySpan<byte> type = default;
        while (reader.NextMember())
            if (reader.At("type"u8))
                type = reader.ValueSpan;
            else if (reader.At("result"u8) && reader.Is("error"u8))
                throw new WebSocketException("The venue refused the subscription.");
            else
                reader.Skip();

        if (type.SequenceEqual("l2_updates"u8))
            ReadBook(ref start, sink);
        else if (type.SequenceEqual("trade"u8))
            ReadTrade(ref start, sink);
        else if (type.SequenceEqual("candles_1m_updates"u8))
            ReadBars(start.Element(), sink);
    }

    // What traded before the subscription comes along, and was told once already: who missed it asks for it.
    private void ReadBook(ref WireReader reader, IMarketSink sink)
    {
        Instrument? instrument = null;
        bids.Clear();
        asks.Clear();
        while (reader.NextMember())
            if (reader.At("symbol"u8))
                instrument = index.Find(reader.ValueSpan);
            else if (reader.At("changes"u8))
                ReadChanges(ref reader);
            else
                reader.Skip();

        if (instrument is not null)
            sink.DepthChanged(instrument, new()
            {
                IsSnapshot = begun.Add(instrument), Bids = bids.Levels, Asks = asks.Levels,
            });
    }

    // ["buy", "price", "quantity"].
    private void ReadChanges(ref WireReader reader)
    {
        reader.Expect(JsonTokenType.StartArray);
        while (reader.NextElement())
        {
            reader.Expect(JsonTokenType.StartArray);
            reader.Read();
            var side = reader.Is("buy"u8) ? bids : asks;
            reader.Read();
            var price = reader.Price();
            reader.Read();
            side.Add(new(price, reader.Quantity()));
            while (reader.NextElement())
                reader.Skip();
        }
    }

    private void ReadTrade(ref WireReader reader, IMarketSink sink)
    {
        Instrument? instrument = null;
        WireTrade trade = default;
        while (reader.NextMember())
            if (reader.At("symbol"u8))
                instrument = index.Find(reader.ValueSpan);
            else if (reader.At("event_id"u8))
                trade.Id = reader.Whole();
            else if (reader.At("price"u8))
                trade.Price = reader.Price();
            else if (reader.At("quantity"u8))
                trade.Quantity = reader.Quantity();
            else if (reader.At("side"u8))
                trade.Side = reader.Is("buy"u8) ? TakerSide.Buy : TakerSide.Sell;
            else if (reader.At("timestamp"u8))
                trade.At = reader.Milliseconds();
            else
                reader.Skip();

        trade.Tell(instrument, sink);
    }

    private void ReadBars(JsonElement message, IMarketSink sink)
    {
        if (index.Find(message.Text("symbol")) is not { } instrument)
            return;
        // Newest first, and in the first message a day of them: the running one, and the one that it ended.
        foreach (var bar in message.GetProperty("changes").EnumerateArray().Take(2).Reverse())
            sink.BarChanged(instrument, CandleInterval.OneMinute, GeminiAnswers.CandleOf(bar));
    }
}
