using Platform.Tests.Support;

namespace Platform.Workers.Tests.Markets;

/// <summary>What venues really say, recorded, by the ways in which the recordings write it.</summary>
internal static class RecordedVenueData
{
    /// <summary>The JSON of a REST answer of Binance.Net's recordings: the file less method, path and signed flag.</summary>
    public static string Endpoint(string name) =>
        string.Join('\n', File.ReadAllLines(PathOf("Endpoints", name))[3..]);

    /// <summary>The message that follows the "=" of Binance.Net's recorded subscriptions.</summary>
    public static string Subscription(string name)
    {
        var text = File.ReadAllText(PathOf("Subscriptions", name));
        return text[(text.IndexOf("\n=", StringComparison.Ordinal) + 2)..];
    }

    /// <summary>A payload of nautilus_trader's recordings.</summary>
    public static string Payload(string name) =>
        File.ReadAllText(RecordedMarketData.Path("nautilus", "venue-payloads", "binance", "spot", name + ".json"));

    private static string PathOf(string kind, string name) =>
        RecordedMarketData.Path("binance-net", kind, "Spot", name + ".txt");
}
