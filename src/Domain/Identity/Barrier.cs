using System.Text.Json.Serialization;
using Platform.Domain.Values;

namespace Platform.Domain.Identity;

/// <summary>Whom a barrier keeps out. The numbers are stored.</summary>
public enum BarrierScope
{
    User = 1,

    /// <summary>One address, a /24 of IPv4, or a /48 of IPv6.</summary>
    Network = 2,
    Pool = 3,
    Session = 4,
    ApiKey = 5,
    Node = 6,
    SigningKey = 7,

    /// <summary>Everybody.</summary>
    Global = 8,
}

/// <summary>Why a barrier was raised.</summary>
public enum BarrierCause
{
    SessionEnded,
    TokenReused,
    CredentialChanged,
    RightsTaken,
    PoolFrozen,
    Deleted,
    Abuse,
    NodeEjected,
    KeyCompromised,

    /// <summary>A person pressed the button.</summary>
    Panic,
}

/// <summary>Whom a barrier concerns, as a keyed hash: what memory, the store and the stream know the subject by.</summary>
[JsonConverter(typeof(ValueConverter<BarrierId, Guid>))]
public readonly record struct BarrierId(Guid Value) : IValue<BarrierId, Guid>
{
    public static BarrierId From(Guid value) => new(value);

    public override string ToString() => Value.ToString("D");
}

/// <summary>The facts of one subject's barriers.</summary>
public abstract record BarrierEvent
{
    private protected BarrierEvent() { }
}

/// <summary>Whatever was issued to the subject until then is good for nothing.</summary>
/// <param name="Subject">The id that is barred; null for a network, which would name a person.</param>
/// <param name="Until">Tokens issued up to and at this instant are refused; a little ahead of the clock, for others' clocks.</param>
public sealed record BarrierRaised(
    BarrierId BarrierId, BarrierScope Scope, string? Subject, DateTimeOffset Until, BarrierCause Cause) : BarrierEvent;
