using System.Globalization;
using System.Text.Json;
using Platform.Domain.Markets;
using Platform.Domain.Values;
using Platform.Workers.Markets.Venues.Wire;

namespace Platform.Workers.Markets.Venues.Binance;

/// <summary>What Binance answers about an account's money (wallet endpoints, 2026-07), in our words.</summary>
internal static class BinanceWalletAnswers
{
    private static readonly string[] CommissionKinds = ["standardCommission", "specialCommission", "taxCommission"];

    /// <summary>
    /// Of account, getUserAsset and get-funding-asset, which tell the same; what is frozen or on its way out is locked too. Assets
    /// of which there is nothing are left out.
    /// </summary>
    public static IReadOnlyList<VenueBalance> BalancesOf(JsonElement balances) =>
    [
        .. from balance in balances.EnumerateArray()
           let free = balance.Quantity("free")
           let locked = balance.Quantity("locked") + balance.QuantityOrZero("freeze") + balance.QuantityOrZero("withdrawing")
           where free > Quantity.Zero || locked > Quantity.Zero
           select new VenueBalance(balance.Text("asset"), free, locked),
    ];

    /// <summary>What is paid is the sum of the venue's own rate, taxes, and what single markets add.</summary>
    public static FeeRates FeesOf(JsonElement commission) =>
        new(RateOf(commission, "maker"), RateOf(commission, "taker"));

    public static KeyPermissions KeyOf(JsonElement key) => new(
        key.GetProperty("enableSpotAndMarginTrading").GetBoolean(), key.GetProperty("enableWithdrawals").GetBoolean());

    /// <summary>Markets by the instants at which they end.</summary>
    public static IReadOnlyList<PlannedDelisting> DelistingsOf(JsonElement schedule) =>
    [
        .. from date in schedule.EnumerateArray()
           from symbol in date.GetProperty("symbols").EnumerateArray()
           select new PlannedDelisting(symbol.GetString()!, date.Milliseconds("delistTime")),
    ];

    public static VenueTransfer DepositOf(JsonElement deposit) => new(
        deposit.Text("id"), ClientTransferId: null, deposit.Text("coin"), deposit.TextOrNone("network"), deposit.Quantity("amount"),
        Fee: null, deposit.TextOrNone("address"), deposit.TextOrNone("addressTag"), deposit.TextOrNone("txId"),
        deposit.Whole("status") switch
        {
            0 => Under(deposit),
            8 => VenueTransferState.Pending,
            // 6: credited, and not to be withdrawn yet.
            1 or 6 => VenueTransferState.Completed,
            2 or 7 => VenueTransferState.Failed,
            var other => throw new JsonException($"No such state of a deposit: {other}."),
        },
        deposit.Milliseconds("insertTime"));

    public static VenueTransfer WithdrawalOf(JsonElement withdrawal) => new(
        withdrawal.Text("id"), withdrawal.TextOrNone("withdrawOrderId"), withdrawal.Text("coin"), withdrawal.TextOrNone("network"),
        withdrawal.Quantity("amount"), withdrawal.Quantity("transactionFee"), withdrawal.TextOrNone("address"),
        withdrawal.TextOrNone("addressTag"), withdrawal.TextOrNone("txId"),
        withdrawal.Whole("status") switch
        {
            0 or 2 => VenueTransferState.Pending,
            1 => VenueTransferState.Canceled,
            3 or 5 => VenueTransferState.Failed,
            4 => Under(withdrawal),
            6 => VenueTransferState.Completed,
            var other => throw new JsonException($"No such state of a withdrawal: {other}."),
        },
        TimeOf(withdrawal.Text("applyTime")));

    /// <summary>An asset's ways in and out, of capital/config/getall, which tells those of all.</summary>
    public static IReadOnlyList<VenueNetwork> NetworksOf(JsonElement coins, Asset asset) =>
    [
        .. from coin in coins.EnumerateArray()
           where coin.Is("coin", asset.Value)
           from network in coin.GetProperty("networkList").EnumerateArray()
           select new VenueNetwork(
               asset.Value, network.Text("network"), network.GetProperty("depositEnable").GetBoolean(),
               network.GetProperty("withdrawEnable").GetBoolean(), network.Quantity("withdrawFee"),
               network.Quantity("withdrawMin"), network.Quantity("withdrawMax"), (int)network.Whole("minConfirm")),
    ];

    public static VenueAddress DepositAddressOf(JsonElement address, string? network) =>
        new(address.Text("coin"), network, address.Text("address"), address.TextOrNone("tag"));

    /// <summary><c>whiteStatus</c>: withdrawals may go there while the account has its whitelist on.</summary>
    public static VenueAddress AddressOf(JsonElement address) => new(
        address.Text("coin"), address.TextOrNone("network"), address.Text("address"), address.TextOrNone("addressTag"),
        address.TextOrNone("name"), address.GetProperty("whiteStatus").GetBoolean());

    private static VenueTransferState Under(JsonElement transfer) =>
        transfer.TextOrNone("txId") is null ? VenueTransferState.Pending : VenueTransferState.Sent;

    private static decimal RateOf(JsonElement commission, string who) =>
        CommissionKinds.Sum(kind =>
            commission.TryGetProperty(kind, out var rates) ? rates.Decimal(who) : 0);

    // UTC, without saying so.
    private static DateTimeOffset TimeOf(string text) => DateTimeOffset.ParseExact(
        text, "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
