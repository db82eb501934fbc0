using System.Globalization;
using System.Text.Json;
using Platform.Domain.Markets;
using Platform.Domain.Values;
using Platform.Workers.Markets.Venues.Wire;

namespace Platform.Workers.Markets.Venues.Bybit;

/// <summary>The account at Bybit (API v5, unified account).</summary>
internal sealed class BybitAccount(VenueLink link, VenueTransport transport) : IVenueAccount, IVenueWithdrawals
{
    private const string Withdrawals = "/v5/asset/withdraw/query-record";
    private const int FeeFromAmount = 1;

    public VenueId Venue => link.Venue;

    /// <summary>The venue takes our id, so that the same twice is sent once, and answers nothing by it.</summary>
    public bool KeepsClientIds => false;

    public Task<VenueAnswer<IReadOnlyList<VenueBalance>>> BalancesAsync(CancellationToken cancellationToken) =>
        transport.AskAsync<IReadOnlyList<VenueBalance>>(
            "/v5/account/wallet-balance", BybitProtocol.Account,
            result => [.. result.GetProperty("list").EnumerateArray()
                .SelectMany(account => account.Each("coin", BybitAccountAnswers.BalanceOf))
                .Where(balance => balance.Free > Quantity.Zero || balance.Locked > Quantity.Zero)],
            cancellationToken, ("accountType", "UNIFIED"));

    public Task<VenueAnswer<FeeRates>> FeesAsync(Instrument instrument, CancellationToken cancellationToken) => transport.AskAsync(
        "/v5/account/fee-rate", BybitProtocol.Account, result => BybitAccountAnswers.FeesOf(result.GetProperty("list")[0]),
        cancellationToken, ("category", BybitListing.CategoryOf(instrument)), ("symbol", instrument.VenueSymbol));

    public Task<VenueAnswer<IReadOnlyList<VenueTransfer>>> DepositsAsync(
        DateTimeOffset since, CancellationToken cancellationToken) => RowsAsync(
        "/v5/asset/deposit/query-record", BybitAccountAnswers.DepositOf, cancellationToken, From(since), ("limit", "50"));

    public Task<VenueAnswer<IReadOnlyList<VenueTransfer>>> WithdrawalsAsync(
        DateTimeOffset since, CancellationToken cancellationToken) => RowsAsync(
        Withdrawals, BybitAccountAnswers.WithdrawalOf, cancellationToken, From(since), ("withdrawType", "2"), ("limit", "50"));

    public async Task<VenueAnswer<VenueAddress>> DepositAddressAsync(
        Asset asset, string network, CancellationToken cancellationToken) =>
        VenueAnswers.OneOf(
            await transport.AskAsync(
                "/v5/asset/deposit/query-address", BybitProtocol.Funding,
                result => result.Each("chains", chain => BybitAccountAnswers.DepositAddressOf(asset.Value, chain)),
                cancellationToken, ("coin", asset.Value), ("chainType", network)),
            address => string.Equals(address.Network, network, StringComparison.Ordinal));

    public Task<VenueAnswer<KeyPermissions>> KeyAsync(CancellationToken cancellationToken) => transport.AskAsync(
        "/v5/user/query-api", BybitProtocol.Account, BybitAccountAnswers.KeyOf, cancellationToken);

    public Task<VenueAnswer<IReadOnlyList<VenueNetwork>>> NetworksAsync(Asset asset, CancellationToken cancellationToken) =>
        transport.AskAsync<IReadOnlyList<VenueNetwork>>(
            "/v5/asset/coin/query-info", BybitProtocol.Funding,
            result => [.. result.GetProperty("rows").EnumerateArray().SelectMany(coin =>
                coin.Each("chains", chain => BybitAccountAnswers.NetworkOf(coin.Text("coin"), chain)))],
            cancellationToken, ("coin", asset.Value));

    public Task<VenueAnswer<IReadOnlyList<VenueAddress>>> AddressBookAsync(Asset asset, CancellationToken cancellationToken) =>
        RowsAsync(
            "/v5/asset/withdraw/query-address", BybitAccountAnswers.AddressOf, cancellationToken, ("coin", asset.Value),
            ("limit", "50"));

    public Task<VenueAnswer<VenueTransferName>> WithdrawAsync(NewWithdrawal withdrawal, CancellationToken cancellationToken) =>
        transport.SendAsync(
            WireBody.Post("/v5/asset/withdraw/create", new
            {
                coin = withdrawal.Asset.Value,
                chain = withdrawal.To.Network,
                address = withdrawal.To.Address,
                tag = withdrawal.To.Tag,
                amount = WireDecimal.Format(withdrawal.Amount.Value),
                timestamp = link.Time.GetUtcNow().ToUnixTimeMilliseconds(),
                forceChain = 1,
                accountType = "UTA",
                feeType = FeeFromAmount,
                requestId = VenueOrders.Token(withdrawal.ClientTransferId, lengthMax: 32),
            }) with { Limit = BybitProtocol.Funding },
            result => new VenueTransferName(withdrawal.Asset, withdrawal.ClientTransferId, result.Text("id")), cancellationToken);

    public async Task<VenueAnswer<VenueTransfer>> QueryAsync(VenueTransferName withdrawal, CancellationToken cancellationToken) =>
        withdrawal.VenueTransferId is { } id
            ? VenueAnswers.OneOf(
                await RowsAsync(Withdrawals, BybitAccountAnswers.WithdrawalOf, cancellationToken, ("withdrawID", id), ("withdrawType", "2")),
                _ => true)
            : new VenueAnswer<VenueTransfer>.Unknown(UnknownCause.Unreadable, "The venue answers nothing by our id.");

    private Task<VenueAnswer<IReadOnlyList<T>>> RowsAsync<T>(
        string path, Func<JsonElement, T> read, CancellationToken cancellationToken,
        params IReadOnlyList<(string Name, string? Value)> parameters) =>
        transport.AskAsync(path, BybitProtocol.Funding, result => result.Each("rows", read), cancellationToken, parameters);

    private static (string Name, string? Value) From(DateTimeOffset since) =>
        ("startTime", since.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture));
}
