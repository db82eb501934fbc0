namespace Platform.Domain.Identity;

/// <summary>What a credential may be good for; a token or an API key holds a set of these.</summary>
[Flags]
public enum FeatureGroups
{
    None = 0,
    Assets = 1,
    Markets = 2,
    Exchanges = 4,
    Blockchain = 8,
    Trading = 16,
    Vaults = 32,
    Strategies = 64,
    Nodes = 128,
    Pools = 256,

    /// <summary>The person's own profile, sessions and credentials; no API key holds it.</summary>
    Account = 512,

    /// <summary>Users, barriers, key rings; no API key holds it.</summary>
    Platform = 1024,

    /// <summary>Open to everybody.</summary>
    Public = Assets | Markets | Exchanges | Blockchain,

    /// <summary>What an API key may be given beyond <see cref="Public"/>.</summary>
    Private = Trading | Vaults | Strategies | Nodes | Pools,

    /// <summary>What a person's own token holds.</summary>
    Everything = Public | Private | Account | Platform,
}
