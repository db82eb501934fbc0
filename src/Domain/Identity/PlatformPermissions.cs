using static Platform.Domain.Identity.PlatformLevel;

namespace Platform.Domain.Identity;

/// <summary>What staff does with the platform itself.</summary>
public static class PlatformPermissions
{
    public static Permission BarUser { get; } = Danger("barriers.user", "End all tokens of a user", Moderator);

    public static Permission BarAddress { get; } = Danger("barriers.ip", "End all tokens from a network", Moderator);

    public static Permission BarEverybody { get; } =
        Danger("barriers.global", "End all tokens", Administrator) with { FourEyes = "two Administrators" };

    public static Permission ReadUsers { get; } =
        new("users.read", "Read users and their levels", FeatureGroups.Platform, [new(Administrator)]);

    public static Permission ReadFetchers { get; } =
        new("fetchers.read", "Read what is fetched from outside, and how it fares", FeatureGroups.Platform, [new(Operator)]);

    public static Permission ChangeUserLevel { get; } = Danger("users.level", "Change a user's platform level or plan", Administrator);

    public static Permission OpenPool { get; } = Danger("pools.open", "Open a pool", Administrator);

    public static Permission KillVenue { get; } =
        Danger("exchanges.kill", "Stop or resume what the platform does at a venue", Operator, FeatureGroups.Exchanges);

    public static Permission CorrectVenue { get; } =
        Danger("exchanges.correct", "Correct what the registry says of a venue", Operator, FeatureGroups.Exchanges);

    public static Permission DeployNode { get; } =
        Danger("nodes.deploy", "Deploy or drain a node", Operator, FeatureGroups.Nodes) with
        {
            FourEyes = "in production", BreakGlass = Architect,
        };

    public static Permission RotateDataKeys { get; } =
        Danger("keys.data.rotate", "Rotate data keys and leaf certificates", Operator) with { BreakGlass = Architect };

    public static Permission RotateRootKeys { get; } =
        Danger("keys.root.rotate", "Rotate the key-encryption key or a root certificate", Architect) with { FourEyes = "two Architects" };

    private static Permission Danger(
        string id, string summary, PlatformLevel level, FeatureGroups group = FeatureGroups.Platform) =>
        new(id, summary, group, [new(level)]) { Tier = TokenTier.Danger };
}
