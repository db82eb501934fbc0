namespace Platform.Domain.Markets.Heatmap;

/// <summary>A time over which a change is shown: from the start of the second, minute, hour or day that it began in, the longer the coarser.</summary>
public enum HeatmapWindow
{
    /// <summary>Since 60 s ago.</summary>
    Now = 0,
    Hour,
    Day,
    Week,

    /// <summary>30 days.</summary>
    Month,
}

/// <summary>What an asset cost, finely of late and coarsely of long ago.</summary>
public sealed class AssetPast
{
    private readonly PriceRing seconds = new(TimeSpan.FromSeconds(1), 64);
    private readonly PriceRing minutes = new(TimeSpan.FromMinutes(1), 64);
    private readonly PriceRing hours = new(TimeSpan.FromHours(1), 28);
    private readonly PriceRing days = new(TimeSpan.FromDays(1), 34);

    /// <summary>So far back stored bars of a length are of use.</summary>
    public static TimeSpan BackOf(BarLevel level) => level switch
    {
        BarLevel.Minute => TimeSpan.FromMinutes(64),
        BarLevel.Hour => TimeSpan.FromHours(28),
        _ => TimeSpan.FromDays(34),
    };

    public static TimeSpan LengthOf(HeatmapWindow window) => window switch
    {
        HeatmapWindow.Now => TimeSpan.FromSeconds(60),
        HeatmapWindow.Hour => TimeSpan.FromHours(1),
        HeatmapWindow.Day => TimeSpan.FromDays(1),
        HeatmapWindow.Week => TimeSpan.FromDays(7),
        _ => TimeSpan.FromDays(30),
    };

    public void Record(DateTimeOffset at, decimal price)
    {
        foreach (var ring in (PriceRing[])[seconds, minutes, hours, days])
            ring.Record(at, price);
    }

    /// <summary>What a stored bar that began then closed at.</summary>
    public void Restore(BarLevel level, DateTimeOffset start, decimal close)
    {
        var ring = level switch
        {
            BarLevel.Minute => minutes,
            BarLevel.Hour => hours,
            BarLevel.Day => days,
            _ => seconds,
        };
        ring.Record(start, close);
    }

    /// <summary>What it cost a window ago; null when nobody knows.</summary>
    public decimal? Before(HeatmapWindow window, DateTimeOffset now)
    {
        var ring = window switch
        {
            HeatmapWindow.Now => seconds,
            HeatmapWindow.Hour => minutes,
            HeatmapWindow.Day => hours,
            _ => days,
        };
        return ring.Before(now - LengthOf(window));
    }
}
