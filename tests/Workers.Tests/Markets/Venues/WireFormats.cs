namespace Platform.Workers.Tests.Markets.Venues;

/// <summary>Every wire format that there is; each fault is tried on each.</summary>
internal static class WireFormats
{
    /// <summary>All that is asked of a format: one line each.</summary>
    public static IReadOnlyList<IWireFormat> All { get; } =
    [
        new BinanceFuturesWire(),
        new BinanceWire(),
        new BitfinexWire(),
        new BitstampWire(),
        new BybitWire(),
        new CoinbaseWire(),
        new GateWire(),
        new GeminiWire(),
        new KrakenFuturesWire(),
        new KrakenWire(),
        new KuCoinWire(),
        new OkxWire(),
    ];

    /// <summary>The same for all of them, at once: most of a test of faults is waiting.</summary>
    /// <exception cref="AggregateException">Some did not hold; each is named.</exception>
    public static async Task EachAsync(Func<IWireFormat, Task> test)
    {
        var outcomes = await Task.WhenAll(All.Select(async format =>
        {
            try
            {
                await test(format);
                return null;
            }
            catch (Exception error)
            {
                return new InvalidOperationException($"{format.Connector}: {error.Message}", error);
            }
        }));
        if (outcomes.OfType<Exception>().ToList() is { Count: > 0 } failed)
            throw new AggregateException(failed);
    }
}
