using System.Globalization;
using Platform.Domain.Markets;
using Platform.Domain.Values;
using Platform.Workers.Markets.Venues.Wire;

namespace Platform.Workers.Markets.Venues.Binance;

/// <summary>What the account borrowed at Binance (margin endpoints, 2026-07): the cross account, and one for each isolated market.</summary>
internal sealed class BinanceMargin(VenueLink link, VenueTransport transport) : IVenueMargin
{
    // The venue answers for so long at once.
    private static readonly TimeSpan RatesMax = TimeSpan.FromDays(30);

    public VenueId Venue => link.Venue;

    public async Task<VenueAnswer<IReadOnlyList<MarginAccount>>> MarginAccountsAsync(CancellationToken cancellationToken)
    {
        var thresholds = await AskAsync("/sapi/v1/margin/tradeCoeff", 10, BinanceMarginAnswers.ThresholdsOf, cancellationToken);
        if (thresholds is not VenueAnswer<MarginThresholds>.Answered { Value: var levels })
            return BinanceMarginAnswers.OrNone(thresholds.Map(IReadOnlyList<MarginAccount> (_) => []));

        return await VenueAnswers.AllAsync<(string Path, AnswerReader<IReadOnlyList<MarginAccount>> Read), MarginAccount>(
            [
                ("/sapi/v1/margin/account", account => [BinanceMarginAnswers.CrossOf(account, levels)]),
                ("/sapi/v1/margin/isolated/account", BinanceMarginAnswers.IsolatedOf),
            ],
            async each => BinanceMarginAnswers.OrNone(await AskAsync(each.Path, 10, each.Read, cancellationToken)));
    }

    public Task<VenueAnswer<IReadOnlyList<LoanTerms>>> LoanTermsAsync(CancellationToken cancellationToken) =>
        VenueAnswers.AllAsync<(string Path, int Weight, AnswerReader<IReadOnlyList<LoanTerms>> Read), LoanTerms>(
            [
                ("/sapi/v1/margin/crossMarginData", 5, BinanceMarginAnswers.CrossTermsOf),
                ("/sapi/v1/margin/isolatedMarginData", 10, BinanceMarginAnswers.IsolatedTermsOf),
            ],
            each => AskAsync(each.Path, each.Weight, each.Read, cancellationToken));

    public async Task<VenueAnswer<IReadOnlyList<BorrowingRoom>>> RoomAsync(Asset asset, CancellationToken cancellationToken)
    {
        var borrowable = await AmountAsync("/sapi/v1/margin/maxBorrowable", asset, cancellationToken);
        if (borrowable is not VenueAnswer<Quantity>.Answered { Value: var more })
            return BinanceMarginAnswers.OrNone(borrowable.Map(IReadOnlyList<BorrowingRoom> (_) => []));

        var transferable = await AmountAsync("/sapi/v1/margin/maxTransferable", asset, cancellationToken);
        return transferable.Map(IReadOnlyList<BorrowingRoom> (free) => [new(asset.Value, more, free)]);
    }

    public Task<VenueAnswer<IReadOnlyList<InterestRate>>> InterestRatesAsync(
        Asset asset, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var now = link.Time.GetUtcNow();
        return AskAsync(
            "/sapi/v1/margin/interestRateHistory", 1, BinanceMarginAnswers.RatesOf, cancellationToken, ("asset", asset.Value),
            ("startTime", Text(since > now - RatesMax ? since : now - RatesMax)), ("endTime", Text(now)));
    }

    private Task<VenueAnswer<Quantity>> AmountAsync(string path, Asset asset, CancellationToken cancellationToken) =>
        AskAsync(path, 50, answer => answer.Quantity("amount"), cancellationToken, ("asset", asset.Value));

    private Task<VenueAnswer<T>> AskAsync<T>(
        string path, int weight, AnswerReader<T> read, CancellationToken cancellationToken,
        params IReadOnlyList<(string Name, string? Value)> parameters) => transport.SendAsync(
            VenueCall.Get(path, parameters) with { Weight = weight, Limit = BinanceProtocol.WalletWeight, IsSigned = true }, read,
            cancellationToken);

    private static string Text(DateTimeOffset at) => at.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
}
