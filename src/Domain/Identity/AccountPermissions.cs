using static Platform.Domain.Identity.PlatformLevel;

namespace Platform.Domain.Identity;

/// <summary>What a person does with what is the person's own.</summary>
public static class AccountPermissions
{
    public static Permission ReadAccount { get; } = Own("account.read", "Read the own profile, sessions and credentials");

    public static Permission RenewSession { get; } = Own("sessions.renew", "Go on with a session");

    public static Permission EndSessions { get; } = Own("sessions.end", "Sign out, here or everywhere");

    public static Permission ProveAgain { get; } = Own("danger.ask", "Prove again who is asking, for one operation");

    public static Permission EnrollTotp { get; } = Own("account.totp.enroll", "Begin with one-time codes");

    public static Permission AddPasskey { get; } = Danger("account.passkey.add", "Add a passkey", Guest);

    public static Permission RemovePasskey { get; } = Danger("account.passkey.remove", "Remove a passkey", Guest);

    public static Permission ChangePassword { get; } = Danger("account.password.change", "Change the password", Guest);

    public static Permission RemoveTotp { get; } = Danger("account.totp.remove", "Stop using one-time codes", Guest);

    public static Permission DeleteAccount { get; } = Danger("account.delete", "Delete the own account", Guest);

    public static Permission ListPools { get; } =
        new("pools.list", "List the pools that one is a member of", FeatureGroups.Pools, [new(Guest)]);

    public static Permission CreateKey { get; } = Danger("apikeys.create", "Create an API key of one's own", Member);

    /// <summary>No danger token: revoking only takes rights away.</summary>
    public static Permission RevokeKey { get; } = Own("apikeys.revoke", "Revoke an API key of one's own");

    private static Permission Own(string id, string summary) => new(id, summary, FeatureGroups.Account, [new(Guest)]);

    private static Permission Danger(string id, string summary, PlatformLevel level) =>
        new(id, summary, FeatureGroups.Account, [new(level)]) { Tier = TokenTier.Danger };
}
