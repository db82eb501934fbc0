using Platform.PaperVenue.Matching;

namespace Platform.PaperVenue.Protocol;

/// <summary>How Binance spells what the engine knows.</summary>
public static class Spelling
{
    public static string Of(Side side) => side == Side.Buy ? "BUY" : "SELL";

    public static string Of(OrderType type) => type switch
    {
        OrderType.Limit => "LIMIT",
        OrderType.Market => "MARKET",
        _ => "LIMIT_MAKER",
    };

    public static string Of(TimeInForce timeInForce) => timeInForce switch
    {
        TimeInForce.Gtc => "GTC",
        TimeInForce.Ioc => "IOC",
        _ => "FOK",
    };

    public static string Of(SelfTradePrevention mode) => mode switch
    {
        SelfTradePrevention.None => "NONE",
        SelfTradePrevention.ExpireTaker => "EXPIRE_TAKER",
        SelfTradePrevention.ExpireMaker => "EXPIRE_MAKER",
        _ => "EXPIRE_BOTH",
    };

    public static string Of(OrderStatus status) => status switch
    {
        OrderStatus.New => "NEW",
        OrderStatus.PartiallyFilled => "PARTIALLY_FILLED",
        OrderStatus.Filled => "FILLED",
        OrderStatus.Canceled => "CANCELED",
        OrderStatus.Expired => "EXPIRED",
        _ => "EXPIRED_IN_MATCH",
    };

    public static Side? ReadSide(string word) => Find(word, Of, Enum.GetValues<Side>());

    public static OrderType? ReadOrderType(string word) => Find(word, Of, Enum.GetValues<OrderType>());

    public static TimeInForce? ReadTimeInForce(string word) => Find(word, Of, Enum.GetValues<TimeInForce>());

    public static SelfTradePrevention? ReadSelfTradePrevention(string word) =>
        Find(word, Of, Enum.GetValues<SelfTradePrevention>());

    private static T? Find<T>(string word, Func<T, string> spell, ReadOnlySpan<T> values)
        where T : struct
    {
        foreach (var value in values)
        {
            if (string.Equals(spell(value), word, StringComparison.Ordinal))
                return value;
        }
        return null;
    }
}
