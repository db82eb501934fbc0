using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Marten;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;
using Platform.Domain.Identity;
using Platform.Projections.Identity;
using Platform.Tests.Support;

namespace Platform.Api.Tests.Identity;

/// <summary>How somebody becomes a user: by what only a letter to the address tells.</summary>
public sealed class RegistrationTests(PlatformHost platform) : IDisposable
{
    private const string Password = "a long enough passphrase";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly HttpClient somebody = Person.FromAnAddressOfItsOwn(platform);
    private readonly string email = $"{Guid.CreateVersion7():N}@people.test";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => somebody.Dispose();

    [Fact]
    public async Task Whoever_answers_from_the_address_is_a_member_with_the_password_they_choose()
    {
        using var registered = await RegisterAsync(email);
        Assert.Equal(HttpStatusCode.Accepted, registered.StatusCode);
        var code = CodeIn(await LetterAsync("Confirm your address"));
        Assert.Equal(PlatformLevel.Guest, (await UserAsync()).Level);

        using var verified = await VerifyAsync(code, Password);
        using var again = await VerifyAsync(code, "another long passphrase");

        Assert.Equal(HttpStatusCode.OK, verified.StatusCode);
        Assert.Equal(email, (await verified.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("email").GetString());
        await Problem.ExpectAsync(again, 422, "invalid_code", "code");
        Assert.Equal(PlatformLevel.Member, (await UserAsync()).Level);
        Assert.Equal(HttpStatusCode.OK, await SignInAsync(Password));
    }

    [Fact]
    public async Task Who_registers_the_address_of_another_gets_nothing_of_the_account_that_comes_of_it()
    {
        // Given somebody who asked for the account of another, before that one did.
        using var hijack = await somebody.PostAsJsonAsync("/v1/auth/register", new { email, password = "of the one who asked" }, Cancel);
        await Problem.ExpectAsync(hijack, 400, "unknown_member", "password");
        using var asked = await RegisterAsync(email);
        var code = CodeIn(await LetterAsync("Confirm your address"));

        // Then nothing signs in, until whoever reads the letter says with what.
        Assert.Equal(HttpStatusCode.Unauthorized, await SignInAsync("of the one who asked"));
        Assert.Equal(HttpStatusCode.Unauthorized, await SignInAsync(""));
        using var verified = await VerifyAsync(code, Password);
        Assert.Equal(HttpStatusCode.OK, await SignInAsync(Password));
    }

    [Fact]
    public async Task Address_that_is_known_is_answered_alike_and_told_by_letter()
    {
        using var first = await RegisterAsync(email);
        using var verified = await VerifyAsync(CodeIn(await LetterAsync("Confirm your address")), Password);
        using var second = await RegisterAsync(email.ToUpperInvariant());

        Assert.Equal(
            (first.StatusCode, await first.Content.ReadAsStringAsync(Cancel)), (second.StatusCode, await second.Content.ReadAsStringAsync(Cancel)));
        var letter = await LetterAsync("You have an account already");
        Assert.DoesNotContain("#", letter.TextBody, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_forgot_the_password_chooses_another_by_letter_and_every_session_ends()
    {
        using var person = await Person.JoinAsync(platform);
        using var forgotten = await somebody.PostAsJsonAsync("/v1/auth/recover", new { email = person.Email }, Cancel);
        using var unknown = await somebody.PostAsJsonAsync("/v1/auth/recover", new { email }, Cancel);
        Assert.Equal(
            (forgotten.StatusCode, await forgotten.Content.ReadAsStringAsync(Cancel)), (unknown.StatusCode, await unknown.Content.ReadAsStringAsync(Cancel)));
        var code = CodeIn(await LetterAsync("Choose a new passphrase", person.Email));

        using var chosen = await VerifyAsync(code, "another long passphrase");
        Assert.Equal(HttpStatusCode.OK, chosen.StatusCode);

        using var before = await person.Http.GetAsync("/v1/account", Cancel);
        await Problem.ExpectAsync(before, 401, "token_invalid");
        using var old = await person.SignInAsync();
        Assert.Equal(HttpStatusCode.Unauthorized, old.StatusCode);
        using var signedIn = await person.SignInAsync("another long passphrase");
        Assert.Equal(HttpStatusCode.OK, signedIn.StatusCode);
    }

    [Fact]
    public async Task Forgotten_password_does_not_help_past_the_second_factor()
    {
        using var person = await Person.JoinAsync(platform);
        await AccountTests.EnrollAsync(person);
        using var forgotten = await somebody.PostAsJsonAsync("/v1/auth/recover", new { email = person.Email }, Cancel);
        using var chosen = await VerifyAsync(CodeIn(await LetterAsync("Choose a new passphrase", person.Email)), "another long passphrase");

        using var signedIn = await person.SignInAsync("another long passphrase");

        await Problem.ExpectAsync(signedIn, 401, "code_required", "code");
    }

    [Fact]
    public async Task Two_who_answer_with_one_code_at_once_choose_one_password()
    {
        using var registered = await RegisterAsync(email);
        var code = CodeIn(await LetterAsync("Confirm your address"));
        string[] passwords = ["the first long passphrase", "the second long passphrase"];

        var answers = await Task.WhenAll(passwords.Select(password => VerifyAsync(code, password)));

        var chosen = answers.Select(answer => answer.StatusCode is HttpStatusCode.OK).ToArray();
        Array.ForEach(answers, answer => answer.Dispose());
        Assert.Single(chosen, isChosen => isChosen);
        Assert.Equal(HttpStatusCode.OK, await SignInAsync(passwords[Array.IndexOf(chosen, true)]));
        Assert.Equal(HttpStatusCode.Unauthorized, await SignInAsync(passwords[Array.IndexOf(chosen, false)]));
    }

    [Fact]
    public async Task Two_at_once_with_one_address_make_one_user()
    {
        var answers = await Task.WhenAll(RegisterAsync(email), RegisterAsync(email));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode));
        Array.ForEach(answers, answer => answer.Dispose());
        await using var session = platform.Services.GetRequiredService<IDocumentStore>().QuerySession();
        Assert.Equal(1, await session.Query<UserAccount>().CountAsync(account => account.Email == email, Cancel));
    }

    [Fact]
    public async Task Code_of_another_or_a_changed_one_verifies_nobody()
    {
        using var registered = await RegisterAsync(email);
        var code = CodeIn(await LetterAsync("Confirm your address"));
        var changed = code[..^2] + (code[^2] == 'A' ? 'B' : 'A') + code[^1];

        foreach (var wrong in (string[])[changed, code[..^1], code + "A", "", "%%%", new('A', 10_000)])
        {
            using var answer = await VerifyAsync(wrong, Password);
            await Problem.ExpectAsync(answer, 422, "invalid_code", "code");
        }
        Assert.Equal(PlatformLevel.Guest, (await UserAsync()).Level);
    }

    [Theory]
    [InlineData("nobody")]
    [InlineData("A <a@people.test>")]
    [InlineData("")]
    public async Task Address_that_is_none_is_refused_by_name(string address)
    {
        foreach (var route in (string[])["register", "recover"])
        {
            using var answer = await somebody.PostAsJsonAsync($"/v1/auth/{route}", new { email = address }, Cancel);
            await Problem.ExpectAsync(answer, 422, "invalid_email", "email");
        }
    }

    [Fact]
    public async Task Password_that_will_not_do_is_refused_by_name_and_the_code_is_good_for_another_try()
    {
        using var registered = await RegisterAsync(email);
        var code = CodeIn(await LetterAsync("Confirm your address"));

        foreach (var (password, why) in ((string, string)[])
            [("elevenchars", "password_length"), ("aaaaaaaaaaaaaaaaaaa", "password_guessable"), ($"{email}1", "password_guessable")])
        {
            using var answer = await VerifyAsync(code, password);
            await Problem.ExpectAsync(answer, 422, why, "password");
        }
        using var verified = await VerifyAsync(code, Password);
        Assert.Equal(HttpStatusCode.OK, verified.StatusCode);
    }

    private Task<HttpResponseMessage> RegisterAsync(string address) =>
        somebody.PostAsJsonAsync("/v1/auth/register", new { email = address }, Cancel);

    private Task<HttpResponseMessage> VerifyAsync(string code, string password) =>
        somebody.PostAsJsonAsync("/v1/auth/verify", new { code, password }, Cancel);

    private async Task<HttpStatusCode> SignInAsync(string password)
    {
        using var answer = await somebody.PostAsJsonAsync("/v1/auth/sign-in", new { email, password }, Cancel);
        return answer.StatusCode;
    }

    private async Task<User> UserAsync()
    {
        await using var session = platform.Services.GetRequiredService<IDocumentStore>().QuerySession();
        var account = await session.Query<UserAccount>().SingleAsync(account => account.Email == email, Cancel);
        return (await session.LoadAsync<User>(account.Id, Cancel))!;
    }

    private Task<MimeMessage> LetterAsync(string subject, string? to = null) => Eventually.AnswersAsync(
        $"a letter \"{subject}\"", Patience,
        async waiting =>
        {
            foreach (var file in Directory.Exists(platform.MailFolder) ? Directory.GetFiles(platform.MailFolder, "*.eml") : [])
            {
                var letter = await MimeMessage.LoadAsync(file, waiting);
                if ((letter.Subject, letter.To.Mailboxes.Single().Address) == (subject, to ?? email))
                    return letter;
            }
            return null;
        },
        Cancel);

    private static string CodeIn(MimeMessage letter) =>
        letter.TextBody!.Split('\n').Single(line => line.Contains("/verify#", StringComparison.Ordinal)).Split('#')[1].Trim();
}
