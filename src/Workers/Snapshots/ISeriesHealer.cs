using Platform.Domain.Snapshots;

namespace Platform.Workers.Snapshots;

/// <summary>Asks for what is missing of one series. It may be asked for the same gap again, and never makes anything up.</summary>
public interface ISeriesHealer
{
    /// <summary>Of which series.</summary>
    string Series { get; }

    Task<HealOutcome> HealAsync(Gap gap, CancellationToken cancellationToken);
}
