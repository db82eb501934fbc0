using Platform.Domain.Markets;
using Platform.Workers.Markets.Venues.Wire;

namespace Platform.Workers.Markets.Venues.Binance;

/// <summary>What an account holds in Binance futures margined in stablecoins (fapi, account endpoints, 2026-07).</summary>
internal sealed class BinanceFuturesAccount(VenueLink link, VenueTransport transport) : IVenuePositions
{
    public VenueId Venue => link.Venue;

    public Task<VenueAnswer<IReadOnlyList<VenuePosition>>> PositionsAsync(CancellationToken cancellationToken) =>
        AskAsync("/fapi/v3/positionRisk", 5, BinanceFuturesAccountAnswers.PositionsOf, cancellationToken);

    public Task<VenueAnswer<IReadOnlyList<ClosedPosition>>> ClosedPositionsAsync(CancellationToken cancellationToken) =>
        VenueAnswers.KnownAsync<IReadOnlyList<ClosedPosition>>([]);

    public Task<VenueAnswer<IReadOnlyList<TriggerOrder>>> OpenTriggersAsync(CancellationToken cancellationToken) =>
        AskAsync("/fapi/v1/openAlgoOrders", 40, answer => answer.Each(BinanceFuturesAccountAnswers.TriggerOf), cancellationToken);

    public Task<VenueAnswer<IReadOnlyList<VenueBalance>>> CollateralAsync(CancellationToken cancellationToken) =>
        AskAsync("/fapi/v3/balance", 5, BinanceFuturesAccountAnswers.CollateralOf, cancellationToken);

    public Task<VenueAnswer<bool>> IsHedgedAsync(CancellationToken cancellationToken) => AskAsync(
        "/fapi/v1/positionSide/dual", 30, answer => answer.GetProperty("dualSidePosition").GetBoolean(), cancellationToken);

    public IAsyncEnumerable<StreamEvent<VenueUserReport>> PositionStreamAsync(CancellationToken cancellationToken) =>
        new BinanceFuturesUserStream(link, transport).ReadAsync(cancellationToken);

    private Task<VenueAnswer<T>> AskAsync<T>(
        string path, int weight, AnswerReader<T> read, CancellationToken cancellationToken) =>
        transport.SendAsync(VenueCall.Get(path) with { Weight = weight, IsSigned = true }, read, cancellationToken);
}
