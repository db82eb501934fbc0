using Platform.Domain.Markets;
using Platform.Projections.Markets;
using Platform.Workers.Markets.Aggregation.Cold;

namespace Platform.Workers.Markets.History;

/// <summary>
/// The newest seconds and minutes, of which the database has not all trades yet: whole, as this node has them. What the venue itself
/// told of a bar, or an import, is the database's.
/// </summary>
/// <param name="cold">Null where no trades are kept.</param>
public sealed class UnwrittenBars(Instruments instruments, BarRows bars, ColdPath? cold = null)
{
    /// <summary>Oldest first; none where another node writes the trades.</summary>
    /// <param name="from">The start of a bar, as <paramref name="to"/>.</param>
    public async Task<IReadOnlyList<Bar>> ReadAsync(
        VenueId venue, MarketKey market, BarLevel level, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        if (cold is null || level is not (BarLevel.Second or BarLevel.Minute))
            return [];
        if (await cold.UnwrittenAsync(venue, market, from, to, cancellationToken) is not { Count: > 0 } seconds)
            return [];

        var id = await instruments.IdAsync(venue, market, cancellationToken);
        var made = level is BarLevel.Second ? seconds : await MinutesAsync(id, seconds, cancellationToken);
        var told = await bars.ToldAsync(id, level, made[0].Start, to, cancellationToken);
        return [.. made.Where(bar => !told.Contains(bar.Start))];
    }

    /// <summary>
    /// From when on another node may have counted trades that the database lacks: the last second that was written of them, which may
    /// be a part. Null: none may have.
    /// </summary>
    public async Task<DateTimeOffset?> PendingFromAsync(
        VenueId venue, MarketKey market, BarLevel level, CancellationToken cancellationToken) =>
        level is BarLevel.Second or BarLevel.Minute && cold?.IsWrittenElsewhere(venue, market) is true
            ? await bars.LastStreamedAsync(await instruments.IdAsync(venue, market, cancellationToken), cancellationToken)
                ?? DateTimeOffset.MinValue
            : null;

    private async Task<IReadOnlyList<Bar>> MinutesAsync(int id, IReadOnlyList<Bar> seconds, CancellationToken cancellationToken)
    {
        var minutes = seconds.Select(second => BarLevel.Minute.StartOf(second.Start)).ToHashSet();
        var stored = await bars.ReadAsync(
            id, BarLevel.Second, minutes.Min(), minutes.Max().AddMinutes(1), int.MaxValue, cancellationToken);
        return [.. Bars.RollUp(stored.Under(seconds), Timeframe.OneMinute).Where(minute => minutes.Contains(minute.Start))];
    }
}
