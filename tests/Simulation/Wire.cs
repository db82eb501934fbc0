using System.Text.Json;
using System.Text.Json.Serialization;

namespace Platform.Simulation;

/// <summary>How both sides write JSON: camelCase, and decimals as strings.</summary>
public static class Wire
{
    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web)
    {
        NumberHandling = JsonNumberHandling.AllowReadingFromString,
    };
}

/// <summary>The platform's pages: orders, trades, markets and pools come in the same envelope.</summary>
/// <param name="Next">Cursor of the next page; null on the last one, and where a list has no pages.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next);

public sealed record SignedIn(string Token);

public sealed record PoolRow(Guid PoolId);

public sealed record MarketRow(string Market, decimal TickSize, decimal LotSize, decimal MinNotional, string Venue);

public sealed record TickerRow(decimal Last);

public sealed record OrderAnswer(Guid OrderId);

public sealed record OrderRow(
    Guid OrderId, string Market, string Side, string Status, bool IsOpen, decimal FilledQuantity, string ClientOrderId,
    string? VenueOrderId, string? Reason, long Sequence)
{
    /// <summary>Neither on its way to the venue nor waiting for its word: closed, or resting in the venue's book.</summary>
    public bool IsSettled => !IsOpen || Status is "working" or "partiallyFilled";
}

public sealed record FeeRow(string Asset, decimal Amount);

public sealed record TradeRow(
    Guid ExecutionId, Guid OrderId, string Market, string Side, decimal Price, decimal Quantity, FeeRow Fee,
    DateTimeOffset ExecutedAt);
