using static Platform.Domain.Identity.PlatformLevel;

namespace Platform.Domain.Identity;

/// <summary>What everybody may, without a token.</summary>
public static class OpenPermissions
{
    public static Permission ReadAssets { get; } = Open("assets.read", "Read assets and chains", FeatureGroups.Assets);

    public static Permission ReadMarkets { get; } = Open("markets.read", "Read public market data", FeatureGroups.Markets);

    public static Permission ReadExchanges { get; } = Open("exchanges.read", "Read venues and what they can", FeatureGroups.Exchanges);

    public static Permission ReadBlockchain { get; } = Open("blockchain.read", "Read chains, bridges and public wallets", FeatureGroups.Blockchain);

    public static Permission ReadCountries { get; } = Open("countries.read", "Read countries and their codes", FeatureGroups.Platform);

    public static Permission ReadHealth { get; } = Open("platform.health", "Ask whether the platform is well", FeatureGroups.Platform);

    public static Permission ReadDescription { get; } = Open("platform.describe", "Read the description of the API", FeatureGroups.Platform);

    public static Permission OpenApp { get; } = Open("app.open", "Load the app", FeatureGroups.Platform);

    public static Permission Connect { get; } = Open("push.connect", "Connect to the push; each topic is decided by itself", FeatureGroups.Markets);

    public static Permission Register { get; } = Open("users.register", "Register, and verify the address", FeatureGroups.Account);

    public static Permission SignIn { get; } = Open("sessions.open", "Sign in", FeatureGroups.Account);

    private static Permission Open(string id, string summary, FeatureGroups group) =>
        new(id, summary, group, [new(None)]) { Tier = TokenTier.None };
}
