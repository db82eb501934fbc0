using JasperFx.Events.Projections;
using Marten;
using Platform.Domain.Trading;

namespace Platform.Projections.Trading;

/// <summary>Everything the event store has to know about trading.</summary>
public static class TradingStore
{
    /// <summary>The one progress under which all read models of trading move on together.</summary>
    public const string ReadModels = "Trading";

    extension(StoreOptions options)
    {
        public void AddTrading()
        {
            options.Events.AddEventTypes([
                typeof(OrderIntended), typeof(OrderDenied), typeof(OrderSent), typeof(OrderDoubted), typeof(OrderResolved),
                typeof(OrderAccepted), typeof(OrderRejected), typeof(FillRecorded), typeof(OrderFilled),
                typeof(OrderCancelRequested), typeof(OrderCancelRefused), typeof(OrderCanceled), typeof(OrderExpired),
                typeof(AccountOpened), typeof(AccountClosed), typeof(FundsDeposited), typeof(FundsReserved), typeof(FillBooked),
                typeof(ReservationReleased)]);

            options.Projections.Add<OrderProjection>(ProjectionLifecycle.Live);
            options.Projections.Add<AccountProjection>(ProjectionLifecycle.Inline);
            options.Projections.CompositeProjectionFor(ReadModels, models =>
            {
                // For a rebuild, which goes nearly twice as fast so; live, a batch is what there is.
                models.Options.BatchSize = 2_000;
                models.Options.MaximumHopperSize = 8_000;
                models.Add<OrderViewProjection>();
                models.Add<TradeProjection>();
                models.Add<BookProjection>();
            });

            options.IndexList<OrderView>("created", OrderColumns.CreatedAt);
            options.IndexList<OrderView>("open", OrderColumns.IsOpen, OrderColumns.CreatedAt);
            options.IndexList<OrderView>("market", OrderColumns.Market, OrderColumns.CreatedAt);
            options.IndexList<OrderView>("sequence", OrderColumns.Sequence);
            options.IndexList<Trade>("number", TradeColumns.Number);
            options.IndexList<Trade>("executed", TradeColumns.ExecutedAt);
            options.IndexList<Trade>("order", TradeColumns.OrderId, TradeColumns.Number);
        }
    }
}
