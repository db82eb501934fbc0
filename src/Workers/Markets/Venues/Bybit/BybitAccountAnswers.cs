using System.Text.Json;
using Platform.Domain.Markets;
using Platform.Domain.Values;
using Platform.Workers.Markets.Venues.Wire;

namespace Platform.Workers.Markets.Venues.Bybit;

/// <summary>What Bybit answers about the account and its transfers (API v5, 2026-07), in our words.</summary>
internal static class BybitAccountAnswers
{
    /// <summary>A key that may only read has the permissions all the same.</summary>
    public static KeyPermissions KeyOf(JsonElement key)
    {
        var (permissions, isReadOnly) = (key.GetProperty("permissions"), key.Whole("readOnly") != 0);
        return new(!isReadOnly && Has("Spot", "SpotTrade"), !isReadOnly && Has("Wallet", "Withdraw"));

        bool Has(string kind, string permission) => permissions.TryGetProperty(kind, out var granted)
            && granted.EnumerateArray().Any(one => one.ValueEquals(permission));
    }

    /// <summary>What was borrowed makes a balance negative: then nothing is free.</summary>
    public static VenueBalance BalanceOf(JsonElement coin)
    {
        var (all, locked) = (coin.Decimal("walletBalance"), coin.QuantityOrZero("locked"));
        return new(coin.Text("coin"), Quantity.From(Math.Max(0, all - locked.Value)), locked);
    }

    public static FeeRates FeesOf(JsonElement fees) => new(fees.Decimal("makerFeeRate"), fees.Decimal("takerFeeRate"));

    public static VenueTransfer DepositOf(JsonElement deposit) => new(
        deposit.TextOrNone("id") ?? deposit.Text("txID"), ClientTransferId: null, deposit.Text("coin"),
        deposit.TextOrNone("chain"), deposit.Quantity("amount"),
        deposit.DecimalOrNone("depositFee") is { } fee ? Quantity.From(fee) : null,
        deposit.TextOrNone("toAddress"), deposit.TextOrNone("tag"), deposit.TextOrNone("txID"),
        deposit.Whole("status") switch
        {
            3 => VenueTransferState.Completed,
            4 => VenueTransferState.Failed,
            1 or 2 => VenueTransferState.Sent,
            _ => VenueTransferState.Pending,
        },
        deposit.Milliseconds("successAt"));

    public static VenueTransfer WithdrawalOf(JsonElement withdrawal) => new(
        withdrawal.Text("withdrawId"), ClientTransferId: null, withdrawal.Text("coin"), withdrawal.TextOrNone("chain"),
        withdrawal.Quantity("amount"), withdrawal.DecimalOrNone("withdrawFee") is { } fee ? Quantity.From(fee) : null,
        withdrawal.TextOrNone("toAddress"), withdrawal.TextOrNone("tag"), withdrawal.TextOrNone("txID"),
        withdrawal.Text("status") switch
        {
            "success" or "BlockchainConfirmed" => VenueTransferState.Completed,
            "CancelByUser" => VenueTransferState.Canceled,
            "Reject" or "Fail" => VenueTransferState.Failed,
            _ => withdrawal.TextOrNone("txID") is null ? VenueTransferState.Pending : VenueTransferState.Sent,
        },
        withdrawal.Milliseconds("createTime"));

    public static VenueAddress DepositAddressOf(string asset, JsonElement chain) => new(
        asset, chain.Text("chain"), chain.Text("addressDeposit"), chain.TextOrNone("tagDeposit"));

    /// <summary>A new address may be withheld from for a day (status 1).</summary>
    public static VenueAddress AddressOf(JsonElement address) => new(
        address.Text("coin"), address.TextOrNone("chain"), address.Text("address"), address.TextOrNone("tag"),
        address.TextOrNone("remark"), address.Whole("verified") == 1 && address.Whole("status") == 0);

    public static VenueNetwork NetworkOf(string asset, JsonElement chain) => new(
        asset, chain.Text("chain"), chain.Is("chainDeposit", "1"), chain.Is("chainWithdraw", "1"),
        chain.DecimalOrNone("withdrawFee") is { } fee ? Quantity.From(fee) : null,
        chain.DecimalOrNone("withdrawMin") is { } min ? Quantity.From(min) : null, Max: null,
        chain.DecimalOrNone("confirmation") is { } confirmations ? decimal.ToInt32(confirmations) : null);
}
