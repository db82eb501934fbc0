using Platform.Domain.Markets;
using Platform.Projections.Markets;

namespace Platform.Workers.Markets.History;

/// <summary>
/// Heals the seconds of a gap by the venue's own trades, where their ids prove that these are all of them; minutes and longer
/// bars follow from the seconds.
/// </summary>
internal sealed class TradeHealer(BarRows bars)
{
    /// <summary>Stores what the trades of whole minutes make; again, the same.</summary>
    /// <returns>Why the trades are not had, or not proved to be all; null when they are stored.</returns>
    public async Task<string?> HealAsync(HealTarget target, MissingTrades missing, CancellationToken cancellationToken)
    {
        var (venue, instrument, id, _, from, to) = target;
        var (trades, trouble) = await venue.Parts.MarketData.AllTradesAsync(instrument, missing, from, to, cancellationToken);
        if (trouble is not null)
            return trouble;

        var healed = Bars.OfTrades(trades, BarLevel.Second, BarState.Healed).ToDictionary(second => second.Start);
        var known = await bars.ReadAsync(id, BarLevel.Second, from, to, int.MaxValue, cancellationToken);
        var traded = trades.Select(trade => BarLevel.Minute.StartOf(trade.At)).ToHashSet();
        var silent = Enumerable.Range(0, (int)(to - from).TotalMinutes).Select(minute => from.AddMinutes(minute)).Where(minute => !traded.Contains(minute));
        await bars.WriteAsync(
            [
                .. healed.Values.Concat(known.Where(second => !healed.ContainsKey(second.Start)).Select(second => Bar.Empty(second.Start)))
                    .Select(second => new BarRow(id, BarLevel.Second, second, BarOrigin.Fetched)),
                .. silent.Select(minute => new BarRow(id, BarLevel.Minute, Bar.Empty(minute), BarOrigin.Fetched)),
            ],
            cancellationToken);
        return null;
    }
}
