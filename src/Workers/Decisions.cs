using JasperFx.Events;
using Platform.Domain.Values;

namespace Platform.Workers;

/// <summary>How decisions become facts.</summary>
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

    extension<TState>(IEventStream<TState> stream) where TState : notnull
    {
        /// <summary>Adds what was decided to the commit of whoever fetched the stream; a refusal is for the asker.</summary>
        public Answer Append<TEvent>(Decision<TEvent> decision) where TEvent : class => decision.Match(
            accepted: events =>
            {
                stream.AppendMany((IEnumerable<object>)events);
                return Answer.Done;
            },
            refused: refusal => new(refusal));
    }
}
