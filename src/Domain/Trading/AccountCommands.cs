using Platform.Domain.Markets;
using Platform.Domain.Values;

namespace Platform.Domain.Trading;

/// <summary>Put a pool's account at a venue under the platform's books, with what it holds already.</summary>
/// <param name="Opening">Recorded with the opening or not at all: trades must find the funds they spend.</param>
public sealed record OpenAccount(
    PoolId PoolId, VenueId VenueId, Asset ReportingAsset, LotMethod LotMethod, FeePolicy FeePolicy,
    IReadOnlyList<OpeningBalance> Opening)
{
    public AccountId AccountId => AccountId.For(PoolId, VenueId);
}

/// <summary>What an account holds when it comes under the books, with its declared basis.</summary>
/// <param name="UnitCost">Of one unit, in the reporting asset.</param>
public sealed record OpeningBalance(Money Amount, decimal UnitCost, DateTimeOffset AcquiredAt);

/// <summary>Funds that came in from outside, with their declared basis.</summary>
public sealed record DepositFunds(AccountId AccountId, string DepositId, Money Amount, decimal UnitCost, DateTimeOffset AcquiredAt);

/// <summary>Its pool ends: nothing is bought or sold any more.</summary>
public sealed record CloseAccount(AccountId AccountId);

/// <summary>What one unit of an asset was worth in the reporting asset when a fill came; null when nobody quoted it.</summary>
public delegate decimal? RateOf(Asset asset);
