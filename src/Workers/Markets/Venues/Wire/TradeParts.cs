using System.Runtime.InteropServices;
using System.Text.Json;
using Platform.Domain.Markets;
using Platform.Domain.Values;

namespace Platform.Workers.Markets.Venues.Wire;

/// <summary>What was read of a trade so far: members come in any order.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct TradeParts
{
    public long? Id { get; set; }

    public Price? Price { get; set; }

    public Quantity? Quantity { get; set; }

    public TakerSide? Side { get; set; }

    public DateTimeOffset? At { get; set; }

    /// <exception cref="JsonException">A member is missing.</exception>
    public readonly void Tell(Instrument? instrument, IMarketSink sink)
    {
        if ((Id, Price, Quantity, Side, At) is not ({ } id, { } price, { } quantity, { } side, { } at))
            throw new JsonException("A trade lacks a member.");
        if (instrument is not null)
            sink.Traded(instrument, new(id, price, quantity, side, at));
    }
}
