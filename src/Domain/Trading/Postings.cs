using Platform.Domain.Values;

namespace Platform.Domain.Trading;

/// <summary>What one fill moves on the account: what is paid (below zero) first, what is received, then the fee.</summary>
public static class Postings
{
    public static IReadOnlyList<Money> Of(FillBooked booked)
    {
        var bought = new Money(booked.Fill.Quantity.Value, booked.Symbol.Base);
        var paid = new Money(booked.Fill.QuoteQuantity.Value, booked.Symbol.Quote);
        var fee = Negative(booked.Fill.Fee);
        return booked.Side is Side.Buy ? [Negative(paid), bought, fee] : [Negative(bought), paid, fee];
    }

    private static Money Negative(Money money) => money with { Amount = -money.Amount };
}
