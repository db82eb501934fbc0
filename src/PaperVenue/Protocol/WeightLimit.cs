using System.Text.Json;

namespace Platform.PaperVenue.Protocol;

/// <summary>Counts request weight by the minute; one count for all, since all come from the same machine.</summary>
/// <param name="most">What a minute allows.</param>
public sealed class WeightLimit(int most)
{
    private readonly Lock gate = new();
    private long minute;
    private int used;

    public int Most => most;

    /// <summary>Adds a request and answers the weight used in this minute, itself included.</summary>
    /// <param name="now">Unix milliseconds.</param>
    public int Add(int weight, long now)
    {
        lock (gate)
        {
            if (now / 60_000 != minute)
                (minute, used) = (now / 60_000, 0);
            return used += weight;
        }
    }

    public static int SecondsToNextMinute(long now) => (int)(60 - (now / 1000 % 60));

    public void WriteRule(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        WriteTerms(json);
        json.WriteEndObject();
    }

    public void WriteUse(Utf8JsonWriter json, int count)
    {
        json.WriteStartObject();
        WriteTerms(json);
        json.WriteNumber("count", count);
        json.WriteEndObject();
    }

    private void WriteTerms(Utf8JsonWriter json)
    {
        json.WriteString("rateLimitType", "REQUEST_WEIGHT");
        json.WriteString("interval", "MINUTE");
        json.WriteNumber("intervalNum", 1);
        json.WriteNumber("limit", most);
    }
}
