using Platform.Workers.Markets;

namespace Platform.Workers.Tests.Markets;

public sealed class ConflatingQueueTests
{
    private readonly ConflatingQueue<string> queue = new();

    [Fact]
    public async Task Item_waits_once_however_often_it_is_offered()
    {
        foreach (var item in (string[])["a", "b", "a", "a", "b"])
            queue.Offer(item);

        Assert.Equal(["a", "b"], await TakeAsync(2));

        queue.Offer("c");
        Assert.Equal(["c"], await TakeAsync(1));
    }

    [Fact]
    public async Task Item_offered_while_it_is_worked_on_comes_again()
    {
        queue.Offer("a");
        var seen = 0;

        await foreach (var item in queue.ReadAllAsync(TestContext.Current.CancellationToken))
        {
            if (++seen == 2)
                break;
            queue.Offer(item);
        }

        Assert.Equal(2, seen);
    }

    private async Task<List<string>> TakeAsync(int count)
    {
        var taken = new List<string>();
        await foreach (var item in queue.ReadAllAsync(TestContext.Current.CancellationToken))
        {
            taken.Add(item);
            if (taken.Count == count)
                break;
        }

        return taken;
    }
}
