using Platform.Workers.Pki;

namespace Platform.Workers.Tests.Pki;

public sealed class KeyFileTests : IDisposable
{
    private const int Nodes = 8;

    /// <summary>Enough for a rename after a look to lose a key in every run, as it did.</summary>
    private const int Rounds = 100;

    private readonly string folder = Directory.CreateTempSubdirectory("key-file").FullName;

    [Fact]
    public async Task Of_many_who_make_a_key_at_once_all_get_the_same()
    {
        using var together = new Barrier(Nodes);
        var seen = await Task.WhenAll(Enumerable.Range(0, Nodes).Select(node => OnItsOwnThread(() => EachRound(round =>
        {
            together.SignalAndWait(TestContext.Current.CancellationToken);
            return KeyFile.ReadOrMake(Path.Combine(folder, $"{round}.key"), () => [(byte)node]).Single();
        }))));

        Assert.All(seen, node => Assert.Equal(seen[0], node));
        Assert.Equal(Rounds, Directory.GetFiles(folder).Length);
    }

    [Fact]
    public async Task Of_many_who_write_a_new_file_at_once_one_does_and_the_others_are_told()
    {
        using var together = new Barrier(Nodes);
        var wrote = await Task.WhenAll(Enumerable.Range(0, Nodes).Select(node => OnItsOwnThread(() => EachRound(round =>
        {
            together.SignalAndWait(TestContext.Current.CancellationToken);
            return Wrote(Path.Combine(folder, $"{round}.key"), (byte)node);
        }))));

        for (var round = 0; round < Rounds; round++)
        {
            var winner = Assert.Single(Enumerable.Range(0, Nodes), node => wrote[node][round]);
            Assert.Equal([(byte)winner], await File.ReadAllBytesAsync(
                Path.Combine(folder, $"{round}.key"), TestContext.Current.CancellationToken));
        }
    }

    [Fact]
    public void A_file_that_is_there_stays_as_it_is_unless_it_is_to_be_overwritten()
    {
        var file = Path.Combine(folder, "a.key");
        KeyFile.Write(file, [1], overwrite: false);

        var refused = Assert.Throws<IOException>(() => KeyFile.Write(file, [2], overwrite: false));
        Assert.Contains(file, refused.Message, StringComparison.Ordinal);
        Assert.Equal([1], File.ReadAllBytes(file));

        KeyFile.Write(file, [3], overwrite: true);
        Assert.Equal([3], File.ReadAllBytes(file));
        Assert.Equal([file], Directory.GetFiles(folder));
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static bool Wrote(string file, byte key)
    {
        try
        {
            KeyFile.Write(file, [key], overwrite: false);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static T[] EachRound<T>(Func<int, T> each) => [.. Enumerable.Range(0, Rounds).Select(each)];

    /// <summary>A barrier needs all of them at once, which the pool's few threads would give it slowly.</summary>
    private static Task<T> OnItsOwnThread<T>(Func<T> what) =>
        Task.Factory.StartNew(what, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
}
