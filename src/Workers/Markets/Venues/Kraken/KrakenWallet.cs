using System.Text.Json;
using Platform.Domain.Markets;
using Platform.Domain.Values;
using Platform.Workers.Markets.Venues.Wire;

namespace Platform.Workers.Markets.Venues.Kraken;

/// <summary>
/// Balances, fees, deposits and withdrawals at Kraken (docs.kraken.com, account data and funding, 2026-07). Where something may be
/// sent to is a name that the account holder gave to an address at the venue; the venue keeps no id of ours.
/// </summary>
internal sealed class KrakenWallet(VenueLink link, VenueTransport transport) : IVenueAccount, IVenueWithdrawals
{
    public VenueId Venue => link.Venue;

    public bool KeepsClientIds => false;

    public Task<VenueAnswer<IReadOnlyList<VenueBalance>>> BalancesAsync(CancellationToken cancellationToken) =>
        AskAsync("/0/private/BalanceEx", [], Balances, cancellationToken);

    public Task<VenueAnswer<FeeRates>> FeesAsync(Instrument instrument, CancellationToken cancellationToken) => AskAsync(
        "/0/private/TradeVolume", [("pair", instrument.VenueSymbol)],
        answer => new FeeRates(RateOf(answer.GetProperty("fees_maker")), RateOf(answer.GetProperty("fees"))), cancellationToken);

    public Task<VenueAnswer<IReadOnlyList<VenueTransfer>>> DepositsAsync(
        DateTimeOffset since, CancellationToken cancellationToken) =>
        AskAsync("/0/private/DepositStatus", [("start", $"{since.ToUnixTimeSeconds()}")], Transfers, cancellationToken);

    public Task<VenueAnswer<IReadOnlyList<VenueTransfer>>> WithdrawalsAsync(
        DateTimeOffset since, CancellationToken cancellationToken) =>
        AskAsync("/0/private/WithdrawStatus", [("start", $"{since.ToUnixTimeSeconds()}")], Transfers, cancellationToken);

    /// <param name="network">The venue's name of the method: "Bitcoin", "Tether USD (TRC20)".</param>
    public Task<VenueAnswer<VenueAddress>> DepositAddressAsync(
        Asset asset, string network, CancellationToken cancellationToken) => AskAsync(
            "/0/private/DepositAddresses", [("asset", KrakenNames.TheirsOf(asset)), ("method", network)],
            answer => new VenueAddress(asset.Value, network, answer[0].Text("address"), answer[0].TextOrNone("tag")),
            cancellationToken);

    public Task<VenueAnswer<IReadOnlyList<VenueNetwork>>> NetworksAsync(Asset asset, CancellationToken cancellationToken) =>
        AskAsync<IReadOnlyList<VenueNetwork>>(
            "/0/private/WithdrawMethods", [("asset", KrakenNames.TheirsOf(asset))],
            answer => [.. answer.EnumerateArray().Select(method => new VenueNetwork(
                asset.Value, method.Text("method"), CanDeposit: false, CanWithdraw: true, Fee: null,
                method.DecimalOrNone("minimum") is { } min ? Quantity.From(min) : null, Max: null))], cancellationToken);

    public Task<VenueAnswer<IReadOnlyList<VenueAddress>>> AddressBookAsync(Asset asset, CancellationToken cancellationToken) =>
        AskAsync<IReadOnlyList<VenueAddress>>(
            "/0/private/WithdrawAddresses", [("asset", KrakenNames.TheirsOf(asset))],
            answer => [.. answer.EnumerateArray().Select(entry => new VenueAddress(
                asset.Value, entry.TextOrNone("method"), entry.Text("address"), entry.TextOrNone("tag"), entry.Text("key"),
                entry.GetProperty("verified").GetBoolean()))], cancellationToken);

