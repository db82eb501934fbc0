using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Extensions.Options;
using MimeKit;

namespace Platform.Workers.Identity.Mail;

/// <summary>A letter in plain text.</summary>
public sealed record Letter(string To, string Subject, string Text);

/// <summary>Hands letters to the SMTP server or, where there is none, to a folder for a person to look into.</summary>
/// <param name="folder">Used when the options name no server and no folder.</param>
public sealed class Mailer(IOptions<MailOptions> options, TimeProvider time, string folder)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>Sent once for each id: a repeat is the same message, and servers and people can tell.</summary>
    public async Task SendAsync(Guid id, Letter letter, CancellationToken cancellationToken)
    {
        using var message = new MimeMessage();
        message.From.Add(MailboxAddress.Parse(options.Value.From));
        message.To.Add(MailboxAddress.Parse(letter.To));
        message.Date = time.GetUtcNow();
        message.MessageId = $"{id:N}@platform";
        message.Subject = letter.Subject;
        message.Body = new TextPart("plain") { Text = letter.Text };
        await (options.Value.Host is { Length: > 0 } host
            ? PostAsync(host, message, cancellationToken)
            : KeepAsync(id, message, cancellationToken));
    }

    private async Task PostAsync(string host, MimeMessage message, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        using var client = new SmtpClient();
        await client.ConnectAsync(
            host, options.Value.Port, options.Value.RequireTls ? SecureSocketOptions.StartTls : SecureSocketOptions.None, limit.Token);
        if (options.Value is { UserName: { } user, PasswordFile: { } file })
            await client.AuthenticateAsync(user, (await File.ReadAllTextAsync(file, limit.Token)).Trim(), limit.Token);
        await client.SendAsync(message, limit.Token);
        await client.DisconnectAsync(quit: true, limit.Token);
    }

    private async Task KeepAsync(Guid id, MimeMessage message, CancellationToken cancellationToken)
    {
        var place = Directory.CreateDirectory(
            options.Value.Folder ?? folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        // Under its name the letter is whole.
        var letter = Path.Combine(place.FullName, $"{id:N}.eml");
        await message.WriteToAsync($"{letter}.part", cancellationToken);
        File.Move($"{letter}.part", letter, overwrite: true);
    }
}
