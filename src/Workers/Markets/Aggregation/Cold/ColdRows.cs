using Platform.Projections.Markets;

namespace Platform.Workers.Markets.Aggregation.Cold;

/// <summary>The database's side of the cold path: batches of seconds, and the bars that are made of them.</summary>
public sealed class ColdRows(TradeSeconds seconds, Instruments instruments, BarRows bars)
{
    public Task<Guid?> OwnerAsync(CancellationToken cancellationToken) => seconds.OwnerAsync(cancellationToken);

    public Task OwnAsync(Guid journal, CancellationToken cancellationToken) => seconds.OwnAsync(journal, cancellationToken);

    public Task<long> KeepAsync(DateTimeOffset now, TimeSpan retention, CancellationToken cancellationToken) =>
        seconds.KeepAsync(now, retention, cancellationToken);

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
