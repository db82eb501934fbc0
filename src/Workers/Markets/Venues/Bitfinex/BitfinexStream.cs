using System.Net.WebSockets;
using System.Text.Json;
using Platform.Domain.Markets;
using Platform.Domain.Values;
using Platform.Workers.Markets.Venues.Streams;
using Platform.Workers.Markets.Venues.Wire;

namespace Platform.Workers.Markets.Venues.Bitfinex;

/// <summary>
/// One public connection to Bitfinex (WebSocket API v2, 2026-07). Messages are arrays that begin with the number of a channel
/// and end with the count of the connection: one that is missing ends it.
/// </summary>
internal sealed class BitfinexStream(VenueLink link, IReadOnlyList<Instrument> instruments) : IStreamProtocol
{
    // SEQ_ALL counts messages, OB_CHECKSUM sends the sums of books.
    private const int Flags = 65536 + 131072;
    private const int Restarting = 20051;
    private const int MaintenanceBegins = 20060;
    private const int MaintenanceEnds = 20061;

    private readonly InstrumentIndex index = new(instruments);
    private readonly Dictionary<long, (Channel Channel, Instrument Instrument)> channels = [];
    private readonly LevelBuffer bids = new();
    private readonly LevelBuffer asks = new();
    private long? count;

    private enum Channel
    {
        Trades = 0,
        Book,
        Ticker,
        Candles,
    }

    public IReadOnlyList<string> Subscriptions { get; } =
    [
        JsonSerializer.Serialize(new { @event = "conf", flags = Flags }),
        .. instruments.SelectMany(instrument => Subscribe(instrument.VenueSymbol)),
    ];

    public StreamPing Ping { get; } = new(() => """{"event":"ping","cid":1}""", TimeSpan.FromSeconds(10));

    public ValueTask<Uri> AddressAsync(CancellationToken cancellationToken) => ValueTask.FromResult(new Uri(link.Stream, "/ws/2"));

    /// <summary>Channels get other numbers, and the count begins anew.</summary>
    public void Restart()
    {
        channels.Clear();
        count = null;
    }

    public void Read(ReadOnlySpan<byte> message, IMarketSink sink)
    {
        var reader = new WireReader(message);
        reader.Read();
        if (reader.TokenType is JsonTokenType.StartObject)
        {
            Heed(reader.Element(), sink);
            return;
        }

        reader.Expect(JsonTokenType.StartArray);
        reader.Read();
        var number = reader.Whole();
        reader.Read();
        var tag = reader.TokenType is JsonTokenType.String ? reader.ValueSpan : default;
        // Heartbeats have a tag alone; all else holds something behind it.
        if (!tag.IsEmpty && !tag.SequenceEqual("hb"u8))
            reader.Read();
        var payload = reader;
        reader.Skip();
        reader.Read();
        if (!IsNext(reader.TokenType is JsonTokenType.Number ? reader.Whole() : null) || tag.SequenceEqual("hb"u8))
            return;
        if (channels.TryGetValue(number, out var about))
            ReadPayload(ref payload, tag, about.Channel, about.Instrument, sink);
    }

    /// <summary>False for one that came before.</summary>
    private bool IsNext(long? told)
    {
        if (told is { } now && count is { } last)
        {
            if (now <= last)
                return false;
            if (now != last + 1)
                throw new JsonException($"gap: {last} is followed by {now}");
        }

        count = told ?? count;
        return true;
    }

    // By how often they come.
    private void ReadPayload(
        ref WireReader payload, ReadOnlySpan<byte> tag, Channel channel, Instrument instrument, IMarketSink sink)
    {
        if (channel is Channel.Book && tag.IsEmpty)
            ReadBook(ref payload, instrument, sink);
        else if (channel is Channel.Book && tag.SequenceEqual("cs"u8))
            sink.DepthChanged(instrument, new() { Checksum = unchecked((uint)checked((int)payload.Whole())) });
        else if (channel is Channel.Trades && tag.SequenceEqual("te"u8))
            ReadTrade(ref payload, instrument, sink);
        else if (channel is Channel.Ticker && tag.IsEmpty)
            ReadTicker([.. payload.Element().EnumerateArray()], instrument, sink);
        else if (channel is Channel.Candles && tag.IsEmpty)
            ReadBars(payload.Element(), instrument, sink);
    }

