using System.Text.Json.Serialization;

namespace Platform.Domain.Values;

/// <summary>A fund, family office or desk: the tenant under which everything it owns is stored.</summary>
[JsonConverter(typeof(ValueConverter<PoolId, Guid>))]
public readonly record struct PoolId(Guid Value) : IValue<PoolId, Guid>
{
    public static PoolId From(Guid value) => new(value);

    public override string ToString() => Value.ToString("D");
}

/// <summary>Apart from the id itself, which the store takes for one only while it has a single property.</summary>
public static class PoolTenancy
{
    extension(PoolId pool)
    {
        /// <summary>The store's name for the tenant.</summary>
        public string Tenant => pool.ToString();
    }
}
