using Platform.Tests.Support;

namespace Platform.Workers.Tests.Markets;

/// <summary>What the venue really says, recorded, beside the checkout; without it a test that needs it is skipped.</summary>
internal static class RecordedVenueData
{
    /// <summary>The JSON of a REST answer of Binance.Net's recordings: the file less method, path and signed flag.</summary>
    public static string Endpoint(string name) =>
        string.Join('\n', File.ReadAllLines(PathOf("binance-net", "Endpoints", "Spot", name + ".txt"))[3..]);

    /// <summary>The message that follows the "=" of Binance.Net's recorded subscriptions.</summary>
    public static string Subscription(string name)
    {
        var text = File.ReadAllText(PathOf("binance-net", "Subscriptions", "Spot", name + ".txt"));
        return text[(text.IndexOf("\n=", StringComparison.Ordinal) + 2)..];
    }

    /// <summary>A payload of nautilus_trader's recordings.</summary>
    public static string Payload(string name) =>
        File.ReadAllText(PathOf("nautilus", "venue-payloads", "binance", "spot", name + ".json"));

    private static string PathOf(params string[] parts)
    {
        var path = RepositoryRoot.Combine(["..", "shared", "data", "market", .. parts]);
        Assert.SkipUnless(File.Exists(path), $"The recorded data {string.Join('/', parts)} is not beside the checkout.");
        return path;
    }
}
