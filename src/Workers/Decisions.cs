using Platform.Domain.Values;

namespace Platform.Workers;

/// <summary>What a worker does with a decision on a report from outside.</summary>
internal static class Decisions
{
    extension<TEvent>(Decision<TEvent> decision)
    {
        /// <summary>Nobody is there to ask again, so a refusal waits in the dead letters for a person.</summary>
        /// <exception cref="RefusedFactException">Our rules call the reported fact impossible.</exception>
        public IReadOnlyList<TEvent> Recorded() => decision.Match(
            accepted: events => events,
            refused: refusal => throw new RefusedFactException(refusal));
    }
}
