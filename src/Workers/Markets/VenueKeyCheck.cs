using Platform.Workers.Markets.Venues;

namespace Platform.Workers.Markets;

/// <summary>Finds out what the key at one venue may do, once for each version of it, and withholds one that may do too much.</summary>
internal sealed class VenueKeyCheck(ConnectedVenue venue, TimeProvider time)
{
    // While the venue does not answer it is not asked all the time.
    private static readonly TimeSpan AskedAgain = TimeSpan.FromMinutes(1);

    private int? judged;
    private long? askedAt;

    /// <summary>Null while nothing is new: this version was looked at, or the venue did not answer.</summary>
    /// <param name="version">Of the credentials in use; null: there are none.</param>
    public async Task<VenueAnswer<KeyPermissions>?> JudgeAsync(int? version, CancellationToken cancellationToken)
    {
        if (version == judged || !venue.Access.IsGranted || venue.Parts.Account is not { } account
            || (askedAt is { } last && time.GetElapsedTime(last) < AskedAgain))
            return null;

        var answer = await account.KeyAsync(cancellationToken);
        if (answer is VenueAnswer<KeyPermissions>.Unknown { Cause: not UnknownCause.Unreadable })
        {
            askedAt = time.GetTimestamp();
            return null;
        }

        (judged, askedAt) = (version, null);
        if (answer is VenueAnswer<KeyPermissions>.Answered { Value.CanWithdraw: true } && !venue.Settings.MayWithdraw)
            venue.Access.Withhold($"The key of {venue.Venue} may withdraw, and the settings of the venue do not allow that.");
        return answer;
    }
}
