using System.Diagnostics;

namespace Platform.Benchmarks.Orders;

/// <summary>
/// A market order from the request until the push shows it filled, against the same order placed at the venue by a bare
/// signed call. One at a time, buying and selling in turn, all of it real processes.
/// </summary>
public static class OrderBench
{
    private const int WarmUp = 20;
    private const int Blocks = 10;
    private const int OrdersPerBlock = 20;

    public static async Task<IReadOnlyList<BenchRow>> RunAsync(CancellationToken cancel)
    {
        await using var stand = await TradingStand.RaiseAsync(cancel);
        await using var trader = await PushedTrader.SignInAsync(stand, cancel);
        using var venue = new VenueTrader(stand.Venue);
        var (ours, bare) = (new Samples(), new Samples());

        await BlockAsync(new(), trader.FillAsync, WarmUp);
        await BlockAsync(new(), venue.FillAsync, WarmUp);
        for (var block = 0; block < Blocks; block++)
        {
            await BlockAsync(ours, trader.FillAsync, OrdersPerBlock);
            await BlockAsync(bare, venue.FillAsync, OrdersPerBlock);
        }

        return [Row(50), Row(99)];

        async Task BlockAsync(Samples samples, Func<string, CancellationToken, Task> fillAsync, int orders)
        {
            for (var order = 0; order < orders; order++)
            {
                var start = Stopwatch.GetTimestamp();
                await fillAsync(order % 2 == 0 ? "buy" : "sell", cancel);
                samples.Add(Stopwatch.GetElapsedTime(start));
            }
        }

        BenchRow Row(int percent) => new(
            $"order to filled and pushed, p{percent}", Samples.Text(ours.At(percent)), Samples.Text(bare.At(percent)),
            Samples.Ratio(ours.At(percent), bare.At(percent)));
    }
}
