namespace Platform.Tests.Support;

/// <summary>What code allocates on the thread that runs it.</summary>
public static class Allocations
{
    /// <summary>
    /// Bytes of one run, the least of three: the runtime may allocate as it replaces code by better code, and what
    /// the code itself allocates, it allocates each time.
    /// </summary>
    public static long Of(Action run) => Enumerable.Range(0, 3).Min(_ =>
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        run();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    });
}
