using System.Text.Json;
using Platform.Domain.Markets;

namespace Platform.Workers.Markets.Venues.Wire;

/// <summary>What was read of a book difference so far; one for each connection, used again for the next message.</summary>
internal sealed class DepthParts
{
    public LevelBuffer Bids { get; } = new();

    public LevelBuffer Asks { get; } = new();

    public long? First { get; set; }

    public long? Last { get; set; }

    public DateTimeOffset? At { get; set; }

    /// <summary>Another message: what was read of the last one is forgotten.</summary>
    public void Begin()
    {
        Bids.Clear();
        Asks.Clear();
        (First, Last, At) = (null, null, null);
    }

    /// <exception cref="JsonException">Its numbers are missing.</exception>
    public void Tell(Instrument? instrument, IMarketSink sink)
    {
        if ((First, Last) is not ({ } first, { } last))
            throw new JsonException("A book difference lacks its numbers.");
        if (instrument is not null)
            sink.DepthChanged(instrument, new()
            {
                FirstUpdateId = first, LastUpdateId = last, VenueTime = At, Bids = Bids.Levels, Asks = Asks.Levels,
            });
    }
}
