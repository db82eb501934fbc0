using System.Text.Json.Serialization;
using Platform.Domain.Values;

namespace Platform.Workers.Markets.Venues.Binance;

/// <summary>The balances of the key's account; assets that it never held are left out.</summary>
public sealed record BinanceAccount(bool CanTrade, DateTimeOffset UpdateTime, IReadOnlyList<BinanceBalance> Balances);

/// <param name="Asset">The venue's code; may lie outside the alphabet of <see cref="Domain.Values.Asset"/>.</param>
/// <param name="Locked">Held by open orders.</param>
public sealed record BinanceBalance(string Asset, Quantity Free, Quantity Locked);

/// <summary>What the account pays on one market.</summary>
public sealed record BinanceCommission(
    [property: JsonPropertyName("symbol")] string VenueSymbol,
    [property: JsonPropertyName("standardCommission")] BinanceCommissionRates Standard);

/// <summary>Fractions of what is received: 0.001 is a tenth of a per cent.</summary>
public sealed record BinanceCommissionRates(decimal Maker, decimal Taker, decimal Buyer, decimal Seller);
