using Platform.PaperVenue.Matching;

namespace Platform.PaperVenue.Tests.Matching;

/// <summary>A book so simple that it is plainly right: one list, sorted anew for each arrival.</summary>
internal sealed class NaiveBook
{
    private readonly List<(Order Order, decimal Leaves)> resting = [];

    /// <summary>Checks the trades of one outcome against the list, then brings the list up to date.</summary>
    public void Check(Outcome outcome)
    {
        if (outcome.Order is not { } order)
            return;

        var traded = outcome.Events.OfType<OrdersTraded>().ToList();
        foreach (var step in traded)
        {
            var best = resting
                .Where(entry => entry.Order.Side != order.Side)
                .OrderBy(entry => order.Side == Side.Buy ? entry.Order.Price : -entry.Order.Price)
                .ThenBy(entry => entry.Order.OrderId)
                .First();
            Assert.Equal(best.Order.OrderId, step.Trade.MakerOrderId);
            Assert.Equal(best.Order.Price, step.Trade.Price);
            Assert.True(step.Trade.Quantity <= best.Leaves);

            resting.Remove(best);
            if (best.Leaves > step.Trade.Quantity)
                resting.Add((best.Order, best.Leaves - step.Trade.Quantity));
        }
        CheckNothingWasMissed(order);

        resting.RemoveAll(entry => entry.Order.OrderId == order.OrderId);
        if (order.Status.IsOpen)
            resting.Add((order, order.LeavesQuantity));
    }

    // An order that rests leaves nobody on the other side with whom it could still trade.
    private void CheckNothingWasMissed(Order order)
    {
        if (order.Status.IsOpen)
            Assert.DoesNotContain(resting, entry => entry.Order.Side != order.Side && order.Crosses(entry.Order.Price));
    }
}
