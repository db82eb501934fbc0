using JasperFx.Events;
using Platform.Domain.Markets;
using Platform.Domain.Trading;
using Platform.Domain.Values;
using Platform.Projections.Trading;

namespace Platform.Projections.Tests.Trading;

public sealed class LedgerProjectionTests
{
    private static readonly PoolId Pool = PoolId.From(Guid.Parse("0199f2b0-0000-7000-8000-000000000001"));
    private static readonly VenueId Venue = VenueId.From("paper");
    private static readonly AccountId Id = AccountId.For(Pool, Venue);
    private static readonly Asset Usdt = Asset.From("USDT");
    private static readonly DateTimeOffset Noon = new(2026, 1, 2, 12, 0, 0, TimeSpan.Zero);

    private static readonly AccountOpened Opened = new(Id, Pool, Venue, Usdt, LotMethod.Fifo, FeePolicy.Capitalized);
    private static readonly FundsDeposited Deposited = new(Id, "wire-7", new(500, Usdt), 1, Noon);

    private static readonly FillBooked Booked = new(
        Id, OrderId.For(Pool, EnsureKey.From("key-1")), 7, Symbol.From("BTC-USDT"), Side.Buy,
        new(
            ExecutionId.From(Guid.Parse("0199f2b0-0000-7000-8000-000000000004")), "t-1", Quantity.From(1), Price.From(100),
            Notional.From(100), new(0, Usdt), Liquidity.Taker, Noon),
        QuoteRate: 1, FeeRate: 1);

    private static Event<T> Stored<T>(T happened, long sequence) where T : notnull =>
        new Event<T>(happened) { Sequence = sequence, TenantId = Pool.Tenant };

    [Fact]
    public void Book_names_the_last_event_it_has_seen()
    {
        var projection = new BookProjection();
        var book = projection.Evolve(projection.Evolve(snapshot: null, Id, Stored(Opened, 10)), Id, Stored(Deposited, 20));

        Assert.Equal((500, 20), (book!.Cash, book.Sequence));
    }

    [Fact]
    public void Book_is_none_before_its_account_is_opened() =>
        Assert.Null(new BookProjection().Evolve(snapshot: null, Id, Stored(Deposited, 10)));

    [Fact]
    public void Account_is_the_domains_own_fold()
    {
        var projection = new AccountProjection();
        var account = projection.Evolve(projection.Evolve(snapshot: null, Id, Stored(Opened, 10)), Id, Stored(Deposited, 20));

        Assert.Equal(500, account!.AvailableOf(Usdt));
    }

    [Fact]
    public void Booked_fill_is_one_row_of_the_trade_history() => Assert.Equal(
        new Trade(
            Booked.Fill.ExecutionId, Number: 7, Pool, Id, Booked.OrderId, Booked.Symbol, Side.Buy, Booked.Fill, Sequence: 30),
        TradeProjection.Of(Stored(Booked, 30)));
}
