using Platform.Domain.Markets;
using Platform.Workers.Markets.Registry;
using Platform.Workers.Markets.Venues.Budgets;

namespace Platform.Workers.Markets.Venues;

/// <summary>What a connector works with at one venue.</summary>
/// <param name="Rest">The root of the REST API.</param>
/// <param name="Stream">The root of the public streams.</param>
/// <param name="PrivateStream">The root of the account's own stream.</param>
/// <param name="CallTimeout">From sending to the last byte of the answer.</param>
/// <param name="Silence">A stream that is quiet for so long is dead.</param>
/// <param name="Switches">What people stopped there.</param>
internal sealed record VenueLink(
    VenueId Venue, Uri Rest, Uri Stream, Uri PrivateStream, TimeSpan CallTimeout, TimeSpan Silence,
    IHttpClientFactory Clients, VenueAccess Access, VenueBudgets Budgets, KillSwitches Switches, TimeProvider Time, Random Random)
{
    public OrderTransport OrdersBy { get; init; }
}
