using System.Globalization;
using System.Text.Json;
using Platform.Domain.Markets;
using Platform.Domain.Values;
using Platform.Workers.Markets.Venues.Wire;

namespace Platform.Workers.Markets.Venues.Okx;

/// <summary>What OKX answers about the account and its transfers (API v5, 2026-07), in our words.</summary>
internal static class OkxAccountAnswers
{
    /// <summary>"perm" is a list with commas: read_only, trade, withdraw.</summary>
    public static KeyPermissions KeyOf(JsonElement config)
    {
        var permissions = config.Text("perm").Split(',');
        return new(permissions.Contains("trade", StringComparer.Ordinal), permissions.Contains("withdraw", StringComparer.Ordinal));
    }

    public static VenueBalance BalanceOf(JsonElement detail) =>
        new(detail.Text("ccy"), detail.QuantityOrZero("availBal"), detail.QuantityOrZero("frozenBal"));

    /// <summary>The venue writes what is paid below zero.</summary>
    public static FeeRates FeesOf(JsonElement fees) => new(-fees.Decimal("maker"), -fees.Decimal("taker"));

    public static VenueTransfer DepositOf(JsonElement deposit) => new(
        deposit.Text("depId"), ClientTransferId: null, deposit.Text("ccy"), deposit.TextOrNone("chain"),
        deposit.Quantity("amt"), Fee: null, deposit.TextOrNone("to"), Tag: null, deposit.TextOrNone("txId"),
        deposit.Text("state") switch
        {
            "0" => VenueTransferState.Sent,
            "1" or "2" => VenueTransferState.Completed,
            _ => VenueTransferState.Pending,
        },
        deposit.Milliseconds("ts"));

    public static VenueTransfer WithdrawalOf(JsonElement withdrawal)
    {
        var transaction = withdrawal.TextOrNone("txId");
        return new(
            withdrawal.Text("wdId"), withdrawal.TextOrNone("clientId"), withdrawal.Text("ccy"), withdrawal.TextOrNone("chain"),
            withdrawal.Quantity("amt"), FeeOf(withdrawal), withdrawal.TextOrNone("to"),
            withdrawal.TextOrNone("tag") ?? withdrawal.TextOrNone("memo"), transaction,
            withdrawal.Text("state") switch
            {
                "2" => VenueTransferState.Completed,
                "-1" => VenueTransferState.Failed,
                "-2" => VenueTransferState.Canceled,
                _ => transaction is null ? VenueTransferState.Pending : VenueTransferState.Sent,
            },
            withdrawal.Milliseconds("ts"));
    }

    public static VenueAddress AddressOf(JsonElement address) => new(
        address.Text("ccy").ToUpperInvariant(), address.TextOrNone("chain"), address.Text("addr"),
        address.TextOrNone("tag") ?? address.TextOrNone("memo") ?? address.TextOrNone("pmtId"));

    public static VenueNetwork NetworkOf(JsonElement chain) => new(
        chain.Text("ccy"), chain.Text("chain"), chain.GetProperty("canDep").GetBoolean(), chain.GetProperty("canWd").GetBoolean(),
        (chain.DecimalOrNone("fee") ?? chain.DecimalOrNone("minFee")) is { } fee ? Quantity.From(fee) : null,
        chain.DecimalOrNone("minWd") is { } min ? Quantity.From(min) : null,
        chain.DecimalOrNone("maxWd") is { } max ? Quantity.From(max) : null,
        chain.DecimalOrNone("minDepArrivalConfirm") is { } confirmations ? decimal.ToInt32(confirmations) : null);

    // Old rows have the asset behind the figure: "0.01000000eth".
    private static Quantity? FeeOf(JsonElement withdrawal) => withdrawal.TextOrNone("fee") is { } text
        && decimal.TryParse(
            text.TrimEnd("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ".ToCharArray()), NumberStyles.AllowDecimalPoint,
            CultureInfo.InvariantCulture, out var fee)
            ? Quantity.From(fee)
            : null;
}
