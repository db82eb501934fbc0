using System.Net.WebSockets;
using System.Text.Json;
using Platform.Domain.Markets;
using Platform.Workers.Markets.Venues.Streams;
using Platform.Workers.Markets.Venues.Wire;

namespace Platform.Workers.Markets.Venues.Bitstamp;

/// <summary>One public connection to Bitstamp (WebSocket API v2, 2026-07): trades, and what changed in books.</summary>
internal sealed class BitstampStream(Uri address, IReadOnlyList<Instrument> instruments) : IStreamProtocol
{
    private static readonly string[] Channels = ["live_trades_", "diff_order_book_"];

    private readonly InstrumentIndex index = new(instruments);
    private readonly DepthParts depth = new();

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
        var reader = new WireReader(message);
        reader.BeginObject();
        WireReader data = default;
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
            throw new WebSocketException($"Refused: {data.Element()}");
    }

    private Instrument? Of(ReadOnlySpan<byte> channel, ReadOnlySpan<byte> kind) =>
        channel.StartsWith(kind) ? index.Find(channel[kind.Length..]) : null;

    private static void ReadTrade(ref WireReader reader, Instrument? instrument, IMarketSink sink)
    {
        WireTrade trade = default;
        reader.Expect(JsonTokenType.StartObject);
        while (reader.NextMember())
            if (reader.At("id"u8))
                trade.Id = reader.Whole();
            else if (reader.At("price_str"u8))
                trade.Price = reader.Price();
            else if (reader.At("amount_str"u8))
                trade.Quantity = reader.Quantity();
            else if (reader.At("type"u8))
                trade.Side = reader.Whole() == 0 ? TakerSide.Buy : TakerSide.Sell;
            else if (reader.At("microtimestamp"u8))
                trade.At = WireTime.FromMicroseconds(reader.Whole());
            else
                reader.Skip();

        trade.Tell(instrument, sink);
    }

    // The microsecond that it is of is its number.
    private void ReadDepth(ref WireReader reader, Instrument? instrument, IMarketSink sink)
    {
        depth.Begin();
        reader.Expect(JsonTokenType.StartObject);
        while (reader.NextMember())
            if (reader.At("microtimestamp"u8))
            {
                depth.First = depth.Last = reader.Whole();
                depth.At = WireTime.FromMicroseconds(depth.Last.Value);
            }
            else if (reader.At("bids"u8))
                depth.Bids.ReadPairs(ref reader);
            else if (reader.At("asks"u8))
                depth.Asks.ReadPairs(ref reader);
            else
                reader.Skip();

        depth.Tell(instrument, sink);
    }
}
