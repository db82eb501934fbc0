using Platform.Domain.Trading;
using Platform.Domain.Values;

namespace Platform.Domain.Tests.Trading;

/// <summary>Given an account's past, when a command or an order's fact is decided, then exactly these entries, or this refusal.</summary>
public abstract class AccountSpec : OrderSpec
{
    protected static readonly Asset Usdt = Asset.From("USDT");
    protected static readonly Asset Btc = Asset.From("BTC");
    protected static readonly Asset Eth = Asset.From("ETH");
    protected static readonly Asset Bnb = Asset.From("BNB");

    protected static readonly AccountOpened Opened = new(Account, Pool, Venue, Usdt, LotMethod.Fifo, FeePolicy.Capitalized);
    protected static readonly FundsReserved Reserved = new(Account, Id, new(200, Usdt));
    protected static readonly ReservationReleased Released = new(Account, Id);

    protected static FundsDeposited Deposited(decimal amount, Asset asset, decimal unitCost = 1) =>
        new(Account, $"deposit-of-{amount}-{asset}", new(amount, asset), unitCost, Noon);

    protected static Account GivenAccount(params AccountEvent[] past) =>
        past.Aggregate(default(Account), Domain.Trading.Account.Evolve) ?? throw new ArgumentException("No account yet.", nameof(past));

    protected static void Then(Decision<AccountEvent> decision, params AccountEvent[] expected) =>
        Assert.Equal(expected, Assert.IsType<Decision<AccountEvent>.Accepted>(decision).Events);

    protected static void ThenRefused(Decision<AccountEvent> decision, string code, string? field = null)
    {
        var refusal = Assert.IsType<Decision<AccountEvent>.Refused>(decision).Refusal;
        Assert.Equal((code, field), (refusal.Code, refusal.Field));
    }
}
