using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Platform.Domain.Values;

namespace Platform.Domain.Trading;

/// <summary>Whether a fee changes the basis and proceeds of what was traded, or stands as an expense of its own.</summary>
public enum FeePolicy { Capitalized, Expensed }

/// <summary>
/// Positions, lots and gains of one account, in its reporting asset. The reporting asset itself is cash: it has no lots,
/// and one unit of it costs one.
/// </summary>
/// <param name="Deposits">Declared basis of all that came in from outside.</param>
/// <param name="Unvalued">Fills whose quote or fee nobody had a rate for: their value counts as zero.</param>
public sealed record Book(
    AccountId Id, PoolId PoolId, Asset ReportingAsset, LotMethod LotMethod, FeePolicy FeePolicy,
    [property: JsonConverter(typeof(DecimalConverter))] decimal Cash,
    ImmutableSortedDictionary<string, Holding> Holdings, ImmutableSortedDictionary<string, FeesPaid> Fees,
    [property: JsonConverter(typeof(DecimalConverter))] decimal Deposits,
    [property: JsonConverter(typeof(DecimalConverter))] decimal ExpensedFees, int Unvalued, long Sequence = 0)
{
    [JsonIgnore]
    public decimal Realized => Holdings.Values.Sum(holding => holding.Realized);

    public Holding HoldingOf(Asset asset) => Holdings.GetValueOrDefault(asset.Value, Holding.None);

    public static Book? Evolve(Book? book, AccountEvent happened) => (book, happened) switch
    {
        (null, AccountOpened e) => new(
            e.AccountId, e.PoolId, e.ReportingAsset, e.LotMethod, e.FeePolicy, Cash: 0,
            ImmutableSortedDictionary<string, Holding>.Empty.WithComparers(StringComparer.Ordinal),
            ImmutableSortedDictionary<string, FeesPaid>.Empty.WithComparers(StringComparer.Ordinal),
            Deposits: 0, ExpensedFees: 0, Unvalued: 0),
        (null, _) => null,
        (_, FundsDeposited e) => book.Deposit(e),
        (_, FillBooked e) => book.Trade(e),
        _ => book,
    };

    private Book Deposit(FundsDeposited e)
    {
        var cost = ValueOf(e.Amount, e.UnitCost);
        return Receive(e.Amount, cost, e.DepositId, e.AcquiredAt, "deposit") with { Deposits = Deposits + cost };
    }

    private Book Trade(FillBooked e)
    {
        var fill = e.Fill;
        var value = e.Symbol.Base == ReportingAsset
            ? fill.Quantity.Value
            : ValueOf(new(fill.QuoteQuantity.Value, e.Symbol.Quote), e.QuoteRate);
        var feeValue = ValueOf(fill.Fee, e.FeeRate);
        var traded = e.Side is Side.Buy ? Buy(e, value, feeValue) : Sell(e, value, feeValue);
        var paid = Fees.GetValueOrDefault(fill.Fee.Asset.Value, new(0, 0));
        return traded with
        {
            Fees = fill.Fee.Amount == 0 ? Fees : Fees.SetItem(
                fill.Fee.Asset.Value, new(paid.Amount + fill.Fee.Amount, paid.Value + feeValue)),
            ExpensedFees = ExpensedFees + (FeePolicy is FeePolicy.Expensed ? feeValue : 0),
            Unvalued = Unvalued + (e is { QuoteRate: null } or { FeeRate: null, Fill.Fee.Amount: not 0 } ? 1 : 0),
        };
    }

    // A fee in the base leaves fewer units for the same cost; in another asset it adds to the cost, or stands apart.
    private Book Buy(FillBooked e, decimal value, decimal feeValue)
    {
        var fill = e.Fill;
        var inBase = fill.Fee.Asset == e.Symbol.Base;
        var inQuote = fill.Fee.Asset == e.Symbol.Quote;
        var cost = (FeePolicy, inBase) switch
        {
            (FeePolicy.Capitalized, true) => value,
            (FeePolicy.Capitalized, false) => value + feeValue,
            (_, true) => value - feeValue,
            _ => value,
        };
        var received = new Money(fill.Quantity.Value - (inBase ? fill.Fee.Amount : 0), e.Symbol.Base);
        var paid = new Money(fill.QuoteQuantity.Value + (inQuote ? fill.Fee.Amount : 0), e.Symbol.Quote);
        return Pay(paid, value + (inQuote ? feeValue : 0))
            .PayThird(fill.Fee, inBase || inQuote, feeValue)
            .Receive(received, cost, fill.ExecutionId.ToString(), fill.TransactTime, "fill");
    }

    // A fee lowers the proceeds, or stands apart; what is received in the quote is worth what it is worth.
    private Book Sell(FillBooked e, decimal value, decimal feeValue)
    {
        var fill = e.Fill;
        var inBase = fill.Fee.Asset == e.Symbol.Base;
        var inQuote = fill.Fee.Asset == e.Symbol.Quote;
        var proceeds = (FeePolicy, inBase) switch
        {
            (FeePolicy.Capitalized, true) => value,
            (FeePolicy.Capitalized, false) => value - feeValue,
            (_, true) => value + feeValue,
            _ => value,
        };
        var given = new Money(fill.Quantity.Value + (inBase ? fill.Fee.Amount : 0), e.Symbol.Base);
        var received = new Money(fill.QuoteQuantity.Value - (inQuote ? fill.Fee.Amount : 0), e.Symbol.Quote);
        return Pay(given, proceeds)
            .PayThird(fill.Fee, inBase || inQuote, feeValue)
            .Receive(received, value - (inQuote ? feeValue : 0), fill.ExecutionId.ToString(), fill.TransactTime, "fill");
    }

    private Book PayThird(Money fee, bool paidAlready, decimal feeValue) => paidAlready ? this : Pay(fee, feeValue);

    private Book Pay(Money money, decimal proceeds) => money switch
    {
        { Amount: 0 } when proceeds == 0 => this,
        _ when money.Asset == ReportingAsset => (this with { Cash = Cash - money.Amount }).Gain(proceeds - money.Amount),
        _ => With(money.Asset, HoldingOf(money.Asset).DisposeOf(money.Amount, proceeds, LotMethod)),
    };

    private Book Receive(Money money, decimal cost, string lotId, DateTimeOffset at, string by) =>
        money.Asset == ReportingAsset
            ? (this with { Cash = Cash + money.Amount }).Gain(money.Amount - cost)
            : With(money.Asset, HoldingOf(money.Asset).Acquire(new(lotId, money.Amount, cost, at, by)));

    // Cash has no lots: what it brought above or below one for one, a fee for instance, is a gain or a loss at once.
    private Book Gain(decimal amount) =>
        amount == 0 ? this : With(ReportingAsset, HoldingOf(ReportingAsset).DisposeOf(0, amount, LotMethod));

    // One unit of the reporting asset is worth one, to the last place.
    private decimal ValueOf(Money money, decimal? rate) =>
        money.Asset == ReportingAsset ? money.Amount : Amounts.Round(money.Amount * (rate ?? 0));

    private Book With(Asset asset, Holding holding) => this with { Holdings = Holdings.SetItem(asset.Value, holding) };
}
