using Marten;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Platform.Workers.Audit;

/// <summary>What chains and signs the event log.</summary>
public static class AuditWorkers
{
    extension(IServiceCollection services)
    {
        /// <summary>Chains every event, and signs with the key in that folder, which is made when absent.</summary>
        public IServiceCollection AddAudit(string keyFolder)
        {
            services.TryAddSingleton(TimeProvider.System);
            services.AddSingleton(_ => AuditKey.In(keyFolder));
            services.ConfigureMarten(options => options.Events.Subscribe(new AuditSubscription()));
            return services.AddHostedService<CheckpointSigner>();
        }
    }
}
