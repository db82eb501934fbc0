using Platform.Domain.Values;

namespace Platform.Domain.Tests.Values;

public sealed class ZeroTests
{
    // A decimal keeps the digits it was written with, and the difference of equals may be a zero with a minus sign.
    private const decimal SignedZero = 0.00300m - 0.003m;

    [Fact]
    public void Nothing_is_left_when_all_is_taken_however_it_was_written() =>
        Assert.Equal(Quantity.Zero, Quantity.From(0.00300m) - Quantity.From(0.003m));

    [Fact]
    public void Zero_with_a_sign_is_zero_without_one()
    {
        Assert.False(decimal.IsNegative(Quantity.From(SignedZero).Value));
        Assert.False(decimal.IsNegative(Notional.From(SignedZero).Value));
    }
}
