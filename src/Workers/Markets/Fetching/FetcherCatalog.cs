using Microsoft.Extensions.Options;

namespace Platform.Workers.Markets.Fetching;

/// <summary>All fetchers there are, and those that run by themselves.</summary>
public sealed class FetcherCatalog
{
    /// <exception cref="InvalidOperationException">Two fetchers have one id.</exception>
    public FetcherCatalog(IEnumerable<FetcherGroup> groups, IOptions<FetchingOptions> options, IOptions<VenueOptions> venue)
    {
        All = [.. groups.SelectMany(group => group.Members).OrderBy(fetcher => fetcher.Terms.Id.Value, StringComparer.Ordinal)];
        if (All.GroupBy(fetcher => fetcher.Terms.Id).FirstOrDefault(same => same.Skip(1).Any()) is { Key: var twice })
            throw new InvalidOperationException($"Two fetchers are called {twice}.");

        IList<string> patterns = options.Value.Run is { Count: > 0 } wanted ? wanted : [$"exchange.*@{venue.Value.Name}"];
        Running = [.. All.Where(fetcher => patterns.Any(fetcher.Terms.Id.IsMeantBy))];
    }

    /// <summary>In the order of their ids.</summary>
    public IReadOnlyList<IFetcher> All { get; }

    public IReadOnlyList<IFetcher> Running { get; }

    /// <summary>Those that an operator means.</summary>
    public IReadOnlyList<IFetcher> MeantBy(string pattern) => [.. All.Where(fetcher => fetcher.Terms.Id.IsMeantBy(pattern))];
}
