using Platform.Domain.Markets;

namespace Platform.Workers.Markets.History;

/// <summary>The bars [From, To) of a market that are to be healed, and where.</summary>
/// <param name="Id">Of the market, in rows.</param>
/// <param name="Level">Minute, hour or day.</param>
internal sealed record HealTarget(
    ConnectedVenue Venue, Instrument Instrument, int Id, BarLevel Level, DateTimeOffset From, DateTimeOffset To);
