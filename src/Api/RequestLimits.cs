using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Platform.Api;

/// <summary>What callers may ask of the server at once, and how long it waits for them; the defaults are production's.</summary>
public sealed record RequestLimits
{
    /// <summary>Where the settings are.</summary>
    public const string Section = "Platform:Requests";

    /// <summary>No request that has a meaning is larger.</summary>
    public const int BodyBytesMax = 1024 * 1024;

    // Kestrel's own; a person on the worst of lines has more.
    private const double BytesPerSecondMin = 240;

    /// <summary>Open connections, and as many more that carry the push.</summary>
    public int ConnectionsMax { get; init; } = 10_000;

    /// <summary>Of these, those of one address. Behind a proxy, which is one address, it is the proxy that has to share out.</summary>
    public int ConnectionsPerAddressMax { get; init; } = 1_000;

    /// <summary>A request's line and headers are here within this time.</summary>
    public TimeSpan HeadersMax { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>A connection without a request is kept this long.</summary>
    public TimeSpan IdleMax { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>A body may be slower than 240 bytes a second for this long.</summary>
    public TimeSpan BodyGrace { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Puts the server under these limits.</summary>
    public void ApplyTo(KestrelServerOptions server)
    {
        server.Limits.MaxRequestBodySize = BodyBytesMax;
        server.Limits.MaxConcurrentConnections = ConnectionsMax;
        server.Limits.MaxConcurrentUpgradedConnections = ConnectionsMax;
        server.Limits.RequestHeadersTimeout = HeadersMax;
        server.Limits.KeepAliveTimeout = IdleMax;
        server.Limits.MinRequestBodyDataRate = new(BytesPerSecondMin, BodyGrace);
        var shares = new ConnectionShares(ConnectionsPerAddressMax);
        server.ConfigureEndpointDefaults(listen =>
        {
            // What it would take to speak HTTP/2 safely, the proxy does that speaks TLS.
            listen.Protocols = HttpProtocols.Http1;
            listen.Use(next => connection => shares.AdmitAsync(connection, next));
        });
    }
}
