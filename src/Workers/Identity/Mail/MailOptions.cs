namespace Platform.Workers.Identity.Mail;

/// <summary>How e-mail leaves the house; the section <c>Platform:Mail</c>.</summary>
public sealed class MailOptions
{
    public const string Section = "Platform:Mail";

    /// <summary>The SMTP server. Null: none, and letters are written as files into <see cref="Folder"/>.</summary>
    public string? Host { get; set; }

    /// <summary>Its port; 587 is that of submission with STARTTLS (RFC 6409).</summary>
    public int Port { get; set; } = 587;

    /// <summary>False only for a server on the same machine: then nothing is encrypted on the way.</summary>
    public bool RequireTls { get; set; } = true;

    /// <summary>Null: the server asks for no name.</summary>
    public string? UserName { get; set; }

    /// <summary>A file that holds the password and that only its owner can read; null: the server asks for none.</summary>
    public string? PasswordFile { get; set; }

    /// <summary>Whom letters are from.</summary>
    public string From { get; set; } = "platform@localhost";

    /// <summary>Where letters lie when there is no server, one <c>.eml</c> file each; null: beside the keys.</summary>
    public string? Folder { get; set; }

    /// <summary>Where people reach the app; links in letters begin with it.</summary>
    public Uri PublicUrl { get; set; } = new("http://localhost:8080");
}
