using Marten;
using Microsoft.Extensions.Options;
using Platform.Domain.Trading;
using Platform.Domain.Values;
using Platform.Workers.Markets;
using Platform.Workers.Trading;

namespace Platform.Api.Trading;

/// <summary>One lot still held.</summary>
public sealed record LotResponse(string LotId, decimal Remaining, decimal UnitCost, DateTimeOffset AcquiredAt, string AcquiredBy);

/// <summary>One asset held; money in the reporting asset.</summary>
/// <param name="AverageCost">Null while nothing is held.</param>
/// <param name="Mark">Null while nobody quotes the asset.</param>
public sealed record PositionResponse(
    Asset Asset, decimal Quantity, decimal Available, decimal Reserved, decimal Cost, decimal? AverageCost,
    decimal? Mark, decimal? Value, decimal? Unrealized, decimal Realized, IReadOnlyList<LotResponse> Lots);

/// <summary>Fees paid in one asset, and what they were worth then in the reporting asset.</summary>
public sealed record FeeResponse(Asset Asset, decimal Amount, decimal Value);

/// <summary>Gains of a pool; equity = deposits + realized + unrealized - expensed fees, to the last digit.</summary>
/// <param name="Equity">Null while an asset held has no mark; <paramref name="UnmarkedAssets"/> says which.</param>
public sealed record PnlResponse(
    PoolId PoolId, Asset ReportingAsset, LotMethod LotMethod, FeePolicy FeePolicy, decimal? Equity, decimal Deposits,
    decimal Realized, decimal? Unrealized, decimal ExpensedFees, IReadOnlyList<FeeResponse> Fees,
    IReadOnlyList<Asset> UnmarkedAssets, DateTimeOffset At, long Sequence);

/// <summary>Positions and gains, from one reading of the books and one set of marks.</summary>
public sealed record PortfolioResponse(PnlResponse Pnl, IReadOnlyList<PositionResponse> Positions);

/// <summary>Reads a pool's books and marks them to the market.</summary>
public sealed class Portfolio(MarketBoard board, IOptions<TradingOptions> options, TimeProvider time)
{
    /// <summary>Null when the pool has no account yet.</summary>
    public async Task<PortfolioResponse?> ReadAsync(IQuerySession session, PoolId pool, CancellationToken cancellationToken)
    {
        var id = AccountId.For(pool, options.Value.VenueId);
        var book = await session.LoadAsync<Book>(id, cancellationToken);
        var account = await session.LoadAsync<Account>(id, cancellationToken);
        return book is null || account is null ? null : Mark(book, account);
    }

    /// <summary>The books as they stand, at the marks of this moment.</summary>
    public PortfolioResponse Mark(Book book, Account account)
    {
        var marks = book.Holdings.Keys.Select(Asset.From)
            .ToDictionary(asset => asset, asset => board.Mark(asset, book.ReportingAsset));
        var pnl = Pnl.Of(book, asset => marks.GetValueOrDefault(asset));
        return new(
            new(
                book.PoolId, book.ReportingAsset, book.LotMethod, book.FeePolicy, pnl.Equity, pnl.Deposits, pnl.Realized,
                pnl.Unrealized, pnl.ExpensedFees,
                [.. book.Fees.Select(fee => new FeeResponse(Asset.From(fee.Key), fee.Value.Amount, fee.Value.Value))],
                pnl.UnmarkedAssets, time.GetUtcNow(), book.Sequence),
            [CashOf(book, account), .. marks.Keys.Where(asset => asset != book.ReportingAsset)
                .Select(asset => PositionOf(asset, book.HoldingOf(asset), account, marks[asset]))]);
    }

    private static PositionResponse CashOf(Book book, Account account) => new(
        book.ReportingAsset, book.Cash, account.AvailableOf(book.ReportingAsset), account.ReservedOf(book.ReportingAsset),
        book.Cash, AverageCost: 1, Mark: 1, book.Cash, Unrealized: 0, book.HoldingOf(book.ReportingAsset).Realized, []);

    private static PositionResponse PositionOf(Asset asset, Holding holding, Account account, decimal? mark)
    {
        var value = Pnl.ValueOf(holding, mark);
        return new(
            asset, holding.Quantity, account.AvailableOf(asset), account.ReservedOf(asset), holding.Cost,
            holding.Quantity == 0 ? null : Amounts.Round(holding.Cost / holding.Quantity), mark, value,
            value - holding.Cost, holding.Realized,
            [.. holding.Lots.Select(lot => new LotResponse(lot.LotId, lot.Remaining, lot.UnitCost, lot.AcquiredAt, lot.AcquiredBy))]);
    }
}
