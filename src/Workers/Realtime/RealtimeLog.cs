using Microsoft.Extensions.Logging;

namespace Platform.Workers.Realtime;

/// <summary>What an operator may want to read about push.</summary>
internal static partial class RealtimeLog
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "Reading {Topic} failed; it is tried again.")]
    public static partial void ReadFailed(this ILogger logger, Topic topic, Exception failure);

    [LoggerMessage(Level = LogLevel.Error, Message = "The snapshot of {Topic} has {Bytes} bytes, more than a frame.")]
    public static partial void SnapshotTooLarge(this ILogger logger, Topic topic, int bytes);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A push connection is cut off.")]
    public static partial void CutOff(this ILogger logger, Exception failure);
}
