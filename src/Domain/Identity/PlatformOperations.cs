using static Platform.Domain.Identity.PlatformLevel;

namespace Platform.Domain.Identity;

/// <summary>What staff does with the platform itself.</summary>
public static class PlatformOperations
{
    public static Operation BarUser { get; } = Danger("barriers.user", "End all tokens of a user", Moderator);

    public static Operation BarAddress { get; } = Danger("barriers.ip", "End all tokens from a network", Moderator);

    public static Operation BarEverybody { get; } =
        Danger("barriers.global", "End all tokens", Administrator) with { FourEyes = "two Administrators" };

    public static Operation ReadUsers { get; } =
        new("users.read", "Read users and their levels", FeatureGroups.Platform, [new(Administrator)]);

    public static Operation ChangeUserLevel { get; } = Danger("users.level", "Change a user's platform level or plan", Administrator);

    public static Operation OpenPool { get; } = Danger("pools.open", "Open a pool", Administrator);

    public static Operation DeployNode { get; } =
        Danger("nodes.deploy", "Deploy or drain a node", Operator, FeatureGroups.Nodes) with
        {
            FourEyes = "in production", BreakGlass = Architect,
        };

    public static Operation RotateDataKeys { get; } =
        Danger("keys.data.rotate", "Rotate data keys and leaf certificates", Operator) with { BreakGlass = Architect };

    public static Operation RotateRootKeys { get; } =
        Danger("keys.root.rotate", "Rotate the key-encryption key or a root certificate", Architect) with { FourEyes = "two Architects" };

    private static Operation Danger(
        string id, string summary, PlatformLevel level, FeatureGroups group = FeatureGroups.Platform) =>
        new(id, summary, group, [new(level)]) { Tier = TokenTier.Danger };
}
