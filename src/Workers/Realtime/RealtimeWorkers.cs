using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Platform.Workers.Realtime;

/// <summary>Adds the mechanism of topics, and the topics of a feature.</summary>
public static class RealtimeWorkers
{
    extension(IServiceCollection services)
    {
        /// <summary>What publishing and watching need; twice does nothing.</summary>
        public IServiceCollection AddTopics()
        {
            services.TryAddSingleton(TimeProvider.System);
            services.TryAddSingleton(new RealtimeLimits());
            services.TryAddSingleton<RealtimeMetrics>();
            services.TryAddSingleton<Topics>();
            return services;
        }

        /// <summary>The topics of one name, as the feature that calls this defines them.</summary>
        public IServiceCollection AddTopicFamily<TFamily>()
            where TFamily : class, ITopicFamily =>
            services.AddTopics().AddSingleton<ITopicFamily, TFamily>();
    }
}
