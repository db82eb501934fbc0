using System.Net.WebSockets;
using System.Text.Json;
using Platform.Domain.Markets;
using Platform.Domain.Values;
using Platform.Workers.Markets.Venues.Streams;
using Platform.Workers.Markets.Venues.Wire;

namespace Platform.Workers.Markets.Venues.Bitstamp;

/// <summary>One public connection to Bitstamp (WebSocket API v2, 2026-07): trades, and what changed in books.</summary>
internal sealed class BitstampStream(Uri address, IReadOnlyList<Instrument> instruments) : IStreamProtocol
{
    private static readonly string[] Channels = ["live_trades_", "diff_order_book_"];

    private readonly InstrumentIndex index = new(instruments);
    private readonly LevelBuffer bids = new();
    private readonly LevelBuffer asks = new();

    public IReadOnlyList<string> Subscriptions { get; } =
    [
        .. from instrument in instruments
           from channel in Channels
           select $$$"""{"event":"bts:subscribe","data":{"channel":"{{{channel}}}{{{instrument.VenueSymbol}}}"}}""",
    ];

    public StreamPing Ping { get; } = new(() => """{"event":"bts:heartbeat"}""", TimeSpan.FromSeconds(10));

    public ValueTask<Uri> AddressAsync(CancellationToken cancellationToken) => ValueTask.FromResult(address);

    public void Restart()
    {
        // Books are asked for anew, and no message belongs to another.
    }

    public void Read(ReadOnlySpan<byte> message, IMarketSink sink)
    {
        var reader = new Utf8JsonReader(message);
        reader.BeginObject();
        Utf8JsonReader data = default;
        ReadOnlySpan<byte> channel = default, happened = default;
        while (reader.NextMember())
            if (reader.At("data"u8))
            {
                data = reader;
                reader.Skip();
            }
            else if (reader.At("channel"u8))
                channel = reader.ValueSpan;
            else if (reader.At("event"u8))
                happened = reader.ValueSpan;
            else
                reader.Skip();

        if (happened.SequenceEqual("trade"u8))
            ReadTrade(ref data, Of(channel, "live_trades_"u8), sink);
        else if (happened.SequenceEqual("data"u8))
            ReadDepth(ref data, Of(channel, "diff_order_book_"u8), sink);
        else if (happened.SequenceEqual("bts:request_reconnect"u8))
            throw new WebSocketException("The venue asks for a new connection.");
        else if (happened.SequenceEqual("bts:error"u8))
            throw new WebSocketException($"Refused: {JsonElement.ParseValue(ref data)}");
    }

    private Instrument? Of(ReadOnlySpan<byte> channel, ReadOnlySpan<byte> kind) =>
        channel.StartsWith(kind) ? index.Find(channel[kind.Length..]) : null;

    private static void ReadTrade(ref Utf8JsonReader reader, Instrument? instrument, IMarketSink sink)
    {
        long? id = null, type = null, microseconds = null;
        Price? price = null;
        Quantity? quantity = null;
        reader.Expect(JsonTokenType.StartObject);
        while (reader.NextMember())
            if (reader.At("id"u8))
                id = reader.Whole();
            else if (reader.At("price_str"u8))
                price = reader.Price();
            else if (reader.At("amount_str"u8))
                quantity = reader.Quantity();
            else if (reader.At("type"u8))
                type = reader.Whole();
            else if (reader.At("microtimestamp"u8))
                microseconds = reader.Whole();
            else
                reader.Skip();

        if ((id, price, quantity, type, microseconds) is not ({ } number, { } paid, { } traded, { } side, { } at))
            throw new JsonException("A trade lacks a member.");
        if (instrument is not null)
            sink.Traded(instrument, new(
                number, paid, traded, side == 0 ? TakerSide.Buy : TakerSide.Sell, WireTime.FromMicroseconds(at)));
    }

    private void ReadDepth(ref Utf8JsonReader reader, Instrument? instrument, IMarketSink sink)
    {
        long? microseconds = null;
        bids.Clear();
        asks.Clear();
        reader.Expect(JsonTokenType.StartObject);
        while (reader.NextMember())
            if (reader.At("microtimestamp"u8))
                microseconds = reader.Whole();
            else if (reader.At("bids"u8))
                bids.ReadPairs(ref reader);
            else if (reader.At("asks"u8))
                asks.ReadPairs(ref reader);
            else
                reader.Skip();

        if (microseconds is not { } number)
            throw new JsonException("A book difference lacks its time.");
        if (instrument is not null)
            sink.DepthChanged(instrument, new()
            {
                FirstUpdateId = number, LastUpdateId = number, VenueTime = WireTime.FromMicroseconds(number),
                Bids = bids.Levels, Asks = asks.Levels,
            });
    }
}
