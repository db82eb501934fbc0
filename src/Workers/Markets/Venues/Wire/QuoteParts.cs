using System.Runtime.InteropServices;
using Platform.Domain.Markets;
using Platform.Domain.Values;

namespace Platform.Workers.Markets.Venues.Wire;

/// <summary>What was read of the best bid and ask so far; a side on which nobody stands is left empty by the venue.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct QuoteParts
{
    private Price? bid;
    private Price? ask;
    private Quantity bidQuantity;
    private Quantity askQuantity;

    public DateTimeOffset? At { get; set; }

    public void ReadBid(ref readonly WireReader reader) => bid = reader.IsNone() ? null : reader.PriceOrNone();

    public void ReadBidQuantity(ref readonly WireReader reader) =>
        bidQuantity = reader.IsNone() ? Quantity.Zero : reader.Quantity();

    public void ReadAsk(ref readonly WireReader reader) => ask = reader.IsNone() ? null : reader.PriceOrNone();

    public void ReadAskQuantity(ref readonly WireReader reader) =>
        askQuantity = reader.IsNone() ? Quantity.Zero : reader.Quantity();

    public readonly void Tell(Instrument? instrument, IMarketSink sink)
    {
        if (instrument is not null)
            sink.Quoted(instrument, new(bid, bidQuantity, ask, askQuantity, At));
    }
}
