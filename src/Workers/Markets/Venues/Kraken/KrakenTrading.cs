using System.Text.Json;
using System.Text.Json.Nodes;
using Platform.Domain.Markets;

namespace Platform.Workers.Markets.Venues.Kraken;

/// <summary>Orders on Kraken spot (docs.kraken.com, spot trading, 2026-07).</summary>
internal sealed class KrakenTrading(VenueLink link, VenueTransport transport) : IVenueTrading, IDisposable
{
    // The venue takes no more numbers in one question.
    private const int FillsAtOnce = 20;

    private readonly KrakenUserStream stream = new(link, transport);

    public VenueId Venue => link.Venue;

    /// <summary>A UUID with or without its hyphens, or free text of 18.</summary>
    public ClientOrderIdRules ClientOrderIds { get; } = new(
        36, "^([0-9a-fA-F]{8}-([0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}|[0-9a-fA-F]{32}|[A-Za-z0-9-]{1,18})$");

    public Task<VenueAnswer<VenueOrder>> PlaceAsync(NewVenueOrder order, CancellationToken cancellationToken) =>
        KrakenOrders.ParametersOf(order) is { } parameters
            ? transport.SendAsync(
                Call("/0/private/AddOrder", KrakenProtocol.Orders, parameters) with { Spoken = KrakenOrders.Spoken(order) }, answer => KrakenOrders.Placed(order, answer),
                cancellationToken)
            : Task.FromResult<VenueAnswer<VenueOrder>>(new VenueAnswer<VenueOrder>.Refused(
                string.Empty, "Not sent: the venue has no such kind of order.", string.Empty));

    /// <summary>The venue only says that it did; how the order then stood is asked.</summary>
    public async Task<VenueAnswer<VenueOrder>> CancelAsync(VenueOrderName order, CancellationToken cancellationToken)
    {
        var answer = await transport.SendAsync(
            Call("/0/private/CancelOrder", KrakenProtocol.Orders, [("cl_ord_id", order.ClientOrderId)]) with
            {
                Spoken = new("cancel_order", new() { ["cl_ord_id"] = new JsonArray(order.ClientOrderId) }),
            },
            KrakenOrders.CountOfCanceled, cancellationToken);
        return answer switch
        {
            VenueAnswer<int>.Answered { Value: 0 } =>
                new VenueAnswer<VenueOrder>.NotFound("The venue canceled nothing."),
            VenueAnswer<int>.Answered => await QueryAsync(order, cancellationToken),
            _ => answer.Map<VenueOrder>(_ => throw new JsonException("Answered, and not.")),
        };
    }

    // What is open becomes closed and never the other way: asked in this order it is not missed.
    public async Task<VenueAnswer<VenueOrder>> QueryAsync(VenueOrderName order, CancellationToken cancellationToken)
    {
        var open = await FindAsync("/0/private/OpenOrders", "open", order.ClientOrderId, cancellationToken);
        return open is VenueAnswer<VenueOrder>.NotFound
            ? await FindAsync("/0/private/ClosedOrders", "closed", order.ClientOrderId, cancellationToken)
            : open;
    }

    public Task<VenueAnswer<IReadOnlyList<VenueOrder>>> OpenOrdersAsync(
        Instrument? instrument, CancellationToken cancellationToken) =>
        transport.SendAsync<IReadOnlyList<VenueOrder>>(
            Call("/0/private/OpenOrders", KrakenProtocol.Private, []),
            answer => [.. KrakenOrders.Orders(answer.GetProperty("open")).Where(order => instrument is null
                || string.Equals(order.VenueSymbol, instrument.VenueSymbol, StringComparison.Ordinal))],
            cancellationToken);

    /// <exception cref="ArgumentException">The venue's number of the order is missing.</exception>
    public async Task<VenueAnswer<IReadOnlyList<VenueFill>>> FillsAsync(
        VenueOrderName order, CancellationToken cancellationToken)
    {
        if (order.VenueOrderId is not { } number)
            throw new ArgumentException("Fills are asked for by the venue's number of the order.", nameof(order));

        var numbers = await transport.SendAsync(
            Call("/0/private/QueryOrders", KrakenProtocol.Private, [("txid", number), ("trades", "true")]),
            answer => KrakenOrders.TradesOf(answer.GetProperty(number)), cancellationToken);
        if (numbers is not VenueAnswer<IReadOnlyList<string>>.Answered { Value: var trades })
            return numbers.Map<IReadOnlyList<VenueFill>>(_ => []);

        List<VenueFill> fills = [];
        foreach (var page in trades.Chunk(FillsAtOnce))
        {
            var answer = await transport.SendAsync(
                Call("/0/private/QueryTrades", KrakenProtocol.Private, [("txid", string.Join(',', page))]),
                read => KrakenOrders.Fills(read, order.Instrument.Market.Quote), cancellationToken);
            if (answer is not VenueAnswer<IReadOnlyList<VenueFill>>.Answered { Value: var some })
                return answer;
            fills.AddRange(some);
        }

        return new VenueAnswer<IReadOnlyList<VenueFill>>.Answered(fills);
    }

    public void Dispose() => transport.Dispose();

    public IAsyncEnumerable<StreamEvent<VenueUserReport>> UserStreamAsync(CancellationToken cancellationToken) =>
        stream.ReadAsync(cancellationToken);

    private async Task<VenueAnswer<VenueOrder>> FindAsync(
        string path, string member, string clientOrderId, CancellationToken cancellationToken)
    {
        var answer = await transport.SendAsync(
            Call(path, KrakenProtocol.Private, [("cl_ord_id", clientOrderId)]),
            read => KrakenOrders.Orders(read.GetProperty(member)), cancellationToken);
        return answer is VenueAnswer<IReadOnlyList<VenueOrder>>.Answered { Value: [] }
            ? new VenueAnswer<VenueOrder>.NotFound("The venue knows no order of that name.")
            : answer.Map(found => found[0]);
    }

    private static VenueCall Call(string path, string limit, IReadOnlyList<(string Name, string? Value)> parameters) =>
        new(HttpMethod.Post, path, parameters, Limit: limit, IsSigned: true);
}
