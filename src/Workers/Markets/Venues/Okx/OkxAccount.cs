using System.Globalization;
using Platform.Domain.Markets;
using Platform.Domain.Values;
using Platform.Workers.Markets.Venues.Wire;

namespace Platform.Workers.Markets.Venues.Okx;

/// <summary>The account at OKX (API v5).</summary>
internal sealed class OkxAccount(VenueLink link, VenueTransport transport) : IVenueAccount, IVenueWithdrawals, IVenuePositions
{
    private const string OnTheChain = "4";
    private const string Config = "/api/v5/account/config";
    private const string Withdrawals = "/api/v5/asset/withdrawal-history";

    public VenueId Venue => link.Venue;

    public bool KeepsClientIds => true;

    public Task<VenueAnswer<IReadOnlyList<VenueBalance>>> BalancesAsync(CancellationToken cancellationToken) =>
        transport.AskAsync<IReadOnlyList<VenueBalance>>(
            "/api/v5/account/balance", OkxProtocol.Account,
            data => [.. data[0].Each("details", OkxAccountAnswers.BalanceOf)
                .Where(balance => balance.Free > Quantity.Zero || balance.Locked > Quantity.Zero)],
            cancellationToken);

    public Task<VenueAnswer<FeeRates>> FeesAsync(Instrument instrument, CancellationToken cancellationToken) => transport.AskAsync(
        "/api/v5/account/trade-fee", OkxProtocol.Account, data => OkxAccountAnswers.FeesOf(data[0]), cancellationToken,
        ("instType", OkxMarketData.KindOf(instrument.Kind)),
        (instrument.Kind is InstrumentKind.Spot ? "instId" : "instFamily",
            instrument.Kind is InstrumentKind.Spot ? instrument.VenueSymbol : instrument.Market.Value));

    public Task<VenueAnswer<IReadOnlyList<VenueTransfer>>> DepositsAsync(
        DateTimeOffset since, CancellationToken cancellationToken) => transport.AskAsync(
        "/api/v5/asset/deposit-history", OkxProtocol.Funding, data => data.Each(OkxAccountAnswers.DepositOf), cancellationToken,
        LaterThan(since));

    public Task<VenueAnswer<IReadOnlyList<VenueTransfer>>> WithdrawalsAsync(
        DateTimeOffset since, CancellationToken cancellationToken) => transport.AskAsync(
        Withdrawals, OkxProtocol.Funding, data => data.Each(OkxAccountAnswers.WithdrawalOf), cancellationToken, LaterThan(since));

    public async Task<VenueAnswer<VenueAddress>> DepositAddressAsync(
        Asset asset, string network, CancellationToken cancellationToken) =>
        VenueAnswers.OneOf(
            await transport.AskAsync(
                "/api/v5/asset/deposit-address", OkxProtocol.Funding, data => data.Each(OkxAccountAnswers.AddressOf),
                cancellationToken, ("ccy", asset.Value)),
            address => string.Equals(address.Network, network, StringComparison.Ordinal));

    public Task<VenueAnswer<KeyPermissions>> KeyAsync(CancellationToken cancellationToken) => transport.AskAsync(
        Config, OkxProtocol.Account, data => OkxAccountAnswers.KeyOf(data[0]), cancellationToken);

    public Task<VenueAnswer<IReadOnlyList<VenueNetwork>>> NetworksAsync(Asset asset, CancellationToken cancellationToken) =>
        transport.AskAsync(
            "/api/v5/asset/currencies", OkxProtocol.Funding, data => data.Each(OkxAccountAnswers.NetworkOf), cancellationToken,
            ("ccy", asset.Value));

    public Task<VenueAnswer<IReadOnlyList<VenueAddress>>> AddressBookAsync(Asset asset, CancellationToken cancellationToken) =>
        VenueAnswers.NotToldAsync<IReadOnlyList<VenueAddress>>("OKX shows the address book on its own pages alone.");

