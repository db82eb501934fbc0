using System.Text.Json;
using Platform.Domain.Markets;
using Platform.Tests.Support;

namespace Platform.Workers.Tests.Markets.Venues;

/// <summary>A payload of nautilus_trader's recordings, as the venue sent it.</summary>
internal static class RecordedPayload
{
    public static byte[] Bytes(string venue, string name) =>
        File.ReadAllBytes(RecordedMarketData.Path("nautilus", "venue-payloads", venue, name + ".json"));

    public static JsonElement Json(string venue, string name)
    {
        using var document = JsonDocument.Parse(Bytes(venue, name));
        return document.RootElement.Clone();
    }

    public static DateTimeOffset At(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);

    public static BookLevel Level(decimal price, decimal quantity) =>
        new(Domain.Values.Price.From(price), Domain.Values.Quantity.From(quantity));
}
