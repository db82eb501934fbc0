using Platform.Domain.Trading;

namespace Platform.Domain.Tests.Trading;

public sealed class CloseAccountTests : AccountSpec
{
    private static readonly CloseAccount Close = new(Account);
    private static readonly AccountClosed Closed = new(Account);

    [Fact]
    public void Account_is_closed_and_closed_once()
    {
        Then(AccountDecider.Decide(Close, GivenAccount(Opened)), Closed);
        Then(AccountDecider.Decide(Close, GivenAccount(Opened, Closed)));
    }

    [Fact]
    public void Account_that_backs_an_open_order_stays_open()
    {
        ThenRefused(AccountDecider.Decide(Close, GivenAccount(Opened, Deposited(200, Usdt), Reserved)), "orders_open");
        Then(AccountDecider.Decide(Close, GivenAccount(Opened, Deposited(200, Usdt), Reserved, Released)), Closed);
    }

    [Fact]
    public void Closed_account_takes_no_order_and_books_what_still_comes()
    {
        var closed = GivenAccount(Opened, Deposited(1_000_000, Usdt), Closed);

        ThenRefused(AccountDecider.Decide(Intended, closed), "pool_closed");
        Then(AccountDecider.Decide(new DepositFunds(Account, "late", new(5, Usdt), 1, Noon), closed),
            new FundsDeposited(Account, "late", new(5, Usdt), 1, Noon));
    }
}
