using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Platform.Domain.Markets;

namespace Platform.Workers.Markets.Venues.Budgets;

/// <summary>The budgets of all venues; one for each, whoever asks.</summary>
/// <param name="table">Null where there is no store: then all that a venue allows is this process's own.</param>
internal sealed partial class VenueBudgets(
    IOptions<VenueBudgetOptions> options, TimeProvider time, ILogger<VenueBudgets> logger, BudgetTable? table = null)
    : IDisposable
{
    private readonly ConcurrentDictionary<VenueId, VenueBudget> budgets = new();

    public VenueBudget Of(VenueId venue, IReadOnlyList<VenueLimit> limits) => budgets.GetOrAdd(
        venue, name => new(name, options.Value.Address, limits, table, time, LogStoreAway));

    public void Dispose()
    {
        foreach (var budget in budgets.Values)
            budget.Dispose();
    }

    [LoggerMessage(LogLevel.Warning, "The budgets of venues cannot be shared, so little is taken of them: {Reason}")]
    private partial void LogStoreAway(string reason);
}
