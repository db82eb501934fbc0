using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Platform.Domain.Identity;
using Platform.Domain.Markets.Registry;
using Platform.Domain.Pools;
using Platform.Domain.Secrets;
using Platform.Domain.Trading;

namespace Platform.Domain.Tests;

/// <summary>The shape that every type of the domain keeps, checked rather than remembered.</summary>
public sealed class DomainShapeTests
{
    private const BindingFlags All =
        BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    private static readonly Type[] Domain = typeof(Order).Assembly.GetTypes();
    private static readonly Type[] Families =
    [
        typeof(OrderEvent), typeof(AccountEvent), typeof(PoolEvent), typeof(UserEvent), typeof(MembershipEvent),
        typeof(ApiKeyEvent), typeof(KeyRingEvent), typeof(SealedSecretEvent), typeof(SecretAccessEvent),
        typeof(SessionEvent), typeof(BarrierEvent), typeof(VenueEntryEvent), typeof(ListedInstrumentEvent),
    ];
    private static readonly Regex Code = new(
        """(?<=new(?: Refusal| OrderDenied)?\((?:order\.Id, )?\s*")[a-z]+(?:_[a-z]+)*(?=", )""", RegexOptions.None, TimeSpan.FromSeconds(1));

    private static readonly Type[] Events = [.. Domain.Where(type => Families.Any(type.IsSubclassOf))];

    [Fact]
    public void No_binary_floating_point() => Assert.Empty(
        from type in Domain
        from member in type.GetFields(All).Select(field => (field.Name, Type: field.FieldType))
            .Concat(type.GetMethods(All).SelectMany(method => method.GetParameters().Append(method.ReturnParameter)
                .Select(parameter => (method.Name, Type: parameter.ParameterType))))
        where Held(member.Type).Any(held => held == typeof(double) || held == typeof(float) || held == typeof(Half))
        select $"{type.Name}.{member.Name}");

    [Fact]
    public void Events_are_sealed_and_only_ever_initialised() => Assert.Empty(
        from type in Events
        from property in type.GetProperties()
        where !type.IsSealed || (property.SetMethod is { } setter
            && !setter.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)))
        select $"{type.Name}.{property.Name}");

    [Fact]
    public void Events_carry_the_id_of_their_stream() => Assert.Empty(
        from type in Events
        let first = type.GetConstructors()[0].GetParameters()[0].ParameterType.Name
        where !type.BaseType!.Name.Replace("Event", "Id", StringComparison.Ordinal).Equals(first, StringComparison.Ordinal)
        select type.Name);

    [Fact]
    public void Events_of_each_family_are_found() =>
        Assert.All(Families, family => Assert.Contains(Events, type => type.IsSubclassOf(family)));

    [Fact]
    public void Families_of_events_are_all_known_here() => Assert.Equal(
        Families.Select(type => type.Name).Order(StringComparer.Ordinal),
        Domain.Where(type => type.IsAbstract && type.Name.EndsWith("Event", StringComparison.Ordinal))
            .Select(type => type.Name).Order(StringComparer.Ordinal));

    [Fact]
    public void Records_are_sealed_or_closed() => Assert.Empty(
        from type in Domain
        where type.IsClass && !type.IsSealed && type.GetMethod("<Clone>$") is not null
        where !type.IsAbstract || type.GetConstructors(All).Any(constructor => constructor.IsPublic)
        select type.Name);

    [Fact]
    public void Every_refusal_code_is_named_in_a_test()
    {
        var codes = Texts("src/Domain").SelectMany(text => Code.Matches(text)).Select(match => match.Value).ToHashSet(StringComparer.Ordinal);
        var tests = string.Concat(Texts("tests/Domain.Tests"));

        Assert.InRange(codes.Count, 20, 200);
        Assert.All(codes, code => Assert.Contains($"\"{code}\"", tests, StringComparison.Ordinal));
    }

    private static IEnumerable<Type> Held(Type type) =>
        type.HasElementType ? Held(type.GetElementType()!) : [type, .. type.GetGenericArguments().SelectMany(Held)];

    private static IEnumerable<string> Texts(string folder) => Directory
        .EnumerateFiles(Path.Combine(Root(), folder), "*.cs", SearchOption.AllDirectories)
        .Where(file => !file.Contains("/obj/", StringComparison.Ordinal)).Select(File.ReadAllText);

    private static string Root([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../.."));
}
