using Microsoft.AspNetCore.SignalR;

namespace Platform.Api.Limits;

/// <summary>How much anyone may ask for.</summary>
public static class LimitsRoom
{
    extension(IServiceCollection services)
    {
        public void AddLimits()
        {
            services.AddOptions<RateLimitOptions>().BindConfiguration(RateLimitOptions.Section).ValidateDataAnnotations().ValidateOnStart();
            services.AddSingleton<RateLimits>();
            services.AddSingleton<PushRates>();
            services.Configure<HubOptions>(hubs => hubs.AddFilter<PushRates>());
        }
    }
}
