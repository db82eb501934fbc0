using CsCheck;
using Platform.Domain.Markets;
using Platform.Domain.Trading;
using Platform.Domain.Values;

namespace Platform.Domain.Tests.Trading;

/// <summary>What truly became of one order at the venue, and every report that the venue may make of it.</summary>
/// <param name="End">Null while the order still works.</param>
internal sealed record OrderHistory(OrderTerms Terms, IReadOnlyList<Fill> Fills, VenueOrderState? End)
{
    private static readonly Symbol Market = Symbol.From("BTC-USDT");
    private static readonly VenueOrderId AtVenue = VenueOrderId.From("4711");
    private static readonly DateTimeOffset Noon = new(2026, 1, 2, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Up to six fills of any size, price and fee; filled, canceled, expired, rejected or still working.</summary>
    public static Gen<OrderHistory> Any { get; } = Gen.Select(
        Gen.Enum<Side>(), Gen.Bool, AnyFill.Array[0, 6], Gen.Int[1, 5000],
        Gen.OneOf<VenueOrderState?>(
            VenueOrderState.Filled, VenueOrderState.Canceled, VenueOrderState.Expired, VenueOrderState.Rejected, null),
        History);

    /// <summary>Each fill and each state at least once: as much as the venue must say for its word to be complete.</summary>
    public IReadOnlyList<VenueReport> Complete =>
    [
        .. End is VenueOrderState.Rejected ? (VenueReport[])[] : [At(0, ReportSource.Reply)],
        .. Enumerable.Range(1, Fills.Count).Select(count => At(count, ReportSource.Stream, Fills[count - 1])),
        .. End is { } end ? (VenueReport[])[At(Fills.Count, ReportSource.Stream) with { State = end }] : [],
    ];

    /// <summary>All of the above, and what a query at any moment would have answered, with all fills until then or with none.</summary>
    public IReadOnlyList<VenueReport> Possible =>
    [
        .. Complete,
        .. Enumerable.Range(0, End is VenueOrderState.Rejected ? 0 : Fills.Count + 1).SelectMany(count => (VenueReport[])
            [At(count, ReportSource.Query), At(count, ReportSource.Query, [.. Fills.Take(count)])]),
        .. End is { } end ? (VenueReport[])[At(Fills.Count, ReportSource.Query, [.. Fills]) with { State = end }] : [],
    ];

    private static Gen<(int Quantity, int Price, int Fee, Asset FeeAsset)> AnyFill => Gen.Select(
        Gen.Int[1, 5000], Gen.Int[1, 10_000_000], Gen.Int[0, 90], Gen.OneOf("BTC", "USDT", "BNB").Select(Asset.From));

    private static OrderHistory History(
        Side side, bool byQuote, (int Quantity, int Price, int Fee, Asset FeeAsset)[] trades, int leaves, VenueOrderState? end)
    {
        var fills = end is VenueOrderState.Rejected ? [] : trades.Select((trade, index) => new Fill(
            ExecutionId.For(VenueId.From("paper"), Market, $"t-{index}", AtVenue, side), $"t-{index}",
            Quantity.From(trade.Quantity * 0.001m), Price.From(trade.Price * 0.01m),
            Notional.From(trade.Quantity * 0.001m * (trade.Price * 0.01m)), new(trade.Fee * 0.00001m, trade.FeeAsset),
            Liquidity.Taker, Noon.AddSeconds(index))).ToList();
        end = end is VenueOrderState.Filled && fills.Count == 0 ? VenueOrderState.Canceled : end;
        var quantity = fills.Sum(fill => fill.Quantity.Value) + (end is VenueOrderState.Filled ? 0 : leaves * 0.001m);
        var quote = fills.Sum(fill => fill.QuoteQuantity.Value) + (leaves * 0.001m);
        return new(
            byQuote
                ? new(Market, side, OrderType.Market, TimeInForce.GoodTillCancel, Quantity: null, Notional.From(quote), LimitPrice: null)
                : new(Market, side, OrderType.Limit, TimeInForce.GoodTillCancel, Quantity.From(quantity), QuoteQuantity: null, Price.From(100)),
            fills, end);
    }

    private VenueReport At(int count, ReportSource source, params Fill[] fills) => new(
        AtVenue, StateAt(count), Quantity.From(Fills.Take(count).Sum(fill => fill.Quantity.Value)), fills, Noon.AddSeconds(count), source);

    private VenueOrderState StateAt(int count) => count switch
    {
        0 => VenueOrderState.New,
        _ when count == Fills.Count && End is VenueOrderState.Filled => VenueOrderState.Filled,
        _ => VenueOrderState.PartiallyFilled,
    };
}
