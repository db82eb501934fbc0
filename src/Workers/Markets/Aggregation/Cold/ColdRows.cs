using Platform.Domain.Markets;
using Platform.Projections.Markets;

namespace Platform.Workers.Markets.Aggregation.Cold;

/// <summary>The database's side of the cold path: batches of seconds, and the bars that are made of them.</summary>
public sealed class ColdRows(TradeSeconds seconds, Instruments instruments, BarRows bars)
{
    public Task<Guid?> OwnerAsync(CancellationToken cancellationToken) => seconds.OwnerAsync(cancellationToken);

    public Task OwnAsync(Guid journal, CancellationToken cancellationToken) => seconds.OwnAsync(journal, cancellationToken);

    public Task<long> MakeRoomAsync(DateTimeOffset now, CancellationToken cancellationToken) => seconds.MakeRoomAsync(now, cancellationToken);

    public Task<IReadOnlySet<Guid>> WrittenAsync(IReadOnlyCollection<Guid> batches, CancellationToken cancellationToken) =>
        seconds.WrittenAsync(batches, cancellationToken);

    /// <summary>What is stored of the last day.</summary>
    public async Task<IReadOnlyList<PastTrades>> DayAsync(
        VenueId venue, MarketKey market, DateTimeOffset now, CancellationToken cancellationToken) =>
        await seconds.DayAsync(await instruments.IdAsync(venue, market, cancellationToken), now, cancellationToken);

    /// <summary>The seconds of which these are parts, whole.</summary>
    public async Task<IReadOnlyList<Bar>> WholeAsync(
        VenueId venue, MarketKey market, IReadOnlyCollection<SecondPart> parts, CancellationToken cancellationToken) =>
        await seconds.WholeAsync(await instruments.IdAsync(venue, market, cancellationToken), parts, cancellationToken);

    /// <summary>Once in effect, however often it is called.</summary>
    internal async Task WriteAsync(SecondRows batch, CancellationToken cancellationToken)
    {
        List<(int, TradeSecond)> rows = new(batch.Rows.Count);
        foreach (var (venue, market, second) in batch.Rows)
            rows.Add((await instruments.IdAsync(venue, market, cancellationToken), second));
        await seconds.WriteAsync(batch.Batch, rows, cancellationToken);
        await seconds.RollAsync(rows, bars, cancellationToken);
    }
}