    // [[price, orders, amount], …] is the whole book, [price, orders, amount] one level of it.
    private void ReadBook(ref WireReader payload, Instrument instrument, IMarketSink sink)
    {
        bids.Clear();
        asks.Clear();
        payload.Expect(JsonTokenType.StartArray);
        payload.Read();
        var isSnapshot = payload.TokenType is JsonTokenType.StartArray or JsonTokenType.EndArray;
        if (!isSnapshot)
            ReadLevel(ref payload);
        for (; isSnapshot && payload.TokenType is JsonTokenType.StartArray; payload.Read())
        {
            payload.Read();
            ReadLevel(ref payload);
        }

        sink.DepthChanged(instrument, new() { IsSnapshot = isSnapshot, Bids = bids.Levels, Asks = asks.Levels });
    }

    // From the price to the end of the array. No orders: the price is gone, and the amount says from which side.
    private void ReadLevel(ref WireReader reader)
    {
        var price = reader.Price();
        reader.Read();
        var orders = reader.Whole();
        reader.Read();
        var amount = reader.Shortest();
        (amount > 0 ? bids : asks).Add(new(price, orders == 0 ? Quantity.Zero : Quantity.From(Math.Abs(amount))));
        while (reader.NextElement())
            reader.Skip();
    }

    // [number, milliseconds, amount, price]; it comes again as "tu", once it is settled.
    private static void ReadTrade(ref WireReader reader, Instrument instrument, IMarketSink sink)
    {
        reader.Expect(JsonTokenType.StartArray);
        reader.Read();
        var id = reader.Whole();
        reader.Read();
        var at = reader.Milliseconds();
        reader.Read();
        var amount = reader.Shortest();
        reader.Read();
        sink.Traded(instrument, new(
            id, reader.Price(), Quantity.From(Math.Abs(amount)), amount > 0 ? TakerSide.Buy : TakerSide.Sell, at));
    }

    private void ReadTicker(IReadOnlyList<JsonElement> ticker, Instrument instrument, IMarketSink sink)
    {
        var day = BitfinexAnswers.DayOf(ticker, link.Time.GetUtcNow());
        sink.Quoted(instrument, new(day.Bid, day.BidQuantity, day.Ask, day.AskQuantity, VenueTime: null));
        sink.DayChanged(instrument, day);
    }

    // The first message holds many, newest first: the running one, and the one that it ended.
    private static void ReadBars(JsonElement payload, Instrument instrument, IMarketSink sink)
    {
        var bars = payload.GetArrayLength() > 0 && payload[0].ValueKind is JsonValueKind.Array
            ? payload.EnumerateArray().Take(2).Reverse()
            : [payload];
        foreach (var bar in bars.Where(bar => bar.GetArrayLength() > 0))
            sink.BarChanged(instrument, CandleInterval.OneMinute, BitfinexAnswers.CandleOf(bar));
    }

    private void Heed(JsonElement told, IMarketSink sink)
    {
        switch (told.Text("event"))
        {
            case "subscribed":
                Begin(told);
                break;
            case "error":
                throw new WebSocketException($"Refused: {told.TextOrNone("msg")}");
            case "info" when told.TryGetProperty("code", out var code) && code.GetInt32() == Restarting:
                throw new WebSocketException("The venue restarts its streams.");
            case "info" when told.TryGetProperty("code", out var code) && code.GetInt32() == MaintenanceBegins:
                sink.StatusChanged(new(VenueState.Maintenance, told.TextOrNone("msg"), VenueTime: null));
                break;
            case "info" when told.TryGetProperty("code", out var code) && code.GetInt32() == MaintenanceEnds:
                // What was said meanwhile is not made up for.
                throw new WebSocketException("The venue is back from maintenance.");
            default: break;
        }
    }

    private void Begin(JsonElement told)
    {
        var kind = told.Text("channel") switch
        {
            "trades" => Channel.Trades,
            "book" => Channel.Book,
            "ticker" => Channel.Ticker,
            "candles" => Channel.Candles,
            var other => throw new JsonException($"No such channel: {other}."),
        };
        var name = told.TextOrNone("symbol") ?? told.Text("key")["trade:1m:".Length..];
        if (index.Find(name) is { } instrument)
            channels[told.Whole("chanId")] = (kind, instrument);
    }

    private static IEnumerable<string> Subscribe(string symbol) =>
    [
        JsonSerializer.Serialize(new { @event = "subscribe", channel = "trades", symbol }),
        JsonSerializer.Serialize(new { @event = "subscribe", channel = "book", symbol, prec = "P0", freq = "F0", len = "250" }),
        JsonSerializer.Serialize(new { @event = "subscribe", channel = "ticker", symbol }),
        JsonSerializer.Serialize(new { @event = "subscribe", channel = "candles", key = $"trade:1m:{symbol}" }),
    ];
}
