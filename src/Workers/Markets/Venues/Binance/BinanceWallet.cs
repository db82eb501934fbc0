using System.Globalization;
using System.Text.Json;
using Platform.Domain.Markets;
using Platform.Domain.Values;
using Platform.Workers.Markets.Venues.Wire;

namespace Platform.Workers.Markets.Venues.Binance;

/// <summary>An account's money at Binance (wallet endpoints, 2026-07). The paper venue knows of balances alone.</summary>
internal sealed class BinanceWallet(VenueLink link, VenueTransport transport) : IVenueAccount, IVenueWithdrawals, IVenueDelistings
{
    private const int PageMax = 1000;

    // The venue answers for so long at once.
    private static readonly TimeSpan HistoryMax = TimeSpan.FromDays(90);

    public VenueId Venue => link.Venue;

    /// <summary>By <c>withdrawOrderId</c>; it answers by it for the last seven days.</summary>
    public bool KeepsClientIds => true;

    public Task<VenueAnswer<IReadOnlyList<VenueBalance>>> BalancesAsync(CancellationToken cancellationToken) =>
        transport.SendAsync(
            VenueCall.Get("/api/v3/account", ("omitZeroBalances", "true")) with { Weight = 20, IsSigned = true },
            account => BinanceWalletAnswers.BalancesOf(account.GetProperty("balances")), cancellationToken);

    public Task<VenueAnswer<FeeRates>> FeesAsync(Instrument instrument, CancellationToken cancellationToken) =>
        transport.SendAsync(
            VenueCall.Get("/api/v3/account/commission", ("symbol", instrument.VenueSymbol)) with { Weight = 20, IsSigned = true },
            BinanceWalletAnswers.FeesOf, cancellationToken);

    public Task<VenueAnswer<IReadOnlyList<VenueTransfer>>> DepositsAsync(
        DateTimeOffset since, CancellationToken cancellationToken) =>
        HistoryAsync("/sapi/v1/capital/deposit/hisrec", 1, since, BinanceWalletAnswers.DepositOf, cancellationToken);

    public Task<VenueAnswer<IReadOnlyList<VenueTransfer>>> WithdrawalsAsync(
        DateTimeOffset since, CancellationToken cancellationToken) =>
        HistoryAsync("/sapi/v1/capital/withdraw/history", 18, since, BinanceWalletAnswers.WithdrawalOf, cancellationToken);

    public Task<VenueAnswer<VenueAddress>> DepositAddressAsync(
        Asset asset, string network, CancellationToken cancellationToken) => transport.SendAsync(
            Wallet("/sapi/v1/capital/deposit/address", 10, ("coin", asset.Value), ("network", network)),
            address => BinanceWalletAnswers.DepositAddressOf(address, network), cancellationToken);

    public Task<VenueAnswer<KeyPermissions>> KeyAsync(CancellationToken cancellationToken) => transport.SendAsync(
        Wallet("/sapi/v1/account/apiRestrictions", 1), BinanceWalletAnswers.KeyOf, cancellationToken);

    public Task<VenueAnswer<IReadOnlyList<PlannedDelisting>>> DelistingsAsync(CancellationToken cancellationToken) =>
        transport.SendAsync(Wallet("/sapi/v1/spot/delist-schedule", 100), BinanceWalletAnswers.DelistingsOf, cancellationToken);

    public Task<VenueAnswer<IReadOnlyList<VenueNetwork>>> NetworksAsync(Asset asset, CancellationToken cancellationToken) =>
        transport.SendAsync(
            Wallet("/sapi/v1/capital/config/getall", 10), coins => BinanceWalletAnswers.NetworksOf(coins, asset), cancellationToken);

    public Task<VenueAnswer<IReadOnlyList<VenueAddress>>> AddressBookAsync(Asset asset, CancellationToken cancellationToken) =>
        transport.SendAsync<IReadOnlyList<VenueAddress>>(
            Wallet("/sapi/v1/capital/withdraw/address/list", 10),
            addresses => [.. addresses.EnumerateArray().Where(address => address.Is("coin", asset.Value))
                .Select(BinanceWalletAnswers.AddressOf)],
            cancellationToken);

    public Task<VenueAnswer<VenueTransferName>> WithdrawAsync(NewWithdrawal withdrawal, CancellationToken cancellationToken) =>
        transport.SendAsync(
            VenueCall.Post(
                "/sapi/v1/capital/withdraw/apply", ("coin", withdrawal.Asset.Value), ("withdrawOrderId", withdrawal.ClientTransferId),
                ("network", withdrawal.To.Network), ("address", withdrawal.To.Address), ("addressTag", withdrawal.To.Tag),
                ("amount", WireDecimal.Format(withdrawal.Amount.Value)))
                with { Weight = 600, Limit = BinanceProtocol.WalletWeight, IsSigned = true },
            taken => new VenueTransferName(withdrawal.Asset, withdrawal.ClientTransferId, taken.Text("id")), cancellationToken);

    public async Task<VenueAnswer<VenueTransfer>> QueryAsync(VenueTransferName withdrawal, CancellationToken cancellationToken)
    {
        var found = await transport.SendAsync(
            Wallet(
                "/sapi/v1/capital/withdraw/history", 18, ("coin", withdrawal.Asset.Value),
                ("withdrawOrderId", withdrawal.ClientTransferId)),
            rows => rows.Each(BinanceWalletAnswers.WithdrawalOf), cancellationToken);
        return found is VenueAnswer<IReadOnlyList<VenueTransfer>>.Answered { Value: [] }
            ? new VenueAnswer<VenueTransfer>.NotFound("No withdrawal of that id in the last seven days.")
            : found.Map(rows => rows[0]);
    }

    private Task<VenueAnswer<IReadOnlyList<VenueTransfer>>> HistoryAsync(
        string path, int weight, DateTimeOffset since, Func<JsonElement, VenueTransfer> read, CancellationToken cancellationToken)
    {
        var earliest = link.Time.GetUtcNow() - HistoryMax;
        return transport.SendAsync<IReadOnlyList<VenueTransfer>>(
            Wallet(
                path, weight, ("startTime", Text((since > earliest ? since : earliest).ToUnixTimeMilliseconds())), ("limit", Text(PageMax))),
            rows => [.. rows.EnumerateArray().Select(read).OrderByDescending(transfer => transfer.At)], cancellationToken);
    }

    private static VenueCall Wallet(string path, int weight, params IReadOnlyList<(string Name, string? Value)> parameters) =>
        VenueCall.Get(path, parameters) with { Weight = weight, Limit = BinanceProtocol.WalletWeight, IsSigned = true };

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
}