    /// <summary>To an address of the address book alone: the venue asks for its name, and checks the address against it.</summary>
    public Task<VenueAnswer<VenueTransferName>> WithdrawAsync(NewWithdrawal withdrawal, CancellationToken cancellationToken) =>
        withdrawal.To.Label is { } label
            ? AskAsync(
                "/0/private/Withdraw",
                [
                    ("asset", KrakenNames.TheirsOf(withdrawal.Asset)), ("key", label), ("address", withdrawal.To.Address),
                    ("amount", WireDecimal.Format(withdrawal.Amount.Value)),
                ],
                answer => new VenueTransferName(withdrawal.Asset, withdrawal.ClientTransferId, answer.Text("refid")),
                cancellationToken)
            : Task.FromResult<VenueAnswer<VenueTransferName>>(new VenueAnswer<VenueTransferName>.Refused(
                string.Empty, "Not sent: the address has no name in the venue's address book.", string.Empty));

    /// <summary>By the venue's number; without one nobody can say, for the venue keeps none of ours.</summary>
    public async Task<VenueAnswer<VenueTransfer>> QueryAsync(VenueTransferName withdrawal, CancellationToken cancellationToken)
    {
        if (withdrawal.VenueTransferId is not { } number)
            return new VenueAnswer<VenueTransfer>.Unknown(UnknownCause.Unreadable, "The venue keeps no id of ours.");

        var answer = await AskAsync(
            "/0/private/WithdrawStatus", [("asset", KrakenNames.TheirsOf(withdrawal.Asset))], Transfers, cancellationToken);
        return answer is VenueAnswer<IReadOnlyList<VenueTransfer>>.Answered { Value: var recent }
            && recent.All(known => !string.Equals(known.VenueTransferId, number, StringComparison.Ordinal))
                ? new VenueAnswer<VenueTransfer>.Unknown(UnknownCause.Unreadable, "Too old to be told.")
                : answer.Map(known => known.First(one => string.Equals(one.VenueTransferId, number, StringComparison.Ordinal)));
    }

    /// <summary>Of Balance (a number for each asset) and BalanceEx (with what orders hold).</summary>
    internal static IReadOnlyList<VenueBalance> Balances(JsonElement answer) =>
        [.. answer.EnumerateObject().Select(asset => BalanceOf(KrakenNames.OursOf(asset.Name), asset.Value))];

    internal static IReadOnlyList<VenueTransfer> Transfers(JsonElement answer) =>
        [.. answer.EnumerateArray().Select(transfer => new VenueTransfer(
            transfer.Text("refid"), ClientTransferId: null, KrakenNames.OursOf(transfer.Text("asset")),
            transfer.TextOrNone("method"), transfer.Quantity("amount"),
            transfer.DecimalOrNone("fee") is { } fee ? Quantity.From(fee) : null, transfer.TextOrNone("info"), Tag: null,
            transfer.TextOrNone("txid"), StateOf(transfer.Text("status"), transfer.TextOrNone("status-prop")),
            DateTimeOffset.FromUnixTimeSeconds(transfer.Whole("time"))))];

    private static VenueBalance BalanceOf(string asset, JsonElement balance)
    {
        if (balance.ValueKind is not JsonValueKind.Object)
            return new(asset, balance.Quantity(), Quantity.Zero);
        var held = Quantity.From(balance.DecimalOrNone("hold_trade") ?? 0);
        return new(asset, balance.Quantity("balance") - held, held);
    }

    // "status-prop" says what is special: a return is on its way back, a cancel was asked for.
    private static VenueTransferState StateOf(string status, string? property) => (status, property) switch
    {
        (_, "canceled") => VenueTransferState.Canceled,
        (_, "return") => VenueTransferState.Failed,
        ("Success", _) => VenueTransferState.Completed,
        ("Failure", _) => VenueTransferState.Failed,
        ("Settled", _) => VenueTransferState.Sent,
        ("Initial" or "Pending", _) => VenueTransferState.Pending,
        _ => throw new JsonException($"Unknown status '{status}' of a transfer."),
    };

    private static decimal RateOf(JsonElement byPair) => byPair.EnumerateObject().First().Value.Decimal("fee") / 100;

    private Task<VenueAnswer<T>> AskAsync<T>(
        string path, IReadOnlyList<(string Name, string? Value)> parameters, AnswerReader<T> read,
        CancellationToken cancellationToken) => transport.SendAsync(
            new(HttpMethod.Post, path, parameters, Limit: KrakenProtocol.Private, IsSigned: true), read, cancellationToken);
}
