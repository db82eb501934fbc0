using JasperFx.Events;
using Marten.Events.Aggregation;

namespace Platform.Audit;

/// <summary>The rows of one tenant's read model, rebuilt in memory by the very code that keeps the live ones.</summary>
internal abstract class ReadModel(Type type, string? progress)
{
    public Type Row { get; } = type;

    /// <summary>The progress under which it is kept; null when it is kept in the commit of the events themselves.</summary>
    public string? Progress { get; } = progress;

    /// <summary>Rows compared so far, over all tenants.</summary>
    public long Compared { get; protected set; }

    /// <summary>Folds the next event in.</summary>
    public abstract void Apply(IEvent e);

    /// <summary>Compares with the live rows of the tenant, and forgets the rebuilt ones; null when all agree.</summary>
    public abstract Task<RowDifference?> CompareAsync(
        Snapshot live, string tenant, CancellationToken cancellationToken);

    /// <summary>A model with one row for each stream.</summary>
    public static ReadModel<TRow> Of<TRow, TId>(
        SingleStreamProjection<TRow, TId> projection, string? progress, Func<Guid, TId> id)
        where TRow : class
        where TId : notnull =>
        new(progress, (rows, e) =>
        {
            if (projection.Evolve(rows.GetValueOrDefault(e.StreamId), id(e.StreamId), e) is { } row)
            {
                rows[e.StreamId] = row;
            }
            else
            {
                rows.Remove(e.StreamId);
            }
        });
}

/// <inheritdoc/>
/// <param name="fold">Folds an event into the rows by their ids.</param>
internal sealed class ReadModel<TRow>(string? progress, Action<Dictionary<Guid, TRow>, IEvent> fold)
    : ReadModel(typeof(TRow), progress)
    where TRow : class
{
    private readonly Dictionary<Guid, TRow> rows = [];

    public IReadOnlyCollection<TRow> Rows => rows.Values;

    public override void Apply(IEvent e) => fold(rows, e);

    public override async Task<RowDifference?> CompareAsync(
        Snapshot live, string tenant, CancellationToken cancellationToken)
    {
        await foreach (var (id, row) in live.RowsAsync<TRow>(tenant, cancellationToken))
        {
            Compared++;
            // Both sides go through this process's serializer: a set has no order that would survive a restart.
            var stored = live.Serializer.ToJson(row);
            if (!rows.Remove(id, out var rebuilt))
            {
                return new(Row.Name, tenant, id, "$", stored, Rebuilt: null);
            }

            if (JsonDifference.First(stored, live.Serializer.ToJson(rebuilt)) is var (path, found, expected))
            {
                return new(Row.Name, tenant, id, path, found, expected);
            }
        }

        var (missing, lost) = rows.OrderBy(pair => pair.Key).FirstOrDefault();
        rows.Clear();
        return lost is null ? null : new(Row.Name, tenant, missing, "$", Live: null, live.Serializer.ToJson(lost));
    }
}

/// <summary>Where a live read model first departs from its events.</summary>
/// <param name="Path">Of the JSON member that differs; <c>$</c> when a whole row is there on one side alone.</param>
/// <param name="Live">What the database holds; null when it holds nothing there.</param>
/// <param name="Rebuilt">What the events give; null when they give nothing there.</param>
internal sealed record RowDifference(string Model, string Tenant, Guid Id, string Path, string? Live, string? Rebuilt);
