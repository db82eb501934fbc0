using Platform.Domain.Markets;
using Platform.Domain.Trading;
using Platform.Domain.Values;

namespace Platform.Domain.Tests.Trading;

public sealed class IdentifierTests : OrderSpec
{
    [Fact]
    public void Same_key_in_the_same_pool_names_the_same_order() => Assert.Equal(Id, OrderId.For(Pool, EnsureKey.From("first-order")));

    [Fact]
    public void Same_key_in_another_pool_names_another_order() =>
        Assert.NotEqual(Id, OrderId.For(PoolId.From(Guid.Parse("0199f2b0-0000-7000-8000-000000000002")), Key));

    // Stored orders and orders at the venue carry these names: another derivation would not find them again.
    [Fact]
    public void Derived_names_never_change()
    {
        Assert.Equal("pf-06321f57e66f28648e41cf18c6051797", ClientOrder.Value);
        Assert.Equal("fb4a97fa-0e9c-2940-c1a4-2575e2f98b8a", Account.ToString());
        Assert.Equal("1692468f-718d-7be8-fed9-d162ec4a26af", Fill("t-1", 1).ExecutionId.ToString());
    }

    [Fact]
    public void Client_order_id_leads_back_to_its_order() => Assert.Equal(Id, ClientOrder.OrderId);

    [Theory]
    [InlineData("web_0199f2b000007000")]
    [InlineData("pf-")]
    [InlineData("pf-0199f2b0-0000-7000-8000-000000000001")]
    public void Client_order_id_of_a_stranger_leads_nowhere(string name) => Assert.Null(ClientOrderId.From(name).OrderId);

    [Fact]
    public void Client_order_id_fits_the_venue() => Assert.Matches("^[a-z0-9-]{1,36}$", ClientOrder.Value);

    [Fact]
    public void Fill_has_another_name_on_each_side_of_a_trade_with_oneself() => Assert.NotEqual(
        ExecutionId.For(Venue, Market, "t-1", AtVenue, Side.Buy), ExecutionId.For(Venue, Market, "t-1", AtVenue, Side.Sell));

    // Without the separator "ab","c" and "a","bc" would be one name.
    [Fact]
    public void Parts_of_a_name_do_not_run_together() => Assert.NotEqual(
        ExecutionId.For(VenueId.From("ab"), Market, "c", AtVenue, Side.Buy),
        ExecutionId.For(VenueId.From("a"), Market, "bc", AtVenue, Side.Buy));
}
