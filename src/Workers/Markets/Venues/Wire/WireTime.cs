using System.Text.Json;

namespace Platform.Workers.Markets.Venues.Wire;

/// <summary>Times in the units of venues that do not count milliseconds; below 100 ns is dropped.</summary>
internal static class WireTime
{
    private const long NanosecondsPerTick = 100;

    extension(JsonElement element)
    {
        /// <summary>Unix seconds, in quotes or not.</summary>
        public DateTimeOffset Seconds(string name) => DateTimeOffset.FromUnixTimeSeconds(element.Whole(name));

        /// <summary>Unix nanoseconds, in quotes or not.</summary>
        public DateTimeOffset Nanoseconds(string name) => FromNanoseconds(element.Whole(name));

        /// <summary>Unix milliseconds with a fraction, in quotes or not.</summary>
        public DateTimeOffset FineMilliseconds(string name) => FromMilliseconds(element.Decimal(name));
    }

    public static DateTimeOffset FromMicroseconds(long microseconds) =>
        DateTimeOffset.UnixEpoch.AddTicks(checked(microseconds * TimeSpan.TicksPerMicrosecond));

    public static DateTimeOffset FromNanoseconds(long nanoseconds) =>
        DateTimeOffset.UnixEpoch.AddTicks(nanoseconds / NanosecondsPerTick);

    public static DateTimeOffset FromMilliseconds(decimal milliseconds) =>
        DateTimeOffset.UnixEpoch.AddTicks(decimal.ToInt64(milliseconds * TimeSpan.TicksPerMillisecond));
}
