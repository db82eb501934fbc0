using System.Diagnostics;
using System.Globalization;
using Platform.Domain.Identity;

namespace Platform.Benchmarks.Identity;

/// <summary>
/// The matrix's answer to every permission at every level on the platform and in a pool, against looking the same answers up
/// in a bare array that was filled before. In turn, on one core.
/// </summary>
public static class PermissionBench
{
    private const int Blocks = 40;
    private const int RoundsPerBlock = 100;

    private static readonly Permission[] Asked = [.. Permissions.All];

    private static readonly AccessRequest[] Callers =
    [
        .. Enum.GetValues<PlatformLevel>().SelectMany(platform => Enum.GetValues<PoolLevel>().Select(pool =>
            new AccessRequest(platform, pool, Plan.Free, TokenTier.Danger, FeatureGroups.Everything))),
    ];

    public static Task<IReadOnlyList<BenchRow>> RunAsync(CancellationToken cancel)
    {
        bool[] answers = [.. Asked.SelectMany(permission => Callers.Select(caller => PermissionMatrix.Decide(permission, caller).IsAllowed))];
        var (ours, bare) = (new Samples(), new Samples());

        // The first block of each warms up.
        for (var block = 0; block <= Blocks; block++)
        {
            cancel.ThrowIfCancellationRequested();
            var (our, their) = (Time(Decided), Time(() => LookedUp(answers)));
            if (block == 0)
                continue;
            ours.Add(our);
            bare.Add(their);
        }

        return Task.FromResult<IReadOnlyList<BenchRow>>([
            new("decide a permission", Text(ours.At(50)), Text(bare.At(50)), Samples.Ratio(ours.At(50), bare.At(50)))]);
    }

    private static int Decided()
    {
        var allowed = 0;
        foreach (var permission in Asked)
        {
            for (var caller = 0; caller < Callers.Length; caller++)
            {
                if (PermissionMatrix.Decide(permission, Callers[caller]).IsAllowed)
                    allowed++;
            }
        }

        return allowed;
    }

    private static int LookedUp(bool[] answers)
    {
        var allowed = 0;
        for (var permission = 0; permission < Asked.Length; permission++)
        {
            for (var caller = 0; caller < Callers.Length; caller++)
            {
                if (answers[(permission * Callers.Length) + caller])
                    allowed++;
            }
        }

        return allowed;
    }

    private static TimeSpan Time(Func<int> round)
    {
        var (start, allowed) = (Stopwatch.GetTimestamp(), 0);
        for (var number = 0; number < RoundsPerBlock; number++)
            allowed += round();
        var time = Stopwatch.GetElapsedTime(start);
        return allowed > 0 ? time : throw new InvalidOperationException("Nobody may do anything.");
    }

    private static string Text(TimeSpan block) => string.Create(
        CultureInfo.InvariantCulture, $"{block.TotalNanoseconds / RoundsPerBlock / Asked.Length / Callers.Length:F1} ns");
}
