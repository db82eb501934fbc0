namespace Platform.Domain.Markets.Heatmap;

/// <summary>
/// How many bitcoins the blocks up to a height may have issued: 50 a block, halved every 210,000 blocks, in whole hundred-millionths
/// (Bitcoin Core, <c>GetBlockSubsidy</c>). A few were never claimed or can never be spent; these are counted.
/// </summary>
public static class BitcoinSupply
{
    private const long Satoshis = 100_000_000;
    private const long First = 50 * Satoshis;
    private const long BlocksOfEra = 210_000;

    /// <param name="height">Of the last block; the first is 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is below zero.</exception>
    public static decimal At(long height)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(height);
        var issued = 0L;
        var subsidy = First;
        for (var left = height + 1; left > 0 && subsidy > 0; left -= BlocksOfEra, subsidy /= 2)
            issued += Math.Min(left, BlocksOfEra) * subsidy;
        return (decimal)issued / Satoshis;
    }
}
