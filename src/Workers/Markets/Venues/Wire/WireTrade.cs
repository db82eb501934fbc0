using System.Runtime.InteropServices;
using System.Text.Json;
using Platform.Domain.Markets;
using Platform.Domain.Values;

namespace Platform.Workers.Markets.Venues.Wire;

/// <summary>A trade while its members are read, in whatever order they come.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct WireTrade
{
    public long? Id { get; set; }

    public Price? Price { get; set; }

    public Quantity? Quantity { get; set; }

    public TakerSide? Side { get; set; }

    public DateTimeOffset? At { get; set; }

    /// <param name="instrument">Null where nobody asked for it: then nothing is told.</param>
    /// <exception cref="JsonException">A member did not come.</exception>
    public readonly void Tell(Instrument? instrument, IMarketSink sink)
    {
        var trade = Whole();
        if (instrument is not null)
            sink.Traded(instrument, trade);
    }

    /// <exception cref="JsonException">A member did not come.</exception>
    public readonly PublicTrade Whole() =>
        (Id, Price, Quantity, Side, At) is ({ } id, { } price, { } quantity, { } side, { } at)
            ? new(id, price, quantity, side, at)
            : throw new JsonException("A trade without its number, price, quantity, side or time.");
}
