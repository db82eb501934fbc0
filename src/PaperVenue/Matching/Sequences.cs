namespace Platform.PaperVenue.Matching;

/// <summary>A counter that never gives a number twice, not even after a crash, if its ceiling is stored first.</summary>
public sealed class Sequence(string name, long last)
{
    private const long Block = 100_000;

    public string Name => name;

    public long Last { get; private set; } = last;

    /// <summary>The number from which a restarted venue counts on; at least <see cref="Last"/> once stored.</summary>
    public long Ceiling { get; private set; } = last;

    public long Next() => ++Last;

    /// <summary>True when a new ceiling was set, which is to be stored before anyone sees the numbers.</summary>
    public bool RaiseCeiling()
    {
        if (Last <= Ceiling)
            return false;
        Ceiling = Last + Block;
        return true;
    }
}

/// <summary>Every counter of the venue.</summary>
/// <param name="stored">Ceilings by name as the store kept them; a missing one starts at zero.</param>
public sealed class Sequences(IReadOnlyDictionary<string, long> stored)
{
    private readonly Dictionary<string, Sequence> sequences = [];

    public IEnumerable<Sequence> All => sequences.Values;

    public Sequence Orders => Named("order");

    public Sequence Executions => Named("execution");

    public Sequence PreventedMatches => Named("prevented");

    public Sequence Trades(string symbol) => Named("trade:" + symbol);

    public Sequence Updates(string symbol) => Named("update:" + symbol);

    private Sequence Named(string name)
    {
        if (!sequences.TryGetValue(name, out var sequence))
        {
            sequence = new(name, stored.GetValueOrDefault(name));
            sequences.Add(name, sequence);
        }
        return sequence;
    }
}
