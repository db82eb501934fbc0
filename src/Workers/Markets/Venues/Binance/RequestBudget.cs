using System.Globalization;
using System.Net;

namespace Platform.Workers.Markets.Venues.Binance;

/// <summary>
/// The request weight that the venue allows this address in a minute. The venue's own count, in its answers, is
/// believed over ours; after 429 or 418 nothing is sent until it says so. One for each venue address.
/// </summary>
public sealed class RequestBudget(TimeProvider time)
{
    private const int DefaultLimit = 6000;
    private const string UsedHeader = "X-MBX-USED-WEIGHT-1M";
    private static readonly TimeSpan BackOffWhenUntold = TimeSpan.FromMinutes(1);

    private readonly Lock gate = new();
    private long minute;
    private int limit = DefaultLimit;
    private int used;
    private DateTimeOffset heldUntil;

    /// <summary>Weight used in the current minute, as far as known.</summary>
    public int Used
    {
        get
        {
            lock (gate)
            {
                Roll();
                return used;
            }
        }
    }

    /// <summary>Takes the weight, or says until when to wait; null means go.</summary>
    internal DateTimeOffset? Take(BinanceCall call)
    {
        lock (gate)
        {
            Roll();
            if (heldUntil > time.GetUtcNow())
                return heldUntil;

            // The last fifth is kept for what concerns the account's own orders.
            var share = call.Security is BinanceSecurity.Signed ? limit : limit / 5 * 4;
            if (used + call.Weight > share)
                return DateTimeOffset.FromUnixTimeSeconds((minute + 1) * 60);

            used += call.Weight;
            return null;
        }
    }

    internal void Learn(int weightPerMinute)
    {
        lock (gate)
            limit = weightPerMinute;
    }

    internal void Learn(HttpResponseMessage response)
    {
        lock (gate)
        {
            Roll();
            if (response.Headers.TryGetValues(UsedHeader, out var values)
                && int.TryParse(values.First(), NumberStyles.None, CultureInfo.InvariantCulture, out var counted))
                used = counted;
            if (response.StatusCode is HttpStatusCode.TooManyRequests or (HttpStatusCode)418)
                heldUntil = time.GetUtcNow() + (response.Headers.RetryAfter?.Delta ?? BackOffWhenUntold);
        }
    }

    private void Roll()
    {
        var now = time.GetUtcNow().ToUnixTimeSeconds() / 60;
        if (now == minute)
            return;
        (minute, used) = (now, 0);
    }
}
