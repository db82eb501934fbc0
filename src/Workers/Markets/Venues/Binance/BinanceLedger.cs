using System.Globalization;
using Platform.Domain.Markets;

namespace Platform.Workers.Markets.Venues.Binance;

/// <summary>
/// Dividends, converted dust, instant converts, rebates and transfers between wallets (wallet endpoints, 2026-07), what moved the
/// accounts on margin, and what was paid and bought with money.
/// </summary>
internal sealed class BinanceLedger(VenueLink link, VenueTransport transport) : IVenueLedger
{
    private const string Spot = "spot";
    private const string Margin = "margin";
    private const string Fiat = "fiat";
    private const string Transfers = "/sapi/v1/asset/transfer";

    // Of a hundred rows: more than any account makes within the time that is asked for.
    private const int PagesMax = 50;

    // One question each; transfers are asked for by where they went.
    private static readonly IReadOnlyList<BinanceLedgerSource> SpotSources =
    [
        new("/sapi/v1/asset/assetDividend", 10, BinanceLedgerAnswers.DividendsOf, ("limit", "500")),
        new("/sapi/v1/asset/dribblet", 1, BinanceLedgerAnswers.DustOf),
        new("/sapi/v1/convert/tradeFlow", 300, BinanceLedgerAnswers.ConversionsOf, ("limit", "1000")),
        new("/sapi/v1/asset/convert-transfer/queryByPage", 5, BinanceLedgerAnswers.StablecoinsOf) { Paging = BinancePaging.Wallet },
        new("/sapi/v1/asset/ledger-transfer/cloud-mining/queryByPage", 600, BinanceLedgerAnswers.MiningOf) { Paging = BinancePaging.Wallet },
        new("/sapi/v1/rebate/taxQuery", 30, BinanceLedgerAnswers.RebatesOf),
        new(Transfers, 1, BinanceLedgerAnswers.TransfersOf, ("type", "MAIN_FUNDING")),
        new(Transfers, 1, BinanceLedgerAnswers.TransfersOf, ("type", "FUNDING_MAIN")),
        new(Transfers, 1, BinanceLedgerAnswers.TransfersOf, ("type", "MAIN_UMFUTURE")),
        new(Transfers, 1, BinanceLedgerAnswers.TransfersOf, ("type", "UMFUTURE_MAIN")),
    ];

    public VenueId Venue => link.Venue;

    public IReadOnlyList<string> Parts { get; } = [Spot, Margin, Fiat];

    public async Task<VenueAnswer<IReadOnlyList<VenueMovement>>> MovementsAsync(
        string part, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var all = part switch
        {
            Spot => await AskAllAsync(SpotSources, since, cancellationToken),
            Fiat => await AskAllAsync(BinanceFiatLedger.Sources, since, cancellationToken),
            Margin => BinanceMarginAnswers.OrNone(await MarginAsync(since, cancellationToken)),
            _ => throw new ArgumentException($"No such part: {part}.", nameof(part)),
        };
        return all.Map<IReadOnlyList<VenueMovement>>(movements => [.. movements.OrderBy(movement => movement.At)]);
    }

    // Each isolated account is asked after by its market, and what was sold is told by the market alone.
    private async Task<VenueAnswer<IReadOnlyList<VenueMovement>>> MarginAsync(DateTimeOffset since, CancellationToken cancellationToken)
    {
        var isolated = await AskAsync("/sapi/v1/margin/isolated/account", BinanceMarginLedger.IsolatedIn, cancellationToken);
        if (isolated is not VenueAnswer<IReadOnlyList<string>>.Answered { Value: var symbols })
            return isolated.Map(IReadOnlyList<VenueMovement> (_) => []);

        var listed = await VenueAnswers.AllAsync(
            ["/sapi/v1/margin/allPairs", "/sapi/v1/margin/isolated/allPairs"],
            path => AskAsync(path, BinanceMarginPairs.Read, cancellationToken));
        return listed is VenueAnswer<IReadOnlyList<BinanceMarginPair>>.Answered { Value: var pairs }
            ? (await AskAllAsync(BinanceMarginLedger.SourcesOf(symbols, new(pairs)), since, cancellationToken))
                .Map<IReadOnlyList<VenueMovement>>(movements => [.. movements.Distinct()])
            : listed.Map(IReadOnlyList<VenueMovement> (_) => []);
    }

    private Task<VenueAnswer<IReadOnlyList<VenueMovement>>> AskAllAsync(
        IEnumerable<BinanceLedgerSource> sources, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var now = link.Time.GetUtcNow();
        return VenueAnswers.AllAsync(sources, source => VenueAnswers.PagesAsync(PagesMax, page => transport.SendAsync(
            VenueCall.Get(
                source.Path,
                [
                    .. source.Parameters, (source.Times.From, Text(since > now - source.HistoryMax ? since : now - source.HistoryMax)),
                    (source.Times.To, Text(now)), .. source.Paging?.Of(page) ?? [],
                ]) with { Weight = source.Weight, Limit = BinanceProtocol.WalletWeight, IsSigned = true },
            answer => new Page<VenueMovement>(source.Read(answer), source.Paging?.Behind(page, answer)), cancellationToken)));
    }

    private Task<VenueAnswer<T>> AskAsync<T>(string path, AnswerReader<T> read, CancellationToken cancellationToken) => transport.SendAsync(
        VenueCall.Get(path) with { Weight = 10, Limit = BinanceProtocol.WalletWeight, IsSigned = true }, read, cancellationToken);

    private static string Text(DateTimeOffset at) => at.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
}
