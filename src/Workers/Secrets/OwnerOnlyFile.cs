namespace Platform.Workers.Secrets;

/// <summary>A file with a secret cannot be read, or should not be; the message says which check failed and no contents.</summary>
public sealed class SecretFileException(string message, Exception? cause = null) : Exception(message, cause);

/// <summary>Files with secrets in them, which nobody but their owner may read.</summary>
public static class OwnerOnlyFile
{
    private const UnixFileMode Others =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    /// <exception cref="SecretFileException">It is not there, not ours to read, open to others, empty, or longer than that.</exception>
    public static SecretBytes Read(string path, int bytesMax)
    {
        using var handle = Open(path);
        // Of the very file that is read, whatever its name means by now.
        if ((File.GetUnixFileMode(handle) & Others) is var open && open is not UnixFileMode.None)
            throw new SecretFileException($"{path} is open to others than its owner ({open}): chmod 400 {path}");
        var length = RandomAccess.GetLength(handle);
        if (length == 0 || length > bytesMax)
            throw new SecretFileException($"{path} has {length} bytes, and 1 to {bytesMax} are expected.");

        var contents = SecretBytes.Empty((int)length);
        var read = RandomAccess.Read(handle, contents.Span, fileOffset: 0);
        if (read == length)
            return contents;

        contents.Dispose();
        throw new SecretFileException($"{path} changed while it was read.");
    }

    private static Microsoft.Win32.SafeHandles.SafeFileHandle Open(string path)
    {
        try
        {
            return File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new SecretFileException($"{path} does not exist.", error);
        }
        catch (Exception error) when (error is UnauthorizedAccessException or IOException)
        {
            throw new SecretFileException($"{path} cannot be opened.", error);
        }
    }
}
