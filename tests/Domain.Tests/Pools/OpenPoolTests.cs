using Platform.Domain.Pools;
using Platform.Domain.Values;

namespace Platform.Domain.Tests.Pools;

public sealed class OpenPoolTests
{
    private static readonly PoolId Id = PoolId.From(Guid.Parse("0199f2b0-0000-7000-8000-000000000001"));
    private static readonly OpenPool Open = new(Id, "Northern Lights", Asset.From("USDT"));
    private static readonly PoolOpened Opened = new(Id, "Northern Lights", Asset.From("USDT"));

    [Fact]
    public void Pool_is_opened() => Assert.Equal([Opened], EventsOf(PoolDecider.Decide(Open, pool: null)));

    [Fact]
    public void Pool_opened_twice_is_opened_once() => Assert.Empty(EventsOf(PoolDecider.Decide(Open, Pool.Evolve(pool: null, Opened))));

    [Fact]
    public void Pool_keeps_its_first_name() => Assert.Equal(
        new Pool(Id, "Northern Lights", Asset.From("USDT"), IsClosed: false),
        Pool.Evolve(Pool.Evolve(pool: null, Opened), Opened with { Name = "Another" }));

    [Fact]
    public void Pool_names_its_tenant() => Assert.Equal("0199f2b0-0000-7000-8000-000000000001", Id.Tenant);

    private static IReadOnlyList<PoolEvent> EventsOf(Decision<PoolEvent> decision) =>
        Assert.IsType<Decision<PoolEvent>.Accepted>(decision).Events;
}
