namespace Platform.Domain.Markets.Aggregation;

/// <summary>
/// A value with one writer and any number of readers, who never wait for it and never get halves of two values: the version
/// is odd while it is written, and who read then reads again.
/// </summary>
public sealed class SeqLock<T> where T : struct
{
    private uint version;
    private T value;

    /// <summary>For one writer at a time.</summary>
    public void Write(in T next)
    {
        version++;
        Volatile.WriteBarrier();
        value = next;
        Volatile.WriteBarrier();
        version++;
    }

    public T Read()
    {
        SpinWait spin = default;
        while (true)
        {
            var before = Volatile.Read(ref version);
            var copy = value;
            Volatile.ReadBarrier();
            if ((before & 1) == 0 && before == version)
                return copy;

            spin.SpinOnce();
        }
    }
}
