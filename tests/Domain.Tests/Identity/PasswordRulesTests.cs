using Platform.Domain.Identity;

namespace Platform.Domain.Tests.Identity;

public sealed class PasswordRulesTests
{
    private const string Email = "ada@people.test";

    [Theory]
    [InlineData("correct horse battery")]
    [InlineData("abcde\U0001F98A\U0001F98A\U0001F98A\U0001F98A\U0001F98A\U0001F98A\U0001F98A")]
    public void Long_sentence_will_do_and_a_character_is_one_however_it_is_stored(string password) =>
        Assert.Null(PasswordRules.WhyNot(password, Email));

    [Theory]
    [InlineData("elevenchars", "password_length")]
    [InlineData("abcde\U0001F98A\U0001F98A\U0001F98A\U0001F98A\U0001F98A\U0001F98A", "password_length")]
    [InlineData("ababababababab", "password_guessable")]
    [InlineData("my ADA@people.test", "password_guessable")]
    [InlineData("ada@people.t", "password_guessable")]
    public void Short_one_a_pattern_and_the_own_address_will_not(string password, string code) => Assert.Equal(
        (code, "password"), PasswordRules.WhyNot(password, Email) is { } no ? (no.Code, no.Field) : default);

    [Fact]
    public void Length_has_both_its_ends()
    {
        Assert.Null(PasswordRules.WhyNot($"abcde{new string('x', PasswordRules.LengthMax - 5)}", Email));
        Assert.Equal("password_length", PasswordRules.WhyNot($"abcde{new string('x', PasswordRules.LengthMax - 4)}", Email)?.Code);
    }
}
