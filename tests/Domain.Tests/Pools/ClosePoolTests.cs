using Platform.Domain.Pools;
using Platform.Domain.Values;

namespace Platform.Domain.Tests.Pools;

public sealed class ClosePoolTests
{
    private static readonly PoolId Id = PoolId.From(Guid.Parse("0199f2b0-0000-7000-8000-000000000001"));
    private static readonly Pool Open = Pool.Evolve(pool: null, new PoolOpened(Id, "Northern Lights", Asset.From("USDT")))!;

    [Fact]
    public void Pool_is_closed() => Assert.Equal([new PoolClosed(Id)], EventsOf(PoolDecider.Decide(new ClosePool(Id), Open)));

    [Fact]
    public void Pool_closed_twice_is_closed_once() =>
        Assert.Empty(EventsOf(PoolDecider.Decide(new ClosePool(Id), Pool.Evolve(Open, new PoolClosed(Id)))));

    [Fact]
    public void Pool_that_is_not_there_is_not_found() => Assert.Equal(
        "not_found", Assert.IsType<Decision<PoolEvent>.Refused>(PoolDecider.Decide(new ClosePool(Id), pool: null)).Refusal.Code);

    private static IReadOnlyList<PoolEvent> EventsOf(Decision<PoolEvent> decision) =>
        Assert.IsType<Decision<PoolEvent>.Accepted>(decision).Events;
}
