using System.Text.Json;
using Platform.Domain.Markets;
using Platform.Domain.Values;
using Platform.Workers.Markets.Venues.Wire;

namespace Platform.Workers.Markets.Venues.Coinbase;

/// <summary>A wallet, by which all that concerns its asset is asked.</summary>
internal sealed record CoinbaseWallet(string Id, string Asset, VenueBalance Balance, DateTimeOffset UpdatedAt);

/// <summary>What Coinbase answers about the account and its transfers (Advanced Trade and Coinbase App APIs, 2026-07), in our words.</summary>
internal static class CoinbaseAccountAnswers
{
    public static CoinbaseWallet WalletOf(JsonElement account)
    {
        var asset = account.Text("currency");
        return new(
            account.Text("uuid"), asset,
            new(
                asset, account.GetProperty("available_balance").Quantity("value"), account.GetProperty("hold").Quantity("value")),
            account.Time("updated_at"));
    }

    public static FeeRates FeesOf(JsonElement summary)
    {
        var tier = summary.GetProperty("fee_tier");
        return new(tier.Decimal("maker_fee_rate"), tier.Decimal("taker_fee_rate"));
    }

    /// <summary>What goes out is below zero there; null for what was moved inside the venue, or is no transfer at all.</summary>
    public static VenueTransfer? TransferOf(JsonElement transaction, bool isDeposit)
    {
        var amount = transaction.GetProperty("amount");
        var moved = amount.Decimal("amount");
        if (!transaction.Is("type", "send") || moved > 0 != isDeposit
            || !transaction.TryGetProperty("network", out var network) || network.Is("status", "off_blockchain"))
            return null;

        var fee = network.TryGetProperty("transaction_fee", out var paid) ? paid.Quantity("amount") : (Quantity?)null;
        return new(
            transaction.Text("id"), transaction.TextOrNone("idem"), amount.Text("currency"), network.TextOrNone("network_name"),
            network.TryGetProperty("transaction_amount", out var arrived) ? arrived.Quantity("amount") : Quantity.From(Math.Abs(moved)),
            isDeposit ? null : fee, AddressOf(transaction), Tag: null, network.TextOrNone("hash"),
            StateOf(transaction.Text("status"), network.TextOrNone("hash")), transaction.Time("created_at"));
    }

    public static VenueAddress DepositAddressOf(string asset, JsonElement address) => new(
        asset, address.TextOrNone("network"), address.Text("address"), address.TextOrNone("destination_tag"),
        address.TextOrNone("name"));

    public static VenuePosition PositionOf(JsonElement position)
    {
        var (contracts, unrealized) = (position.Decimal("number_of_contracts"), position.GetProperty("unrealized_pnl"));
        return new(
            position.Text("product_id"), position.Is("side", "SHORT") ? -contracts : contracts,
            AmountOf(position, "avg_entry_price"), AmountOf(position, "current_price"), AmountOf(position, "liquidation_price"),
            position.DecimalOrNone("leverage"),
            new(unrealized.Decimal("value"), Asset.From(unrealized.Text("currency"))), At: null);
    }

    /// <summary>Of futures the venue tells one sum of dollars: what may be used, and what open orders hold.</summary>
    public static VenueBalance FuturesBalanceOf(JsonElement answer)
    {
        var summary = answer.GetProperty("balance_summary");
        var all = summary.GetProperty("cfm_usd_balance");
        var held = summary.GetProperty("total_open_orders_hold_amount").Quantity("value");
        return new(
            all.Text("currency"), Quantity.From(Math.Max(0, all.Decimal("value") - held.Value)), held);
    }

    private static Price? AmountOf(JsonElement position, string name) =>
        position.TryGetProperty(name, out var amount) ? amount.PriceOrNone("value") : null;

    private static string? AddressOf(JsonElement transaction) =>
        transaction.TryGetProperty("to", out var to) && to.ValueKind is JsonValueKind.Object ? to.TextOrNone("address") : null;

    private static VenueTransferState StateOf(string status, string? hash) => status switch
    {
        "completed" => VenueTransferState.Completed,
        "failed" or "expired" => VenueTransferState.Failed,
        "canceled" => VenueTransferState.Canceled,
        _ => hash is null ? VenueTransferState.Pending : VenueTransferState.Sent,
    };
}
