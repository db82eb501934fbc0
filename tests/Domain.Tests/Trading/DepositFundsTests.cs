using Platform.Domain.Trading;

namespace Platform.Domain.Tests.Trading;

public sealed class DepositFundsTests : AccountSpec
{
    private static readonly DepositFunds Deposit = new(Account, "wire-7", new(500, Usdt), 1, Noon);
    private static readonly FundsDeposited Done = new(Account, "wire-7", new(500, Usdt), 1, Noon);

    [Fact]
    public void Deposit_is_recorded() => Then(AccountDecider.Decide(Deposit, GivenAccount(Opened)), Done);

    [Fact]
    public void Deposit_reported_twice_is_recorded_once() => Then(AccountDecider.Decide(Deposit, GivenAccount(Opened, Done)));

    [Fact]
    public void Deposit_of_nothing_is_refused() => ThenRefused(
        AccountDecider.Decide(Deposit with { Amount = new(0, Usdt) }, GivenAccount(Opened)), "deposit_not_positive");

    [Fact]
    public void Deposit_with_a_negative_basis_is_refused() =>
        ThenRefused(AccountDecider.Decide(Deposit with { UnitCost = -0.01m }, GivenAccount(Opened)), "basis_negative");

    [Fact]
    public void Deposits_add_up() =>
        Assert.Equal(600, GivenAccount(Opened, Done, Deposited(100, Usdt)).AvailableOf(Usdt));

    [Fact]
    public void Fact_of_an_account_that_never_began_makes_none() => Assert.Null(Domain.Trading.Account.Evolve(account: null, Done));
}
