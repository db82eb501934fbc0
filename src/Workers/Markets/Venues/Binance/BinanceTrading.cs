using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using Platform.Domain.Markets;

namespace Platform.Workers.Markets.Venues.Binance;

/// <summary>Orders on Binance spot, and on the paper venue, in the platform's words.</summary>
internal sealed class BinanceTrading(VenueLink link, BinanceRest rest) : IVenueTrading, IDisposable
{
    // 100 pages of 1000: no order has more fills than that, and a loop must end.
    private const int PagesMax = 100;

    private readonly BinanceUserStream stream = new(rest, link);

    public VenueId Venue => link.Venue;

    public ClientOrderIdRules ClientOrderIds { get; } = new(36, "^[a-zA-Z0-9-_.:/]{1,36}$");

    public async Task<VenueAnswer<VenueOrder>> PlaceAsync(NewVenueOrder order, CancellationToken cancellationToken) =>
        (await rest.PlaceOrderAsync(BinanceWords.Of(order), cancellationToken)).Map(placed => BinanceWords.Of(placed));

    public async Task<VenueAnswer<VenueOrder>> CancelAsync(VenueOrderName order, CancellationToken cancellationToken) =>
        (await rest.CancelOrderAsync(order.Instrument.Market, order.ClientOrderId, cancellationToken))
            .Map(canceled => BinanceWords.Of(canceled));

    public async Task<VenueAnswer<VenueOrder>> QueryAsync(VenueOrderName order, CancellationToken cancellationToken) =>
        (await rest.QueryOrderAsync(order.Instrument.Market, order.ClientOrderId, cancellationToken))
            .Map(found => BinanceWords.Of(found));

    public async Task<VenueAnswer<IReadOnlyList<VenueOrder>>> OpenOrdersAsync(
        Instrument? instrument, CancellationToken cancellationToken) =>
        (await rest.OpenOrdersAsync(instrument?.Market, cancellationToken))
            .Map<IReadOnlyList<VenueOrder>>(orders => [.. orders.Select(order => BinanceWords.Of(order))]);

    /// <exception cref="ArgumentException">The venue's id of the order is missing, or is none of this venue's.</exception>
    public async Task<VenueAnswer<IReadOnlyList<VenueFill>>> FillsAsync(
        VenueOrderName order, CancellationToken cancellationToken)
    {
        if (!long.TryParse(order.VenueOrderId, NumberStyles.None, CultureInfo.InvariantCulture, out var id))
            throw new ArgumentException("Fills are asked for by the venue's number of the order.", nameof(order));

        List<VenueFill> fills = [];
        long? fromId = null;
        for (var page = 0; page < PagesMax; page++)
        {
            var answer = await rest.TradesOfOrderAsync(order.Instrument.Market, id, fromId, cancellationToken);
            if (answer is not VenueAnswer<IReadOnlyList<BinanceTrade>>.Answered { Value: var trades })
                return answer.Map<IReadOnlyList<VenueFill>>(_ => throw new UnreachableException());

            fills.AddRange(trades.Select(BinanceWords.Of));
            if (trades.Count < BinanceRest.PageMax)
                break;
            fromId = trades[^1].Id + 1;
        }

        return new VenueAnswer<IReadOnlyList<VenueFill>>.Answered(fills);
    }

    public void Dispose() => rest.Dispose();

    public async IAsyncEnumerable<StreamEvent<VenueUserReport>> UserStreamAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var happened in stream.ReadAsync(cancellationToken))
            yield return happened.Match<StreamEvent<VenueUserReport>>(
                () => new StreamEvent<VenueUserReport>.Connected(),
                reason => new StreamEvent<VenueUserReport>.Disconnected(reason),
                report => new StreamEvent<VenueUserReport>.Received(BinanceWords.Of(report)));
    }
}
