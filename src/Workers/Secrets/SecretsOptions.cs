using System.ComponentModel.DataAnnotations;

namespace Platform.Workers.Secrets;

/// <summary>Where the key-encryption key is; the section <c>Platform:Secrets</c>.</summary>
public sealed class SecretsOptions : IValidatableObject
{
    public const string Section = "Platform:Secrets";

    // As in LoadCredential=platform-kek:/etc/... of a systemd unit.
    private const string CredentialName = "platform-kek";

    /// <summary>
    /// A file of 32 bytes. Null: the systemd credential <c>platform-kek</c> where systemd gives credentials, else <c>kek</c>
    /// in the key folder.
    /// </summary>
    public string? KekFile { get; set; }

    /// <summary>32 bytes as base64, instead of a file.</summary>
    public string? Kek { get; set; }

    /// <summary>The key that every development machine has, instead of one of one's own.</summary>
    public bool UseDevelopmentKek { get; set; }

    /// <summary>How often a sealed vault looks for its key, and an open one for changes of the ring.</summary>
    [Range(typeof(TimeSpan), "00:00:00.05", "00:01:00")]
    public TimeSpan PollEvery { get; set; } = TimeSpan.FromSeconds(2);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (new[] { KekFile is not null, Kek is not null, UseDevelopmentKek }.Count(isSet => isSet) > 1)
            yield return new($"Of KekFile, Kek and UseDevelopmentKek in {Section}, one at most is set.");
    }

    /// <param name="credentials">systemd's credentials directory; null where systemd gives none.</param>
    internal IKekProvider Provider(string keyFolder, string? credentials, string environment) => this switch
    {
        { UseDevelopmentKek: true } => new DevelopmentKek(environment),
        { Kek: { } text } => new ConfiguredKek(text),
        { KekFile: { } file } => new FileKek(file),
        _ when credentials is not null => new FileKek(Path.Combine(credentials, CredentialName)),
        _ => new FileKek(Path.Combine(keyFolder, "kek")),
    };
}
