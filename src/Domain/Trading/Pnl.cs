using System.Text.Json.Serialization;
using Platform.Domain.Values;

namespace Platform.Domain.Trading;

/// <summary>Gains of one account at one set of marks; money in the reporting asset, exact.</summary>
/// <param name="Equity">Cash and positions at their marks; null while an asset held has no mark.</param>
/// <param name="Unrealized">Value at the marks less cost; null while an asset held has no mark.</param>
/// <param name="UnmarkedAssets">Assets held for which nobody quotes a price now.</param>
public sealed record Pnl(
    [property: JsonConverter(typeof(NullableDecimalConverter))] decimal? Equity,
    [property: JsonConverter(typeof(DecimalConverter))] decimal Deposits,
    [property: JsonConverter(typeof(DecimalConverter))] decimal Realized,
    [property: JsonConverter(typeof(NullableDecimalConverter))] decimal? Unrealized,
    [property: JsonConverter(typeof(DecimalConverter))] decimal ExpensedFees,
    IReadOnlyList<Asset> UnmarkedAssets)
{
    /// <summary>equity = deposits + realized + unrealized - expensed fees, to the last digit.</summary>
    public static Pnl Of(Book book, RateOf mark)
    {
        List<Asset> unmarked = [];
        decimal value = 0, cost = 0;
        foreach (var (code, holding) in book.Holdings)
        {
            var asset = Asset.From(code);
            if (holding.Quantity != 0 && mark(asset) is null)
                unmarked.Add(asset);
            value += ValueOf(holding, mark(asset)) ?? 0;
            cost += holding.Cost;
        }

        var marked = unmarked.Count == 0;
        return new(
            marked ? book.Cash + value : null, book.Deposits, book.Realized, marked ? value - cost : null,
            book.ExpensedFees, unmarked);
    }

    /// <summary>What a position is worth at a mark; null without one.</summary>
    public static decimal? ValueOf(Holding holding, decimal? mark) => Amounts.Round(holding.Quantity * mark);
}
