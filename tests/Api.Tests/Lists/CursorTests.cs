using System.Security.Cryptography;
using Platform.Api.Lists;
using Platform.Api.Trading;

namespace Platform.Api.Tests.Lists;

/// <summary>A cursor is good for the question and the caller that it was given to, and for nothing else.</summary>
public sealed class CursorTests(PlatformHost platform)
{
    private const string Question = "limit=10&filter.isOpen=eq:true";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Cursor_leads_on_whatever_the_size_of_the_page_and_the_order_of_the_filters()
    {
        using var trader = await Trader.OpenAsync(platform);
        await ListQueryTests.PlacedAsync(trader, 12);
        var cursor = await CursorAsync(trader, $"{Question}&filter.side=eq:buy");

        foreach (var same in (string[])[$"{Question}&filter.side=eq:buy", "limit=500&filter.side=eq:buy&filter.isOpen=eq:true&count=exact&fields=orderId"])
            Assert.Equal(2, (await trader.GetAsync($"{trader.Path}/orders?{same}&cursor={cursor}")).GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task Attack_09_cursor_of_another_question_is_refused()
    {
        using var trader = await Trader.OpenAsync(platform);
        await ListQueryTests.PlacedAsync(trader, 11);
        var cursor = await CursorAsync(trader, Question);

        foreach (var query in (string[])
            ["", "filter.isOpen=eq:false", "filter.isOpen=ne:true", $"{Question}&sort=createdAt", $"{Question}&search=btc", $"{Question}&filter.side=eq:buy"])
            await RefusedAsync(trader, "orders", query, cursor);
        await RefusedAsync(trader, "trades", "", cursor);
        await RefusedAsync(trader, "positions", "", cursor);
    }

    [Fact]
    public async Task Attack_09_cursor_of_another_user_or_pool_is_refused()
    {
        using var owner = await Trader.OpenAsync(platform);
        using var stranger = await Trader.OpenAsync(platform);
        await ListQueryTests.PlacedAsync(owner, 11);
        var cursor = await CursorAsync(owner, Question);

        await RefusedAsync(stranger, "orders", Question, cursor);
    }

    [Fact]
    public async Task Attack_09_cursor_with_any_bit_changed_or_cut_short_is_refused()
    {
        using var trader = await Trader.OpenAsync(platform);
        await ListQueryTests.PlacedAsync(trader, 11);
        var cursor = await CursorAsync(trader, Question);

        const string letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        for (var at = 0; at < cursor.Length; at++)
        {
            // Each of the letter's six bits in turn, along the cursor.
            var flipped = letters[letters.IndexOf(cursor[at], StringComparison.Ordinal) ^ (1 << (at % 6))];
            await RefusedAsync(trader, "orders", Question, cursor[..at] + flipped + cursor[(at + 1)..]);
        }
        foreach (var other in (string[])["", "A", cursor[..^1], cursor[1..], $"{cursor}A", $"{cursor}%3D", $"{cursor}%20", new string('A', 3000), "%00", "-1", "' or 1=1"])
            await RefusedAsync(trader, "orders", Question, other);
    }

    [Fact]
    public async Task Attack_09_cursor_from_before_the_key_was_changed_is_refused()
    {
        using var trader = await Trader.OpenAsync(platform);
        var asked = new ListQuery(
            50, null, null, new("createdAt", IsDescending: true), [], null, ListCount.None, null, IsExport: false,
            $"user:{trader.User} {trader.Path}/orders");
        using CursorSeal older = new(RandomNumberGenerator.GetBytes(CursorSeal.KeyBytes));
        using CursorSeal current = new(await File.ReadAllBytesAsync(Path.Combine(platform.KeyFolder, "cursor.key"), Cancel));
        Keyset place = new([TimeProvider.System.GetUtcNow(), trader.User.Value]);

        var good = current.Seal(place, [FieldKind.Time, FieldKind.Uuid], asked.Binding(TradingLists.Orders));
        await trader.GetAsync($"{trader.Path}/orders?cursor={good}");
        await RefusedAsync(trader, "orders", "", older.Seal(place, [FieldKind.Time, FieldKind.Uuid], asked.Binding(TradingLists.Orders)));
    }

    private static async Task<string> CursorAsync(Trader trader, string query) =>
        (await trader.GetAsync($"{trader.Path}/orders?{query}")).GetProperty("next").GetString()
        ?? throw new InvalidOperationException("There is only one page.");

    private static async Task RefusedAsync(Trader trader, string list, string query, string cursor)
    {
        using var answer = await trader.Http.GetAsync($"{trader.Path}/{list}?{query}{(query.Length == 0 ? "" : "&")}cursor={cursor}", Cancel);
        await Problem.ExpectAsync(answer, 400, "invalid_cursor", "cursor");
    }
}