    /// <summary>The venue takes the fee on top of the amount, and wants to be told it.</summary>
    public async Task<VenueAnswer<VenueTransferName>> WithdrawAsync(
        NewWithdrawal withdrawal, CancellationToken cancellationToken)
    {
        var way = VenueAnswers.OneOf(
            await NetworksAsync(withdrawal.Asset, cancellationToken),
            network => string.Equals(network.Network, withdrawal.To.Network, StringComparison.Ordinal));
        if (way is not VenueAnswer<VenueNetwork>.Answered { Value.Fee: { } fee } || fee >= withdrawal.Amount)
            return new VenueAnswer<VenueTransferName>.Refused(
                string.Empty, "Not sent: the fee of this network is not known, or more than the amount.", string.Empty);

        return await transport.SendAsync(
            WireBody.Post("/api/v5/asset/withdrawal", new
            {
                ccy = withdrawal.Asset.Value,
                amt = WireDecimal.Format(withdrawal.Amount.Value - fee.Value),
                dest = OnTheChain,
                toAddr = withdrawal.To.Tag is { } tag ? $"{withdrawal.To.Address}:{tag}" : withdrawal.To.Address,
                fee = WireDecimal.Format(fee.Value),
                chain = withdrawal.To.Network,
                clientId = TokenOf(withdrawal.ClientTransferId),
            }) with { Limit = OkxProtocol.Funding },
            data => new VenueTransferName(withdrawal.Asset, withdrawal.ClientTransferId, data[0].Text("wdId")), cancellationToken);
    }

    public async Task<VenueAnswer<VenueTransfer>> QueryAsync(VenueTransferName withdrawal, CancellationToken cancellationToken) =>
        VenueAnswers.OneOf(
            await transport.AskAsync(
                Withdrawals, OkxProtocol.Funding, data => data.Each(OkxAccountAnswers.WithdrawalOf), cancellationToken,
                ("ccy", withdrawal.Asset.Value), ("wdId", withdrawal.VenueTransferId),
                ("clientId", withdrawal.VenueTransferId is null ? TokenOf(withdrawal.ClientTransferId) : null)),
            _ => true);

    public Task<VenueAnswer<IReadOnlyList<VenuePosition>>> PositionsAsync(CancellationToken cancellationToken) => transport.AskAsync(
        "/api/v5/account/positions", OkxProtocol.Account, data => data.Each(OkxPositionAnswers.PositionOf), cancellationToken);

    public Task<VenueAnswer<IReadOnlyList<ClosedPosition>>> ClosedPositionsAsync(CancellationToken cancellationToken) => transport.AskAsync(
        "/api/v5/account/positions-history", OkxProtocol.Account, data => data.Each(OkxPositionAnswers.ClosedOf),
        cancellationToken);

    public Task<VenueAnswer<IReadOnlyList<TriggerOrder>>> OpenTriggersAsync(CancellationToken cancellationToken) =>
        VenueAnswers.AllAsync(["trigger", "conditional", "oco"], kind => transport.AskAsync(
            "/api/v5/trade/orders-algo-pending", OkxProtocol.Account, data => data.Each(OkxPositionAnswers.TriggerOf),
            cancellationToken, ("ordType", kind)));

    public Task<VenueAnswer<IReadOnlyList<VenueBalance>>> CollateralAsync(CancellationToken cancellationToken) =>
        VenueAnswers.KnownAsync<IReadOnlyList<VenueBalance>>([]);

    public Task<VenueAnswer<bool>> IsHedgedAsync(CancellationToken cancellationToken) => transport.AskAsync(
        Config, OkxProtocol.Account, data => OkxPositionAnswers.IsHedged(data[0]), cancellationToken);

    private static string TokenOf(string clientTransferId) => VenueOrders.Token(clientTransferId, lengthMax: 32);

    // "before" means later than.
    private static (string Name, string? Value) LaterThan(DateTimeOffset since) =>
        ("before", since.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture));
}
