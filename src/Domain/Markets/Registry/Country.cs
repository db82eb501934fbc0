using System.Collections.Frozen;

namespace Platform.Domain.Markets.Registry;

/// <summary>A region of UN M49.</summary>
/// <param name="Code">Three digits.</param>
public sealed record WorldRegion(string Code, string Name);

/// <summary>An entry of ISO 3166-1.</summary>
/// <param name="Alpha2">What the platform knows countries by.</param>
/// <param name="Numeric">Three digits, as text: 004 is not 4.</param>
/// <param name="Name">In English, as CLDR has it.</param>
/// <param name="Region">Null for Antarctica and other land that M49 counts to no region.</param>
/// <param name="Subregion">The smallest region of M49 that it is in; null as <paramref name="Region"/>.</param>
/// <param name="CallingCode">E.164, without the plus; several countries share 1 and 7. Null where nobody has a telephone.</param>
/// <param name="Currencies">ISO 4217, legal tender now, the newest first; none in Antarctica.</param>
public sealed record Country(
    string Alpha2, string Alpha3, string Numeric, string Name, IReadOnlyList<string> Currencies, WorldRegion? Region = null,
    WorldRegion? Subregion = null, string? CallingCode = null);

/// <summary>Which package gives which members of a list.</summary>
public sealed record RegistrySource(string Gives, string Source, DateOnly At);

/// <summary>All countries, and the only list of them.</summary>
public static class Countries
{
    private static readonly CountriesFile File = RegistryFile.Read<CountriesFile>("countries");

    private static readonly FrozenDictionary<string, Country> ByCode = File.Countries
        .SelectMany(country => new[] { country.Alpha2, country.Alpha3, country.Numeric }.Select(code => (code, country)))
        .ToFrozenDictionary(entry => entry.code, entry => entry.country, StringComparer.OrdinalIgnoreCase);

    /// <summary>By alpha-2 code.</summary>
    public static IReadOnlyList<Country> All => File.Countries;

    public static IReadOnlyList<RegistrySource> Sources => File.Sources;

    /// <summary>By any of the three codes, in any case; null when there is none.</summary>
    public static Country? Find(string code) => ByCode.GetValueOrDefault(code);
}

internal sealed record CountriesFile(IReadOnlyList<RegistrySource> Sources, IReadOnlyList<Country> Countries);
