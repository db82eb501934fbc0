namespace Platform.Benchmarks;

/// <summary>One line of the table: a figure of ours beside its reference, measured in the same run.</summary>
/// <param name="Ratio">Ours divided by the reference, in the figure that the name says.</param>
public sealed record BenchRow(string Name, string Ours, string Reference, decimal Ratio);
