using Marten;
using Platform.Domain.Markets.Fetching;
using Platform.Projections;
using Platform.Projections.Markets;

namespace Platform.Workers.Markets.Fetching;

/// <summary>Whether what a fetcher brings may be relied on.</summary>
public enum FetcherState
{
    /// <summary>It does not run by itself here.</summary>
    Off = 0,

    /// <summary>It has not brought anything yet, and there is still time.</summary>
    Waiting,

    /// <summary>It brought something within its staleness limit.</summary>
    Fresh,

    Stale,
}

/// <summary>A fetcher and how it fares.</summary>
/// <param name="Row">Null when it never ran in this database.</param>
/// <param name="Age">Since its last success; null before the first.</param>
public sealed record FetcherReport(FetcherTerms Terms, FetcherRow? Row, FetcherState State, TimeSpan? Age);

/// <summary>How all fetchers fare, in one question to the store.</summary>
public sealed class FetcherReports(FetcherCatalog catalog, IDocumentStore store, TimeProvider time)
{
    /// <summary>In the order of their ids.</summary>
    public async Task<IReadOnlyList<FetcherReport>> AllAsync(CancellationToken cancellationToken)
    {
        var rows = await FetcherRow.AllAsync(store.Storage.Database.Connections, cancellationToken);
        var (now, running) = (time.GetUtcNow(), catalog.Running.ToHashSet());
        return [.. catalog.All.Select(fetcher => Report(fetcher.Terms, rows.GetValueOrDefault(fetcher.Terms.Id), running.Contains(fetcher), now))];
    }

    private static FetcherReport Report(FetcherTerms terms, FetcherRow? row, bool isRunning, DateTimeOffset now)
    {
        var age = now - row?.SucceededAt;
        var state = (isRunning, row) switch
        {
            (false, _) => FetcherState.Off,
            (_, null) => FetcherState.Waiting,
            (_, { SucceededAt: null }) when now - row.Since <= terms.StaleAfter => FetcherState.Waiting,
            _ when age <= terms.StaleAfter => FetcherState.Fresh,
            _ => FetcherState.Stale,
        };
        return new(terms, row, state, age);
    }
}
