namespace Platform.Workers.Markets.Venues.Budgets;

/// <summary>Whose calls a venue counts together.</summary>
public enum LimitScope
{
    /// <summary>All that come from one network address.</summary>
    Address = 0,

    /// <summary>All that are signed by one key; public calls are then counted for the address.</summary>
    Key,
}

/// <summary>
/// So much weight in so much time. Windows begin at whole multiples since 1970, as Binance's do; of a venue whose window
/// slides, name half of what it allows, for two halves may touch.
/// </summary>
/// <param name="Name">The venue's word for it; the same limit of the same venue has one name everywhere.</param>
public sealed record VenueLimit(string Name, int Limit, TimeSpan Window, LimitScope Scope = LimitScope.Address);

/// <summary>What the venue itself says of its count, with an answer.</summary>
/// <param name="Name">Of the <see cref="VenueLimit"/>.</param>
/// <param name="Used">In the current window.</param>
/// <param name="Limit">Where the venue tells it; null: as documented.</param>
public readonly record struct LimitReading(string Name, int Used, int? Limit = null);
