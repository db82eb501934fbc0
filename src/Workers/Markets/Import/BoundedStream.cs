namespace Platform.Workers.Markets.Import;

/// <summary>
/// What comes out of a compressed file, as long as it is in proportion to it. What an archive says of its own sizes is not
/// believed: the bytes are counted.
/// </summary>
/// <param name="packed">The bytes that it is unpacked from.</param>
/// <param name="owner">What is closed with it; null when it is all in <paramref name="inner"/>.</param>
public sealed class BoundedStream(Stream inner, long packed, IDisposable? owner = null) : Stream
{
    /// <summary>The most that text of numbers is ever packed to is a twentieth.</summary>
    public const int RatioMax = 100;

    /// <summary>Below this nothing is suspected.</summary>
    public const long Free = 1024 * 1024;

    private long unpacked;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => unpacked; set => throw new NotSupportedException(); }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        Counted(await inner.ReadAsync(buffer, cancellationToken));

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => Counted(inner.Read(buffer, offset, count));

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
            owner?.Dispose();
        }

        base.Dispose(disposing);
    }

    private int Counted(int read)
    {
        unpacked += read;
        return unpacked <= Free || unpacked / RatioMax <= packed
            ? read
            : throw new ImportRefusedException($"It unpacks to more than {RatioMax} times its size.");
    }
}
