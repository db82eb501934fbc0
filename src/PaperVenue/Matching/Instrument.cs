namespace Platform.PaperVenue.Matching;

/// <summary>One market and its trading rules; prices in quote units, quantities in base units.</summary>
/// <param name="TickSize">Prices are whole multiples of it.</param>
/// <param name="LotSize">Quantities are whole multiples of it; a tick times a lot has at most 8 decimals.</param>
/// <param name="MinNotional">The least price times quantity of an order, in quote units.</param>
public sealed record Instrument(
    string Symbol, string BaseAsset, string QuoteAsset, decimal TickSize, decimal LotSize, decimal MaxQuantity,
    decimal MinNotional)
{
    /// <summary>Every amount of every asset is kept to this many decimals.</summary>
    public const int Decimals = 8;

    public const decimal MaxNotional = 9_000_000m;

    /// <summary>Open orders that one account may have in one market.</summary>
    public const int MaxOpenOrders = 200;

    public const decimal MaxPrice = 1_000_000m;

    /// <summary>The markets every paper venue lists.</summary>
    public static IReadOnlyList<Instrument> Listed { get; } =
    [
        new("BTCUSDT", "BTC", "USDT", 0.01m, 0.00001m, 9_000m, 5m),
        new("ETHUSDT", "ETH", "USDT", 0.01m, 0.0001m, 90_000m, 5m),
        new("BNBUSDT", "BNB", "USDT", 0.01m, 0.001m, 900_000m, 5m),
        new("ETHBTC", "ETH", "BTC", 0.00001m, 0.001m, 90_000m, 0.0001m),
        new("SOLUSDT", "SOL", "USDT", 0.01m, 0.001m, 900_000m, 5m),
        new("XRPUSDT", "XRP", "USDT", 0.0001m, 0.1m, 9_000_000m, 5m),
        new("ADAUSDT", "ADA", "USDT", 0.0001m, 0.1m, 9_000_000m, 5m),
        new("DOGEUSDT", "DOGE", "USDT", 0.00001m, 1m, 9_000_000m, 5m),
        new("LTCUSDT", "LTC", "USDT", 0.01m, 0.001m, 90_000m, 5m),
        new("LINKUSDT", "LINK", "USDT", 0.001m, 0.01m, 900_000m, 5m),
        new("AVAXUSDT", "AVAX", "USDT", 0.001m, 0.01m, 900_000m, 5m),
        new("DOTUSDT", "DOT", "USDT", 0.001m, 0.01m, 900_000m, 5m),
    ];

    public IReadOnlyList<string> Assets => [BaseAsset, QuoteAsset];

    public decimal MinQuantity => LotSize;

    public decimal FloorToLot(decimal quantity) => Math.Floor(quantity / LotSize) * LotSize;

    public decimal FloorToTick(decimal price) => Math.Floor(price / TickSize) * TickSize;

    /// <summary>What the venue takes of one side's proceeds: cut, not rounded, to the eighth decimal.</summary>
    public static decimal Commission(decimal proceeds, decimal rate) =>
        decimal.Round(proceeds * rate, Decimals, MidpointRounding.ToZero);
}

/// <summary>Shares of the proceeds, not percent: 0.001 is 0.1 %.</summary>
public sealed record CommissionRates(decimal Maker, decimal Taker)
{
    public static CommissionRates Demo { get; } = new(0.001m, 0.001m);
}
