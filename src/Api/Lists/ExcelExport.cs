using System.IO.Pipelines;

namespace Platform.Api.Lists;

/// <summary>
/// A whole list as a spreadsheet, straight into the answer: a batch is read, written, and sent before the next is read,
/// so that neither a long list nor a slow reader takes memory, and no query lives longer than a batch.
/// </summary>
internal static class ExcelExport
{
    private const int BatchSize = 2_000;

    public static async Task WriteAsync<T>(ListOf<T> list, ListQuery asked, IListSource<T> source, HttpContext http)
    {
        var cancel = http.RequestAborted;
        // Read before anything is answered: what cannot be read is still a problem and not half a file.
        var batch = await source.ReadAsync(list, asked, from: null, BatchSize, cancel);
        http.Response.ContentType = ExcelFile.MediaType;
        http.Response.Headers.ContentDisposition = $"attachment; filename=\"{list.Name}.xlsx\"";
        var body = http.Response.BodyWriter;
        try
        {
            using ExcelFile file = new(new BodyStream(body));
            using (ExcelRows<T> rows = new(file, list, asked.Members))
                while (batch.Count > 0)
                {
                    foreach (var row in batch)
                        rows.Write(row.Item);
                    await body.FlushAsync(cancel);
                    batch = batch.Count < BatchSize ? [] : await source.ReadAsync(list, asked, batch[^1].Keyset, BatchSize, cancel);
                }
            file.Finish();
        }
        catch
        {
            // What was sent looks like a file already; cut off, it is none.
            http.Abort();
            throw;
        }
        await body.FlushAsync(cancel);
    }

    /// <summary>Takes what is written at once, and leaves the sending to whoever flushes the pipe.</summary>
    private sealed class BodyStream(PipeWriter body) : Stream
    {
        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            buffer.CopyTo(body.GetSpan(buffer.Length));
            body.Advance(buffer.Length);
        }

        public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

        public override void Flush() { }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
