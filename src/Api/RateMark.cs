namespace Platform.Api;

/// <summary>What is counted apart.</summary>
public enum RateTier
{
    /// <summary>Every request but the following.</summary>
    Api,

    /// <summary>The push: connections, calls, topics asked for.</summary>
    WebSocket,

    /// <summary>Files of the app, addresses where nothing is, and whether the platform is well; counted by network.</summary>
    Static,

    /// <summary>Whatever tells whether a password or a code was guessed right; counted by network, beside <see cref="Api"/>.</summary>
    Guess,
}

/// <summary>An endpoint that is not counted as all others are.</summary>
public sealed record RateMark(RateTier Tier);

public static class RateMarks
{
    extension<TBuilder>(TBuilder route)
        where TBuilder : IEndpointConventionBuilder
    {
        public TBuilder CountsAs(RateTier tier) => route.WithMetadata(new RateMark(tier));
    }
}
