using Platform.Domain.Markets;
using Platform.Domain.Markets.Registry;
using Platform.Domain.Values;
using Platform.Workers.Markets.Venues;

namespace Platform.Workers.Markets.Registry;

/// <summary>
/// Nothing leaves a venue while people stopped withdrawals there, or while this node does not know whether they did. Questions pass.
/// </summary>
internal sealed class WithdrawalGate : IVenueWithdrawals, IDisposable
{
    private readonly IVenueWithdrawals venue;
    private readonly KillSwitches switches;

    private WithdrawalGate(IVenueWithdrawals venue, KillSwitches switches) => (this.venue, this.switches) = (venue, switches);

    public VenueId Venue => venue.Venue;

    public bool KeepsClientIds => venue.KeepsClientIds;

    /// <summary>The only way to them; null where the venue has none.</summary>
    public static WithdrawalGate? Before(IVenueWithdrawals? venue, KillSwitches switches) => venue is null ? null : new(venue, switches);

    public Task<VenueAnswer<IReadOnlyList<VenueNetwork>>> NetworksAsync(Asset asset, CancellationToken cancellationToken) =>
        venue.NetworksAsync(asset, cancellationToken);

    public Task<VenueAnswer<IReadOnlyList<VenueAddress>>> AddressBookAsync(Asset asset, CancellationToken cancellationToken) =>
        venue.AddressBookAsync(asset, cancellationToken);

    /// <summary>What is on its way when somebody stops it breaks off, and the venue is to be asked whether it arrived.</summary>
    public async Task<VenueAnswer<VenueTransferName>> WithdrawAsync(NewWithdrawal withdrawal, CancellationToken cancellationToken)
    {
        if (WhyClosed() is { } why)
            return VenueAnswers.Stopped<VenueTransferName>(why);

        using var open = CancellationTokenSource.CreateLinkedTokenSource(
            cancellationToken, switches.Killed(Venue, VenueActivity.Withdraw));
        try
        {
            return await VenueCall.LeaveAsync(new(VenueActivity.Withdraw), () => venue.WithdrawAsync(withdrawal, open.Token));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new VenueAnswer<VenueTransferName>.Unknown(UnknownCause.Disconnected, $"Broken off: withdrawals from {Venue} were stopped.");
        }
    }

    public Task<VenueAnswer<VenueTransfer>> QueryAsync(VenueTransferName withdrawal, CancellationToken cancellationToken) =>
        venue.QueryAsync(withdrawal, cancellationToken);

    public void Dispose() => (venue as IDisposable)?.Dispose();

    private string? WhyClosed() => switches.Ask(Venue, VenueActivity.Withdraw) switch
    {
        VenueGate.Open => null,
        VenueGate.Killed => $"withdrawals from {Venue} are stopped: {switches.WhyKilled(Venue, VenueActivity.Withdraw)}",
        _ => $"this node has not heard for {KillSwitches.FreshMax} whether withdrawals from {Venue} are stopped.",
    };
}
