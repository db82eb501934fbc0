namespace Platform.Workers.Markets.Venues.Gemini;

/// <summary>Gemini, its public side.</summary>
internal static class GeminiConnector
{
    public static VenueConnector Of { get; } = new(
        "gemini", new("https://api.gemini.com"), new("wss://api.gemini.com"), link => new(new GeminiMarketData(link)))
    {
        // Nothing is said where nothing changes, and the venue takes no pings of ours.
        Silence = TimeSpan.FromMinutes(2),
    };
}
