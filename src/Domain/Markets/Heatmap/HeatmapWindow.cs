namespace Platform.Domain.Markets.Heatmap;

/// <summary>
/// A time over which a change is shown. It rolls: the price is compared with the one of exactly that long ago, which is the last close
/// before then, of the shortest bars that are stored.
/// </summary>
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

public static class HeatmapWindows
{
    /// <summary>Those whose beginning is looked up among what is stored.</summary>
    public static IReadOnlyList<HeatmapWindow> Stored { get; } = [HeatmapWindow.Hour, HeatmapWindow.Day, HeatmapWindow.Week, HeatmapWindow.Month];

    extension(HeatmapWindow window)
    {
        public TimeSpan Length => window switch
        {
            HeatmapWindow.Now => TimeSpan.FromSeconds(60),
            HeatmapWindow.Hour => TimeSpan.FromHours(1),
            HeatmapWindow.Day => TimeSpan.FromDays(1),
            HeatmapWindow.Week => TimeSpan.FromDays(7),
            _ => TimeSpan.FromDays(30),
        };

        /// <summary>A close that is older than this at the beginning of the window is no price of then.</summary>
        public TimeSpan CloseAgeMax => window switch
        {
            HeatmapWindow.Now or HeatmapWindow.Hour => TimeSpan.FromMinutes(10),
            HeatmapWindow.Day => TimeSpan.FromHours(4),
            _ => TimeSpan.FromDays(1),
        };
    }
}
