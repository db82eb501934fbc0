namespace Platform.Domain.Identity;

/// <summary>How much of the platform itself a person may touch. Each level may all that the one below may.</summary>
public enum PlatformLevel
{
    /// <summary>Anonymous, or blocked.</summary>
    None = 0,

    /// <summary>Registered; the e-mail address is not verified yet.</summary>
    Guest = 1,

    /// <summary>Verified.</summary>
    Member = 2,

    /// <summary>Authors strategy profiles; assistants may read in their name.</summary>
    Associate = 3,

    /// <summary>Content and support; may bar users and addresses.</summary>
    Moderator = 4,

    /// <summary>Nodes, deployments, freezing.</summary>
    Operator = 5,

    /// <summary>Users, plans, key rings.</summary>
    Administrator = 6,

    /// <summary>Topology, root certificates, the shape of policies.</summary>
    Architect = 7,
}

/// <summary>
/// What a person is in one pool. Each level may all that the one below may, but for two duties that exclude each other:
/// whoever initiates a flow never approves the same.
/// </summary>
public enum PoolLevel
{
    /// <summary>Not a member: the pool does not exist for this person.</summary>
    Outsider = 0,

    /// <summary>Sees the pool's public page.</summary>
    Participant = 1,

    /// <summary>Sees the own position and statements.</summary>
    Investor = 2,

    /// <summary>Sees all of the pool's data, changes nothing.</summary>
    Analyst = 3,

    /// <summary>Orders and strategies inside the limits.</summary>
    Trader = 4,

    /// <summary>Members up to Trader, limits, fees.</summary>
    Manager = 5,

    /// <summary>Whitelist and approval of withdrawals; does not trade.</summary>
    Custodian = 6,

    /// <summary>Everything but approving what the owner initiated.</summary>
    Owner = 7,
}

/// <summary>What a person pays for; higher plans include lower ones.</summary>
public enum Plan
{
    Free = 0,
    Pro = 1,
    Business = 2,
    Enterprise = 3,
}
