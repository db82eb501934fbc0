using Platform.Domain.Markets;
using Platform.Domain.Markets.Registry;
using Platform.Domain.Trading;
using Platform.Workers.Markets;
using Platform.Workers.Markets.Registry;
using Platform.Workers.Markets.Venues;

namespace Platform.Workers.Trading;

/// <summary>Orders to the home venue and what it says of them, in the words of the domain. Each call is made once.</summary>
public sealed class OrderEntry(ConnectedVenues venues, MarketCatalog catalog, KillSwitches switches)
{
    // What is left of the receive window of TradingOptions, which counts from when the order was recorded as sent, beside the venue's
    // own and a second for clocks apart. Who left later could arrive after another was sent in its place.
    private static readonly TimeSpan LeavesWithin = TimeSpan.FromSeconds(4);

    private IVenueTrading Venue => venues.Trading;

    /// <summary>
    /// Past the gate, and only as long as nobody closes it: what is on its way then breaks off, and the venue is asked whether it
    /// arrived.
    /// </summary>
    /// <param name="order">Recorded as sent; it leaves at once or not at all.</param>
    public async Task<VenueReply> SubmitAsync(Order order, CancellationToken cancellationToken)
    {
        if (switches.Ask(order.VenueId, VenueActivity.Trade) is not VenueGate.Open)
            return new VenueReply.Unknown(DoubtCause.Halted, "Not sent: trading at the venue is stopped.");

        using var open = CancellationTokenSource.CreateLinkedTokenSource(
            cancellationToken, switches.Killed(order.VenueId, VenueActivity.Trade));
        try
        {
            return await VenueCall.LeaveAsync(
                new(VenueActivity.Trade, order.SentAt + LeavesWithin), () => PlaceAsync(order, open.Token));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new VenueReply.Unknown(DoubtCause.Halted, "Broken off: trading at the venue was stopped.");
        }
    }

    public Task<VenueReply> CancelAsync(Order order, CancellationToken cancellationToken) =>
        WithInstrumentAsync(order, async instrument =>
        {
            var answer = await Venue.CancelAsync(NameOf(order, instrument), cancellationToken);
            return answer.Match<VenueReply>(
                canceled => new VenueReply.Reported(VenueOrderMap.ReportOf(order, canceled, ReportSource.Reply)),
                refused => new VenueReply.Refused(refused.Code, refused.Message),
                notFound => new VenueReply.Absent(),
                unknown => Unknown(unknown.Cause, unknown.Detail));
        });

    /// <summary>The order as it stands at the venue, with every fill. A refused question says nothing of the order.</summary>
    public Task<VenueReply> AskAsync(Order order, CancellationToken cancellationToken) =>
        WithInstrumentAsync(order, async instrument =>
        {
            var answer = await Venue.QueryAsync(NameOf(order, instrument), cancellationToken);
            return await answer.Match(
                found => WithFillsAsync(order, instrument, found, cancellationToken),
                refused => Task.FromResult<VenueReply>(new VenueReply.Unknown(DoubtCause.Unreadable, refused.ToString())),
                notFound => Task.FromResult<VenueReply>(new VenueReply.Absent()),
                unknown => Task.FromResult<VenueReply>(Unknown(unknown.Cause, unknown.Detail)));
        });

    private Task<VenueReply> PlaceAsync(Order order, CancellationToken cancellationToken) =>
        WithInstrumentAsync(order, async instrument =>
        {
            var answer = await Venue.PlaceAsync(
                VenueOrderMap.ToVenue(order, instrument, Venue.ClientOrderIds), cancellationToken);
            return answer.Match<VenueReply>(
                placed => new VenueReply.Reported(VenueOrderMap.ReportOf(order, placed, ReportSource.Reply)),
                refused => new VenueReply.Refused(refused.Code, refused.Message),
                notFound => new VenueReply.Unknown(DoubtCause.Unreadable, notFound.Message),
                unknown => Unknown(unknown.Cause, unknown.Detail));
        });

    private async Task<VenueReply> WithFillsAsync(
        Order order, Instrument instrument, VenueOrder found, CancellationToken cancellationToken)
    {
        if (found.Filled == order.CumulativeQuantity)
            return new VenueReply.Reported(VenueOrderMap.ReportOf(found, [], ReportSource.Query));

        var answer = await Venue.FillsAsync(
            NameOf(order, instrument) with { VenueOrderId = found.VenueOrderId }, cancellationToken);
        return answer is VenueAnswer<IReadOnlyList<VenueFill>>.Answered { Value: var fills }
            ? new VenueReply.Reported(VenueOrderMap.ReportOf(
                found, [.. fills.Select(fill => VenueOrderMap.FillOf(order, fill))], ReportSource.Query))
            : new VenueReply.Unknown(DoubtCause.Unreadable, answer.ToString());
    }

    // Until the venue has told its markets nobody can write to it about one; whoever asks comes back.
    private Task<VenueReply> WithInstrumentAsync(Order order, Func<Instrument, Task<VenueReply>> ask) =>
        catalog.Find(order.Terms.Symbol).Match(
            listed => ask(listed.Instrument),
            () => Task.FromResult<VenueReply>(
                new VenueReply.Unknown(DoubtCause.Unreadable, "Not sent: the venue lists the market no more.")),
            () => Task.FromResult<VenueReply>(
                new VenueReply.Unknown(DoubtCause.Disconnected, "Not sent: the venue has not told its markets yet.")));

    private VenueOrderName NameOf(Order order, Instrument instrument) =>
        new(instrument, VenueOrderMap.NameOf(order.ClientOrderId, Venue.ClientOrderIds), order.VenueOrderId?.Value);

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
