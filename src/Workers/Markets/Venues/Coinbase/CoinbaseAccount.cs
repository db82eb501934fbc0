using System.Security.Cryptography;
using System.Text;
using Platform.Domain.Markets;
using Platform.Domain.Values;
using Platform.Workers.Markets.Venues.Wire;

namespace Platform.Workers.Markets.Venues.Coinbase;

/// <summary>The account at Coinbase: balances by the Advanced Trade API, transfers wallet by wallet by the Coinbase App API.</summary>
internal sealed class CoinbaseAccount(VenueLink link, VenueTransport transport) : IVenueAccount, IVenueWithdrawals, IVenuePositions
{
    private const int PagesMax = 8;

    public VenueId Venue => link.Venue;

    public bool KeepsClientIds => true;

    public async Task<VenueAnswer<IReadOnlyList<VenueBalance>>> BalancesAsync(CancellationToken cancellationToken) =>
        (await WalletsAsync(cancellationToken)).Map<IReadOnlyList<VenueBalance>>(wallets =>
        [
            .. wallets.Select(wallet => wallet.Balance)
                .Where(balance => balance.Free > Quantity.Zero || balance.Locked > Quantity.Zero),
        ]);

    public Task<VenueAnswer<FeeRates>> FeesAsync(Instrument instrument, CancellationToken cancellationToken) => transport.AskAsync(
        "/api/v3/brokerage/transaction_summary", CoinbaseProtocol.Private, CoinbaseAccountAnswers.FeesOf, cancellationToken,
        ("product_type", instrument.Kind is InstrumentKind.Spot ? "SPOT" : "FUTURE"));

    public Task<VenueAnswer<IReadOnlyList<VenueTransfer>>> DepositsAsync(
        DateTimeOffset since, CancellationToken cancellationToken) => TransfersAsync(since, isDeposit: true, cancellationToken);

    public Task<VenueAnswer<IReadOnlyList<VenueTransfer>>> WithdrawalsAsync(
        DateTimeOffset since, CancellationToken cancellationToken) => TransfersAsync(since, isDeposit: false, cancellationToken);

    public Task<VenueAnswer<VenueAddress>> DepositAddressAsync(Asset asset, string network, CancellationToken cancellationToken) =>
        OfWalletAsync(asset, async wallet => VenueAnswers.OneOf(
            await transport.AskAsync(
                $"/v2/accounts/{wallet.Id}/addresses", CoinbaseProtocol.Wallet,
                answer => answer.Each("data", address => CoinbaseAccountAnswers.DepositAddressOf(asset.Value, address)),
                cancellationToken),
            address => string.Equals(address.Network, network, StringComparison.Ordinal)), cancellationToken);

    /// <summary>The venue has one permission for moving coins, whether they stay at the venue or not.</summary>
    public Task<VenueAnswer<KeyPermissions>> KeyAsync(CancellationToken cancellationToken) => transport.AskAsync(
        "/api/v3/brokerage/key_permissions", CoinbaseProtocol.Private,
        key => new KeyPermissions(key.GetProperty("can_trade").GetBoolean(), key.GetProperty("can_transfer").GetBoolean()),
        cancellationToken);

    public Task<VenueAnswer<IReadOnlyList<VenueNetwork>>> NetworksAsync(Asset asset, CancellationToken cancellationToken) =>
        VenueAnswers.NotToldAsync<IReadOnlyList<VenueNetwork>>("Coinbase tells networks at another API, for which this key is none.");

    public Task<VenueAnswer<IReadOnlyList<VenueAddress>>> AddressBookAsync(Asset asset, CancellationToken cancellationToken) =>
        VenueAnswers.NotToldAsync<IReadOnlyList<VenueAddress>>("Coinbase shows the address book on its own pages alone.");

    /// <summary>The venue takes the fee on top of the amount.</summary>
    public Task<VenueAnswer<VenueTransferName>> WithdrawAsync(NewWithdrawal withdrawal, CancellationToken cancellationToken) =>
        OfWalletAsync(withdrawal.Asset, wallet => transport.SendAsync(
            WireBody.Post($"/v2/accounts/{wallet.Id}/transactions", new
            {
                type = "send",
                to = withdrawal.To.Address,
                amount = WireDecimal.Format(withdrawal.Amount.Value),
                currency = withdrawal.Asset.Value,
                network = withdrawal.To.Network,
                destination_tag = withdrawal.To.Tag,
                idem = IdemOf(withdrawal.ClientTransferId),
            }) with { Limit = CoinbaseProtocol.Wallet },
            answer => new VenueTransferName(
                withdrawal.Asset, withdrawal.ClientTransferId, answer.GetProperty("data").Text("id")),
            cancellationToken), cancellationToken);

    public Task<VenueAnswer<VenueTransfer>> QueryAsync(VenueTransferName withdrawal, CancellationToken cancellationToken) =>
        OfWalletAsync(withdrawal.Asset, async wallet => VenueAnswers.OneOf(
            await TransfersOfAsync(wallet, isDeposit: false, cancellationToken),
            transfer => withdrawal.VenueTransferId is { } id
                ? string.Equals(transfer.VenueTransferId, id, StringComparison.Ordinal)
                : string.Equals(transfer.ClientTransferId, IdemOf(withdrawal.ClientTransferId), StringComparison.Ordinal)),
            cancellationToken);

