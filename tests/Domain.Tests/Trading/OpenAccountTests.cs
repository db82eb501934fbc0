using Platform.Domain.Trading;

namespace Platform.Domain.Tests.Trading;

public sealed class OpenAccountTests : AccountSpec
{
    private static OpenAccount Open(params OpeningBalance[] opening) =>
        new(Pool, Venue, Usdt, LotMethod.Fifo, FeePolicy.Capitalized, opening);

    [Fact]
    public void Account_is_opened_with_what_it_holds_already() => Then(
        AccountDecider.Decide(Open(new(new(1000, Usdt), 1, Noon), new(new(2, Btc), 40_000, Noon)), account: null),
        Opened,
        new FundsDeposited(Account, "opening-USDT", new(1000, Usdt), 1, Noon),
        new FundsDeposited(Account, "opening-BTC", new(2, Btc), 40_000, Noon));

    [Fact]
    public void Account_may_begin_empty() => Then(AccountDecider.Decide(Open(), account: null), Opened);

    [Fact]
    public void Account_opened_twice_is_opened_once() =>
        Then(AccountDecider.Decide(Open(new OpeningBalance(new(1000, Usdt), 1, Noon)), GivenAccount(Opened)));

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void Opening_balance_of_nothing_is_refused(int amount) => ThenRefused(
        AccountDecider.Decide(Open(new(new(1000, Usdt), 1, Noon), new(new(amount, Btc), 1, Noon)), account: null),
        "deposit_not_positive");

    [Fact]
    public void Opening_balance_with_a_negative_basis_is_refused() =>
        ThenRefused(AccountDecider.Decide(Open(new OpeningBalance(new(1, Btc), -1, Noon)), account: null), "basis_negative");
}
