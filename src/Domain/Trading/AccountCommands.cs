using Platform.Domain.Values;

namespace Platform.Domain.Trading;

/// <summary>Put a pool's account at a venue under the platform's books.</summary>
public sealed record OpenAccount(
    PoolId PoolId, VenueId VenueId, Asset ReportingAsset, LotMethod LotMethod, FeePolicy FeePolicy)
{
    public AccountId AccountId => AccountId.For(PoolId, VenueId);
}

/// <summary>Funds that came in from outside, with their declared basis.</summary>
public sealed record DepositFunds(AccountId AccountId, string DepositId, Money Amount, decimal UnitCost, DateTimeOffset AcquiredAt);

/// <summary>What one unit of an asset was worth in the reporting asset when a fill came; null when nobody quoted it.</summary>
public delegate decimal? RateOf(Asset asset);
