using System.Runtime.CompilerServices;
using Platform.Domain.Markets.Registry;

namespace Platform.Domain.Tests.Markets.Registry;

/// <summary>The one list of countries, against what others keep (<c>countries.csv</c> names them).</summary>
public sealed class CountriesTests
{
    /// <summary>Where nobody lives, one list gives the code of whoever looks after the place; the Vatican uses Italy's.</summary>
    private static readonly string[] OtherCallingCode = ["AQ", "BV", "GS", "HM", "PN", "TF", "UM", "VA"];

    [Fact]
    public void Every_entry_of_the_standard_is_there_once()
    {
        Assert.Equal(249, Countries.All.Count);
        Assert.Equal(249, Countries.All.Select(country => country.Alpha2).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(249, Countries.All.Select(country => country.Alpha3).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(249, Countries.All.Select(country => country.Numeric).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(249, Countries.All.Select(country => country.Name).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void Country_is_found_by_each_of_its_codes() => Assert.All(Countries.All, country =>
    {
        Assert.Same(country, Countries.Find(country.Alpha2));
        Assert.Same(country, Countries.Find(country.Alpha3.ToLowerInvariant()));
        Assert.Same(country, Countries.Find(country.Numeric));
        Assert.Matches("^[A-Z]{2}$", country.Alpha2);
        Assert.Matches("^[A-Z]{3}$", country.Alpha3);
        Assert.Matches("^[0-9]{3}$", country.Numeric);
    });

    [Fact]
    public void Codes_are_those_that_another_list_has()
    {
        var others = Others();

        Assert.Equal(Countries.All.Select(country => country.Alpha2), others.Keys.Order(StringComparer.Ordinal));
        Assert.All(Countries.All, country => Assert.Equal((country.Alpha3, country.Numeric), (others[country.Alpha2][1], others[country.Alpha2][2])));
    }

    [Fact]
    public void Calling_codes_and_currencies_are_those_that_another_list_has()
    {
        var others = Others();

        Assert.All(
            Countries.All.Where(country => !OtherCallingCode.Contains(country.Alpha2, StringComparer.Ordinal)),
            country => Assert.StartsWith(country.CallingCode ?? "none", others[country.Alpha2][3], StringComparison.Ordinal));
        Assert.All(
            Countries.All.Where(country => others[country.Alpha2][4].Length > 0),
            country => Assert.Contains(others[country.Alpha2][4], country.Currencies));
    }

    [Theory]
    [InlineData("DE", "DEU", "276", "Germany", "150", "155", "49", "EUR")]
    [InlineData("US", "USA", "840", "United States", "019", "021", "1", "USD")]
    [InlineData("JP", "JPN", "392", "Japan", "142", "030", "81", "JPY")]
    [InlineData("BR", "BRA", "076", "Brazil", "019", "005", "55", "BRL")]
    [InlineData("NG", "NGA", "566", "Nigeria", "002", "011", "234", "NGN")]
    [InlineData("NZ", "NZL", "554", "New Zealand", "009", "053", "64", "NZD")]
    [InlineData("BG", "BGR", "100", "Bulgaria", "150", "151", "359", "EUR")]
    public void Facts_that_anybody_can_look_up(
        string alpha2, string alpha3, string numeric, string name, string region, string subregion, string callingCode, string currency)
    {
        var country = Countries.Find(alpha2)!;

        Assert.Equal(
            (alpha3, numeric, name, region, subregion, callingCode),
            (country.Alpha3, country.Numeric, country.Name, country.Region?.Code, country.Subregion?.Code, country.CallingCode));
        Assert.Equal(currency, country.Currencies[0]);
    }

    [Fact]
    public void Every_country_with_people_has_a_calling_code_and_a_currency() => Assert.Equal(
        ["AQ", "BV", "GS", "HM", "PN", "TF", "UM"],
        Countries.All.Where(country => country.CallingCode is null || country.Currencies.Count == 0).Select(country => country.Alpha2));

    [Fact]
    public void Kosovo_and_withdrawn_codes_are_no_entries() =>
        Assert.All((string[])["XK", "SU", "YU", "DD", "EU", "UK", "999"], code => Assert.Null(Countries.Find(code)));

    [Fact]
    public void Sources_are_named_with_version_and_licence() =>
        Assert.All(Countries.Sources, source => Assert.Matches(@"^npm \S+ \d+\.\d+\.\d+ \(\S+\)$", source.Source));

    // alpha2, alpha3, numeric, phone, currency
    private static Dictionary<string, string[]> Others([CallerFilePath] string here = "") => File
        .ReadLines(Path.Combine(Path.GetDirectoryName(here)!, "countries.csv")).Skip(2)
        .Select(line => line.Split(',')).ToDictionary(fields => fields[0], StringComparer.Ordinal);
}
