using Microsoft.AspNetCore.SignalR;
using Platform.Workers.Realtime;

namespace Platform.Api.Realtime;

/// <summary>
/// Adds push to a host, which supplies a <see cref="VerifyToken"/> and an <see cref="AuthorizeTopic"/>; features
/// supply their topics.
/// </summary>
public static class RealtimeRoom
{
    // Unless told, SignalR's own clients ping every 15 s: with a limit of the same length some would be taken for dead.
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ClientTimeout = TimeSpan.FromSeconds(35);

    extension(IServiceCollection services)
    {
        public IServiceCollection AddRealtime()
        {
            services.AddTopics().AddSingleton<RealtimeSessions>();
            services.AddSignalR().AddJsonProtocol(json =>
                json.PayloadSerializerOptions.Converters.Add(new FrameConverter()));
            services.AddOptions<HubOptions<RealtimeHub>>().Configure<RealtimeLimits>((hub, limits) =>
            {
                hub.KeepAliveInterval = KeepAlive;
                hub.ClientTimeoutInterval = ClientTimeout;
                hub.MaximumReceiveMessageSize = limits.InboundBytesMax;
                hub.MaximumParallelInvocationsPerClient = 1;
            });
            return services;
        }
    }
}
