using Platform.PaperVenue.Matching;

namespace Platform.PaperVenue.Protocol;

/// <summary>Finds the market that a request names.</summary>
/// <param name="instruments">By symbol.</param>
public sealed class MarketLookup(IReadOnlyDictionary<string, Instrument> instruments)
{
    public IEnumerable<Instrument> All => instruments.Values;

    public Instrument Find(string symbol) =>
        instruments.GetValueOrDefault(symbol) ?? throw new RefusedException(Refusal.InvalidSymbol);

    public Instrument Required(Parameters parameters) => Find(parameters.RequiredText("symbol"));

    /// <summary>Null when no market is named.</summary>
    public Instrument? Optional(Parameters parameters) => parameters.Text("symbol") is { } symbol ? Find(symbol) : null;
}
