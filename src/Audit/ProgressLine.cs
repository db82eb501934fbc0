using System.Globalization;

namespace Platform.Audit;

/// <summary>A count on standard error that overwrites itself; silent when that is not a terminal.</summary>
internal sealed class ProgressLine(long total) : IDisposable
{
    private const int Every = 5000;

    private long done;

    public void Step()
    {
        if (++done % Every == 0 && !Console.IsErrorRedirected)
        {
            Console.Error.Write(string.Create(CultureInfo.InvariantCulture, $"\r{done:N0} of {total:N0}"));
        }
    }

    public void Dispose()
    {
        if (done >= Every && !Console.IsErrorRedirected)
        {
            Console.Error.Write("\r                                        \r");
        }
    }
}