    public Task<VenueAnswer<IReadOnlyList<VenuePosition>>> PositionsAsync(CancellationToken cancellationToken) => transport.AskAsync(
        "/api/v3/brokerage/cfm/positions", CoinbaseProtocol.Private,
        answer => answer.Each("positions", CoinbaseAccountAnswers.PositionOf), cancellationToken);

    public Task<VenueAnswer<IReadOnlyList<ClosedPosition>>> ClosedPositionsAsync(CancellationToken cancellationToken) =>
        VenueAnswers.KnownAsync<IReadOnlyList<ClosedPosition>>([]);

    public Task<VenueAnswer<IReadOnlyList<TriggerOrder>>> OpenTriggersAsync(CancellationToken cancellationToken) =>
        VenueAnswers.KnownAsync<IReadOnlyList<TriggerOrder>>([]);

    public Task<VenueAnswer<IReadOnlyList<VenueBalance>>> CollateralAsync(CancellationToken cancellationToken) =>
        transport.AskAsync<IReadOnlyList<VenueBalance>>(
            "/api/v3/brokerage/cfm/balance_summary", CoinbaseProtocol.Private,
            answer => [CoinbaseAccountAnswers.FuturesBalanceOf(answer)], cancellationToken);

    public Task<VenueAnswer<bool>> IsHedgedAsync(CancellationToken cancellationToken) => VenueAnswers.KnownAsync(false);

    /// <summary>The venue wants a UUID: this one follows from our id.</summary>
    internal static string IdemOf(string clientTransferId) =>
        new Guid(SHA256.HashData(Encoding.UTF8.GetBytes(clientTransferId)).AsSpan(0, 16), bigEndian: true).ToString("D");

    // Wallets in which nothing happened since then have no transfers since then.
    private async Task<VenueAnswer<IReadOnlyList<VenueTransfer>>> TransfersAsync(
        DateTimeOffset since, bool isDeposit, CancellationToken cancellationToken)
    {
        var answer = await WalletsAsync(cancellationToken);
        if (answer is not VenueAnswer<IReadOnlyList<CoinbaseWallet>>.Answered { Value: var wallets })
            return answer.Map<IReadOnlyList<VenueTransfer>>(_ => []);

        return (await VenueAnswers.AllAsync(
            wallets.Where(wallet => wallet.UpdatedAt >= since),
            wallet => TransfersOfAsync(wallet, isDeposit, cancellationToken)))
            .Map<IReadOnlyList<VenueTransfer>>(all =>
                [.. all.Where(transfer => transfer.At >= since).OrderByDescending(transfer => transfer.At)]);
    }

    private Task<VenueAnswer<IReadOnlyList<VenueTransfer>>> TransfersOfAsync(
        CoinbaseWallet wallet, bool isDeposit, CancellationToken cancellationToken) =>
        transport.AskAsync<IReadOnlyList<VenueTransfer>>(
            $"/v2/accounts/{wallet.Id}/transactions", CoinbaseProtocol.Wallet,
            answer => [.. answer.GetProperty("data").EnumerateArray()
                .Select(transaction => CoinbaseAccountAnswers.TransferOf(transaction, isDeposit)).OfType<VenueTransfer>()],
            cancellationToken, ("limit", "100"));

    private async Task<VenueAnswer<T>> OfWalletAsync<T>(
        Asset asset, Func<CoinbaseWallet, Task<VenueAnswer<T>>> askAsync, CancellationToken cancellationToken)
    {
        var answer = VenueAnswers.OneOf(
            await WalletsAsync(cancellationToken), wallet => string.Equals(wallet.Asset, asset.Value, StringComparison.Ordinal));
        return answer switch
        {
            VenueAnswer<CoinbaseWallet>.Answered { Value: var wallet } => await askAsync(wallet),
            // Without a wallet nothing was sent, and that much is certain.
            VenueAnswer<CoinbaseWallet>.NotFound =>
                new VenueAnswer<T>.Refused(string.Empty, $"The account has no wallet of {asset}.", string.Empty),
            _ => answer.Map<T>(_ => throw new InvalidOperationException("An answer that is none.")),
        };
    }

    private Task<VenueAnswer<IReadOnlyList<CoinbaseWallet>>> WalletsAsync(CancellationToken cancellationToken) =>
        VenueAnswers.PagesAsync(PagesMax, cursor => transport.AskAsync<Page<CoinbaseWallet>>(
            "/api/v3/brokerage/accounts", CoinbaseProtocol.Private,
            answer => new(
                answer.Each("accounts", CoinbaseAccountAnswers.WalletOf),
                answer.GetProperty("has_next").GetBoolean() ? answer.TextOrNone("cursor") : null),
            cancellationToken, ("limit", "250"), ("cursor", cursor)));
}
