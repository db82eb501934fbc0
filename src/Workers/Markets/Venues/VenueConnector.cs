namespace Platform.Workers.Markets.Venues;

/// <summary>What a connector can do at one venue; null: the venue has nothing of the kind, or the connector does not do it.</summary>
public sealed record VenueParts(
    IVenueMarketData MarketData, IVenueTrading? Trading = null, IVenueAccount? Account = null,
    IVenueWithdrawals? Withdrawals = null, IVenueDerivatives? Derivatives = null, IVenuePositions? Positions = null)
{
    public IVenueLedger? Ledger { get; init; }

    public IVenueMargin? Margin { get; init; }

    public IVenueConversion? Conversion { get; init; }

    public IVenueQuotes? Quotes { get; init; }

    public IVenueDelistings? Delistings { get; init; }
}

/// <summary>A kind of venue that the platform can speak to; each is one line in <see cref="VenueConnectors.All"/>.</summary>
/// <param name="Name">As the configuration calls it.</param>
/// <param name="Rest">The venue's own public address, unless the configuration names another.</param>
/// <param name="Stream">The same for the public streams.</param>
/// <param name="Connect">Makes the parts of one venue.</param>
internal sealed record VenueConnector(string Name, Uri Rest, Uri Stream, Func<VenueLink, VenueParts> Connect)
{
    /// <summary>Null: at <see cref="Stream"/>.</summary>
    public Uri? PrivateStream { get; init; }

    /// <summary>Whether orders can go by WebSocket.</summary>
    public bool TakesOrdersByWebSocket { get; init; }

    /// <summary>A stream of this venue on which nothing came for so long is dead.</summary>
    public TimeSpan Silence { get; init; } = TimeSpan.FromSeconds(30);
}
