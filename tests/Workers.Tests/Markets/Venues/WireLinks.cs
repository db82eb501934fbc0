using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Platform.Domain.Markets;
using Platform.Workers.Markets.Registry;
using Platform.Workers.Markets.Venues;
using Platform.Workers.Markets.Venues.Budgets;

namespace Platform.Workers.Tests.Markets.Venues;

/// <summary>What a connector works with, where nothing goes over a wire.</summary>
internal static class WireLinks
{
    public static VenueLink Of(string venue, TimeProvider? time = null)
    {
        var clock = time ?? TimeProvider.System;
        return new(
            VenueId.From(venue), new("http://localhost"), new("ws://localhost"), new("ws://localhost"), TimeSpan.FromSeconds(5),
            TimeSpan.FromSeconds(30), new ServiceCollection().AddHttpClient().BuildServiceProvider().GetRequiredService<IHttpClientFactory>(),
            new VenueAccess(), new VenueBudgets(Options.Create(new VenueBudgetOptions()), clock, NullLogger<VenueBudgets>.Instance),
            new KillSwitches(clock), clock, new Random(1));
    }
}
