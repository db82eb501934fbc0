using System.Text;
using System.Text.Json;
using CsCheck;
using Platform.Workers.Markets.Venues.Wire;

namespace Platform.Workers.Tests.Markets.Venues;

/// <summary>Our reader of messages against the runtime's: the same tokens, and what one refuses the other refuses as soon.</summary>
public sealed class WireReaderTests
{
    private const int Cases = 3000;

    // What venues send, and what makes a reader stumble.
    private static readonly Gen<string> Scalar = AnyOf(
        "\"BTCUSDT\"", "\"\"", "\"0.00100000\"", "\"a text of more than sixteen letters, \u00e9 and \ud83d\ude00\"", "\"\\u0041\\\"\\/\"", "\"\\x\"",
        "\"\\ud83d\"", "\"open", "\"tab\there\"", "0", "-0", "12345678901234567890", "16850.01000000", "-1.5e-8", "1E+4", "1e", "01", "-", "1.", ".5",
        "+1", "0x1", "true", "false", "null", "tru", "True", "nullx", "NaN", "'a'", "/* */", "");

    private static readonly Gen<string> Blank = Gen.Frequency(
        (12, Gen.Const(string.Empty)), (1, AnyOf(" ", "\n", "\r\n\t", "\f", "\u00a0", "\ufeff")));

    private static readonly Gen<string> Value = Gen.Recursive<string>((depth, inner) => depth > 4
        ? Scalar
        : Gen.Frequency((3, Scalar), (1, ListOf(inner)), (2, ObjectOf(inner))));

    private static readonly Gen<(int, double, byte)> Damage =
        Gen.Select(Gen.Int[0, 3], Gen.Double[0, 1], AnyOf("{}[]\",:0-.eE\\ tn\u0001/"u8.ToArray()));

    [Fact]
    public void Tokens_are_those_that_the_runtime_reads() => Gen.Select(Value, Blank, Blank)
        .Select((value, before, behind) => Encoding.UTF8.GetBytes(before + value + behind))
        .Sample(message => Assert.Equal(TokensByRuntime(message), Tokens(message)), iter: Cases);

    [Fact]
    public void Damaged_message_is_refused_where_the_runtime_refuses_it() => Gen.Select(Value, Damage.Array[1, 4])
        .Select((value, damages) => damages.Aggregate(Encoding.UTF8.GetBytes(value), Damaged))
        .Sample(message => Assert.Equal(TokensByRuntime(message), Tokens(message)), iter: Cases);

    [Fact]
    public void Noise_is_refused_as_the_runtime_refuses_it() => Gen.Byte.Array[0, 40]
        .Sample(message => Assert.Equal(TokensByRuntime(message), Tokens(message)), iter: Cases);

    [Theory]
    [InlineData(64)]
    [InlineData(65)]
    public void Depth_has_the_limit_of_the_runtime(int depth)
    {
        AssertSame(Encoding.UTF8.GetBytes(new string('[', depth) + new string(']', depth)));
        AssertSame(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("{\"a\":", depth)) + "1" + new string('}', depth)));
    }

    [Fact]
    public void Huge_text_and_number_are_read_as_the_runtime_reads_them() =>
        AssertSame(Encoding.UTF8.GetBytes($$"""{"{{new string('n', 70_000)}}":[{{new string('7', 70_000)}},"{{new string('é', 70_000)}}"]}"""));

    [Fact]
    public void Skipping_leads_to_what_follows_the_value() => Value.Sample(value =>
    {
        var message = Encoding.UTF8.GetBytes($$"""{"skipped":{{value}},"then":1}""");
        Assert.Equal(Skipped(message), SkippedByRuntime(message));
    }, iter: Cases);

    [Fact]
    public void Escaped_text_equals_what_it_means()
    {
        var reader = new WireReader("""{"\u0070rice":"\u0062uy"}"""u8);
        reader.BeginObject();
        Assert.True(reader.NextMember());
        Assert.False(reader.ValueTextEquals("rice"u8));
        Assert.True(reader.At("price"u8));
        Assert.True(reader.Is("buy"u8));
    }

    [Fact]
    public void Element_is_the_whole_value_and_the_reader_stands_behind_it()
    {
        var reader = new WireReader("""{"a":{"b":[1,"\u0062"]},"c":2}"""u8);
        reader.BeginObject();
        Assert.True(reader.NextMember() && reader.At("a"u8));
        Assert.Equal("""{"b":[1,"\u0062"]}""", reader.Element().GetRawText());
        Assert.True(reader.NextMember() && reader.At("c"u8));
        Assert.Equal(2, reader.Element().GetInt32());
        Assert.False(reader.NextMember());
    }

    private static Gen<T> AnyOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(at => values[at]);

    private static byte[] Damaged(byte[] message, (int Kind, double Place, byte With) damage)
    {
        var at = (int)(damage.Place * message.Length);
        return damage.Kind switch
        {
            0 => message[..at],
            1 => [.. message[..at], damage.With, .. message[at..]],
            2 when at < message.Length => [.. message[..at], damage.With, .. message[(at + 1)..]],
            _ => [.. message[..at], .. message.Skip(at + 1)],
        };
    }

    private static Gen<string> ListOf(Gen<string> inner) => Gen.Select(Blank, Gen.Select(Blank, inner, Blank).Array[0, 4])
        .Select((blank, elements) => $"[{blank}{string.Join(',', elements.Select(one => one.Item1 + one.Item2 + one.Item3))}]");

    // Names come twice now and then.
    private static Gen<string> ObjectOf(Gen<string> inner) =>
        Gen.Select(Blank, Gen.Select(AnyOf("e", "E", "price", "a\\u0062"), Blank, inner, Blank).Array[0, 5])
            .Select((blank, members) =>
                $"{{{blank}{string.Join(',', members.Select(one => $"{one.Item2}\"{one.Item1}\"{one.Item2}:{one.Item4}{one.Item3}{one.Item2}"))}}}");

    private static void AssertSame(byte[] message) => Assert.Equal(TokensByRuntime(message), Tokens(message));

    private static List<string> Tokens(byte[] message)
    {
        var reader = new WireReader(message);
        List<string> tokens = [];
        try
        {
            while (reader.Read())
                tokens.Add(Told(reader.TokenType, reader.ValueSpan));
            tokens.Add("end");
        }
        catch (JsonException)
        {
            tokens.Add("refused");
        }

        return tokens;
    }

    private static List<string> TokensByRuntime(byte[] message)
    {
        var reader = new Utf8JsonReader(message);
        List<string> tokens = [];
        try
        {
            while (reader.Read())
                tokens.Add(Told(reader.TokenType, reader.ValueSpan));
            tokens.Add("end");
        }
        catch (JsonException)
        {
            tokens.Add("refused");
        }

        return tokens;
    }

    private static string Told(JsonTokenType kind, ReadOnlySpan<byte> value) => $"{kind} {Convert.ToHexString(value)}";

    private static string Skipped(byte[] message)
    {
        var reader = new WireReader(message);
        try
        {
            reader.Read();
            reader.Read();
            reader.Skip();
            reader.Read();
            return Told(reader.TokenType, reader.ValueSpan);
        }
        catch (JsonException)
        {
            return "refused";
        }
    }

    private static string SkippedByRuntime(byte[] message)
    {
        var reader = new Utf8JsonReader(message);
        try
        {
            reader.Read();
            reader.Read();
            reader.Skip();
            reader.Read();
            return Told(reader.TokenType, reader.ValueSpan);
        }
        catch (JsonException)
        {
            return "refused";
        }
    }
}
