using System.Net;
using System.Net.Http.Json;
using Marten;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;
using Platform.Domain.Identity;
using Platform.Projections.Identity;
using Platform.Tests.Support;

namespace Platform.Api.Tests.Identity;

/// <summary>How somebody becomes a user: by what only a letter to the address tells.</summary>
public sealed class RegistrationTests(PlatformHost platform)
{
    private const string Password = "a long enough passphrase";

    private static readonly TimeSpan PostTakes = TimeSpan.FromSeconds(20);

    private readonly string email = $"{Guid.CreateVersion7():N}@people.test";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Whoever_answers_from_the_address_is_a_member()
    {
        using var registered = await RegisterAsync(email, Password);
        Assert.Equal(HttpStatusCode.Accepted, registered.StatusCode);
        var code = CodeIn(await LetterAsync("Confirm your address"));
        Assert.Equal(PlatformLevel.Guest, (await UserAsync()).Level);

        using var verified = await VerifyAsync(code);
        using var again = await VerifyAsync(code);

        Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.NoContent), (verified.StatusCode, again.StatusCode));
        Assert.Equal(PlatformLevel.Member, (await UserAsync()).Level);
        using var signedIn = await platform.Anyone.PostAsJsonAsync("/v1/auth/sign-in", new { email, password = Password }, Cancel);
        Assert.Equal(HttpStatusCode.OK, signedIn.StatusCode);
    }

    [Fact]
    public async Task Address_that_is_known_is_answered_alike_and_told_by_letter()
    {
        using var first = await RegisterAsync(email, Password);
        using var verified = await VerifyAsync(CodeIn(await LetterAsync("Confirm your address")));
        using var second = await RegisterAsync(email.ToUpperInvariant(), "another long passphrase");

        Assert.Equal(
            (first.StatusCode, await first.Content.ReadAsStringAsync(Cancel)), (second.StatusCode, await second.Content.ReadAsStringAsync(Cancel)));
        await LetterAsync("You have an account already");
        using var signedIn = await platform.Anyone.PostAsJsonAsync(
            "/v1/auth/sign-in", new { email, password = "another long passphrase" }, Cancel);
        Assert.Equal(HttpStatusCode.Unauthorized, signedIn.StatusCode);
    }

    [Fact]
    public async Task Two_at_once_with_one_address_make_one_user()
    {
        var answers = await Task.WhenAll(RegisterAsync(email, Password), RegisterAsync(email, Password));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode));
        Array.ForEach(answers, answer => answer.Dispose());
        await using var session = platform.Services.GetRequiredService<IDocumentStore>().QuerySession();
        Assert.Equal(1, await session.Query<UserAccount>().CountAsync(account => account.Email == email, Cancel));
    }

    [Fact]
    public async Task Code_of_another_or_a_changed_one_verifies_nobody()
    {
        using var registered = await RegisterAsync(email, Password);
        var code = CodeIn(await LetterAsync("Confirm your address"));
        var changed = code[..^2] + (code[^2] == 'A' ? 'B' : 'A') + code[^1];

        foreach (var wrong in (string[])[changed, code[..^1], code + "A", "", "%%%", new('A', 10_000)])
        {
            using var answer = await VerifyAsync(wrong);
            await Problem.ExpectAsync(answer, 422, "invalid_code", "code");
        }
        Assert.Equal(PlatformLevel.Guest, (await UserAsync()).Level);
    }

    [Theory]
    [InlineData("nobody", Password, "invalid_email", "email")]
    [InlineData("A <a@people.test>", Password, "invalid_email", "email")]
    [InlineData("", Password, "invalid_email", "email")]
    [InlineData("short@people.test", "elevenchars", "password_length", "password")]
    [InlineData("same@people.test", "aaaaaaaaaaaaaaaaaaa", "password_guessable", "password")]
    [InlineData("long.address@people.test", "long.address@people.test1", "password_guessable", "password")]
    public async Task Registration_that_will_not_do_is_refused_by_name(string address, string password, string code, string field)
    {
        using var answer = await RegisterAsync(address, password);

        await Problem.ExpectAsync(answer, 422, code, field);
    }

    private Task<HttpResponseMessage> RegisterAsync(string address, string password) =>
        platform.Anyone.PostAsJsonAsync("/v1/auth/register", new { email = address, password }, Cancel);

    private Task<HttpResponseMessage> VerifyAsync(string code) =>
        platform.Anyone.PostAsJsonAsync("/v1/auth/verify", new { code }, Cancel);

    private async Task<User> UserAsync()
    {
        await using var session = platform.Services.GetRequiredService<IDocumentStore>().QuerySession();
        var account = await session.Query<UserAccount>().SingleAsync(account => account.Email == email, Cancel);
        return (await session.LoadAsync<User>(account.Id, Cancel))!;
    }

    private Task<MimeMessage> LetterAsync(string subject) => Eventually.AnswersAsync(
        $"a letter \"{subject}\"", PostTakes,
        async waiting =>
        {
            foreach (var file in Directory.Exists(platform.MailFolder) ? Directory.GetFiles(platform.MailFolder, "*.eml") : [])
            {
                var letter = await MimeMessage.LoadAsync(file, waiting);
                if ((letter.Subject, letter.To.Mailboxes.Single().Address) == (subject, email))
                    return letter;
            }
            return null;
        },
        Cancel);

    private static string CodeIn(MimeMessage letter) =>
        letter.TextBody!.Split('\n').Single(line => line.Contains("/verify#", StringComparison.Ordinal)).Split('#')[1].Trim();
}
