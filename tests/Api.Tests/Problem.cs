using System.Text.Json;

namespace Platform.Api.Tests;

/// <summary>What every refusal looks like, whoever refused.</summary>
internal static class Problem
{
    // Words that only our inside knows.
    private static readonly string[] Inside =
        ["Platform.", "System.", "Microsoft.", "Npgsql", "Marten", "Wolverine", "Exception", "   at ", "BytePosition", "(Parameter"];

    /// <summary>Checks the whole answer and gives its detail.</summary>
    /// <param name="field">The offending member; null when no single one offends.</param>
    public static async Task<string?> ExpectAsync(HttpResponseMessage answer, int status, string code, string? field = null)
    {
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(status == (int)answer.StatusCode, $"{answer.StatusCode}: {text}");
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var problem = JsonDocument.Parse(text).RootElement;
        Assert.Equal(code, TextOf(problem, "code"));
        Assert.Equal(field, TextOf(problem, "field"));
        Assert.Equal($"/problems/{code}", TextOf(problem, "type"));
        Assert.Equal(status, problem.GetProperty("status").GetInt32());
        Assert.False(string.IsNullOrEmpty(TextOf(problem, "title")));
        Assert.Equal(Assert.Single(answer.Headers.GetValues("X-Ray-Id")), TextOf(problem, "rayId"));
        Assert.All(Inside, word => Assert.DoesNotContain(word, text, StringComparison.Ordinal));
        return TextOf(problem, "detail");
    }

    private static string? TextOf(JsonElement problem, string member) =>
        problem.TryGetProperty(member, out var value) ? value.GetString() : null;
}
