using System.Security.Cryptography;

namespace Platform.Tests.Support;

/// <summary>A key-encryption key as an operator makes one: 32 random bytes in a file that only its owner may read.</summary>
public static class KeyEncryptionKey
{
    /// <summary>Makes one where the platform looks for it by itself.</summary>
    /// <param name="keyFolder">Made when it is not there.</param>
    /// <returns>The file.</returns>
    public static string MakeIn(string keyFolder)
    {
        Directory.CreateDirectory(keyFolder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var file = Path.Combine(keyFolder, "kek");
        File.WriteAllBytes(file, RandomNumberGenerator.GetBytes(32));
        File.SetUnixFileMode(file, UnixFileMode.UserRead);
        return file;
    }
}
