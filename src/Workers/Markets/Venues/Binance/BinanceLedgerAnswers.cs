using System.Globalization;
using System.Text.Json;
using Platform.Workers.Markets.Venues.Wire;

namespace Platform.Workers.Markets.Venues.Binance;

/// <summary>What Binance answers about movements of an account's balances, in our words.</summary>
internal static class BinanceLedgerAnswers
{
    // What dust becomes where the answer does not say it.
    private const string DustBecomes = "BNB";
    private const string SpotWallet = "MAIN_";
    private const string Succeeded = "S";
    private const long MiningPaid = 248;
    private const long MiningRefunded = 249;

    public static IReadOnlyList<VenueMovement> DividendsOf(JsonElement answer) => answer.Each("rows", row => new VenueMovement(
        NumberOf(row, "id"), VenueMovementKind.Income, row.Text("asset"), row.Decimal("amount"), row.Milliseconds("divTime"),
        row.TextOrNone("enInfo")));

    /// <summary>Many small amounts become one asset at once; what arrives is told for each, without the charge.</summary>
    public static IReadOnlyList<VenueMovement> DustOf(JsonElement answer) =>
    [
        .. from conversion in answer.GetProperty("userAssetDribblets").EnumerateArray()
           from detail in conversion.GetProperty("userAssetDribbletDetails").EnumerateArray()
           from movement in Exchange(
               NumberOf(conversion, "transId"), detail.Milliseconds("operateTime"), (detail.Text("fromAsset"), detail.Decimal("amount")),
               (detail.TextOrNone("targetAsset") ?? DustBecomes, detail.Decimal("transferedAmount")))
           select movement,
    ];

    /// <summary>Those that succeeded.</summary>
    public static IReadOnlyList<VenueMovement> ConversionsOf(JsonElement answer) =>
    [
        .. from conversion in answer.GetProperty("list").EnumerateArray()
           where conversion.Is("orderStatus", "SUCCESS")
           from movement in Exchange(
               NumberOf(conversion, "orderId"), conversion.Milliseconds("createTime"),
               (conversion.Text("fromAsset"), conversion.Decimal("fromAmount")),
               (conversion.Text("toAsset"), conversion.Decimal("toAmount")))
           select movement,
    ];

    /// <summary>Stablecoins that the venue made one of the other, by itself or when asked to.</summary>
    public static IReadOnlyList<VenueMovement> StablecoinsOf(JsonElement answer) =>
    [
        .. from row in RowsOf(answer, "rows")
           where row.Is("status", Succeeded)
           from movement in Exchange(
               NumberOf(row, "tranId"), row.Milliseconds("time"), (row.Text("deductedAsset"), row.Decimal("deductedAmount")),
               (row.Text("targetAsset"), row.Decimal("targetAmount")))
           select movement,
    ];

    /// <summary>Paid for mining in the cloud, or given back.</summary>
    public static IReadOnlyList<VenueMovement> MiningOf(JsonElement answer) =>
    [
        .. from row in RowsOf(answer, "rows")
           where row.Is("status", Succeeded)
           let amount = row.Decimal("amount")
           select new VenueMovement(
               NumberOf(row, "tranId"), VenueMovementKind.Payment, row.Text("asset"), row.Whole("type") switch
               {
                   MiningPaid => -amount,
                   MiningRefunded => amount,
                   var other => throw new JsonException($"No such type of payment: {other}."),
               },
               row.Milliseconds("createTime")),
    ];

    /// <summary>The venue gives them no number: the instant will do.</summary>
    public static IReadOnlyList<VenueMovement> RebatesOf(JsonElement answer) =>
        answer.GetProperty("data").Each("data", row => new VenueMovement(
            NumberOf(row, "updateTime"), VenueMovementKind.Rebate, row.Text("asset"), row.Decimal("amount"),
            row.Milliseconds("updateTime")));

    /// <summary>As the spot wallet sees those that are through.</summary>
    public static IReadOnlyList<VenueMovement> TransfersOf(JsonElement answer) =>
        [.. RowsOf(answer, "rows").Where(row => row.Is("status", "CONFIRMED")).Select(TransferOf)];

    /// <summary>Where there are none, the venue may leave their list out.</summary>
    public static JsonElement[] RowsOf(JsonElement answer, string name) =>
        answer.TryGetProperty(name, out var rows) && rows.ValueKind is JsonValueKind.Array ? [.. rows.EnumerateArray()] : [];

    public static string NumberOf(JsonElement row, string name) => row.Whole(name).ToString(CultureInfo.InvariantCulture);

    private static VenueMovement TransferOf(JsonElement row)
    {
        var (type, amount) = (row.Text("type"), row.Decimal("amount"));
        var isOut = type.StartsWith(SpotWallet, StringComparison.Ordinal);
        return new(
            NumberOf(row, "tranId"), VenueMovementKind.Transfer, row.Text("asset"), isOut ? -amount : amount,
            row.Milliseconds("timestamp"), type);
    }

    private static VenueMovement[] Exchange(
        string id, DateTimeOffset at, (string Asset, decimal Amount) from, (string Asset, decimal Amount) to) =>
    [
        new(id, VenueMovementKind.Conversion, from.Asset, -from.Amount, at),
        new(id, VenueMovementKind.Conversion, to.Asset, to.Amount, at),
    ];
}
