using Platform.Domain.Trading;
using Platform.Workers.Markets.Venues;
using Platform.Workers.Markets.Venues.Binance;

namespace Platform.Workers.Trading;

/// <summary>Orders to the venue and what it says of them, in the words of the domain. Each call is made once.</summary>
public sealed class OrderEntry(BinanceRest venue)
{
    // 100 pages of 1000: no order has more fills than that, and a loop must end.
    private const int PagesMax = 100;

    public async Task<VenueReply> SubmitAsync(Order order, CancellationToken cancellationToken)
    {
        var answer = await venue.PlaceOrderAsync(BinanceOrderMap.ToVenue(order), cancellationToken);
        return answer.Match<VenueReply>(
            placed => new VenueReply.Reported(BinanceOrderMap.ReportOf(order, placed)),
            refused => new VenueReply.Refused(refused.Code, refused.Message),
            notFound => new VenueReply.Unknown(DoubtCause.Unreadable, notFound.Message),
            unknown => Unknown(unknown.Cause, unknown.Detail));
    }

    public async Task<VenueReply> CancelAsync(Order order, CancellationToken cancellationToken)
    {
        var answer = await venue.CancelOrderAsync(order.Terms.Symbol, order.ClientOrderId.Value, cancellationToken);
        return answer.Match<VenueReply>(
            canceled => new VenueReply.Reported(BinanceOrderMap.ReportOf(canceled, canceled.TransactTime)),
            refused => new VenueReply.Refused(refused.Code, refused.Message),
            notFound => new VenueReply.Absent(),
            unknown => Unknown(unknown.Cause, unknown.Detail));
    }

    /// <summary>The order as it stands at the venue, with every fill. A refused question says nothing of the order.</summary>
    public async Task<VenueReply> AskAsync(Order order, CancellationToken cancellationToken)
    {
        var answer = await venue.QueryOrderAsync(order.Terms.Symbol, order.ClientOrderId.Value, cancellationToken);
        return await answer.Match(
            found => WithFillsAsync(order, found, cancellationToken),
            refused => Task.FromResult<VenueReply>(new VenueReply.Unknown(DoubtCause.Unreadable, refused.ToString())),
            notFound => Task.FromResult<VenueReply>(new VenueReply.Absent()),
            unknown => Task.FromResult<VenueReply>(Unknown(unknown.Cause, unknown.Detail)));
    }

    private async Task<VenueReply> WithFillsAsync(Order order, BinanceOrder found, CancellationToken cancellationToken)
    {
        if (found.Filled == order.CumulativeQuantity)
            return new VenueReply.Reported(BinanceOrderMap.ReportOf(found, []));

        List<Fill> fills = [];
        long? fromId = null;
        for (var page = 0; page < PagesMax; page++)
        {
            var answer = await venue.TradesOfOrderAsync(order.Terms.Symbol, found.OrderId, fromId, cancellationToken);
            if (answer is not VenueAnswer<IReadOnlyList<BinanceTrade>>.Answered { Value: var trades })
                return new VenueReply.Unknown(DoubtCause.Unreadable, answer.ToString());

            fills.AddRange(trades.Select(trade => BinanceOrderMap.FillOf(order, trade)));
            if (trades.Count < BinanceRest.PageMax)
                break;
            fromId = trades[^1].Id + 1;
        }

        return new VenueReply.Reported(BinanceOrderMap.ReportOf(found, fills));
    }

    private static VenueReply.Unknown Unknown(UnknownCause cause, string detail) => new(
        cause switch
        {
            UnknownCause.Timeout => DoubtCause.Timeout,
            UnknownCause.ServerError => DoubtCause.ServerError,
            UnknownCause.Disconnected => DoubtCause.Disconnected,
            UnknownCause.Throttled => DoubtCause.Throttled,
            _ => DoubtCause.Unreadable,
        },
        detail);
}
