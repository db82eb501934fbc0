using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Platform.Workers.Pki;

/// <summary>Files with keys in them: whole or not there at all, and for their owner only.</summary>
public static partial class KeyFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Where that file is in the folder, which is made for its owner only when it is not there.</summary>
    public static string In(string folder, string name) =>
        Path.Combine(Directory.CreateDirectory(folder, OwnerOnly | UnixFileMode.UserExecute).FullName, name);

    /// <summary>What the file holds; the first to ask makes it, and all who ask at once get the same.</summary>
    public static byte[] ReadOrMake(string file, Func<byte[]> make)
    {
        if (!File.Exists(file))
        {
            try
            {
                Write(file, make(), overwrite: false);
            }
            catch (IOException) when (File.Exists(file))
            {
                // Another was first: its key is the one.
            }
        }

        return File.ReadAllBytes(file);
    }

    /// <summary>Under its name the file has all its contents, on disk, or is as it was before.</summary>
    /// <exception cref="IOException">The file is there already, and is not to be overwritten.</exception>
    public static void Write(string file, byte[] contents, bool overwrite)
    {
        var draft = $"{file}.{Path.GetRandomFileName()}";
        try
        {
            using (var stream = new FileStream(draft, new FileStreamOptions
            {
                Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = OwnerOnly,
            }))
            {
                stream.Write(contents);
                stream.Flush(flushToDisk: true);
            }

            if (overwrite)
            {
                File.Move(draft, file, overwrite);
            }
            else
            {
                MoveToNew(draft, file);
            }
        }
        finally
        {
            File.Delete(draft);
        }
    }

    /// <summary>
    /// On Unix, the runtime's own move looks whether the name is taken and then renames over it, so that a second node
    /// would put its key in the place of the first one's. A hard link is made of a free name, or not at all.
    /// </summary>
    private static void MoveToNew(string draft, string file)
    {
        if (OperatingSystem.IsWindows())
        {
            File.Move(draft, file);
        }
        else if (Link(draft, file) != 0)
        {
            var reason = Marshal.GetLastPInvokeError();
            throw new IOException($"{file} was not written: {Marshal.GetPInvokeErrorMessage(reason)}", new Win32Exception(reason));
        }
    }

    [LibraryImport("libc", EntryPoint = "link", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Link(string existing, string name);
}
