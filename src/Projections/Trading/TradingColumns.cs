namespace Platform.Projections.Trading;

/// <summary>Where in the row of an order its fields lie; lists and their indexes say it in the same words.</summary>
public static class OrderColumns
{
    public const string Id = "id";
    public const string Market = "(data -> 'state' -> 'terms' ->> 'symbol')";
    public const string Side = "(data -> 'state' -> 'terms' ->> 'side')";
    public const string Type = "(data -> 'state' -> 'terms' ->> 'type')";
    public const string TimeInForce = "(data -> 'state' -> 'terms' ->> 'timeInForce')";
    public const string Quantity = "CAST(data -> 'state' -> 'terms' ->> 'quantity' as numeric)";
    public const string LimitPrice = "CAST(data -> 'state' -> 'terms' ->> 'limitPrice' as numeric)";
    public const string Status = "(data -> 'state' ->> 'status')";
    public const string IsOpen = "CAST(data ->> 'isOpen' as boolean)";
    public const string FilledQuantity = "CAST(data -> 'state' ->> 'cumulativeQuantity' as numeric)";
    public const string ClientOrderId = "(data -> 'state' ->> 'clientOrderId')";
    public const string VenueOrderId = "(data -> 'state' ->> 'venueOrderId')";
    public const string CreatedAt = $"{PlatformStore.Schema}.mt_immutable_timestamptz(data ->> 'createdAt')";
    public const string ClosedAt = $"{PlatformStore.Schema}.mt_immutable_timestamptz(data ->> 'closedAt')";
    public const string Sequence = "CAST(data ->> 'sequence' as bigint)";
}

/// <summary>Where in the row of a trade its fields lie.</summary>
public static class TradeColumns
{
    public const string Id = "id";
    public const string Number = "CAST(data ->> 'number' as bigint)";
    public const string OrderId = "CAST(data ->> 'orderId' as uuid)";
    public const string VenueTradeId = "(data -> 'fill' ->> 'venueTradeId')";
    public const string Market = "(data ->> 'market')";
    public const string Side = "(data ->> 'side')";
    public const string Price = "CAST(data -> 'fill' ->> 'price' as numeric)";
    public const string Quantity = "CAST(data -> 'fill' ->> 'quantity' as numeric)";
    public const string QuoteQuantity = "CAST(data -> 'fill' ->> 'quoteQuantity' as numeric)";
    public const string FeeAmount = "CAST(data -> 'fill' -> 'fee' ->> 'amount' as numeric)";
    public const string FeeAsset = "(data -> 'fill' -> 'fee' ->> 'asset')";
    public const string Liquidity = "(data -> 'fill' ->> 'liquidity')";
    public const string ExecutedAt = $"{PlatformStore.Schema}.mt_immutable_timestamptz(data -> 'fill' ->> 'transactTime')";
    public const string Sequence = "CAST(data ->> 'sequence' as bigint)";
}
