using static Platform.Domain.Identity.PlatformLevel;

namespace Platform.Domain.Identity;

/// <summary>What everybody may, without a token.</summary>
public static class OpenOperations
{
    public static Operation ReadAssets { get; } = Open("assets.read", "Read assets and chains", FeatureGroups.Assets);

    public static Operation ReadMarkets { get; } = Open("markets.read", "Read public market data", FeatureGroups.Markets);

    public static Operation ReadExchanges { get; } = Open("exchanges.read", "Read venues and what they can", FeatureGroups.Exchanges);

    public static Operation ReadBlockchain { get; } = Open("blockchain.read", "Read chains, bridges and public wallets", FeatureGroups.Blockchain);

    public static Operation ReadHealth { get; } = Open("platform.health", "Ask whether the platform is well", FeatureGroups.Platform);

    public static Operation ReadDescription { get; } = Open("platform.describe", "Read the description of the API", FeatureGroups.Platform);

    public static Operation Connect { get; } = Open("push.connect", "Connect to the push; each topic is decided by itself", FeatureGroups.Markets);

    public static Operation Register { get; } = Open("users.register", "Register, and verify the address", FeatureGroups.Account);

    public static Operation SignIn { get; } = Open("sessions.open", "Sign in", FeatureGroups.Account);

    private static Operation Open(string id, string summary, FeatureGroups group) =>
        new(id, summary, group, [new(None)]) { Tier = TokenTier.None };
}
