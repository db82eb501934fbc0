using System.Text.Json;
using System.Text.Json.Serialization;
using Platform.Domain.Values;

namespace Platform.Domain.Markets.Fetching;

/// <summary>What a fact says. Closed: every case is listed here, by the word that it is stored under.</summary>
[JsonDerivedType(typeof(InstrumentTerms), "instrument")]
[JsonDerivedType(typeof(DayFigures), "day")]
[JsonDerivedType(typeof(TopOfBook), "top")]
[JsonDerivedType(typeof(DepthLevels), "depth")]
[JsonDerivedType(typeof(TradePrint), "trade")]
[JsonDerivedType(typeof(VenueBar), "bar")]
[JsonDerivedType(typeof(FundingRate), "funding")]
[JsonDerivedType(typeof(OpenInterest), "openInterest")]
[JsonDerivedType(typeof(MarkPrice), "mark")]
[JsonDerivedType(typeof(VenueCondition), "venue")]
[JsonDerivedType(typeof(AccountBalance), "balance")]
[JsonDerivedType(typeof(CoinTransfer), "transfer")]
[JsonDerivedType(typeof(BalanceMovement), "movement")]
[JsonDerivedType(typeof(WithdrawalAddress), "address")]
[JsonDerivedType(typeof(NetworkTerms), "network")]
[JsonDerivedType(typeof(DerivativePosition), "position")]
[JsonDerivedType(typeof(DerivativeFill), "derivativeFill")]
[JsonDerivedType(typeof(WaitingOrder), "waitingOrder")]
[JsonDerivedType(typeof(MarginStanding), "margin")]
[JsonDerivedType(typeof(BorrowingTerms), "borrowingTerms")]
[JsonDerivedType(typeof(MarginRoom), "marginRoom")]
[JsonDerivedType(typeof(BorrowingRate), "borrowingRate")]
[JsonDerivedType(typeof(GasPrice), "gas")]
[JsonDerivedType(typeof(TokenTerms), "token")]
[JsonDerivedType(typeof(TokenPrice), "tokenPrice")]
[JsonDerivedType(typeof(WalletBalance), "walletBalance")]
[JsonDerivedType(typeof(PoolSwap), "swap")]
[JsonDerivedType(typeof(RouteQuote), "route")]
[JsonDerivedType(typeof(ChainBlock), "block")]
[JsonDerivedType(typeof(ChainHead), "head")]
[JsonDerivedType(typeof(TransactionState), "transaction")]
[JsonDerivedType(typeof(LockedValue), "lockedValue")]
[JsonDerivedType(typeof(StablecoinSupply), "stablecoin")]
[JsonDerivedType(typeof(Observation), "observation")]
public abstract record FactContent
{
    private protected FactContent() { }

    /// <summary>Decimals as strings, and nothing that follows from the rest; the store may give members back in another order.</summary>
    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web)
    {
        AllowOutOfOrderMetadataProperties = true,
        IgnoreReadOnlyProperties = true,
        Converters = { new DecimalConverter(), new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };
}
