using Platform.Projections;
using Platform.Workers.Trading;
using Wolverine;
using Wolverine.ErrorHandling;
using Wolverine.Persistence;

namespace Platform.Workers;

/// <summary>The rules by which the bus handles messages.</summary>
public static class PlatformHandlers
{
    // Two writers meeting on one stream are done after a few tries; what still fails goes to the dead letters.
    private static readonly TimeSpan[] Conflict =
        [TimeSpan.FromMilliseconds(25), TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(500)];

    // A database that restarts is back within seconds; a longer outage is waited out by rescheduling.
    private static readonly TimeSpan[] Outage =
        [TimeSpan.FromMilliseconds(250), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(3)];

    private static readonly TimeSpan[] LongOutage =
        [TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(10)];

    // Calls to a venue wait far more than they compute; the account's lock keeps their records in order.
    private const int VenueCallsMax = 16;

    extension(WolverineOptions options)
    {
        public void AddPlatformHandlers()
        {
            options.Discovery.IncludeAssembly(typeof(PlatformHandlers).Assembly);
            options.EntityDefaults.OnMissing = OnMissing.ThrowException;
            options.UnknownMessageBehavior = UnknownMessageBehavior.DeadLetterQueue;
            options.EnableRelayOfUserName = true;
            options.Policies.AutoApplyTransactions();
            options.Policies.UseDurableLocalQueues();
            options.LocalQueueFor<SubmitOrder>().MaximumParallelMessages(VenueCallsMax);
            options.LocalQueueFor<SubmitCancel>().MaximumParallelMessages(VenueCallsMax);
            options.LocalQueueFor<AskVenue>().MaximumParallelMessages(VenueCallsMax);

            options.Policies.OnException<Exception>(error => error.IsStoreConflict).RetryWithCooldown(Conflict);
            options.Policies.OnException<Exception>(error => error.IsStoreOutage)
                .RetryWithCooldown(Outage).Then.ScheduleRetry(LongOutage);
        }
    }
}
