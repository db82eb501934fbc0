namespace Platform.Api;

/// <summary>What a single caller may ask of the server at once.</summary>
public static class RequestLimits
{
    /// <summary>No request that has a meaning is larger.</summary>
    public const int BodyBytesMax = 1024 * 1024;

    /// <summary>Open connections, push included.</summary>
    public const int ConnectionsMax = 10_000;
}
