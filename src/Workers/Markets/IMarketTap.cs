using Platform.Domain.Markets;
using Platform.Workers.Markets.Venues;

namespace Platform.Workers.Markets;

/// <summary>
/// Hears everything that the feeds hear, as it comes, after the board knows it: register one, and each feed asks it for a sink.
/// A tap that waits holds up the venue's stream.
/// </summary>
public interface IMarketTap
{
    /// <summary>Called once for each venue, before its stream starts; its calls come one at a time.</summary>
    IVenueTap Tap(ConnectedVenue venue);
}

/// <summary>Hears what the feed of one venue hears.</summary>
public interface IVenueTap : IMarketSink
{
    /// <summary>The feed follows these, whether or not the venue has something to say of them. Called before it first connects.</summary>
    void Follow(IReadOnlyList<Instrument> instruments);
}
