namespace Platform.Workers.Markets.Venues;

/// <summary>What comes out of a stream that reconnects by itself: what was missed meanwhile is the reader's to ask.</summary>
public abstract record StreamEvent<T>
{
    private StreamEvent() { }

    public abstract TResult Match<TResult>(
        Func<TResult> connected, Func<string, TResult> disconnected, Func<T, TResult> received);

    /// <summary>Connected and subscribed, the first time or again: reconcile now.</summary>
    public sealed record Connected : StreamEvent<T>
    {
        public override TResult Match<TResult>(
            Func<TResult> connected, Func<string, TResult> disconnected, Func<T, TResult> received) => connected();
    }

    /// <summary>Lost, or not reached; another attempt follows.</summary>
    public sealed record Disconnected(string Reason) : StreamEvent<T>
    {
        public override TResult Match<TResult>(
            Func<TResult> connected, Func<string, TResult> disconnected, Func<T, TResult> received) =>
            disconnected(Reason);
    }

    public sealed record Received(T Value) : StreamEvent<T>
    {
        public override TResult Match<TResult>(
            Func<TResult> connected, Func<string, TResult> disconnected, Func<T, TResult> received) => received(Value);
    }
}
