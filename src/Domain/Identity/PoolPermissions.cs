using static Platform.Domain.Identity.PlatformLevel;
using static Platform.Domain.Identity.PoolLevel;

namespace Platform.Domain.Identity;

/// <summary>What members do in a pool.</summary>
public static class PoolPermissions
{
    public static Permission ReadPage { get; } = In("pools.page.read", "See the pool's page", FeatureGroups.Pools, Participant);

    public static Permission ReadPosition { get; } =
        In("pools.position.read", "Read the value and the own position", FeatureGroups.Pools, Investor) with
        {
            BreakGlass = Administrator,
        };

    public static Permission ReadPool { get; } =
        In("pools.read", "Read all of a pool's data, and export it", FeatureGroups.Pools, Analyst) with { BreakGlass = Administrator };

    public static Permission ReadTrading { get; } =
        In("trading.read", "Read orders, trades, positions and gains, and export them", FeatureGroups.Trading, Analyst) with
        {
            BreakGlass = Administrator,
        };

    public static Permission PlaceOrder { get; } =
        In("orders.place", "Place an order", FeatureGroups.Trading, Trader) with
        {
            Duty = Duty.Initiate, FourEyes = "above the limit",
        };

    public static Permission CancelOrder { get; } =
        In("orders.cancel", "Cancel an order", FeatureGroups.Trading, Trader) with { BreakGlass = Operator };

    public static Permission StartStrategy { get; } =
        In("strategies.start", "Start a strategy", FeatureGroups.Strategies, Trader) with
        {
            Duty = Duty.Initiate, FourEyes = "with live money",
        };

    public static Permission StopStrategy { get; } =
        In("strategies.stop", "Stop a strategy", FeatureGroups.Strategies, Trader) with { BreakGlass = Operator };

    public static Permission AuthorStrategy { get; } = new(
        "strategies.author", "Author a strategy profile", FeatureGroups.Strategies, [new(Associate, Trader)]);

    public static Permission ApprovePlan { get; } =
        Danger("plans.approve", "Approve an assistant's plan", FeatureGroups.Strategies, Manager) with
        {
            Duty = Duty.Approve, FourEyes = "by value",
        };

    public static Permission AddMember { get; } =
        Danger("members.add", "Add a member, or raise one's level", FeatureGroups.Pools, Manager) with
        {
            IsBelowOwnLevel = true, FourEyes = "to Manager and up",
        };

    public static Permission ApproveMember { get; } = new(
        "members.approve", "Approve a member that another proposed", FeatureGroups.Pools, [new(Member, Custodian), new(Administrator)])
        { Tier = TokenTier.Danger, Duty = Duty.Approve, FourEyes = "is the second pair" };

    public static Permission LowerMember { get; } =
        Danger("members.lower", "Lower a member's level, or remove the member", FeatureGroups.Pools, Manager) with
        {
            IsBelowOwnLevel = true, BreakGlass = Administrator,
        };

    public static Permission CreatePoolKey { get; } =
        Danger("pools.apikeys.create", "Create an API key of the pool", FeatureGroups.Pools, Manager);

    /// <summary>No danger token: revoking only takes rights away.</summary>
    public static Permission RevokePoolKey { get; } =
        In("pools.apikeys.revoke", "Revoke an API key of the pool", FeatureGroups.Pools, Manager);

    public static Permission AddVenueKey { get; } =
        Danger("vaults.venuekeys.add", "Connect a venue account by its key", FeatureGroups.Vaults, Manager);

    /// <summary>Secrets are used, never shown.</summary>
    public static Permission RevealSecret { get; } =
        new("secrets.reveal", "Reveal a secret", FeatureGroups.Vaults, []) { Tier = TokenTier.Danger };

    public static Permission AddWhitelistEntry { get; } =
        Danger("whitelist.add", "Propose an address for withdrawals", FeatureGroups.Vaults, Manager) with
        {
            Duty = Duty.Initiate, FourEyes = "a Custodian",
        };

    public static Permission ApproveWhitelistEntry { get; } =
        Danger("whitelist.approve", "Approve an address for withdrawals", FeatureGroups.Vaults, Custodian) with { Duty = Duty.Approve };

    public static Permission RemoveWhitelistEntry { get; } =
        Danger("whitelist.remove", "Remove an address for withdrawals", FeatureGroups.Vaults, Custodian) with { BreakGlass = Operator };

    public static Permission RequestWithdrawal { get; } =
        Danger("withdrawals.request", "Request a withdrawal", FeatureGroups.Vaults, Manager) with
        {
            Duty = Duty.Initiate, FourEyes = "Custodians, by the pool's policy",
        };

    public static Permission ApproveWithdrawal { get; } =
        Danger("withdrawals.approve", "Approve a withdrawal", FeatureGroups.Vaults, Custodian) with
        {
            Duty = Duty.Approve, FourEyes = "is the second pair",
        };

    public static Permission LoosenPolicy { get; } =
        Danger("vaults.policy.loosen", "Loosen the policy of a vault", FeatureGroups.Vaults, Owner) with
        {
            FourEyes = "two Custodians, and the cooling time",
        };

    /// <summary>Anyone near may stop what goes wrong.</summary>
    public static Permission Freeze { get; } = new(
        "pools.freeze", "Freeze a pool", FeatureGroups.Pools, [new(Operator), new(Member, Manager)]) { Tier = TokenTier.Danger };

    public static Permission Unfreeze { get; } = new(
        "pools.unfreeze", "Unfreeze a pool", FeatureGroups.Pools, [new(Administrator, Owner)])
        { Tier = TokenTier.Danger, FourEyes = "an Administrator and the Owner" };

    public static Permission ClosePool { get; } = Danger("pools.close", "Close a pool for good", FeatureGroups.Pools, Owner);

    public static Permission BarPool { get; } = new(
        "barriers.pool", "End all tokens of a pool", FeatureGroups.Pools, [new(Operator), new(Member, Owner)]) { Tier = TokenTier.Danger };

    private static Permission In(string id, string summary, FeatureGroups group, PoolLevel level) =>
        new(id, summary, group, [new(Member, level)]);

    private static Permission Danger(string id, string summary, FeatureGroups group, PoolLevel level) =>
        In(id, summary, group, level) with { Tier = TokenTier.Danger };
}
