using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Platform.Tests.Support;
using Platform.Workers.Markets.Venues.Wire;

namespace Platform.Workers.Tests.Markets.Venues.Unfollowed;

/// <summary>Whatever a venue writes of amounts, our readers have it digit for digit, in what is not followed too.</summary>
public sealed partial class UnfollowedNumberTests
{
    [Theory, Reads("{0}"), MemberData(nameof(UnfollowedRecording.All), MemberType = typeof(UnfollowedRecording))]
    public void Each_number_is_read_digit_for_digit(string file) => Assert.All(
        UnfollowedRecording.SaidIn(file).Where(said => said.Length > 0), said =>
        {
            var amounts = AmountsIn(RecordedVenueData.Json(said)).ToList();
            var written = amounts.Select(amount => amount.ToString());

            Assert.Equal(written, amounts.Select(amount => amount.DecimalAsWritten().ToString(CultureInfo.InvariantCulture)));
            Assert.Equal(written, AmountsOfStream(said));
        });

    private static IEnumerable<JsonElement> AmountsIn(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(member => AmountsIn(member.Value)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(AmountsIn),
        JsonValueKind.Number => [element],
        JsonValueKind.String when Amount().IsMatch(element.GetString()!) => [element],
        _ => [],
    };

    /// <summary>By the reader of what streams say.</summary>
    private static List<string> AmountsOfStream(string said)
    {
        List<string> read = [];
        var reader = new WireReader(Encoding.UTF8.GetBytes(said));
        while (reader.Read())
            if (reader.TokenType is JsonTokenType.Number
                || (reader.TokenType is JsonTokenType.String && Amount().IsMatch(Encoding.UTF8.GetString(reader.ValueSpan))))
                read.Add(reader.AsWritten().ToString(CultureInfo.InvariantCulture));
        return read;
    }

    [GeneratedRegex(@"^-?(?:0|[1-9][0-9]{0,18})(?:\.[0-9]{1,9})?$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Amount();
}
