namespace Platform.Workers.Markets.Venues.Gate;

/// <summary>Gate.io spot, its public side.</summary>
internal static class GateConnector
{
    public static VenueConnector Of { get; } = new(
        "gate", new("https://api.gateio.ws"), new("wss://api.gateio.ws"), link => new(new GateMarketData(link)));
}
